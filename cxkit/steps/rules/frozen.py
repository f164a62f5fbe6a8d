"""F, frozen map: what has happened since the map was drawn."""

import calendar
import datetime as dt
from collections.abc import Iterator

from cxkit import method
from cxkit.model.folder import DatedMap
from cxkit.steps.rules.base import Draft, Missing, Place, rule
from cxkit.steps.rules.scene import Scene, months_between
from cxkit.steps.rules.since import Since
from cxkit.steps.scoring import headline


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
    for dated, since in _since(scene, "interactions"):
        before, after = since.customers
        if min(before, after) < scene.limit("F3", "least"):
            yield Missing("no_new_log")
            continue
        found = since.drift
        yield Draft(_reference_place(scene, dated), {
            "distance": found.value, "beyond_chance": found.beyond_chance,
            "customers_before": before, "customers_after": after, "draws": found.draws},
            {"date": scene.reference(dated).isoformat()}, p=found.p, holds=found.beyond_chance > scene.limit("F3", "distance"),
            mark=since.contacts.mark)


@rule("F4")
def score_moved(scene: Scene) -> Iterator[Draft | Missing]:
    """A score is no longer what it was at the revision: overall scores, and those of mapped touchpoints."""
    yield from _needs(scene, "scores", "no_scores")
    for dated, since in _since(scene, "scores"):
        mapped = (one for one in since.scores if one.touchpoint is None or one.touchpoint in scene.mapped)
        moves = [one for one in mapped if one.least >= scene.limit("F4", "least")]
        for move in moves:
            change, touchpoint = move.change, move.touchpoint
            if change.p is None:
                continue
            spot = scene.spot_of(touchpoint) if touchpoint else None
            place = scene.at(spot) if spot else _reference_place(scene, dated)
            subject = {"facts": {"touchpoint": scene.name(touchpoint), "date": scene.reference(dated).isoformat()}} if touchpoint else {
                "facts": {"date": scene.reference(dated).isoformat()}, "words": {"touchpoint": "rules.overall"}}
            subject["words"] = subject.get("words", {}) | {"metric": f"rules.metrics.{headline(move.metric)}"}
            yield Draft(place, {"before": change.before, "after": change.after, "change": change.value, "low": change.low,
                                "high": change.high, "n_before": change.n[0], "n_after": change.n[1]},
                        p=change.p, mark=move.mark, **subject)
        if not moves:
            yield Missing("no_new_scores")


@rule("F5")
def touchpoint_came_or_went(scene: Scene) -> Iterator[Draft | Missing]:
    """A touchpoint appeared in the log, or vanished from it."""
    yield from _needs(scene, "interactions", "no_log")
    least, expected_least = scene.limit("F5", "share"), scene.limit("F5", "expected")
    for dated, since in _since(scene, "interactions"):
        if since.contacts.before.empty or since.contacts.after.empty:
            yield Missing("no_new_log")
            continue
        for row in since.one_sided.itertuples():
            if max(row.share_before, row.share_after) >= least and row.expected >= expected_least:
                spot = scene.spot_of(row.Index)
                place = scene.at(spot, "touchpoint") if spot else _reference_place(scene, dated, touchpoint=row.Index)
                yield Draft(place, {"share_before": row.share_before, "share_after": row.share_after, "contacts_before": row.before,
                                    "contacts_after": row.after, "expected_contacts": row.expected},
                            {"touchpoint": scene.name(row.Index), "date": scene.reference(dated).isoformat()},
                            {"what": f"rules.came.{'appeared' if row.after else 'vanished'}"}, mark=since.contacts.mark)


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


def _since(scene: Scene, table: str) -> Iterator[tuple[DatedMap, Since]]:
    """The global map with what came after its reference date; persona maps are drawn from the same evidence."""
    dated = scene.global_map
    if dated is not None and scene.measured.given.evidence.has(table):
        yield dated, scene.measured.since(scene.reference(dated))


def _reference_place(scene: Scene, dated: DatedMap, **more: str) -> Place:
    return scene.on(dated, "evidence_until" if dated.map.evidence_until else "date", **more)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day some months later, the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
