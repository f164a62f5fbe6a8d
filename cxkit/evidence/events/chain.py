"""The prepared log as an absorbing chain: which touchpoints the outcome passes through."""

from collections.abc import Iterable

from cxkit.evidence.events.log import PreparedLog
from cxkit.evidence.events.variants import variants
from cxkit.statistics import markov_bootstrap

END = {"outcome": True, "left": False, "open": None}
Path = tuple[str, ...]


def counted_paths(log: PreparedLog) -> tuple[list[Path], list[bool | None], list[int]]:
    """Distinct paths up to their outcome, how they ended (True outcome, False left, None still open) and how often; in a fixed order.

    An episode that begins with its outcome has an empty path: it counts as an outcome that no touchpoint prepared.
    """
    table = variants(log, to_outcome=True)
    found = [(path, end, int(n)) for path, *counts in table[["path", *END]].itertuples(index=False)
             for end, n in zip(END.values(), counts, strict=True) if n]
    bare = int(log.gather("SELECT count(*) AS n FROM {episodes} WHERE outcome_step = 1", ())["n"].iloc[0])
    found += [((), True, bare)] if bare else []
    return [path for path, _, _ in found], [end for _, end, _ in found], [n for _, _, n in found]


def episode_paths(log: PreparedLog) -> tuple[list[Path], list[bool | None]]:
    """One path and end an episode."""
    paths, ends, counts = counted_paths(log)
    return [path for path, n in zip(paths, counts, strict=True) for _ in range(n)], \
        [end for end, n in zip(ends, counts, strict=True) for _ in range(n)]


def removal_effects(log: PreparedLog, *, seed: int, draws: int = 500, level: float = 0.95, order: int = 1) -> dict[str, markov_bootstrap.Estimate]:
    """Removal effect of each touchpoint with its bootstrap interval; empty where no outcome is named or none happened."""
    paths, ends, counts = counted_paths(log)
    return markov_bootstrap.bootstrap_removal(paths, ends, counts=counts, seed=seed, draws=draws, level=level, order=order) if any(ends) else {}


def counted(aggregated: Iterable[tuple[Path, int, int]]) -> tuple[list[Path], list[bool], list[int]]:
    """Aggregated paths (path, conversions, nulls) as counted paths."""
    found = [(path, end, n) for path, *counts in aggregated for end, n in zip((True, False), counts, strict=True) if n]
    return [path for path, _, _ in found], [end for _, end, _ in found], [n for _, _, n in found]
