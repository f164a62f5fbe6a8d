"""The change of a mean between two independent groups of answers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from cxkit.statistics.scores import answers
from cxkit.statistics.shares import effective_n


@dataclass(frozen=True)
class Change:
    """Second mean minus first; ``None`` where a group has fewer than two answers or nothing varies."""

    before: float | None
    after: float | None
    value: float | None
    low: float | None
    high: float | None
    p: float | None
    n: tuple[int, int]


def mean_change(
    before: Sequence[float],
    after: Sequence[float],
    weights_before: Sequence[float] | None = None,
    weights_after: Sequence[float] | None = None,
    level: float = 0.95,
) -> Change:
    """Welch's test of two means, on effective bases (Kish) where there are weights.

    Two-sided p; Welch-Satterthwaite degrees of freedom.
    """
    sides = [_side(before, weights_before), _side(after, weights_after)]
    (m1, v1, k1, n1), (m2, v2, k2, n2) = sides
    if min(k1, k2) <= 1 or v1 + v2 <= 0:
        return Change(m1, m2, None if m1 is None or m2 is None else m2 - m1, None, None, None, (n1, n2))
    error = v1 / k1 + v2 / k2
    freedom = error**2 / ((v1 / k1) ** 2 / (k1 - 1) + (v2 / k2) ** 2 / (k2 - 1))
    value, scale = m2 - m1, float(np.sqrt(error))
    half = float(student.ppf(0.5 + level / 2, freedom)) * scale
    return Change(m1, m2, value, value - half, value + half, float(2 * student.sf(abs(value) / scale, freedom)), (n1, n2))


def mean_against(values: Sequence[float], limit: float, weights: Sequence[float] | None = None) -> float | None:
    """Two-sided p of Student's test that a mean equals ``limit``; ``None`` where nothing varies or under two answers."""
    mean, variance, n_eff, _ = _side(values, weights)
    if n_eff <= 1 or variance <= 0:
        return None
    return float(2 * student.sf(abs(mean - limit) / np.sqrt(variance / n_eff), n_eff - 1))


def _side(values: Sequence[float], weights: Sequence[float] | None) -> tuple[float | None, float, float, int]:
    """Mean, unbiased variance, effective base and number of answers."""
    x, w = answers(values, weights)
    n_eff = effective_n(w)
    if not len(x):
        return None, 0.0, 0.0, 0
    mean = float(np.average(x, weights=w))
    variance = float(np.average(np.square(x - mean), weights=w)) * n_eff / (n_eff - 1) if n_eff > 1 else 0.0
    return mean, variance, n_eff, len(x)
