"""Score rows of the evidence as estimates, with small bases suppressed: the one place where scores become figures."""

import dataclasses

import pandas as pd

from cxkit.statistics import scores
from cxkit.statistics.shares import effective_n, net_share, wilson
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

    Notes
    -----
    People count, not answers: where somebody answered several of the rows, the answers share that person's weight, and
    base and interval are those of the people.
    """
    rows = rows[rows["value"].notna()]
    if rows.empty:
        return Estimate(metric=headline(metric))
    people = _people(rows)
    weights = (rows["weight"] if weighted else 1.0) / people["answers"]
    scale = (float(rows["low"].iloc[0]), float(rows["high"].iloc[0]))
    score = _score(rows["value"], metric, scale, bool(rows["reverse"].iloc[0]), weights)
    if people["answers"].max() > 1:
        score = _of_people(score, people["first"], rows["weight"] if weighted else pd.Series(1.0, rows.index))
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


def _people(rows: pd.DataFrame) -> pd.DataFrame:
    """For each row how many rows its respondent has, and whether it is the respondent's first; unnamed rows stand alone."""
    named = rows["respondent"].notna()
    keys = rows["respondent"].where(named, rows.index.astype(str))
    return pd.DataFrame({"answers": keys.groupby(keys).transform("size").astype(float), "first": ~keys.duplicated()}, index=rows.index)


def _of_people(score: scores.Score, first: pd.Series, weights: pd.Series) -> scores.Score:
    """The score with base and interval of the people behind several answers each."""
    n, n_eff = int(first.sum()), effective_n(weights[first])
    if score.metric == "nps":
        bounds, factor = net_share(score.shares["promoters"] * n_eff, score.shares["detractors"] * n_eff, n_eff), scores.PERCENT
    elif score.metric.startswith(("csat", "ces")):
        bounds, factor = wilson(score.value / scores.PERCENT * n_eff, n_eff), scores.PERCENT
    else:
        return dataclasses.replace(score, n=n, n_eff=n_eff)
    return dataclasses.replace(score, n=n, n_eff=n_eff, low=bounds.low * factor, high=bounds.high * factor)


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
