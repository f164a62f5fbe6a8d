"""A log as it comes (table or file) to the raw events of the engine: typed, completions only, in the file's order."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from cxkit.errors import CxError, did_you_mean, fault

FIELDS = ("customer", "time", "touchpoint", "channel", "stage", "episode", "persona", "lifecycle", "position")
DATE_FORMATS = ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y",
                "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y", "%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%d-%m-%Y",
                "%d-%m-%Y:%H.%M", "%Y%m%dT%H%M%S", "%Y%m%d")
COMPLETE = ("complete",)


@dataclass(frozen=True)
class LogColumns:
    """Which column of the log holds what; None where it holds none. ``position`` defaults to the order of the rows."""

    customer: str = "customer"
    time: str | None = "time"
    touchpoint: str = "touchpoint"
    channel: str | None = None
    stage: str | None = None
    episode: str | None = None
    persona: str | None = None
    lifecycle: str | None = None
    position: str | None = None

    @classmethod
    def of_table(cls, table: pd.DataFrame) -> "LogColumns":
        """The columns of the evidence table ``interactions``, under their own names."""
        return cls(**{name: name for name in FIELDS if name in table.columns})


def quoted(name: str) -> str:
    """A column name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def load_raw(connection: duckdb.DuckDBPyConnection, log: pd.DataFrame | Path, columns: LogColumns,
             complete: tuple[str, ...] = COMPLETE) -> int:
    """Make the table ``raw`` (customer, time, position, touchpoint, channel, stage, episode, persona).

    Rows without customer, touchpoint or readable time are left out, as are lifecycle values that are not completions
    (START/COMPLETE pairs would count each activity twice).

    Returns
    -------
    int
        How many rows were left out because a needed cell is empty.

    Raises
    ------
    CxError
        CX-E100 where the file is missing, CX-E160 where a column is, CX-E161 where no time can be read.
    """
    where = log.name if isinstance(log, Path) else "interactions"
    source, types = _open(connection, log)
    named = {name: column for name in FIELDS if (column := getattr(columns, name)) is not None}
    for column in named.values():
        if column not in types:
            raise CxError(fault("CX-E160", where, name=column, near=did_you_mean(column, types) or ", ".join(sorted(types))))
    chosen = ", ".join(f"{quoted(column)} AS {name}" for name, column in named.items() if name != "position")
    position = quoted(columns.position) if columns.position else "row_number() OVER ()"
    with refused(where):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE given AS SELECT {chosen}, {position}::BIGINT AS position FROM {source}")
    kept = "WHERE lifecycle IS NULL OR lower(lifecycle::VARCHAR) IN ?" if columns.lifecycle else ""
    texts = ", ".join(f"{_text(name) if name in named else 'NULL::VARCHAR'} AS {name}"
                      for name in ("customer", "touchpoint", "channel", "stage", "episode", "persona"))
    time = _time(connection, types[columns.time], where, columns.time) if columns.time else "TIMESTAMP '1970-01-01'"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE raw AS SELECT {texts}, {time} AS time, position FROM given {kept}",
                       [[value.lower() for value in complete]] if kept else [])
    connection.execute("DROP TABLE given")
    needed = "customer IS NULL OR touchpoint IS NULL OR time IS NULL"
    left_out = connection.execute(f"SELECT count(*) FROM raw WHERE {needed}").fetchall()[0][0]
    if left_out:
        connection.execute(f"DELETE FROM raw WHERE {needed}")
    return left_out


@contextmanager
def refused(where: str) -> Iterator[None]:
    """A table that DuckDB cannot read becomes a fault of the file; its own message could hold values."""
    try:
        yield
    except duckdb.Error as error:
        raise CxError(fault("CX-E162", where)) from error


def scan(connection: duckdb.DuckDBPyConnection, path: Path) -> str:
    """SQL that reads a Parquet file or folder, or a text table as text: UTF-8, else Latin-1.

    Raises
    ------
    CxError
        CX-E100 where it is missing, CX-E162 where it cannot be read.
    """
    if not path.exists():
        raise CxError(fault("CX-E100", path.name))
    literal = "'" + str(path / "*.parquet" if path.is_dir() else path).replace("'", "''") + "'"
    if path.is_dir() or path.suffix.lower() == ".parquet":
        return f"read_parquet({literal})"
    for encoding in ("utf-8", "latin-1"):
        sql = f"read_csv({literal}, all_varchar = true, header = true, encoding = '{encoding}')"
        try:
            connection.execute(f"SELECT count(*) FROM {sql}")
            return sql
        except duckdb.Error:
            continue
    raise CxError(fault("CX-E162", path.name))


def column_types(connection: duckdb.DuckDBPyConnection, source: str, where: str) -> dict[str, str]:
    """Columns of a table and their SQL types."""
    with refused(where):
        return {row[0]: row[1] for row in connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()}


def _open(connection: duckdb.DuckDBPyConnection, log: pd.DataFrame | Path) -> tuple[str, dict[str, str]]:
    if isinstance(log, pd.DataFrame):
        connection.register("handed", log)
        return "handed", column_types(connection, "handed", "interactions")
    source = scan(connection, log)
    return source, column_types(connection, source, log.name)


def _text(name: str) -> str:
    return f"nullif(trim({name}::VARCHAR), '')"


def _time(connection: duckdb.DuckDBPyConnection, kind: str, where: str, column: str) -> str:
    """SQL that reads the time: the first way that reads every filled cell; times with an offset become UTC."""
    if kind.startswith(("TIMESTAMP", "DATE")):
        return "time::TIMESTAMP"
    text = _text("time")
    ways = [f"try_cast({text} AS TIMESTAMPTZ)::TIMESTAMP", f"make_timestamp((try_cast({text} AS DOUBLE) * 1000000)::BIGINT)",
            *(f"try_strptime({text}, '{form}')" for form in DATE_FORMATS)]
    for way in ways:
        filled, read = connection.execute(f"SELECT count({text}), count({way}) FROM given").fetchall()[0]
        if filled == read:
            return way
    raise CxError(fault("CX-E161", where, name=column))
