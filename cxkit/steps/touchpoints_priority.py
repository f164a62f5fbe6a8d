"""Importance × performance of the touchpoints (Martilla & James 1977)."""

from typing import Literal

import pandas as pd

from cxkit import method
from cxkit.model.record import Record
from cxkit.statistics import priority
from cxkit.steps.base import BaseClass, base_of
from cxkit.steps.scoring import estimate, headline

Source = Literal["derived", "stated"]


class Placed(Record):
    """A touchpoint in its quadrant: importance (rank correlation −1..1, or mean on the stated scale), performance (CSAT, 0..100)."""

    touchpoint: str
    importance: float
    performance: float
    quadrant: Literal["concentrate", "keep_up", "low_priority", "overkill"]
    n: int
    base: BaseClass


class Priorities(Record):
    """Placed touchpoints and the crosshair that parted them, printed on the chart."""

    placed: tuple[Placed, ...]
    importance: Source
    crosshair: Literal["mean", "middle"]
    importance_line: float
    performance_line: float
    overall_metric: str | None = None
    left_out: int = 0
    """Scored touchpoints whose base or variation carries no placement."""


def priorities(scores: pd.DataFrame, importance: Source, crosshair: Literal["mean", "middle"]) -> Priorities | None:
    """Place every touchpoint that has both figures on a base of 30 or more; None where there is none.

    Derived importance is Spearman's correlation, over respondents, between the score of the touchpoint and the overall score
    (NPS question first). A correlation has no middle: its line is the mean of the touchpoints whatever the crosshair.
    """
    rated = scores[(scores["of"] == "touchpoint") & (scores["metric"].map(headline) == "csat") & scores["value"].notna()]
    performance = {}
    for touchpoint, rows in rated.groupby("touchpoint"):
        rows = rows[(rows["low"] == rows["low"].iloc[0]) & (rows["high"] == rows["high"].iloc[0])]
        figure = estimate(rows, "csat")
        if figure.value is not None:
            performance[touchpoint] = figure
    weights, metric, middle = _stated(scores) if importance == "stated" else _derived(scores, rated)
    both = {name: (weights[name], performance[name].value) for name in sorted(performance) if weights.get(name) is not None}
    if not both:
        return None
    matrix = priority.importance_performance(both)
    lines = [matrix.importance_line, matrix.performance_line]
    if crosshair == "middle":
        lines = [middle if middle is not None else lines[0], 50.0]
        matrix = priority.importance_performance(both, tuple(lines))
    placed = tuple(Placed(touchpoint=p.item, importance=p.importance, performance=p.performance, quadrant=p.quadrant,
                          n=performance[p.item].n, base=performance[p.item].base) for p in matrix.placements)
    return Priorities(placed=placed, importance=importance, crosshair=crosshair, importance_line=lines[0], performance_line=lines[1],
                      overall_metric=metric, left_out=rated["touchpoint"].nunique() - len(placed))


def _stated(scores: pd.DataFrame) -> tuple[dict[str, float], None, float | None]:
    told = scores[(scores["metric"] == "importance") & (scores["of"] == "touchpoint") & scores["value"].notna()]
    means = {}
    for touchpoint, rows in told.groupby("touchpoint"):
        if base_of(len(rows)) in {"weak", "full"}:
            means[touchpoint] = float((rows["value"] * rows["weight"]).sum() / rows["weight"].sum())
    middle = float(told["low"].iloc[0] + told["high"].iloc[0]) / 2 if len(told) else None
    return means, None, middle


def _derived(scores: pd.DataFrame, rated: pd.DataFrame) -> tuple[dict[str, float | None], str | None, None]:
    overall = scores[(scores["of"] == "overall") & scores["value"].notna()]
    present = set(overall["metric"])
    settings = method.data("touchpoints")["importance"]
    metric = next((name for name in settings["overall"] if name in present), None)
    if metric is None:
        return {}, None, None
    overall, rated = _upward(overall[overall["metric"] == metric]), _upward(rated)
    y = overall.groupby("respondent")["value"].mean()
    wide = rated.groupby(["respondent", "touchpoint"])["value"].mean().unstack()
    people = wide.index.intersection(y.index)
    ratings = {name: wide.loc[people, name].to_numpy() for name in wide.columns}
    least = method.data("thresholds")["base"]["counts_only"]
    return priority.derived_importance(ratings, y.loc[people].to_numpy(), settings["statistic"], minimum=least), metric, None


def _upward(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with values so that more is better."""
    return rows.assign(value=rows["value"].where(~rows["reverse"], rows["low"] + rows["high"] - rows["value"]))
