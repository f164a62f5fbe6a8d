"""A weighted ranking and its robustness: how often an item stays on top when weights and measures move."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Ranked:
    """One item: score 0..1, rank from 1, share of draws in the top k, and its 5 % and 95 % ranks over the draws."""

    score: float
    rank: int
    top_share: float
    rank_low: int
    rank_high: int


def robust_ranking(
    values: Sequence[Sequence[float]],
    spreads: Sequence[Sequence[float]],
    weights: Sequence[float],
    *,
    top: int,
    concentration: float,
    seed: int,
    draws: int = 2000,
) -> tuple[Ranked, ...]:
    """Rank items by a weighted sum of criteria and measure how firm the ranking is.

    Parameters
    ----------
    values : array of shape (items, criteria)
        Each criterion >= 0, higher is better; it is divided by its largest value over the items.
    spreads : array of shape (items, criteria)
        Standard error of each value, 0 where it is not measured; values are drawn normal around it, cut at 0.
    weights : array of shape (criteria,)
        Positive; normalised. Drawn from a Dirichlet distribution of mean ``weights`` and this ``concentration``.
    top : size k of the top.

    Returns
    -------
    tuple of Ranked, in the order given; ties of score keep that order.
    """
    x, sd, w = np.asarray(values, dtype=float), np.asarray(spreads, dtype=float), np.asarray(weights, dtype=float)
    if not len(x):
        return ()
    w = w / w.sum()
    rng = np.random.default_rng(seed)
    drawn = np.clip(x + sd * rng.standard_normal((draws, *x.shape)), 0, None)
    scores = np.einsum("dic,dc->di", _scaled(drawn), rng.dirichlet(w * concentration, size=draws))
    ranks, point = _ranks(scores), _scaled(x[None])[0] @ w
    low, high = np.quantile(ranks, [0.05, 0.95], axis=0, method="inverted_cdf")
    places = _ranks(point[None])[0]
    shares = (ranks <= top).mean(axis=0)
    return tuple(
        Ranked(float(point[i]), int(places[i]), float(shares[i]), int(low[i]), int(high[i])) for i in range(len(x)))


def _scaled(values: np.ndarray) -> np.ndarray:
    largest = values.max(axis=1, keepdims=True)
    return np.divide(values, largest, out=np.zeros_like(values), where=largest > 0)


def _ranks(scores: np.ndarray) -> np.ndarray:
    order = np.argsort(-np.round(scores, 12), axis=1, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, scores.shape[1] + 1)[None], axis=1)
    return ranks
