"""The lived paths behind a step: the prepared log of the client's interactions, and yearly figures from its period."""

from dataclasses import dataclass

from cxkit import method
from cxkit.evidence.events import LogOptions, PreparedLog, prepare
from cxkit.evidence.events.chain import episode_paths
from cxkit.evidence.events.stored import stored_log
from cxkit.steps.base import Given

YEAR = 365.25


@dataclass(frozen=True)
class Lived:
    """Episodes up to their outcome: paths, how each ended (True outcome, False left, None open), and their period in days."""

    log: PreparedLog
    paths: tuple[tuple[str, ...], ...]
    ends: tuple[bool | None, ...]
    days: float

    @property
    def closed_paths(self) -> tuple[list[tuple[str, ...]], list[bool]]:
        """Paths and ends of the episodes that ended: a chain of these has exactly their outcome rate."""
        kept = [(path, end) for path, end in zip(self.paths, self.ends, strict=True) if end is not None]
        return [path for path, _ in kept], [end for _, end in kept]

    @property
    def open(self) -> int:
        """Episodes that may still go on at the end of the data."""
        return len(self.ends) - self.closed

    @property
    def closed(self) -> int:
        """Episodes that ended, with or without outcome."""
        return sum(end is not None for end in self.ends)

    @property
    def outcomes(self) -> int:
        """Episodes that ended with the outcome."""
        return sum(end is True for end in self.ends)

    def yearly(self, count: float, least_days: float) -> float | None:
        """A count of the period as a count a year; None on a period too short to tell."""
        return count * YEAR / self.days if self.days >= least_days else None


def lived(given: Given) -> Lived | None:
    """The client's lived paths; None without interactions."""
    table = given.evidence["interactions"]
    if table.empty:
        return None
    client, inventory = given.folder.client, given.folder.touchpoints
    options = LogOptions(
        outcome=client.outcome.event if client.outcome else None,
        gap_days=client.episode_gap_days or method.data("thresholds")["episode_gap_days"],
        stages={item.id: item.stage for item in inventory if item.stage}, owners={item.id: item.owner for item in inventory if item.owner},
        channels={item.id: item.channel for item in inventory}, personas=dict(given.assignments))
    log = prepare(table, options) if given.kept is None else stored_log(table, options, given.kept)
    paths, ends = episode_paths(log)
    times = table["time"].dropna()
    days = (times.max() - times.min()).total_seconds() / 86400 + 1 if len(times) else 0.0
    return Lived(log, tuple(paths), tuple(ends), days)
