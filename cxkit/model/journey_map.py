"""maps/*.yaml: a dated, versioned journey map that a person edits and compares."""

import datetime as dt
from typing import Literal

from pydantic import Field

from cxkit.method import EvidenceKind, Reaction
from cxkit.model.client import Contributor
from cxkit.model.record import Id, Record, Text, Texts

MapKind = Literal["as-is", "to-be"]


class EvidenceNote(Record):
    """What supports a declared statement."""

    kind: EvidenceKind = "hypothesis"
    source: str | None = None
    n: int | None = Field(None, ge=0)


class Irritant(Record):
    """Something that annoys; severity 1 a nuisance, 2 an effort, 3 a rupture."""

    text: Text
    severity: Literal[1, 2, 3] = 2
    evidence: EvidenceKind = "hypothesis"


class Information(Record):
    """What the customer expects to know, asks and transmits."""

    expected: Texts = ()
    asked: Texts = ()
    transmitted: Texts = ()


class Activity(Record):
    """One thing that the customer does in a stage."""

    id: Id
    action: Text
    when: Literal["before", "during", "after"] | None = None
    touchpoint: Id | None = None
    channel: str | None = None
    thought: Text | None = None
    need: Text | None = Field(None, description="rational need or expectation")
    information: Information = Information()
    reaction: Reaction | None = None
    emotion: Text | None = Field(None, description="the word shown at the point of the curve")
    evidence: EvidenceNote = EvidenceNote()
    moment_of_truth: bool = False
    decision: bool = False
    irritants: tuple[Irritant, ...] = ()
    delights: Texts = ()
    opportunities: Texts = ()
    owner: Id | None = None
    back_stage: Texts = ()
    optional: bool = False


class MapStage(Record):
    """A stage of the map with its activities."""

    stage: Id
    goal: Text | None = None
    activities: tuple[Activity, ...] = ()


class JourneyMap(Record):
    """One map: global, or of one persona."""

    title: Text
    kind: MapKind = "as-is"
    date: dt.date
    version: str = "1.0"
    persona: Id | None = Field(None, description="left out for the global map")
    review_by: dt.date | None = None
    evidence_until: dt.date | None = Field(None, description="last day of the evidence that the map was drawn from")
    contributors: tuple[Contributor, ...] = Field((), description="default: those of client.yaml")
    stages: tuple[MapStage, ...] = Field(min_length=1)
    notes: Texts = ()
