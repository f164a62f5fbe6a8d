"""The survey beyond its scores: waves compared, TxR, and the Kano questionnaire."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.stats import norm

from cxkit.model.record import Record
from cxkit.statistics import scores as statistics
from cxkit.statistics.base import BaseClass
from cxkit.statistics.changes import mean_change
from cxkit.statistics.kano import kano
from cxkit.statistics.multiple import benjamini_hochberg
from cxkit.statistics.shares import two_proportions, z_value
from cxkit.steps.base import Estimate, base_of
from cxkit.steps.scoring import estimate, headline

METRICS = ("nps", "csat", "ces")
TXR = ("txr_success", "txr_effort", "txr_emotion")


class WaveChange(Record):
    """A score in two waves: estimates, change (second minus first, in points) with interval, p and q over all changes tested.

    ``mean_change`` with its own interval and p: the other convention, on the answers' scale.
    """

    metric: str
    first: str
    second: str
    before: Estimate
    after: Estimate
    change: float
    low: float
    high: float
    p: float
    q: float
    mean_change: float | None = None
    mean_p: float | None = None


class TxrScore(Record):
    """TxR: mean of the nets of success, effort and emotion, −100..100, with interval and its parts; None under the least base."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    parts: dict[str, float | None] = {}
    n: int
    base: BaseClass


class KanoFeature(Record):
    """A feature's category and coefficients: better 0..1, worse −1..0, with intervals; counts by category (A O M I R Q)."""

    feature: str
    category: str | None
    better: float | None = None
    better_low: float | None = None
    better_high: float | None = None
    worse: float | None = None
    worse_low: float | None = None
    worse_high: float | None = None
    counts: dict[str, float] = {}
    n: int
    base: BaseClass


def waves(scores: pd.DataFrame, since: str = "") -> tuple[WaveChange, ...]:
    """Compare the waves of the overall questions.

    Waves are the survey files where several ask the same question, each against the one before; else the answers before and from
    ``since`` (ISO day; the middle of the period when empty).
    """
    found = [pair for metric in METRICS for pair in _pairs(scores[scores["metric"].eq(metric) & scores["value"].notna()], since)]
    tests = [(metric, names, sides, test) for metric, names, sides in found if (test := _test(metric, *sides)) is not None]
    q_values = benjamini_hochberg([test[3] for *_, test in tests]).q
    changes = []
    for (metric, names, sides, (value, low, high, p)), q in zip(tests, q_values, strict=True):
        means = mean_change(sides[0]["value"], sides[1]["value"], sides[0]["weight"], sides[1]["weight"])
        changes.append(WaveChange(metric=metric, first=names[0], second=names[1], before=estimate(sides[0], metric), after=estimate(sides[1], metric),
                                  change=value, low=low, high=high, p=p, q=q, mean_change=means.value, mean_p=means.p))
    return tuple(changes)


def _pairs(rows: pd.DataFrame, since: str) -> Iterator[tuple[str, tuple[str, str], tuple[pd.DataFrame, pd.DataFrame]]]:
    if rows.empty:
        return
    metric = str(rows["metric"].iloc[0])
    rows = rows[rows["low"].eq(rows["low"].mode()[0]) & rows["high"].eq(rows["high"].mode()[0])]
    begun = rows.groupby("source")["time"].min()
    sources = sorted(rows["source"].unique(), key=lambda source: (pd.isna(begun[source]), begun[source], source))
    if len(sources) > 1:
        for first, second in pairwise(sources):
            yield metric, (first, second), (rows[rows["source"] == first], rows[rows["source"] == second])
        return
    dated = rows[rows["time"].notna()]
    if dated["time"].nunique() < 2:
        return
    split = pd.Timestamp(since) if since else dated["time"].min() + (dated["time"].max() - dated["time"].min()) / 2
    day = split.date().isoformat()
    yield metric, (f"< {day}", f"≥ {day}"), (dated[dated["time"] < split], dated[dated["time"] >= split])


def _test(metric: str, before: pd.DataFrame, after: pd.DataFrame) -> tuple[float, float, float, float] | None:
    """Change of the headline in points with interval and two-sided p; None on bases that show no percentage."""
    if any(base_of(len(rows)) in {"suppressed", "counts_only"} for rows in (before, after)):
        return None
    parts = [_classes(metric, rows) for rows in (before, after)]
    if metric == "nps":
        nets, errors = [], []
        for up, down, n in parts:
            nets.append(up - down)
            errors.append((up + down - (up - down) ** 2) / n)
        error, change = float(np.sqrt(sum(errors))), nets[1] - nets[0]
        half = z_value(0.95) * error
        return 100 * change, 100 * (change - half), 100 * (change + half), float(2 * norm.sf(abs(change) / error)) if error else 1.0
    (s1, _, n1), (s2, _, n2) = parts
    found = two_proportions(s2 * n2, n2, s1 * n1, n1)
    return 100 * found.value, 100 * found.low, 100 * found.high, found.p


def _classes(metric: str, rows: pd.DataFrame) -> tuple[float, float, float]:
    """Weighted shares on the good and the bad side, and the effective base."""
    weights, value = rows["weight"] / rows["weight"].sum(), rows["value"]
    value = value.where(~rows["reverse"], rows["low"] + rows["high"] - value)
    base = statistics.effective_n(rows["weight"])
    if metric == "nps":
        return float(weights[value >= 9].sum()), float(weights[value <= 6].sum()), base
    least = rows["high"] - (1 if headline(metric) == "csat" or rows["high"].iloc[0] == 5 else 2)
    return float(weights[value >= least].sum()), 0.0, base


def txr(scores: pd.DataFrame) -> TxrScore | None:
    """TxR of the respondents who answered success, effort and emotion; None where it was not asked."""
    asked = scores[scores["metric"].isin(TXR) & scores["value"].notna()]
    if set(asked["metric"]) != set(TXR):
        return None
    asked = asked.assign(who=asked["respondent"].fillna(asked["row"].astype(str)))
    grid = asked.pivot_table(index="who", columns="metric", values="value", aggfunc="first")
    weights = asked.groupby("who")["weight"].first().reindex(grid.index)
    found = statistics.txr(*(grid[name].to_numpy() for name in TXR), weights=weights.to_numpy())
    base = base_of(found.n)
    if base in {"suppressed", "counts_only"}:
        return TxrScore(n=found.n, base=base)
    return TxrScore(value=found.value, low=found.low, high=found.high, parts=found.parts, n=found.n, base=base)


def kano_features(answers: pd.DataFrame) -> tuple[KanoFeature, ...]:
    """The features of the ``kano`` table, those whose absence hurts most first."""
    features = []
    for feature, rows in answers.groupby("feature", sort=True):
        found = kano(rows["functional"].tolist(), rows["dysfunctional"].tolist(), rows["weight"].tolist())
        base = base_of(found.n)
        if base in {"suppressed", "counts_only"}:
            counts = found.counts if base == "counts_only" else {}
            features.append(KanoFeature(feature=str(feature), category=None, n=found.n, base=base, counts=counts))
            continue
        better, worse = found.better_interval, found.worse_interval
        features.append(KanoFeature(
            feature=str(feature), category=found.category, better=found.better, better_low=better.low if better else None,
            better_high=better.high if better else None, worse=found.worse, worse_low=worse.low if worse else None,
            worse_high=worse.high if worse else None, counts=found.counts, n=found.n, base=base))
    return tuple(sorted(features, key=lambda one: (one.worse if one.worse is not None else 1, one.feature)))
