"""Several tests at once: the Benjamini-Hochberg procedure over one written family."""

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.stats import false_discovery_control


@dataclass(frozen=True)
class Family:
    """Tests of one family, in the order given; ``tests`` is how many were run."""

    q: tuple[float | None, ...]
    significant: tuple[bool, ...]
    tests: int
    level: float


def benjamini_hochberg(p_values: Sequence[float | None], level: float = 0.05) -> Family:
    """Adjusted p-values (q) controlling the false discovery rate.

    Parameters
    ----------
    p_values : p-values in 0..1
        ``None`` stands for a test that could not be run: it keeps its place and does not count.
    level : float
        A test is significant when q < ``level``.

    Raises
    ------
    ValueError
        When a p-value is outside 0..1.
    """
    run = [p for p in p_values if p is not None]
    adjusted = iter(false_discovery_control(run, method="bh")) if run else iter(())
    q = tuple(None if p is None else float(next(adjusted)) for p in p_values)
    return Family(q, tuple(value is not None and value < level for value in q), len(run), level)
