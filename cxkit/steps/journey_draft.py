"""Draft an as-is map from the evidence where no map was declared: the touchpoints that customers used and scored, and what they say there."""

import math
from dataclasses import dataclass

import pandas as pd

from cxkit import method
from cxkit.method import EvidenceKind
from cxkit.model.folder import DatedMap
from cxkit.model.journey_map import Activity, EvidenceNote, JourneyMap, MapStage
from cxkit.model.touchpoint import Touchpoint
from cxkit.steps.base import Given
from cxkit.steps.journey_draft_told import complained_of, typical_thought


def draft_map(given: Given, persona: str | None = None) -> DatedMap:
    """The draft: in each stage, the touchpoints most used or scored, named by the inventory, in the order in which customers meet them.

    A touchpoint stands in the stage that the inventory gives, else in the stage where the evidence most often has it. Its evidence is
    that of the table which holds most of its rows: scores and contacts are measured, texts reported. A typical verbatim is its thought,
    the causes of complaint are its irritants. ``persona`` drafts from the rows of
    that customer type only.
    """
    used, order = _usage(given, persona), _order(given, persona)
    declared = {item.id: item for item in given.folder.touchpoints}
    verbatims, complaints = _rows(given, "verbatims", persona), _rows(given, "complaints", persona)
    most = method.data("journey")["draft_activities_per_stage"]
    stages = []
    for stage in given.folder.client.stage_ids() or tuple(method.data("stages")):
        here = sorted((item for item in used if item.stage == stage), key=lambda item: (-item.n, item.touchpoint))[:most]
        here = sorted(here, key=lambda item: (order.get(item.touchpoint, math.inf), -item.n, item.touchpoint))
        stages.append(MapStage(stage=stage, activities=tuple(_activity(item, declared.get(item.touchpoint)).model_copy(update={
            "thought": typical_thought(verbatims, item.touchpoint, stage),
            "irritants": complained_of(complaints, given.folder.client, item.touchpoint, stage)}) for item in here)))
    client = given.folder.client
    return DatedMap("", JourneyMap(title=client.journey, date=client.as_of, version="0", stages=tuple(stages)))


@dataclass(frozen=True)
class _Used:
    """A touchpoint with its stage, its rows of evidence and the kind of most of them."""

    touchpoint: str
    stage: str
    n: int
    kind: EvidenceKind


def _activity(used: _Used, known: Touchpoint | None) -> Activity:
    return Activity(id=f"{used.stage}-{used.touchpoint}"[:41], action=known.name if known else used.touchpoint, touchpoint=used.touchpoint,
                    channel=known.channel if known else None, owner=known.owner if known else None,
                    evidence=EvidenceNote(kind=used.kind, n=used.n))


def _usage(given: Given, persona: str | None) -> list[_Used]:
    homes = {item.id: item.stage for item in given.folder.touchpoints if item.stage}
    kinds: dict[str, dict[EvidenceKind, int]] = {}
    stages: dict[str, dict[str, int]] = {}
    for name in ("interactions", "scores", "verbatims"):
        table = _rows(given, name, persona)
        for (touchpoint, stage), n in table[table["touchpoint"].notna()].groupby(["touchpoint", "stage"], dropna=False).size().items():
            kind = "reported" if name == "verbatims" else "measured"
            total = kinds.setdefault(touchpoint, {})
            total[kind] = total.get(kind, 0) + int(n)
            if isinstance(stage, str):
                stages.setdefault(touchpoint, {})[stage] = stages.setdefault(touchpoint, {}).get(stage, 0) + int(n)
    found = []
    for touchpoint, by_kind in sorted(kinds.items()):
        seen = stages.get(touchpoint, {})
        home = homes.get(touchpoint) or (max(sorted(seen), key=seen.get) if seen else None)
        if home:
            found.append(_Used(touchpoint, home, sum(by_kind.values()), max(sorted(by_kind), key=by_kind.get)))
    return found


def _order(given: Given, persona: str | None) -> dict[str, float]:
    """Touchpoint → its median place among the contacts of a customer."""
    table = _rows(given, "interactions", persona)
    place = table.groupby("customer").cumcount()
    return place.groupby(table["touchpoint"]).median().to_dict()


def _rows(given: Given, name: str, persona: str | None) -> pd.DataFrame:
    table = given.evidence[name]
    if name == "verbatims":
        table = table[table["kind"] != "internal"]
    if persona is None:
        return table
    person = table["customer" if name == "interactions" else "respondent"]
    assigned = person.map(dict(given.assignments))
    return table[assigned.where(assigned.notna(), table["persona"]) == persona]
