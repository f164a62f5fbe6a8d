"""The prepared log: one ordered table of contacts, one of visits and one of episodes, on which every analysis is a group-by."""

import datetime as dt
import itertools
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from cxkit import method
from cxkit.evidence.events.quantiles import settled
from cxkit.scratch import scratch_prefix

_NUMBER = itertools.count(1)
TABLES = {"log": "episode, step", "visits": "episode, first_step", "episodes": "episode"}


@dataclass(frozen=True)
class LogOptions:
    """How episodes are cut and how they end.

    Parameters
    ----------
    outcome : touchpoint that ends an episode well; None where none is named.
    gap_days : an inactivity longer than this cuts a customer's contacts into episodes (not where an episode column does),
        and an episode whose last contact is within it of the end of the data is still open. None: no cut, nothing open.
    stages, owners, channels : touchpoint → stage, owner, channel, for events that do not say it themselves.
    personas : customer → persona.
    end : end of the data; the last event by default.
    """

    outcome: str | None = None
    gap_days: float | None = None
    stages: dict[str, str] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)
    personas: dict[str, str] = field(default_factory=dict)
    end: dt.datetime | None = None


@dataclass(frozen=True, eq=False)
class PreparedLog:
    """A log ready to be analysed.

    Table ``log``, one row a contact in order: episode, step (1, 2, … in the episode), person (number of the customer), time,
    touchpoint, channel, stage, owner, next_touchpoint, next_channel, next_stage, next_owner, next_time (null at the last contact),
    state of the episode, outcome_step. Table ``visits``, one row an episode and touchpoint: episode, person, touchpoint, contacts, stays
    (how often it is left), first_step, state, outcome_step. Table ``episodes``: episode, customer, person, persona, contacts, start,
    finish, first, last, outcome_step, state: ``outcome``, ``left`` or ``open``.
    """

    connection: duckdb.DuckDBPyConnection
    options: LogOptions
    end: dt.datetime | None
    left_out: int = 0
    log: str = "log"
    visits: str = "visits"
    episodes: str = "episodes"

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> pd.DataFrame:
        """Run SQL in which ``{log}``, ``{visits}`` and ``{episodes}`` stand for the tables."""
        return self.connection.execute(self._named(sql), list(parameters)).df()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple]:
        """Like ``query``, as plain tuples."""
        return self.connection.execute(self._named(sql), list(parameters)).fetchall()

    @property
    def whole(self) -> bool:
        """True for a log in one piece, False for one in buckets."""
        return True

    def gather(self, sql: str, keys: Sequence[str], parameters: Sequence[Any] = ()) -> pd.DataFrame:
        """Run SQL that counts by ``keys``: every other column is a count that adds up over customers; in the order of the keys."""
        table = self.query(sql, parameters)
        return table.sort_values(list(keys), ignore_index=True, na_position="first") if keys else table

    def collect(self, sql: str, parameters: Sequence[Any] = ()) -> pd.DataFrame:
        """Run SQL whose rows stand for themselves, in no order."""
        return self.query(sql, parameters)

    def quantiles(self, sql: str, keys: Sequence[str], shares: Sequence[float]) -> pd.DataFrame:
        """Quantiles (linear between neighbours) of the whole number ``value`` by ``keys``: columns keys, n, mean, q0, q1, …"""
        wanted = f"quantile_cont(value, [{', '.join(f'{share}::DOUBLE' for share in shares)}]) AS found"
        grouped = f"GROUP BY {', '.join(keys)} ORDER BY {', '.join(keys)}" if keys else ""
        # an integer sum, so that the mean does not depend on the order of the rows
        table = self.query(f"SELECT {''.join(f'{key}, ' for key in keys)}count(value) AS n, sum(value)::DOUBLE / count(value) AS mean, {wanted} "
                           f"FROM ({sql}) WHERE value IS NOT NULL {grouped}")
        found = [row if isinstance(row, np.ndarray) else (np.nan,) * len(shares) for row in table.pop("found")]
        return settled(table.assign(**{f"q{i}": [row[i] for row in found] for i in range(len(shares))}), keys)

    def counts(self) -> dict[str, int]:
        """Events, episodes, customers, and episodes by end state."""
        return dict(self._counts)

    @cached_property
    def _counts(self) -> dict[str, int]:
        return counts(self)

    def personas(self) -> tuple[str, ...]:
        """Personas that have episodes, sorted."""
        return tuple(self.gather("SELECT persona::VARCHAR AS persona, count(*) AS n FROM {episodes} WHERE persona IS NOT NULL GROUP BY 1",
                                 ("persona",))["persona"])

    def only(self, condition: str, parameters: Sequence[Any] = ()) -> "PreparedLog":
        """The same log, of the episodes that meet a condition on the table ``episodes``."""
        number = next(_NUMBER)
        names = {table: f"{table}_{number}" for table in TABLES}
        self.connection.execute(f"CREATE TABLE {names['episodes']} AS SELECT * FROM {self.episodes} WHERE {condition}", list(parameters))
        for table in ("log", "visits"):
            # a customer's first visit of the whole log may not be in the part
            columns = "* REPLACE (row_number() OVER (PARTITION BY touchpoint, person ORDER BY episode) = 1 AS newly)" if table == "visits" else "*"
            self.connection.execute(f"CREATE TABLE {names[table]} AS SELECT {columns} FROM {getattr(self, table)} "
                                    f"WHERE episode IN (SELECT episode FROM {names['episodes']})")
        return replace(self, **names)

    def of_persona(self, persona: str) -> "PreparedLog":
        """The same log, of one persona only."""
        return self.only("persona = ?", [persona])

    def store(self, folder: Path) -> tuple[Path, ...]:
        """Write the tables as Parquet, in order; returns their paths."""
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for table, order in TABLES.items():
            paths.append(folder / f"{table}.parquet")
            self.connection.sql(f"SELECT * FROM {getattr(self, table)} ORDER BY {order}").write_parquet(str(paths[-1]), compression="zstd")
        return tuple(paths)

    def _named(self, sql: str) -> str:
        return sql.format(log=self.log, visits=self.visits, episodes=self.episodes)


def counts(log: Any) -> dict[str, int]:
    """Events, episodes, customers, and episodes by end state, of a log in one piece or in buckets."""
    row = log.gather("""SELECT coalesce(sum(contacts), 0)::BIGINT AS events, count(*) AS episodes, count(DISTINCT person) AS customers,
        count(*) FILTER (state = 'outcome') AS outcome, count(*) FILTER (state = 'left') AS left,
        count(*) FILTER (state = 'open') AS open FROM {episodes}""", ()).iloc[0]
    return {name: int(row[name]) for name in ("events", "episodes", "customers", "outcome", "left", "open")}


def open_stored(folder: Path, options: LogOptions, memory_limit: str | None = None, threads: int | None = None) -> PreparedLog:
    """A log that ``PreparedLog.store`` wrote, read where it stands; the personas of the options are joined."""
    connection = connect(memory_limit, threads)
    for table in TABLES:
        connection.read_parquet(str(folder / f"{table}.parquet")).create_view(f"stored_{table}" if table == "episodes" else table)
    personas = pd.DataFrame(sorted(options.personas.items()), columns=["customer", "persona"], dtype="str")
    connection.register("handed", personas)
    connection.execute("CREATE TABLE assigned AS SELECT * FROM handed")
    connection.unregister("handed")
    connection.execute("""CREATE VIEW episodes AS SELECT e.* REPLACE (coalesce(a.persona, e.persona::VARCHAR) AS persona)
                          FROM stored_episodes e LEFT JOIN assigned a USING (customer)""")
    end = connection.execute("SELECT max(finish) FROM stored_episodes").fetchall()[0][0]
    return PreparedLog(connection, options, options.end or end)


def connect(memory_limit: str | None = None, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """An in-memory database of its own, in UTC; beyond the memory limit (as ``2GB``; the method's by default) it spills to disk."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_progress_bar = false")
    connection.execute("SET temp_directory = ?", [str(Path(tempfile.gettempdir()) / f"{scratch_prefix()}{next(_NUMBER)}")])
    connection.execute("SET memory_limit = ?", [memory_limit or method.data("paths")["engine"]["memory_limit"]])
    if threads:
        connection.execute(f"SET threads = {int(threads)}")
    return connection
