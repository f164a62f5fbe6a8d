"""Seeded percentile bootstrap of a mean."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cxkit.statistics.scores import answers

CELLS = 4_000_000  # bound of one block of draws, keeps memory under 64 MB


@dataclass(frozen=True)
class BootstrapMean:
    """Mean and its percentile bounds; all ``None`` on an empty base."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    draws: int
    seed: int


def bootstrap_mean(
    values: Sequence[float],
    weights: Sequence[float] | None = None,
    *,
    seed: int,
    draws: int = 2000,
    level: float = 0.95,
) -> BootstrapMean:
    """Percentile bootstrap interval of a (weighted) mean, respondents drawn with replacement.

    Equal (answer, weight) pairs are drawn together as a multinomial count, which is the same distribution and much
    faster on scores and reactions; where most pairs differ, respondents are drawn one by one.
    """
    x, w = answers(values, weights)
    if not len(x):
        return BootstrapMean(None, None, None, 0, draws, seed)
    pairs, counts = np.unique(np.column_stack([x, w]), axis=0, return_counts=True)
    rng = np.random.default_rng(seed)
    alone = 2 * len(counts) > len(x)
    block = max(1, CELLS // (len(x) if alone else len(counts)))
    means = []
    for start in range(0, draws, block):
        size = min(block, draws - start)
        if alone:
            drawn = rng.integers(len(x), size=(size, len(x)))
            means.append((x * w)[drawn].sum(axis=1) / w[drawn].sum(axis=1))
            continue
        drawn = rng.multinomial(len(x), counts / len(x), size=size)
        means.append(drawn @ (pairs[:, 0] * pairs[:, 1]) / (drawn @ pairs[:, 1]))
    low, high = np.quantile(np.concatenate(means), [0.5 - level / 2, 0.5 + level / 2])
    return BootstrapMean(float(np.average(x, weights=w)), float(low), float(high), len(x), draws, seed)
