"""Small draws from a seeded generator: one of a list, several of a list, a point of a scale, an exact number of a crowd."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


def one(rng: np.random.Generator, values: Sequence[T], weights: Sequence[float]) -> T:
    """Draw one of the values; weights need not sum to one."""
    return values[rng.choice(len(values), p=np.array(weights) / sum(weights))]


def several(rng: np.random.Generator, values: Sequence[T], shares: Sequence[float]) -> tuple[T, ...]:
    """Draw each value with its own share; the likeliest one where none is drawn."""
    chosen = tuple(value for value, share in zip(values, shares, strict=True) if rng.random() < share)
    return chosen or (values[int(np.argmax(shares))],)


def scale(rng: np.random.Generator, mean: float, spread: float = 0.6, low: int = 1, high: int = 5) -> int:
    """Draw a whole number around the mean, kept on the scale."""
    return int(np.clip(round(rng.normal(mean, spread)), low, high))


def exactly(rng: np.random.Generator, n: int, share: float) -> np.ndarray:
    """Draw ``round(n · share)`` of ``n``, as booleans of shape (n,): a planted figure that does not depend on luck."""
    chosen = np.zeros(n, dtype=bool)
    chosen[rng.permutation(n)[:round(n * share)]] = True
    return chosen


def shuffled_types(rng: np.random.Generator, shares: Sequence[tuple[T, float]], n: int, rest: int = 0) -> list[T]:
    """``n`` types in random order, their shares exact up to rounding; what rounding leaves goes to the type at ``rest``."""
    counts = [round(n * share) for _, share in shares]
    counts[rest] += n - sum(counts)
    types = [kind for (kind, _), count in zip(shares, counts, strict=True) for _ in range(count)]
    return [types[index] for index in rng.permutation(n)]


def pick(rng: np.random.Generator, options: Sequence[tuple[T, float]]) -> T:
    """Draw the next of several options with their weights."""
    return one(rng, *zip(*options, strict=True))
