"""Score rows of the evidence as estimates, with small bases suppressed: the one place where scores become figures."""

import pandas as pd

from cxkit.statistics import scores
from cxkit.steps.base import Estimate, base_of

HEADLINES = ("nps", "csat", "ces")
_AS_CSAT = frozenset({"csat", "rating"})


def headline(metric: str) -> str:
    """The headline metric that a metric is told by: ratings are told as CSAT."""
    return "csat" if metric in _AS_CSAT else metric


def estimate(rows: pd.DataFrame, metric: str, *, weighted: bool = True) -> Estimate:
    """Estimate of one metric over rows of the ``scores`` table.

    Parameters
    ----------
    rows : rows of one metric and one scale, columns of ``evidence.tables.COLUMNS["scores"]``.
    metric : ``nps``, ``csat``, ``rating``, ``ces`` or another metric, told as a mean.
    weighted : False leaves the weights out.
    """
    rows = rows[rows["value"].notna()]
    weights = rows["weight"] if weighted else None
    if rows.empty:
        return Estimate(metric=headline(metric))
    scale = (float(rows["low"].iloc[0]), float(rows["high"].iloc[0]))
    score = _score(rows["value"], metric, scale, bool(rows["reverse"].iloc[0]), weights)
    base = base_of(score.n)
    if base in {"suppressed", "counts_only"}:
        counts = score.counts if base == "counts_only" else {}
        return Estimate(metric=headline(metric), n=score.n, n_eff=score.n_eff, base=base, counts=counts)
    return Estimate(metric=headline(metric), value=score.value, low=score.low, high=score.high, mean=score.mean,
                    mean_low=score.mean_low, mean_high=score.mean_high, n=score.n, n_eff=score.n_eff, base=base,
                    counts=score.counts)


def estimates(rows: pd.DataFrame, *, weighted: bool = True) -> tuple[Estimate, ...]:
    """One estimate for each metric in the rows, headline metrics first; scales of a metric are kept apart by size."""
    found = []
    for metric in [*HEADLINES, *sorted(set(rows["metric"].dropna()) - set(HEADLINES) - {"rating", "importance"})]:
        mine = rows[rows["metric"].map(headline) == metric]
        if mine.empty:
            continue
        largest = mine.groupby(["low", "high"]).size().sort_values(ascending=False, kind="stable").index[0]
        found.append(estimate(mine[(mine["low"] == largest[0]) & (mine["high"] == largest[1])], metric, weighted=weighted))
    return tuple(found)


def _score(values: pd.Series, metric: str, scale: tuple[float, float], reverse: bool, weights: pd.Series | None) -> scores.Score:
    if metric == "nps":
        return scores.nps(values, weights)
    if metric == "ces" and scale == (1.0, 7.0):
        return scores.ces(8 - values if reverse else values, 2, weights)
    if metric == "ces" and scale == (1.0, 5.0):
        return scores.ces(values if reverse else 6 - values, 1, weights)
    if metric in _AS_CSAT:
        return scores.csat(scale[0] + scale[1] - values if reverse else values, scale, weights)
    return scores.mean_score(values, weights)
