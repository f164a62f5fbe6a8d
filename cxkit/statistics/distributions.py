"""Distributions compared: Jensen-Shannon distance with a permutation p-value, and reactions that oppose each other."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.spatial.distance import jensenshannon

BLOCK_CELLS = 4_000_000  # bound of one block of permutations


@dataclass(frozen=True)
class Distance:
    """Jensen-Shannon distance (base 2, 0..1) and its permutation p; ``None`` when a side is empty.

    ``chance`` is the root mean square of the permuted distances: what samples of this size show without any difference.
    """

    value: float | None
    p: float | None
    n: tuple[float, float]
    draws: int = 0
    seed: int | None = None
    chance: float | None = None

    @property
    def beyond_chance(self) -> float | None:
        """The distance that remains once chance is taken out: root of the difference of the divergences, >= 0."""
        return None if self.value is None or self.chance is None else float(np.sqrt(max(self.value**2 - self.chance**2, 0.0)))


@dataclass(frozen=True)
class Opposition:
    """Shares (0..1) of positive and negative reactions and whether both reach the threshold."""

    positive: float | None
    negative: float | None
    n: float
    is_opposite: bool


def jensen_shannon(counts_a: Sequence[float], counts_b: Sequence[float]) -> float | None:
    """Jensen-Shannon distance (root of the divergence, base 2) of two counts over the same categories, 0..1."""
    a, b = np.asarray(counts_a, dtype=float), np.asarray(counts_b, dtype=float)
    return float(_distances(a[None], b[None])[0]) if a.sum() and b.sum() else None


def jensen_shannon_test(counts_a: Sequence[int], counts_b: Sequence[int], *, seed: int, draws: int = 999) -> Distance:
    """Distance and permutation p of two counts of independent units (one unit, one category).

    Under the null hypothesis the units are dealt anew to the two sides: category counts follow a multivariate
    hypergeometric law. p = (1 + permutations at least as far) / (1 + draws).
    """
    a, b = np.asarray(counts_a, dtype=np.int64), np.asarray(counts_b, dtype=np.int64)
    n = (int(a.sum()), int(b.sum()))
    value = jensen_shannon(a, b)
    if value is None:
        return Distance(None, None, n)
    rng = np.random.default_rng(seed)
    dealt = rng.multivariate_hypergeometric(a + b, n[0], size=draws, method="marginals")
    return _tested(value, _distances(dealt, (a + b) - dealt), n, draws, seed)


def jensen_shannon_clustered(
    unit_counts: np.ndarray, in_first: Sequence[bool], *, seed: int, draws: int = 999
) -> Distance:
    """Distance and permutation p when each unit (episode, customer) brings several counts.

    Parameters
    ----------
    unit_counts : array of shape (units, categories)
        For lived paths: transitions of each episode.
    in_first : array of shape (units,)
        Side of each unit; whole units are dealt anew, so that p holds for correlated counts.
    """
    counts, side = np.asarray(unit_counts, dtype=float), np.asarray(in_first, dtype=bool)
    total, first = counts.sum(axis=0), counts[side].sum(axis=0)
    n = (float(side.sum()), float((~side).sum()))
    value = jensen_shannon(first, total - first) if counts.size else None
    if value is None:
        return Distance(None, None, n)
    rng = np.random.default_rng(seed)
    block = max(1, BLOCK_CELLS // len(side))
    distances = []
    for start in range(0, draws, block):
        dealt = rng.permuted(np.tile(side, (min(block, draws - start), 1)), axis=1).astype(float) @ counts
        distances.append(_distances(dealt, total - dealt))
    return _tested(value, np.concatenate(distances), n, draws, seed)


def opposite_reactions(positive: float, negative: float, n: float, threshold: float = 0.3) -> Opposition:
    """Whether a base of ``n`` reactions hides two camps: both shares reach ``threshold`` (0..1)."""
    if min(positive, negative) < 0 or positive + negative > n * (1 + 1e-9):
        raise ValueError("positive, negative: counts within the base expected")
    if n == 0:
        return Opposition(None, None, 0, False)
    shares = positive / n, negative / n
    return Opposition(*shares, n, min(shares) >= threshold - 1e-12)


def _distances(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    empty = (a.sum(axis=1) == 0) | (b.sum(axis=1) == 0)
    a, b = np.where(empty[:, None], 1.0, a), np.where(empty[:, None], 1.0, b)
    return np.nan_to_num(jensenshannon(a, b, base=2, axis=1))


def _tested(value: float, permuted: np.ndarray, n: tuple[float, float], draws: int, seed: int) -> Distance:
    return Distance(value, _p(permuted, value), n, draws, seed, float(np.sqrt(np.mean(permuted**2))))


def _p(permuted: np.ndarray, value: float) -> float:
    # equal tables reach the same distance up to rounding
    return float((1 + (permuted >= value - 1e-12).sum()) / (1 + len(permuted)))
