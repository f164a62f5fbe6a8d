"""The test of the target: its plan before, its reading after, predicted against measured."""

import unicodedata
from typing import Literal

import pandas as pd

from cxkit import method
from cxkit.model.record import Record
from cxkit.statistics import experiment
from cxkit.statistics.experiment import Reading
from cxkit.steps.lived import Lived

Agreement = Literal["agrees", "below", "above", "other_base", "unknown"]


class ExperimentPlan(Record):
    """Units per variant to detect ``effect`` (absolute, 0..1) from ``base_rate``; ``weeks`` at the rhythm of today's episodes."""

    base_rate: float
    effect: float
    predicted: bool
    power: float
    level: float
    variants: int
    size: int
    episodes_per_week: float | None = None
    weeks: float | None = None


class Predicted(Record):
    """What the what-if foresaw: the outcome rate that it starts from, and the interval of its gain."""

    base: float
    low: float
    high: float


class Experiment(Record):
    """The reading of the test, the units left out because they saw several variants, and predicted against measured."""

    reading: Reading
    contaminated: int
    predicted: Predicted | None = None
    agreement: Agreement


def plan_test(paths: Lived | None, gain: float | None, effect: float, power: float, variants: int = 1) -> ExperimentPlan | None:
    """Plan of a test on the outcome rate of episodes; None without outcome rate or without an effect to detect."""
    settings = method.data("target")["test"]
    if paths is None or not paths.closed:
        return None
    base, wanted = paths.outcomes / paths.closed, effect or gain or 0.0
    if not 0 < base < 1 or abs(wanted) < 1e-6 or not 0 < base + wanted < 1:
        return None
    power = power or settings["power"]
    size = experiment.planned_size(base, wanted, power, settings["level"], variants)
    weekly = paths.closed / paths.days * 7 if paths.days >= 7 else None
    return ExperimentPlan(base_rate=base, effect=wanted, predicted=not effect, power=power, level=settings["level"], variants=variants,
                          size=size, episodes_per_week=weekly, weeks=size * (variants + 1) / weekly if weekly else None)


def read_test(table: pd.DataFrame, planned: int | None, effect: float | None, control: str,
              predicted: Predicted | None) -> Experiment | None:
    """Reading of the ``experiment`` table; None where it holds fewer than two variants.

    A unit is a respondent: it converted when any of its rows did; one that saw several variants is left out and counted.
    Rows without respondent are units of their own.
    """
    units, contaminated = _units(table)
    names = sorted(units["variant"].unique())
    if len(names) < 2:
        return None
    settings = method.data("target")["test"]
    first = _control(names, control, settings["controls"])
    counts = units.groupby("variant")["converted"].agg(["size", "sum"])
    arms = [experiment.Arm(name, int(counts.at[name, "size"]), int(counts.at[name, "sum"]))
            for name in [first, *(name for name in names if name != first)]]
    reading = experiment.read_experiment(arms, planned, effect, level=settings["level"], limit=settings["sample_ratio"])
    return Experiment(reading=reading, contaminated=contaminated, predicted=predicted, agreement=_agreement(reading, predicted))


def _units(table: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    rows = table[table["variant"].notna()]
    named = rows[rows["respondent"].notna()]
    seen = named.groupby("respondent")["variant"].nunique()
    clean = named[~named["respondent"].isin(seen.index[seen > 1])]
    units = clean.groupby("respondent", sort=True).agg(variant=("variant", "first"), converted=("converted", "max"))
    alone = rows.loc[rows["respondent"].isna(), ["variant", "converted"]]
    return pd.concat([units, alone], ignore_index=True), int((seen > 1).sum())


def _control(names: list[str], wanted: str, controls: list[str]) -> str:
    if wanted in names:
        return wanted
    plain = {name: "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c)) for name in names}
    return next((name for known in controls for name in names if plain[name] == known), names[0])


def _agreement(reading: Reading, predicted: Predicted | None) -> Agreement:
    """Whether the interval measured (winner, else first variant) and the predicted one overlap, on comparable populations."""
    arm = next((one for one in reading.variants if one.name == reading.winner), reading.variants[0])
    if predicted is None or arm.difference.low is None or reading.decision in ("stop_sample_ratio", "empty"):
        return "unknown"
    if reading.control.interval.excludes(predicted.base):
        return "other_base"
    if arm.difference.high < predicted.low:
        return "below"
    return "above" if arm.difference.low > predicted.high else "agrees"
