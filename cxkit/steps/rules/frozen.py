"""F, frozen map: what has happened since the map was drawn."""

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxkit import method
from cxkit.model.folder import DatedMap
from cxkit.statistics.changes import mean_change
from cxkit.statistics.distributions import jensen_shannon_clustered
from cxkit.steps.base import Mark
from cxkit.steps.rules.base import Draft, Missing, Place, rule
from cxkit.steps.rules.scene import Scene, months_between
from cxkit.steps.scoring import headline


@dataclass(frozen=True)
class Sides:
    """Rows of a table up to a map's reference date, and after it."""

    before: pd.DataFrame
    after: pd.DataFrame


def review_by(scene: Scene, dated: DatedMap) -> dt.date:
    """The day by which a map wants its next review: the one it names, else some months after its date."""
    return dated.map.review_by or add_months(dated.map.date, int(scene.limit("F1", "months")))


@rule("F1")
def review_overdue(scene: Scene) -> Iterator[Draft]:
    """The review date has passed."""
    for dated in scene.maps:
        due = review_by(scene, dated)
        if scene.as_of > due:
            keys = ("review_by",) if dated.map.review_by else ("date",)
            yield Draft(scene.on(dated, *keys), {"days": (scene.as_of - due).days}, {"date": due.isoformat()})


@rule("F2")
def evidence_newer(scene: Scene) -> Iterator[Draft | Missing]:
    """The evidence goes on long after what the map was drawn from."""
    end = scene.measured.given.evidence.end
    if end is None:
        yield Missing("no_dates")
        return
    end = min(end, scene.as_of)
    for dated in scene.maps:
        months = months_between(scene.reference(dated), end)
        if months > scene.limit("F2", "months"):
            yield Draft(_reference_place(scene, dated), {"months": months},
                        {"date": scene.reference(dated).isoformat(), "end": end.isoformat()})


@rule("F3")
def mix_drifted(scene: Scene) -> Iterator[Draft | Missing]:
    """Customers no longer take the same touchpoints."""
    yield from _needs(scene, "interactions", "no_log")
    for dated, sides in _sides(scene, "interactions"):
        bases = [side["customer"].nunique() for side in (sides.before, sides.after)]
        if min(bases) < scene.limit("F3", "least"):
            yield Missing("no_new_log")
            continue
        found = jensen_shannon_clustered(*_mix(sides), seed=method.data("rules")["seed"], draws=method.data("rules")["draws"])
        yield Draft(_reference_place(scene, dated), {
            "distance": found.value, "beyond_chance": found.beyond_chance,
            "customers_before": bases[0], "customers_after": bases[1], "draws": found.draws},
            {"date": scene.reference(dated).isoformat()}, p=found.p, holds=found.beyond_chance > scene.limit("F3", "distance"),
            mark=_mark(sides.after, "measured"))


@rule("F4")
def score_moved(scene: Scene) -> Iterator[Draft | Missing]:
    """A score is no longer what it was at the revision: overall scores, and those of mapped touchpoints."""
    yield from _needs(scene, "scores", "no_scores")
    least = scene.limit("F4", "least")
    for dated, sides in _sides(scene, "scores"):
        tested = False
        for (metric, low, high, touchpoint), after in _scored(scene, sides.after):
            before = _same(sides.before, metric, low, high, touchpoint)
            if min(len(before), len(after)) < least:
                continue
            tested = True
            change = mean_change(_coded(before, metric), _coded(after, metric), before["weight"], after["weight"])
            if change.p is None:
                continue
            spot = scene.spot_of(touchpoint) if touchpoint else None
            place = scene.at(spot) if spot else _reference_place(scene, dated)
            subject = {"facts": {"touchpoint": scene.name(touchpoint), "date": scene.reference(dated).isoformat()}} if touchpoint else {
                "facts": {"date": scene.reference(dated).isoformat()}, "words": {"touchpoint": "rules.overall"}}
            subject["words"] = subject.get("words", {}) | {"metric": f"rules.metrics.{headline(metric)}"}
            yield Draft(place, {"before": change.before, "after": change.after, "change": change.value, "low": change.low,
                                "high": change.high, "n_before": change.n[0], "n_after": change.n[1]},
                        p=change.p, mark=_mark(after, "measured"), **subject)
        if not tested:
            yield Missing("no_new_scores")


@rule("F5")
def touchpoint_came_or_went(scene: Scene) -> Iterator[Draft | Missing]:
    """A touchpoint appeared in the log, or vanished from it."""
    yield from _needs(scene, "interactions", "no_log")
    least, expected_least = scene.limit("F5", "share"), scene.limit("F5", "expected")
    for dated, sides in _sides(scene, "interactions"):
        if sides.before.empty or sides.after.empty:
            yield Missing("no_new_log")
            continue
        counts = pd.concat([side["touchpoint"].value_counts() for side in (sides.before, sides.after)], axis=1, keys=["before", "after"]).fillna(0)
        for touchpoint, row in counts.sort_index().iterrows():
            shares = row / counts.sum()
            gone = row["after"] == 0
            # seen at this share it would have been met so often on the other side
            expected = shares["before"] * counts["after"].sum() if gone else shares["after"] * counts["before"].sum()
            if row.min() == 0 and shares.max() >= least and expected >= expected_least:
                spot = scene.spot_of(touchpoint)
                place = scene.at(spot, "touchpoint") if spot else _reference_place(scene, dated, touchpoint=touchpoint)
                yield Draft(place, {"share_before": shares["before"], "share_after": shares["after"], "contacts_before": row["before"],
                                    "contacts_after": row["after"], "expected_contacts": expected},
                            {"touchpoint": scene.name(touchpoint), "date": scene.reference(dated).isoformat()},
                            {"what": f"rules.came.{'vanished' if gone else 'appeared'}"}, mark=_mark(sides.after, "measured"))


@rule("F6")
def season_uncovered(scene: Scene) -> Iterator[Draft | Missing]:
    """A season of the year in which no customer was heard."""
    months = scene.measured.months
    if not months:
        yield Missing("no_dates")
        return
    least = scene.limit("F6", "rows")
    for season, numbers in method.data("rules")["seasons"].items():
        n = sum(months.get(number, 0) for number in numbers)
        if n < least:
            place = scene.on(scene.maps[0])
            yield Draft(place, words={"season": f"rules.seasons.{season}"})


def _needs(scene: Scene, table: str, gap: str) -> Iterator[Missing]:
    if not scene.measured.given.evidence.has(table):
        yield Missing(gap)


def _sides(scene: Scene, table: str) -> Iterator[tuple[DatedMap, Sides]]:
    """The global map's evidence on both sides of its reference date; persona maps are drawn from the same evidence."""
    dated = scene.global_map
    if dated is None or not scene.measured.given.evidence.has(table):
        return
    rows = scene.measured.dated(table)
    rows = rows[rows["touchpoint"].notna() | (rows["of"] == "overall")] if table == "scores" else rows
    newer = rows["time"] > pd.Timestamp(scene.reference(dated)) + pd.Timedelta(days=1) - pd.Timedelta(microseconds=1)
    yield dated, Sides(rows[~newer], rows[newer])


def _mix(sides: Sides) -> tuple[np.ndarray, np.ndarray]:
    """Contacts of each customer of each side by touchpoint, and the side."""
    both = pd.concat([sides.before.assign(side=True), sides.after.assign(side=False)])
    counts = both.groupby(["side", "customer", "touchpoint"]).size().unstack(fill_value=0)
    return counts.to_numpy(), counts.index.get_level_values("side").to_numpy()


def _scored(scene: Scene, rows: pd.DataFrame) -> Iterator[tuple[tuple, pd.DataFrame]]:
    rows = rows[rows["value"].notna() & (rows["metric"] != "importance")]
    rows = rows[rows["touchpoint"].isna() | rows["touchpoint"].isin(scene.mapped)]
    for (metric, low, high, touchpoint), group in rows.groupby(["metric", "low", "high", "touchpoint"], dropna=False, sort=True):
        yield (metric, low, high, None if pd.isna(touchpoint) else touchpoint), group


def _same(rows: pd.DataFrame, metric: str, low: float, high: float, touchpoint: str | None) -> pd.DataFrame:
    place = rows["touchpoint"].isna() if touchpoint is None else rows["touchpoint"] == touchpoint
    return rows[place & (rows["metric"] == metric) & (rows["low"] == low) & (rows["high"] == high) & rows["value"].notna()]


def _coded(rows: pd.DataFrame, metric: str) -> pd.Series:
    """Answers coded so that their mean is the metric: NPS −100, 0, 100; CSAT and effort 0 or 100; others as given."""
    low, high = rows["low"].iloc[0], rows["high"].iloc[0]
    values = rows["value"].where(~rows["reverse"], low + high - rows["value"])
    if metric == "nps":
        return 100.0 * ((values >= 9).astype(int) - (values <= 6).astype(int))
    if headline(metric) == "csat":
        return 100.0 * (values >= high - 1)
    if metric == "ces" and (low, high) == (1.0, 7.0):
        return 100.0 * (values >= 5)
    if metric == "ces" and (low, high) == (1.0, 5.0):
        return 100.0 * (values >= 4)
    return values


def _mark(rows: pd.DataFrame, kind: str) -> Mark:
    times = rows["time"].dropna()
    start, end = (times.min().date(), times.max().date()) if len(times) else (None, None)
    return Mark(kind=kind, n=len(rows), start=start, end=end, sources=tuple(sorted(rows["source"].dropna().unique())))


def _reference_place(scene: Scene, dated: DatedMap, **more: str) -> Place:
    return scene.on(dated, "evidence_until" if dated.map.evidence_until else "date", **more)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day some months later, the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
