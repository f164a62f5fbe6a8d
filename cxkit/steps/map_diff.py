"""Two dated maps compared as a person would tell it."""

from collections.abc import Iterator, Mapping
from typing import Literal

from cxkit import method
from cxkit.model.journey_map import Activity, Information, JourneyMap
from cxkit.model.record import Record, Text
from cxkit.steps.map_beside import PLAIN, StagePair, beside, matched, moved_items
from cxkit.words import Words

Kind = Literal[
    "stage_added", "stage_removed", "stage_moved", "activity_added", "activity_removed", "activity_moved",
    "activity_renamed", "activity_reordered", "action", "reaction", "touchpoint", "channel", "owner", "evidence_gained",
    "evidence_lost", "evidence_kind", "evidence_base", "moment_added", "moment_removed", "decision_added",
    "decision_removed", "irritant_added", "irritant_removed", "irritant_severity", "goal", "information", "text",
    "contributors", "title",
]


class Change(Record):
    """One difference. ``facts`` are texts or ids, ``words`` keys of the catalogs; both fill ``review.diff.<kind>``.
    ``fields`` are the parts of the activity that were written anew.
    """

    kind: Kind
    stage: str | None = None
    activity: str | None = None
    facts: dict[str, Text] = {}
    words: dict[str, str] = {}
    fields: tuple[str, ...] = ()


class MapDiff(Record):
    """The differences from an older map to a newer one, in the order of the newer map; ``stages`` are both maps aligned."""

    old_version: str
    new_version: str
    old_date: str
    new_date: str
    changes: tuple[Change, ...]
    stages: tuple[StagePair, ...] = ()

    def count(self, *kinds: str) -> int:
        """Changes of these kinds."""
        return sum(change.kind in kinds for change in self.changes)


def diff(old: JourneyMap, new: JourneyMap, names: Mapping[str, Text] | None = None) -> MapDiff:
    """What changed from one map to another.

    Activities are matched by id; one that vanished while another with the same words appeared was renamed.

    Parameters
    ----------
    names : the client's names, by ``stage.<id>``, ``touchpoint.<id>`` and ``owner.<id>``; ids are told where there is none.
    """
    changes = tuple(_named(change, names or {}) for change in _changes(old, new))
    return MapDiff(old_version=old.version, new_version=new.version, old_date=old.date.isoformat(), new_date=new.date.isoformat(),
                   changes=changes, stages=beside(old, new, names))


def diff_text(found: MapDiff, words: Words) -> str:
    """The differences as lines of text, by stage."""
    head = words("review.diff.head", old=found.old_version, old_date=words.date(found.old_date), new=found.new_version,
                 new_date=words.date(found.new_date))
    return "\n".join([head, *(f"- {line}" for line in lines(found, words))])


def lines(found: MapDiff, words: Words) -> list[str]:
    """One sentence a change; a catalog's word stands for a stage that the client did not name."""
    return [sentence(change, words) for change in found.changes] or [words("review.diff.none")]


def sentence(change: Change, words: Words) -> str:
    """A change in words."""
    keys = {"stage": f"stages.{change.stage}"} | change.words
    # a stage or channel of the client's own has no word in the catalogs: its id stands for it
    told = {name: words(key) if words.has(key) else key.rpartition(".")[2] for name, key in keys.items()}
    facts = told | {name: words.text(text) for name, text in change.facts.items()}
    if change.fields:
        facts["what"] = words.listing([words(f"review.diff.fields.{field}") for field in change.fields])
    return words(f"review.diff.{change.kind}", **facts)


def _changes(old: JourneyMap, new: JourneyMap) -> Iterator[Change]:
    if old.title != new.title:
        yield Change(kind="title", facts={"old": old.title, "new": new.title})
    if old.contributors != new.contributors:
        numbers = {name: str(sum(one.count for one in map_.contributors)) for name, map_ in (("old", old), ("new", new))}
        yield Change(kind="contributors", facts=numbers)
    before, after = [s.stage for s in old.stages], [s.stage for s in new.stages]
    yield from (Change(kind="stage_removed", stage=stage) for stage in before if stage not in after)
    yield from (Change(kind="stage_added", stage=stage) for stage in after if stage not in before)
    common = [stage for stage in before if stage in after]
    if common != [stage for stage in after if stage in before]:
        yield from (Change(kind="stage_moved", stage=stage) for stage in moved_items(common, [s for s in after if s in before]))
    goals = {stage.stage: stage.goal for stage in old.stages}
    yield from (Change(kind="goal", stage=one.stage) for one in new.stages if one.stage in goals and one.goal != goals[one.stage])
    yield from _activities(old, new)


def _activities(old: JourneyMap, new: JourneyMap) -> Iterator[Change]:
    before = {a.id: (s.stage, a) for s in old.stages for a in s.activities}
    after = {a.id: (s.stage, a) for s in new.stages for a in s.activities}
    same = matched(old, new)
    for id_, (stage, activity) in before.items():
        if id_ not in same.values():
            yield Change(kind="activity_removed", stage=stage, activity=id_, facts={"activity": activity.action})
    for id_, (stage, activity) in after.items():
        former = same.get(id_)
        if former is None:
            yield Change(kind="activity_added", stage=stage, activity=id_, facts={"activity": activity.action})
            continue
        if former != id_:
            yield Change(kind="activity_renamed", stage=stage, activity=id_, facts={"activity": activity.action, "old": former, "new": id_})
        old_stage, old_activity = before[former]
        if old_stage != stage:
            yield Change(kind="activity_moved", stage=stage, activity=id_, facts={"activity": activity.action},
                         words={"old": f"stages.{old_stage}"})
        yield from _activity(stage, old_activity, activity)
    for stage in new.stages:
        kept = [a.id for s in old.stages if s.stage == stage.stage for a in s.activities]
        shared = [a.id for a in stage.activities if a.id in kept]
        for id_ in moved_items([i for i in kept if i in shared], shared):
            yield Change(kind="activity_reordered", stage=stage.stage, activity=id_, facts={"activity": after[id_][1].action})


def _activity(stage: str, old: Activity, new: Activity) -> Iterator[Change]:
    about = {"stage": stage, "activity": new.id}
    name: dict[str, Text] = {"activity": new.action}
    if old.action != new.action:
        yield Change(kind="action", facts={"old": old.action, "new": new.action}, **about)
    if old.reaction != new.reaction:
        yield Change(kind="reaction", facts=name, words={k: f"reactions.{v.reaction}" if v.reaction else "review.diff.nothing"
                                                        for k, v in (("old", old), ("new", new))}, **about)
    for field, kind in (("touchpoint", "touchpoint"), ("channel", "channel"), ("owner", "owner")):
        values = {"old": getattr(old, field), "new": getattr(new, field)}
        if values["old"] != values["new"]:
            prefix = "channels." if field == "channel" else None
            absent = {k: "review.diff.nothing" for k, v in values.items() if v is None}
            coded = {k: prefix + v for k, v in values.items() if v is not None and prefix and v in method.data("channels")}
            yield Change(kind=kind, facts=name | {k: v for k, v in values.items() if v is not None and k not in coded},
                         words=absent | coded, **about)
    yield from _evidence(about, name, old, new)
    for field, kind in (("moment_of_truth", "moment"), ("decision", "decision")):
        if getattr(old, field) != getattr(new, field):
            yield Change(kind=f"{kind}_{'added' if getattr(new, field) else 'removed'}", facts=name, **about)
    for kind, here, there in (("irritant_removed", old, new), ("irritant_added", new, old)):
        known = [irritant.text for irritant in there.irritants]
        yield from (Change(kind=kind, facts=name | {"text": i.text}, **about) for i in here.irritants if i.text not in known)
    severities = [(one.text, one.severity) for one in old.irritants]
    yield from (Change(kind="irritant_severity", facts=name | {"text": now.text, "old": str(was), "new": str(now.severity)}, **about)
                for now in new.irritants for text, was in severities if text == now.text and was != now.severity)
    told = tuple(field for field in Information.model_fields if getattr(old.information, field) != getattr(new.information, field))
    plain = tuple(field for field in PLAIN if getattr(old, field) != getattr(new, field))
    yield from (Change(kind=kind, facts=name, fields=fields, **about) for kind, fields in (("information", told), ("text", plain)) if fields)


def _evidence(about: dict, name: dict[str, Text], old: Activity, new: Activity) -> Iterator[Change]:
    if old.evidence.kind == new.evidence.kind:
        if old.evidence.n != new.evidence.n:
            counts = {side: "–" if one.evidence.n is None else str(one.evidence.n) for side, one in (("old", old), ("new", new))}
            yield Change(kind="evidence_base", facts=name | counts, **about)
        return
    was, is_ = (activity.evidence.kind in method.CUSTOMER_EVIDENCE for activity in (old, new))
    kind = "evidence_gained" if is_ and not was else "evidence_lost" if was and not is_ else "evidence_kind"
    yield Change(kind=kind, facts=name, words={"old": f"evidence_kinds.{old.evidence.kind}", "new": f"evidence_kinds.{new.evidence.kind}"}, **about)


def _named(change: Change, names: Mapping[str, Text]) -> Change:
    """The change with the client's names in the place of ids."""
    facts = dict(change.facts)
    if f"stage.{change.stage}" in names:
        facts["stage"] = names[f"stage.{change.stage}"]
    if change.kind in ("touchpoint", "owner"):
        facts |= {side: names.get(f"{change.kind}.{facts[side]}", facts[side]) for side in ("old", "new") if side in facts}
    if change.kind == "activity_moved":
        former = names.get(f"stage.{change.words['old'].rpartition('.')[2]}")
        facts |= {"old": former} if former is not None else {}
    return change.model_copy(update={"facts": facts})
