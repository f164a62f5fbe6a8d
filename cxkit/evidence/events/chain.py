"""The prepared log as an absorbing chain: which touchpoints the outcome passes through."""

from collections.abc import Iterable

from cxkit.evidence.events.log import PreparedLog
from cxkit.evidence.events.variants import variants
from cxkit.statistics import markov

END = {"outcome": True, "left": False, "open": None}


def episode_paths(log: PreparedLog) -> tuple[list[tuple[str, ...]], list[bool | None]]:
    """Paths up to their outcome, and how each ended: True outcome, False left, None still open; in a fixed order.

    An episode that begins with its outcome has an empty path: it counts as an outcome that no touchpoint prepared.
    """
    paths: list[tuple[str, ...]] = []
    ends: list[bool | None] = []
    table = variants(log, to_outcome=True)
    for path, *counts in table[["path", *END]].itertuples(index=False):
        for end, n in zip(END.values(), counts, strict=True):
            paths.extend([path] * int(n))
            ends.extend([end] * int(n))
    bare = log.rows("SELECT count(*) FROM {episodes} WHERE outcome_step = 1")[0][0]
    return paths + [()] * bare, ends + [True] * bare


def removal_effects(log: PreparedLog, *, seed: int, draws: int = 500, level: float = 0.95) -> dict[str, markov.Estimate]:
    """Removal effect of each touchpoint with its bootstrap interval; empty where no outcome is named or none happened."""
    paths, ends = episode_paths(log)
    return markov.bootstrap_removal(paths, ends, seed=seed, draws=draws, level=level) if any(ends) else {}


def expand(aggregated: Iterable[tuple[tuple[str, ...], int, int]]) -> tuple[list[tuple[str, ...]], list[bool]]:
    """Aggregated paths (path, conversions, nulls) as episodes."""
    paths: list[tuple[str, ...]] = []
    ends: list[bool] = []
    for path, conversions, nulls in aggregated:
        paths.extend([path] * (conversions + nulls))
        ends.extend([True] * conversions + [False] * nulls)
    return paths, ends
