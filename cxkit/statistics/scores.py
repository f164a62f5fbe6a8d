"""Scores of satisfaction surveys: NPS, CSAT, CES, TxR and the mean, each with its interval and its base."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.stats import t as student

from cxkit.statistics.shares import Interval, effective_n, net_share, wilson, z_value

PERCENT = 100.0


@dataclass(frozen=True)
class Score:
    """One score on one base; value and bounds are ``None`` where the base does not carry them.

    ``value``, ``low``, ``high``: the headline (NPS and TxR on -100..100, CSAT and CES in %, a mean on its scale).
    ``counts``: unweighted answers per class; ``shares``: weighted share (0..1) of the same classes.
    ``mean``, ``mean_low``, ``mean_high``: the other convention, on the answer scale; ``mean_better`` says which end
    of that scale is good ("high" or "low"). ``parts``: components of a composite score.
    """

    metric: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    n_eff: float
    level: float = 0.95
    counts: dict[str, int] = field(default_factory=dict)
    shares: dict[str, float] = field(default_factory=dict)
    mean: float | None = None
    mean_low: float | None = None
    mean_high: float | None = None
    mean_better: str = "high"
    parts: dict[str, float | None] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nobody answered."""
        return self.n == 0


def nps(values: Sequence[float], weights: Sequence[float] | None = None, level: float = 0.95) -> Score:
    """Net Promoter Score: 100 (promoters 9-10 minus detractors 0-6), adjusted Wald interval.

    Parameters
    ----------
    values : array of shape (n,)
        Answers on 0..10; missing ones are NaN or None and left out.
    weights : array of shape (n,), optional
        Weights >= 0; the interval then stands on the effective base.

    Raises
    ------
    ValueError
        When an answer lies outside 0..10.
    """
    x, w = answers(values, weights, (0, 10))
    classes = {"promoters": x >= 9, "passives": (x > 6) & (x < 9), "detractors": x <= 6}
    counts, shares, n_eff = _classes(classes, w)
    value, interval = None, None
    if n_eff:
        value = PERCENT * (shares["promoters"] - shares["detractors"])
        interval = net_share(shares["promoters"] * n_eff, shares["detractors"] * n_eff, n_eff, level)
    low, high = _bounds(interval, PERCENT)
    return Score("nps", value, low, high, len(x), n_eff, level, counts, shares)


def csat(
    values: Sequence[float],
    scale: tuple[float, float] = (1, 5),
    weights: Sequence[float] | None = None,
    level: float = 0.95,
) -> Score:
    """CSAT: share of the two top boxes in %, Wilson interval; the mean is kept beside it, labelled as such."""
    x, w = answers(values, weights, scale)
    top = x >= scale[1] - 1
    return _share_score("csat", {"satisfied": top, "others": ~top}, "satisfied", x, w, level)


def ces(
    values: Sequence[float], version: int = 2, weights: Sequence[float] | None = None, level: float = 0.95
) -> Score:
    """Customer Effort Score, both conventions: ``value`` is the share at ease in %, ``mean`` the mean answer.

    Version 2 is the 1-7 agreement that it was made easy (at ease: 5 and more, a high mean is good); version 1 is the
    1-5 effort spent (at ease: 1 and 2, a low mean is good).
    """
    if version not in (1, 2):
        raise ValueError("version: 1 or 2 expected")
    x, w = answers(values, weights, (1, 7) if version == 2 else (1, 5))
    easy = x >= 5 if version == 2 else x <= 2
    better = "high" if version == 2 else "low"
    return _share_score(f"ces{version}", {"easy": easy, "others": ~easy}, "easy", x, w, level, better)


def txr(
    success: Sequence[float],
    effort: Sequence[float],
    emotion: Sequence[float],
    weights: Sequence[float] | None = None,
    level: float = 0.95,
) -> Score:
    """TxR: mean of the nets %(6-7) - %(1-3) of success, effort and emotion, each answered on 1..7.

    The three arrays are aligned by respondent (NaN where a question was left out), so that the interval (normal, by
    linearisation) takes the correlation of the three answers into account. ``n`` counts respondents with at least one
    answer; ``parts`` holds the three nets.
    """
    grid = np.column_stack([_numbers(column) for column in (success, effort, emotion)])
    w = _weights(weights, len(grid))
    answered = np.isfinite(grid)
    if ((grid < 1) | (grid > 7))[answered].any():
        raise ValueError("answers: numbers on 1..7 expected")
    kept = answered.any(axis=1) & (w > 0)
    grid, answered, w = grid[kept], answered[kept], w[kept]
    signs = np.where(answered, (grid >= 6) * 1.0 - (grid <= 3) * 1.0, 0.0)
    bases = (answered * w[:, None]).sum(axis=0)
    sums = (signs * w[:, None]).sum(axis=0)
    nets = [sums[k] / bases[k] if bases[k] else None for k in range(3)]
    parts = {
        name: None if net is None else float(PERCENT * net)
        for name, net in zip(("success", "effort", "emotion"), nets, strict=True)
    }
    n, n_eff = len(grid), effective_n(w)
    if any(net is None for net in nets):
        return Score("txr", None, None, None, n, n_eff, level, parts=parts)
    value = PERCENT * float(np.mean(nets))
    influence = (np.where(answered, (signs - np.array(nets)) / bases, 0.0) * w[:, None]).sum(axis=1) / 3
    half = z_value(level) * PERCENT * float(np.sqrt(np.square(influence).sum() * n / (n - 1))) if n > 1 else None
    low, high = (None, None) if half is None else (max(-PERCENT, value - half), min(PERCENT, value + half))
    return Score("txr", value, low, high, n, n_eff, level, parts=parts)


def mean_score(values: Sequence[float], weights: Sequence[float] | None = None, level: float = 0.95) -> Score:
    """Mean with Student's t interval on the effective base; bounds are ``None`` under two answers."""
    x, w = answers(values, weights)
    mean, interval = _mean(x, w, level)
    low, high = _bounds(interval, 1.0)
    return Score("mean", mean, low, high, len(x), effective_n(w), level)


def answers(
    values: Sequence[float], weights: Sequence[float] | None = None, scale: tuple[float, float] | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Valid answers and their weights, both of shape (n,): missing answers and zero weights left out.

    Raises
    ------
    ValueError
        When an answer lies outside ``scale``, or a weight is negative or missing.
    """
    x = _numbers(values)
    w = _weights(weights, len(x))
    kept = np.isfinite(x) & (w > 0)
    x, w = x[kept], w[kept]
    if scale is not None and x.size and (x.min() < scale[0] or x.max() > scale[1]):
        raise ValueError(f"answers: numbers on {scale[0]}..{scale[1]} expected")
    return x, w


def _numbers(values: Sequence[float]) -> np.ndarray:
    if hasattr(values, "to_numpy"):
        return values.to_numpy(dtype=float, na_value=np.nan)
    return np.asarray([np.nan if v is None else v for v in values], dtype=float)


def _weights(weights: Sequence[float] | None, n: int) -> np.ndarray:
    if weights is None:
        return np.ones(n)
    w = _numbers(weights)
    if len(w) != n:
        raise ValueError("weights: one per answer expected")
    effective_n(w)
    return w


def _classes(classes: dict[str, np.ndarray], w: np.ndarray) -> tuple[dict[str, int], dict[str, float], float]:
    counts = {name: int(mask.sum()) for name, mask in classes.items()}
    total = float(w.sum())
    shares = {name: float(w[mask].sum()) / total for name, mask in classes.items()} if total else {}
    return counts, shares, effective_n(w)


def _share_score(
    metric: str,
    classes: dict[str, np.ndarray],
    success: str,
    x: np.ndarray,
    w: np.ndarray,
    level: float,
    better: str = "high",
) -> Score:
    counts, shares, n_eff = _classes(classes, w)
    value = PERCENT * shares[success] if n_eff else None
    low, high = _bounds(wilson(shares[success] * n_eff, n_eff, level) if n_eff else None, PERCENT)
    mean, interval = _mean(x, w, level)
    mean_low, mean_high = _bounds(interval, 1.0)
    return Score(
        metric, value, low, high, len(x), n_eff, level, counts, shares, mean, mean_low, mean_high, mean_better=better
    )


def _mean(x: np.ndarray, w: np.ndarray, level: float) -> tuple[float | None, Interval | None]:
    n_eff = effective_n(w)
    if not n_eff:
        return None, None
    mean = float(np.average(x, weights=w))
    if n_eff <= 1 or len(x) < 2:
        return mean, None
    variance = float(np.average(np.square(x - mean), weights=w)) * n_eff / (n_eff - 1)
    half = float(student.ppf(0.5 + level / 2, n_eff - 1)) * np.sqrt(variance / n_eff)
    return mean, Interval(mean - float(half), mean + float(half))


def _bounds(interval: Interval | None, factor: float) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else (interval.low * factor, interval.high * factor)
