"""Shares and their differences: intervals that stay honest on small, extreme and weighted bases."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint


@dataclass(frozen=True)
class Interval:
    """Confidence interval, in the unit of the estimate."""

    low: float
    high: float

    def scaled(self, factor: float) -> "Interval":
        """The same interval in another unit (100 turns a share into a percentage)."""
        return Interval(self.low * factor, self.high * factor)

    def excludes(self, value: float) -> bool:
        """Whether ``value`` lies outside the interval."""
        return not self.low <= value <= self.high


@dataclass(frozen=True)
class Difference:
    """Difference of two shares, first minus second, in -1..1; ``None`` where a base is empty."""

    value: float | None
    low: float | None
    high: float | None
    p: float | None


def z_value(level: float) -> float:
    """Two-sided normal quantile of a confidence level in 0..1 (1.96 for .95)."""
    if not 0 < level < 1:
        raise ValueError("level: a number between 0 and 1 expected")
    return float(norm.ppf(0.5 + level / 2))


def wilson(successes: float, n: float, level: float = 0.95) -> Interval | None:
    """Wilson score interval of a share, on 0..1.

    Parameters
    ----------
    successes, n : float
        Successes out of ``n``; fractional for a weighted base (share x effective n, effective n).

    Returns
    -------
    Interval or None
        ``None`` on an empty base.

    Raises
    ------
    ValueError
        When ``successes`` is not between 0 and ``n``.
    """
    _check_part(successes, n, "successes")
    if n == 0:
        return None
    low, high = proportion_confint(min(successes, n), n, alpha=1 - level, method="wilson")
    # exact at both ends, where rounding leaves .9999999
    return Interval(float(low) if successes > 0 else 0.0, float(high) if successes < n else 1.0)


def effective_n(weights: Sequence[float]) -> float:
    """Kish's effective base (sum w)^2 / sum w^2; 0.0 when no weight is positive.

    Raises
    ------
    ValueError
        When a weight is negative or not finite.
    """
    w = np.asarray(weights, dtype=float)
    if w.size and (not np.isfinite(w).all() or w.min() < 0):
        raise ValueError("weights: finite numbers >= 0 expected")
    squares = float(np.square(w).sum())
    return float(w.sum()) ** 2 / squares if squares > 0 else 0.0


def design_effect(weights: Sequence[float]) -> float | None:
    """Kish's design effect of weighting, n / effective n; ``None`` when no weight is positive."""
    n_eff = effective_n(weights)
    return len(weights) / n_eff if n_eff else None


def net_share(positive: float, negative: float, n: float, level: float = 0.95) -> Interval | None:
    """Adjusted Wald interval of (positive - negative) / n, on -1..1.

    Three observations are added, three quarters to each side, as for the Net Promoter Score; it serves every net
    share (net emotion, parts of TxR). Counts may be fractional for a weighted base. ``None`` on an empty base.
    """
    _check_part(positive + negative, n, "positive + negative")
    if min(positive, negative) < 0:
        raise ValueError("positive, negative: counts cannot be negative")
    if n == 0:
        return None
    total = n + 3
    p, d = (positive + 0.75) / total, (negative + 0.75) / total
    half = z_value(level) * np.sqrt((p + d - (p - d) ** 2) / total)
    return Interval(float(max(-1.0, p - d - half)), float(min(1.0, p - d + half)))


def two_proportions(s1: float, n1: float, s2: float, n2: float, level: float = 0.95) -> Difference:
    """Difference s1/n1 - s2/n2 with Newcombe's hybrid score interval and the pooled z-test's two-sided p.

    Counts may be fractional for weighted bases. All fields are ``None`` when a base is empty; p is 1 when both
    shares are 0 or both are 1.
    """
    _check_part(s1, n1, "s1")
    _check_part(s2, n2, "s2")
    if n1 == 0 or n2 == 0:
        return Difference(None, None, None, None)
    low, high = confint_proportions_2indep(s1, n1, s2, n2, method="newcomb", compare="diff", alpha=1 - level)
    value, pooled = s1 / n1 - s2 / n2, (s1 + s2) / (n1 + n2)
    error = np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    p = float(2 * norm.sf(abs(value) / error)) if error > 0 else 1.0
    return Difference(float(value), max(-1.0, float(low)), min(1.0, float(high)), p)


def _check_part(part: float, whole: float, name: str) -> None:
    # a weighted share times its effective base may pass its base by a rounding error
    if whole < 0 or part < 0 or part > whole * (1 + 1e-9):
        raise ValueError(f"{name}: a count between 0 and its base expected")
