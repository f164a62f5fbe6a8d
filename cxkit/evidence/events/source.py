"""A log as it comes (table, file, folder) to the raw events of the engine: typed, completions only, in the file's order."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from cxkit.errors import CxError, did_you_mean, fault
from cxkit.evidence.events.times import time_sql

FIELDS = ("customer", "time", "touchpoint", "channel", "stage", "episode", "persona", "lifecycle", "position")
TEXTS = ("customer", "touchpoint", "channel", "stage", "episode", "persona")
COMPLETE = ("complete",)
PARQUET = frozenset({".parquet", ".pq"})
_HANDED = "__position"
FILE_ROWS = 1 << 40  # rows that one file of a folder may hold


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

    def named(self) -> dict[str, str]:
        """Field → column, of the fields that the log holds."""
        return {name: column for name in FIELDS if (column := getattr(self, name)) is not None}


@dataclass(frozen=True)
class Rows:
    """SQL of a table as it comes: what to read, the types of its columns, the place of a row in the file's order."""

    sql: str
    types: dict[str, str]
    position: str
    where: str


def quoted(name: str) -> str:
    """A column name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def parquet_files(log: Path) -> list[Path]:
    """The Parquet files of a log, in order; none where it is another file."""
    if log.is_dir():
        return sorted(path for path in log.rglob("*") if path.suffix.lower() in PARQUET)
    return [log] if log.suffix.lower() in PARQUET else []


def open_rows(connection: duckdb.DuckDBPyConnection, log: pd.DataFrame | Path) -> Rows:
    """Open a table, a text file, a Parquet file or a folder of Parquet files.

    Raises
    ------
    CxError
        CX-E100 where it is missing, CX-E162 where it cannot be read, CX-E252 where a folder holds no Parquet file.
    """
    if isinstance(log, pd.DataFrame):
        connection.register("handed", log.assign(**{_HANDED: np.arange(len(log))}))
        types = column_types(connection, "handed", "interactions")
        return Rows("handed", types, _HANDED, "interactions")
    if not log.exists():
        raise CxError(fault("CX-E100", log.name))
    files = parquet_files(log)
    if log.is_dir() and not files:
        raise CxError(fault("CX-E252", log.name))
    if files:
        named = "[" + ", ".join(literal(str(path)) for path in files) + "]"
        sql = f"read_parquet({named}, file_row_number = true, union_by_name = true, hive_partitioning = false)"
        return Rows(sql, column_types(connection, sql, log.name), f"(file_index::BIGINT * {FILE_ROWS} + file_row_number)", log.name)
    with refused(log.name):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE text_rows AS SELECT * FROM {scan(connection, log)}")
    return Rows("text_rows", column_types(connection, "text_rows", log.name), "rowid", log.name)


def load_raw(connection: duckdb.DuckDBPyConnection, log: pd.DataFrame | Path, columns: LogColumns,
             complete: tuple[str, ...] = COMPLETE) -> tuple[str, ...]:
    """Make the view ``raw`` (position, and of customer, time, touchpoint, channel, stage, episode, persona those that the log holds).

    Lifecycle values that are not completions are left out (START/COMPLETE pairs would count each activity twice).

    Returns
    -------
    tuple of str
        The columns of the view.

    Raises
    ------
    CxError
        CX-E160 where a column is missing, CX-E161 where no time can be read, CX-E253 where no row is a completion.
    """
    rows = open_rows(connection, log)
    named = columns.named()
    for column in named.values():
        if column not in rows.types:
            raise CxError(fault("CX-E160", rows.where, name=column, near=did_you_mean(column, rows.types) or ", ".join(sorted(rows.types))))
    kept = _completions(connection, rows, columns, complete)
    chosen = [f"{quoted(named[name])}{'' if rows.types[named[name]] == 'VARCHAR' else '::VARCHAR'} AS {name}" for name in TEXTS if name in named]
    time = "TIMESTAMP '1970-01-01'"
    if columns.time:
        time = time_sql(connection, f"{rows.sql} {kept}", quoted(columns.time), rows.types[columns.time], rows.where)
    position = f"{quoted(columns.position)}::BIGINT" if columns.position else rows.position
    with refused(rows.where):
        connection.execute(f"CREATE OR REPLACE TEMP VIEW raw AS SELECT {', '.join(chosen)}, {time} AS time, {position} AS position "
                           f"FROM {rows.sql} {kept}")
    return (*(name for name in TEXTS if name in named), "time", "position")


@contextmanager
def refused(where: str) -> Iterator[None]:
    """A table that DuckDB cannot read becomes a fault of the file; its own message could hold values."""
    try:
        yield
    except duckdb.Error as error:
        raise CxError(fault("CX-E162", where)) from error


def scan(connection: duckdb.DuckDBPyConnection, path: Path) -> str:
    """SQL that reads a text table as text: separator and quotes sniffed; UTF-8, UTF-16 where its mark says so, else Latin-1.

    Raises
    ------
    CxError
        CX-E162 where it cannot be read.
    """
    with path.open("rb") as stream:
        marked = stream.read(2) in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if marked else ("utf-8", "latin-1"):
        sql = f"read_csv({literal(str(path))}, all_varchar = true, header = true, sample_size = 100000, encoding = '{encoding}')"
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


def _completions(connection: duckdb.DuckDBPyConnection, rows: Rows, columns: LogColumns, complete: tuple[str, ...]) -> str:
    if columns.lifecycle is None:
        return ""
    column = quoted(columns.lifecycle)
    values = ", ".join(literal(value.lower()) for value in complete)
    kept = f"WHERE ({column} IS NULL OR lower(trim({column}::VARCHAR)) IN ({values}))"
    read, left = connection.execute(f"SELECT (SELECT count(*) FROM {rows.sql}), (SELECT count(*) FROM {rows.sql} {kept})").fetchall()[0]
    if read and not left:
        raise CxError(fault("CX-E253", rows.where, name=columns.lifecycle, values=", ".join(complete)))
    return kept
