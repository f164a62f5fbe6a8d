"""A log as it comes (table or file) to the raw events of the engine: typed, completions only, in the file's order."""

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
    _register(connection, log)
    where = log.name if isinstance(log, Path) else "interactions"
    types = {row[0]: row[1] for row in connection.execute("DESCRIBE given").fetchall()}
    for column in (getattr(columns, name) for name in FIELDS):
        if column is not None and column not in types:
            raise CxError(fault("CX-E160", where, name=column, near=did_you_mean(column, types) or ", ".join(sorted(types))))
    position = quoted(columns.position) if columns.position else "row_number() OVER ()"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE numbered AS SELECT *, {position} AS \"#position\" FROM given")
    connection.execute("DROP VIEW given")
    kept = ""
    if columns.lifecycle:
        kept = f"WHERE {quoted(columns.lifecycle)} IS NULL OR lower({quoted(columns.lifecycle)}::VARCHAR) IN ?"
    picked = ", ".join(f"{_picked(getattr(columns, name))} AS {name}"
                       for name in ("customer", "touchpoint", "channel", "stage", "episode", "persona"))
    time = _time(connection, columns.time, types, where)
    connection.execute(f"""CREATE OR REPLACE TEMP TABLE raw AS
        SELECT {picked}, {time} AS time, "#position"::BIGINT AS position FROM numbered {kept}""",
                       [[value.lower() for value in complete]] if kept else [])
    connection.execute("DROP TABLE numbered")
    needed = "customer IS NULL OR touchpoint IS NULL OR time IS NULL"
    left_out = connection.execute(f"SELECT count(*) FROM raw WHERE {needed}").fetchall()[0][0]
    if left_out:
        connection.execute(f"DELETE FROM raw WHERE {needed}")
    return left_out


def _register(connection: duckdb.DuckDBPyConnection, log: pd.DataFrame | Path) -> None:
    if isinstance(log, pd.DataFrame):
        table = log.reset_index(drop=True)
        connection.register("given", table)
        return
    if not log.exists():
        raise CxError(fault("CX-E100", log.name))
    try:
        if log.suffix.lower() == ".parquet":
            relation = connection.read_parquet(str(log))
        else:
            relation = connection.read_csv(str(log), all_varchar=True, header=True, null_padding=False)
        relation.create_view("given")
    except duckdb.Error as error:
        raise CxError(fault("CX-E162", log.name)) from error


def _picked(column: str | None) -> str:
    return f"nullif(trim({quoted(column)}::VARCHAR), '')" if column else "NULL::VARCHAR"


def _time(connection: duckdb.DuckDBPyConnection, column: str | None, types: dict[str, str], where: str) -> str:
    """SQL that reads the time column: the first way that reads every filled cell; times with an offset become UTC."""
    if column is None:
        return "TIMESTAMP '1970-01-01'"
    name = quoted(column)
    if types[column].startswith(("TIMESTAMP", "DATE")):
        return f"{name}::TIMESTAMP"
    text = f"nullif(trim({name}::VARCHAR), '')"
    ways = [f"try_cast({text} AS TIMESTAMPTZ)::TIMESTAMP", f"make_timestamp((try_cast({text} AS DOUBLE) * 1000000)::BIGINT)",
            *(f"try_strptime({text}, '{form}')" for form in DATE_FORMATS)]
    for way in ways:
        filled, read = connection.execute(f"SELECT count({text}), count({way}) FROM numbered").fetchall()[0]
        if filled == read:
            return way
    raise CxError(fault("CX-E161", where, name=column))
