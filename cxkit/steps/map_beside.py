"""Two maps beside each other: stages and activities aligned, each side as drawn, what differs named."""

from collections.abc import Iterator, Mapping
from typing import Literal

from cxkit import method
from cxkit.method import EvidenceKind, Reaction
from cxkit.model.journey_map import Activity, Information, JourneyMap, MapStage
from cxkit.model.record import Record, Text

State = Literal["kept", "changed", "added", "removed", "moved"]
PLAIN = ("thought", "need", "emotion", "delights", "opportunities", "back_stage", "when", "optional")
"""Fields of an activity that are told as rewritten."""


class Side(Record):
    """An activity as one of the two maps has it; touchpoint and owner by the client's names where there are names."""

    action: Text
    touchpoint: Text | None = None
    channel: str | None = None
    owner: Text | None = None
    reaction: Reaction | None = None
    valence: int | None = None
    evidence: EvidenceKind = "hypothesis"
    n: int | None = None
    moment_of_truth: bool = False
    decision: bool = False
    irritants: tuple[Text, ...] = ()

    @property
    def solid(self) -> bool:
        """True where customers' evidence supports the reaction."""
        return self.evidence in method.CUSTOMER_EVIDENCE


class Pair(Record):
    """One activity in both maps; a side is None where that map lacks it. ``fields`` differ between the sides."""

    activity: str
    state: State
    old: Side | None = None
    new: Side | None = None
    fields: tuple[str, ...] = ()


class StagePair(Record):
    """A stage in both maps, its activities aligned."""

    stage: str
    name: Text | None = None
    state: State
    pairs: tuple[Pair, ...]


def matched(old: JourneyMap, new: JourneyMap) -> dict[str, str]:
    """New id → old id of activities that both maps have: by id, else by the words of one that lost its id."""
    before = {a.id: a for s in old.stages for a in s.activities}
    after = {a.id: a for s in new.stages for a in s.activities}
    gone = {id_: one for id_, one in before.items() if id_ not in after}
    found = {id_: id_ for id_ in after if id_ in before}
    for id_, one in after.items():
        same = next((was for was, other in gone.items() if other.action == one.action and was not in found.values()), None)
        if id_ not in found and same is not None:
            found[id_] = same
    return found


def beside(old: JourneyMap, new: JourneyMap, names: Mapping[str, Text] | None = None) -> tuple[StagePair, ...]:
    """The maps aligned, in the order of the newer one; what only the older one has stands where it stood.

    Parameters
    ----------
    names : the client's names, by ``stage.<id>``, ``touchpoint.<id>`` and ``owner.<id>``.
    """
    same, told = matched(old, new), names or {}
    before = {a.id: (s.stage, a) for s in old.stages for a in s.activities}
    was, is_ = {s.stage: s for s in old.stages}, {s.stage: s for s in new.stages}
    moved = moved_items([s for s in was if s in is_], [s for s in is_ if s in was])
    found = []
    for id_ in _merged(list(was), list(is_)):
        pairs = tuple(_pairs(was.get(id_), is_.get(id_), same, before, told))
        state = "added" if id_ not in was else "removed" if id_ not in is_ else "moved" if id_ in moved else _worst(pairs, was[id_], is_[id_])
        found.append(StagePair(stage=id_, name=told.get(f"stage.{id_}"), state=state, pairs=pairs))
    return tuple(found)


def differing(old: Activity, new: Activity) -> tuple[str, ...]:
    """The fields in which an activity differs, as the catalogs name them under ``review.diff.labels``."""
    named = [field for field in ("action", "reaction", "touchpoint", "channel", "owner", "moment_of_truth", "decision", "irritants")
             if getattr(old, field) != getattr(new, field)]
    if (old.evidence.kind, old.evidence.n) != (new.evidence.kind, new.evidence.n):
        named.append("evidence")
    named += [field for field in Information.model_fields if getattr(old.information, field) != getattr(new.information, field)]
    return (*named, *(field for field in PLAIN if getattr(old, field) != getattr(new, field)))


def moved_items(before: list[str], after: list[str]) -> list[str]:
    """The fewest items whose move turns one order into the other (what is outside a longest common subsequence)."""
    lengths = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i, a in enumerate(before):
        for j, b in enumerate(after):
            lengths[i + 1][j + 1] = lengths[i][j] + 1 if a == b else max(lengths[i][j + 1], lengths[i + 1][j])
    kept, i, j = set(), len(before), len(after)
    while i and j:
        if before[i - 1] == after[j - 1]:
            kept.add(before[i - 1])
            i, j = i - 1, j - 1
        elif lengths[i - 1][j] >= lengths[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return [item for item in after if item not in kept]


def _pairs(was: MapStage | None, is_: MapStage | None, same: Mapping[str, str], before: Mapping[str, tuple[str, Activity]],
           names: Mapping[str, Text]) -> Iterator[Pair]:
    old_ids = [a.id for a in was.activities] if was else []
    new_here = {a.id: a for a in is_.activities} if is_ else {}
    former = {id_: same[id_] for id_ in new_here if id_ in same}
    # what left this stage for another is shown there; only what is gone from the whole map stands here alone
    gone = [id_ for id_ in old_ids if id_ not in same.values()]
    order = _merged([next((n for n, o in former.items() if o == id_), id_) for id_ in old_ids if id_ in former.values() or id_ in gone],
                    list(new_here))
    stayed = [id_ for id_ in new_here if former.get(id_) in old_ids]
    by_old = sorted(stayed, key=lambda id_: old_ids.index(former[id_]))
    reordered = moved_items(by_old, stayed)
    for id_ in order:
        if id_ not in new_here:
            yield Pair(activity=id_, state="removed", old=_side(before[id_][1], names))
        elif id_ not in former:
            yield Pair(activity=id_, state="added", new=_side(new_here[id_], names))
        else:
            stage, activity = before[former[id_]]
            fields = differing(activity, new_here[id_])
            state = "moved" if stage != is_.stage or id_ in reordered else "changed" if fields else "kept"
            yield Pair(activity=id_, state=state, old=_side(activity, names), new=_side(new_here[id_], names), fields=fields)


def _side(activity: Activity, names: Mapping[str, Text]) -> Side:
    return Side(
        action=activity.action, touchpoint=names.get(f"touchpoint.{activity.touchpoint}", activity.touchpoint), channel=activity.channel,
        owner=names.get(f"owner.{activity.owner}", activity.owner), reaction=activity.reaction,
        valence=method.valence(activity.reaction) if activity.reaction else None, evidence=activity.evidence.kind, n=activity.evidence.n,
        moment_of_truth=activity.moment_of_truth, decision=activity.decision, irritants=tuple(one.text for one in activity.irritants))


def _merged(old: list[str], new: list[str]) -> list[str]:
    """The new order; what only the old one has follows what it followed there."""
    merged = list(new)
    for at, item in enumerate(old):
        if item not in merged:
            ahead = next((one for one in reversed(old[:at]) if one in merged), None)
            merged.insert(merged.index(ahead) + 1 if ahead is not None else 0, item)
    return merged


def _worst(pairs: tuple[Pair, ...], was: MapStage, is_: MapStage) -> State:
    return "changed" if was.goal != is_.goal or any(pair.state != "kept" for pair in pairs) else "kept"
