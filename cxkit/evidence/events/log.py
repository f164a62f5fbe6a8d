"""The prepared log: one ordered table of contacts and one of episodes, on which every analysis is a group-by."""

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

_NUMBER = itertools.count(1)


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

    Table ``log``: episode, step (1, 2, … in the episode), customer, persona, time, touchpoint, channel, stage, owner,
    next_touchpoint, next_channel, next_stage, next_owner, next_time (null at the last contact), state of the episode,
    outcome_step. Table ``episodes``: episode, customer, persona, contacts, start, finish, first, last, outcome_step,
    state: ``outcome``, ``left`` or ``open``.
    """

    connection: duckdb.DuckDBPyConnection
    options: LogOptions
    end: dt.datetime | None
    left_out: int = 0
    log: str = "log"
    episodes: str = "episodes"

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> pd.DataFrame:
        """Run SQL in which ``{log}`` and ``{episodes}`` stand for the tables."""
        return self.connection.execute(sql.format(log=self.log, episodes=self.episodes), list(parameters)).df()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple]:
        """Like ``query``, as plain tuples."""
        return self.connection.execute(sql.format(log=self.log, episodes=self.episodes), list(parameters)).fetchall()

    def counts(self) -> dict[str, int]:
        """Events, episodes, customers, and episodes by end state."""
        events = self.rows("SELECT count(*) FROM {log}")[0][0]
        row = self.rows("""SELECT count(*), count(DISTINCT customer), count(*) FILTER (state = 'outcome'),
                           count(*) FILTER (state = 'left'), count(*) FILTER (state = 'open') FROM {episodes}""")[0]
        return {"events": events, **dict(zip(("episodes", "customers", "outcome", "left", "open"), row, strict=True))}

    def personas(self) -> tuple[str, ...]:
        """Personas that have episodes, sorted."""
        return tuple(row[0] for row in self.rows(
            "SELECT DISTINCT persona::VARCHAR FROM {episodes} WHERE persona IS NOT NULL ORDER BY 1"))

    def of_persona(self, persona: str) -> "PreparedLog":
        """The same log, of one persona only."""
        number = next(_NUMBER)
        names = {"log": f"log_{number}", "episodes": f"episodes_{number}"}
        for table, name in names.items():
            self.connection.execute(f"CREATE TEMP TABLE {name} AS SELECT * FROM {getattr(self, table)} WHERE persona = ?", [persona])
        return replace(self, **names)

    def store(self, folder: Path) -> tuple[Path, Path]:
        """Write the two tables as Parquet, in order; returns their paths."""
        paths = folder / "log.parquet", folder / "episodes.parquet"
        folder.mkdir(parents=True, exist_ok=True)
        for table, order, path in zip((self.log, self.episodes), ("episode, step", "episode"), paths, strict=True):
            self.connection.table(table).order(order).write_parquet(str(path), compression="zstd")
        return paths


def connect(memory_limit: str | None = None, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """An in-memory database of its own, in UTC; spills to disk beyond ``memory_limit`` (as ``2GB``)."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_progress_bar = false")
    if memory_limit:
        connection.execute(f"SET memory_limit = '{memory_limit}'")
    if threads:
        connection.execute(f"SET threads = {int(threads)}")
    return connection
