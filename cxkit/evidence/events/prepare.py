"""Raw events to the prepared log: texts coded and read once, contacts ordered, next contact and end state known once and for all."""

import datetime as dt
import itertools
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from cxkit.evidence.events.coding import Codes, code, coded_sql
from cxkit.evidence.events.log import TABLES, LogOptions, PreparedLog, connect
from cxkit.evidence.events.pages import coded_rows, read_pages
from cxkit.evidence.events.sequence import FOLLOWED, STATES, Closing, Columns, sequences
from cxkit.evidence.events.source import COMPLETE, LogColumns, load_raw, refused

DAY = 86_400_000_000
PART_ROWS = 16_000_000  # contacts that are put in order at once: about a gigabyte
_DICTIONARY = {**{name: name for name in FOLLOWED}, **{f"next_{name}": name for name in FOLLOWED}, "first": "touchpoint", "last": "touchpoint",
               "persona": "persona"}
_TIMES = ("time", "next_time", "start", "finish")


def prepare(log: pd.DataFrame | Path, options: LogOptions | None = None, columns: LogColumns | None = None, *,
            complete: tuple[str, ...] = COMPLETE, memory_limit: str | None = None, threads: int | None = None,
            part_rows: int = PART_ROWS) -> PreparedLog:
    """Prepare a log once; every analysis is then a group-by on it, so that all figures agree.

    Contacts are ordered by customer, time and place in the file: the file's order breaks ties of time. An episode is what
    the episode column says; without one, contacts of a customer with no gap longer than ``options.gap_days``. Rows without customer,
    touchpoint or readable time are left out and counted.

    Parameters
    ----------
    log : the evidence table ``interactions``, a text file, a Parquet file or a folder of Parquet files.
    columns : which column holds what; by default those of the evidence table.
    complete : lifecycle values that count as an event, compared without case.
    memory_limit : beyond it DuckDB works out of core.
    part_rows : a log of more contacts is put in order part by part, by customer.
    """
    options = options or LogOptions()
    columns = columns or (LogColumns.of_table(log) if isinstance(log, pd.DataFrame) else LogColumns())
    connection = connect(memory_limit, threads)
    held = load_raw(connection, log, columns, complete)
    where = log.name if isinstance(log, Path) else "interactions"
    with refused(where):
        pages = read_pages(log, columns, part_rows) if isinstance(log, Path) else None
        codes = code(connection, options, held, pages.texts if pages else None)
        read = len(pages.time) if pages else connection.execute("SELECT count(*) FROM raw").fetchall()[0][0]
        if read <= part_rows:
            rows = coded_rows(pages, codes) if pages else _fetched(connection, coded_sql(held))
            kept, end = len(rows["run"]), _end(options, rows["time"].max().astype("M8[us]") if len(rows["time"]) else None)
            _keep_whole(connection, codes, sequences(rows, codes, _closing(options, codes, end), _threads(connection)))
        else:
            connection.execute(f"CREATE TABLE coded AS {coded_sql(held)}")
            kept, last = connection.execute("SELECT count(*), max(time) FROM coded").fetchall()[0]
            end = _end(options, last)
            _keep_parts(connection, codes, _closing(options, codes, end), parts=-(-kept // part_rows))
    return PreparedLog(connection, options, end, read - kept)


def _threads(connection: duckdb.DuckDBPyConnection) -> int:
    return int(connection.execute("SELECT current_setting('threads')").fetchall()[0][0])


def _end(options: LogOptions, last: object) -> dt.datetime | None:
    return options.end or (None if last is None else pd.Timestamp(last).to_pydatetime())


def _closing(options: LogOptions, codes: Codes, end: dt.datetime | None) -> Closing:
    outcome = None if options.outcome is None else int(codes.names["touchpoint"].get_indexer([options.outcome])[0])
    return Closing(None if options.gap_days is None else int(options.gap_days * DAY), outcome if outcome != -1 else None,
                   0 if end is None else int(np.datetime64(end, "us").astype(np.int64)))


def _fetched(connection: duckdb.DuckDBPyConnection, sql: str, parameters: list[int] | None = None) -> Columns:
    """Rows of coded contacts; times as microseconds."""
    rows = {name: np.ma.getdata(values) for name, values in connection.execute(sql, parameters or []).fetchnumpy().items()}
    rows["time"] = rows["time"].astype("M8[us]").view(np.int64)
    return rows


def _keep_whole(connection: duckdb.DuckDBPyConnection, codes: Codes, tables: tuple[Columns, ...]) -> None:
    """The arrays themselves are the tables: nothing is copied."""
    for (name, _), columns in zip(TABLES.items(), tables, strict=True):
        connection.register(f"kept_{name}", _frame(columns, codes))
        _define(connection, name, set(columns))


def _keep_parts(connection: duckdb.DuckDBPyConnection, codes: Codes, closing: Closing, parts: int) -> None:
    """The tables of a log that is put in order part by part, kept by DuckDB, which spills what goes beyond its memory."""
    runs, episodes = len(codes.run_person), 0
    # the episodes of a customer fall into one part
    bounds = sorted({0, runs, *(int(np.searchsorted(codes.run_person, codes.run_person[i * runs // parts])) for i in range(1, parts))})
    for low, high in itertools.pairwise(bounds):
        rows = _fetched(connection, "SELECT * FROM coded WHERE run >= ? AND run < ?", [low, high])
        tables = sequences(rows, codes, closing, _threads(connection))
        for (name, _), columns in zip(TABLES.items(), tables, strict=True):
            columns["episode"] = columns["episode"].astype(np.int64) + episodes
            connection.register("part", _frame(columns, codes))
            connection.execute(f"INSERT INTO kept_{name} FROM part" if low else f"CREATE TABLE kept_{name} AS FROM part")
            connection.unregister("part")
        episodes += len(tables[-1]["episode"])
    connection.execute("DROP TABLE coded")
    for (name, _), columns in zip(TABLES.items(), tables, strict=True):
        _define(connection, name, set(columns))


def _frame(columns: Columns, codes: Codes) -> pd.DataFrame:
    def told(name: str, values: np.ndarray) -> object:
        if name == "state":
            return pd.Categorical.from_codes(values, categories=STATES)
        if name in _DICTIONARY:
            return pd.Categorical.from_codes(values, categories=codes.names[_DICTIONARY[name]])
        return values.view("M8[us]") if name in _TIMES else values

    return pd.DataFrame({name: told(name, values) for name, values in columns.items()}, copy=False)


def _define(connection: duckdb.DuckDBPyConnection, name: str, held: set[str]) -> None:
    """The view of a table under its documented columns: what the log does not hold is null and costs nothing."""
    chosen = {
        "log": ("episode", "step", "person", "time", *FOLLOWED, *(f"next_{column}" for column in FOLLOWED), "next_time", "state", "at_risk"),
        "visits": ("episode", "person", "touchpoint", "contacts", "stays", "first_step", "state", "at_risk", "newly"),
        "episodes": ("episode", "person", "contacts", "start", "finish", "first", "last", "state", "path_one", "path_two"),
    }[name]
    listed = ", ".join(column if column in held else f"NULL::VARCHAR AS {column}" for column in chosen)
    if name != "episodes":
        connection.execute(f"CREATE VIEW {name} AS SELECT {listed}, nullif(outcome_step, 0) AS outcome_step FROM kept_{name}")
        return
    own = ", e.persona::VARCHAR" if "persona" in held else ""
    connection.execute(f"""CREATE TABLE episodes AS SELECT {listed}, nullif(outcome_step, 0) AS outcome_step, p.customer,
        coalesce(p.persona{own}) AS persona FROM kept_episodes e JOIN people p USING (person)""")
