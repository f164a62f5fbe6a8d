"""Peak and end: whether people remember the strongest moment and the last one rather than the mean of all."""

import math

import pandas as pd
from scipy.stats import spearmanr

from cxkit import method
from cxkit.statistics.shares import z_value
from cxkit.steps.base import Given, base_of
from cxkit.steps.moments_view import PeakEnd, Remembered

SPREAD = 1.06  # variance of a rank correlation after Fisher's transformation (Fieller, Hartley & Pearson 1957)


def peak_end(given: Given) -> PeakEnd | None:
    """Rank correlations of the overall score with peak, end and mean of the reactions, over people who told at least three.

    The order of a person's reactions is that of the stages, then of the planned path. Peak: the reaction farthest from indifference, the
    negative one where two are. None under the least base, or where one of them does not vary.
    """
    settings = method.data("moments")["peak_end"]
    scores = given.evidence["scores"]
    overall = scores[(scores["of"] == "overall") & scores["value"].notna()]
    metric = next((name for name in method.data("touchpoints")["importance"]["overall"] if name in set(overall["metric"])), None)
    if metric is None:
        return None
    told = _ordered(given, scores[(scores["of"] == "touchpoint") & scores["reaction"].notna() & scores["respondent"].notna()])
    lived = told.groupby("respondent")["height"].agg(n="size", mean="mean", end="last", peak=_peak)
    overall = overall[overall["metric"] == metric]
    upward = overall["value"].where(~overall["reverse"], overall["low"] + overall["high"] - overall["value"])
    lived = lived[lived["n"] >= settings["least"]].join(upward.groupby(overall["respondent"]).mean().rename("overall"), how="inner")
    if base_of(len(lived)) not in {"weak", "full"} or (lived.nunique() < 2).loc[["peak", "end", "mean", "overall"]].any():
        return None
    return PeakEnd(n=len(lived), metric=metric, remembered=tuple(_remembered(name, lived) for name in ("peak", "end", "mean")))


def _ordered(given: Given, rows: pd.DataFrame) -> pd.DataFrame:
    inventory = {item.id: item for item in given.folder.touchpoints}
    stages = {stage: i for i, stage in enumerate(given.folder.client.stage_ids() or method.data("stages"))}
    last = len(stages)

    def place(touchpoint: str) -> tuple[int, int, str]:
        item = inventory.get(touchpoint)
        return (stages.get(item.stage, last), item.planned or 10**6, touchpoint) if item else (last, 10**6, touchpoint)

    order = {name: i for i, name in enumerate(sorted(rows["touchpoint"].dropna().unique(), key=place))}
    rows = rows.assign(order=rows["touchpoint"].map(order), height=rows["reaction"].map(method.valence).astype(float))
    return rows.sort_values(["respondent", "order"], kind="stable")


def _peak(heights: pd.Series) -> float:
    return min(heights, key=lambda height: (-abs(height), height))


def _remembered(name: str, lived: pd.DataFrame) -> Remembered:
    value = float(spearmanr(lived[name], lived["overall"]).statistic)
    half = z_value(method.data("thresholds")["level"]) * math.sqrt(SPREAD / (len(lived) - 3))
    centre = math.atanh(min(max(value, -0.999999), 0.999999))
    return Remembered(of=name, value=value, low=math.tanh(centre - half), high=math.tanh(centre + half))
