"""A log in a database table, streamed to a Parquet file: by SQLAlchemy, or by ADBC where a driver of it is named."""

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cxkit.errors import CxError, did_you_mean, fault
from cxkit.evidence.events.source import quoted

ADBC = "adbc:"
CHUNK = 100_000


def is_database(name: str) -> bool:
    """True for ``adbc:<driver>:<uri>`` and for the URL of a database, as ``sqlite:///log.db`` or ``postgresql://…``."""
    return name.startswith(ADBC) or "://" in name


def read_table(url: str, table: str | None, target: Path) -> Path:
    """Write a table to a Parquet file and return its path.

    Parameters
    ----------
    url : an SQLAlchemy URL, or ``adbc:<driver>:<uri>`` (``adbc:sqlite:log.db`` uses the package adbc-driver-sqlite).
    table : name of the table or view, with its schema where it needs one; may be left out where there is only one.

    Raises
    ------
    CxError
        CX-E254 without the package that speaks to the database, CX-E255 where it does not answer, CX-E256 for an unknown table.
    """
    shown = url.rpartition("@")[2] if "@" in url else url  # never a password
    try:
        batches = _adbc(url, table, shown) if url.startswith(ADBC) else _sqlalchemy(url, table, shown)
        writer = None
        for batch in batches:
            writer = writer or pq.ParquetWriter(target, batch.schema)
            writer.write_table(batch)
    except ImportError as error:
        raise CxError(fault("CX-E254", shown, name=error.name or "SQLAlchemy")) from error
    except CxError:
        raise
    except Exception as error:  # each driver raises its own classes; their text could hold the address with its password
        raise CxError(fault("CX-E255", shown)) from error
    writer.close()
    return target


def _sqlalchemy(url: str, table: str | None, shown: str) -> Iterator[pa.Table]:
    """Every cell as text: the engine reads types from text, and a column of a database may mix them (SQLite)."""
    import sqlalchemy

    engine = sqlalchemy.create_engine(url)
    try:
        inspector = sqlalchemy.inspect(engine)
        known = [*inspector.get_table_names(), *inspector.get_view_names()]
        schema, _, name = _chosen(table, known, shown).rpartition(".")
        chosen = sqlalchemy.table(name, schema=schema or None)
        with engine.connect() as connection:
            rows = connection.execution_options(stream_results=True).execute(sqlalchemy.select(sqlalchemy.text("*")).select_from(chosen))
            columns = pa.schema([(column, pa.string()) for column in list(rows.keys())])
            yield columns.empty_table()
            for chunk in rows.partitions(CHUNK):
                yield pa.table([[_text(value) for value in column] for column in zip(*chunk, strict=True)], schema=columns)
    finally:
        engine.dispose()


def _adbc(url: str, table: str | None, shown: str) -> Iterator[pa.Table]:
    _, driver, uri = url.split(":", 2)
    dbapi = importlib.import_module(f"adbc_driver_{driver}.dbapi")
    with dbapi.connect(uri) as connection, connection.cursor() as cursor:
        found = connection.adbc_get_objects(depth="tables").read_all().to_pylist()
        known = [item["table_name"] for catalog in found for schema in catalog["catalog_db_schemas"] or ()
                 for item in schema["db_schema_tables"] or () if not item["table_name"].startswith("sqlite_")]
        cursor.execute("SELECT * FROM " + ".".join(quoted(part) for part in _chosen(table, known, shown).split(".")))
        reader = cursor.fetch_record_batch()
        yield reader.schema.empty_table()
        for batch in reader:
            yield pa.Table.from_batches([batch])


def _chosen(table: str | None, known: list[str], shown: str) -> str:
    if table is None and len(known) == 1:
        return known[0]
    if table is None or (table not in known and "." not in table):
        near = did_you_mean(table, known) if table else None
        raise CxError(fault("CX-E256", shown, name=table or "–", near=near or ", ".join(sorted(known)) or "–"))
    return table


def _text(value: Any) -> str | None:
    return None if value is None else value.isoformat(" ") if hasattr(value, "hour") else str(value)
