"""The journey aimed at beside the one lived: a drafted target, and the difference step by step."""

from collections.abc import Iterator, Sequence
from typing import Literal

from cxkit import method
from cxkit.model.improvement import Improvement
from cxkit.model.journey_map import Activity, EvidenceNote, JourneyMap
from cxkit.model.record import Record, Text
from cxkit.steps.base import Mark
from cxkit.steps.journey_view import ActivityView, CurvePoint, JourneyMapView, StageView
from cxkit.steps.reactions import declared_point

Change = Literal["kept", "changed", "added", "removed", "moved"]
COMPARED = ("action", "touchpoint", "channel", "owner", "reaction", "irritants")


class StepChange(Record):
    """One activity in both maps: what happened to it, which fields changed, and the valence −3..2 before and after."""

    activity: str
    stage: str
    change: Change
    fields: tuple[str, ...] = ()
    before: Text | None = None
    after: Text | None = None
    valence_before: float | None = None
    valence_after: float | None = None
    solid_before: bool = False


class MapDifference(Record):
    """Changes in the order of the target, removed activities at their stage's end; counts by kind of change."""

    changes: tuple[StepChange, ...]
    counts: dict[str, int]


def compare_maps(as_is: JourneyMapView, to_be: JourneyMapView) -> MapDifference:
    """Difference of two maps, activity by activity."""
    changes = tuple(_changes(as_is, to_be))
    kinds = ("kept", "changed", "moved", "added", "removed")
    return MapDifference(changes=changes, counts={kind: sum(one.change == kind for one in changes) for kind in kinds})


def draft_to_be(as_is: JourneyMapView, improvements: Sequence[Improvement]) -> JourneyMapView:
    """The target that the improvements aim at: each repaired activity rises as the method says, as a hypothesis.

    Its irritants go and the improvements become its opportunities; what no improvement touches stays as it is lived.
    """
    stages = tuple(stage.model_copy(update={"activities": tuple(_lifted(a, improvements) for a in stage.activities), "point": None})
                   for stage in as_is.stages)
    return as_is.model_copy(update={"kind": "to-be", "drafted": True, "file": None, "stages": stages, "sample": ()})


def target_of(as_is: JourneyMap, improvements: Sequence[Improvement]) -> JourneyMap:
    """The same target as a declared map, for people to correct: reactions rise as hypotheses, what is repaired has no irritant left."""
    stages = tuple(stage.model_copy(update={"activities": tuple(_repaired(a, improvements) for a in stage.activities)}) for stage in as_is.stages)
    return as_is.model_copy(update={"stages": stages})


def _repaired(activity: Activity, improvements: Sequence[Improvement]) -> Activity:
    mine = _repairing(activity, improvements)
    if not mine:
        return activity
    return activity.model_copy(update={"reaction": method.data("target")["lift"][activity.reaction or "none"], "evidence": EvidenceNote(),
                                       "emotion": None, "irritants": (), "opportunities": tuple(item.name for item in mine)})


def _repairing(activity: Activity | ActivityView, improvements: Sequence[Improvement]) -> list[Improvement]:
    return [item for item in improvements
            if item.repairs == activity.id or (item.repairs is None and item.touchpoint and item.touchpoint == activity.touchpoint)]


def _lifted(activity: ActivityView, improvements: Sequence[Improvement]) -> ActivityView:
    mine = _repairing(activity, improvements)
    if not mine:
        return activity
    reaction = "rupture" if activity.rupture else activity.point.reaction if activity.point else "none"
    point = declared_point(method.data("target")["lift"][reaction], "hypothesis", None)
    return activity.model_copy(update={"point": point, "mark": Mark(kind="hypothesis"), "rupture": False, "silo_break": False,
                                       "irritants": (), "opportunities": tuple(item.name for item in mine)})


def _changes(as_is: JourneyMapView, to_be: JourneyMapView) -> Iterator[StepChange]:
    before = {activity.id: (stage.id, activity) for stage in as_is.stages for activity in stage.activities}
    after = {activity.id for stage in to_be.stages for activity in stage.activities}
    told = {stage.id for stage in to_be.stages}
    for stage in to_be.stages:
        for activity in stage.activities:
            yield _change(stage, activity, before.get(activity.id))
        yield from _removed(before, after, stage.id)
    for stage in as_is.stages:
        if stage.id not in told:
            yield from _removed(before, after, stage.id)


def _removed(before: dict[str, tuple[str, ActivityView]], after: set[str], stage: str) -> Iterator[StepChange]:
    for id_, (place, activity) in before.items():
        if place == stage and id_ not in after:
            yield StepChange(activity=id_, stage=stage, change="removed", before=activity.action,
                             valence_before=_valence(activity.point), solid_before=_solid(activity.point))


def _change(stage: StageView, activity: ActivityView, lived: tuple[str, ActivityView] | None) -> StepChange:
    if lived is None:
        return StepChange(activity=activity.id, stage=stage.id, change="added", after=activity.action,
                          valence_after=_valence(activity.point))
    place, old = lived
    fields = tuple(name for name in COMPARED if _field(old, name) != _field(activity, name))
    change = "moved" if place != stage.id else "changed" if fields else "kept"
    return StepChange(activity=activity.id, stage=stage.id, change=change, fields=fields, before=old.action, after=activity.action,
                      valence_before=_valence(old.point), valence_after=_valence(activity.point), solid_before=_solid(old.point))


def _field(activity: ActivityView, name: str):
    if name == "reaction":
        return activity.point.reaction if activity.point else None
    if name == "irritants":
        return tuple(irritant.text for irritant in activity.irritants)
    return getattr(activity, name)


def _valence(point: CurvePoint | None) -> float | None:
    return point.valence if point else None


def _solid(point: CurvePoint | None) -> bool:
    return point.solid if point else False
