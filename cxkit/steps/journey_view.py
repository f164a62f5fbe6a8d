"""The journey map as one object: what every renderer draws (PDF, PNG, SVG, HTML, PPTX, XLSX)."""

import datetime as dt
from typing import Literal

from cxkit.method import EvidenceKind, Reaction
from cxkit.model.record import Record, Text
from cxkit.steps.base import BaseClass, Mark


class CurvePoint(Record):
    """A point of the emotion curve.

    ``valence`` −3..2 is the mean valence of customers' reactions with its bootstrap interval; a declared reaction without
    customer evidence stands at its own valence, hollow. ``net_emotion`` −1..1 is share positive − share negative.
    ``inferred``: nobody scored here; the reactions were read in what customers wrote.
    """

    valence: float
    low: float | None = None
    high: float | None = None
    n: int = 0
    base: BaseClass = "suppressed"
    net_emotion: float | None = None
    net_low: float | None = None
    net_high: float | None = None
    reaction: Reaction
    kind: EvidenceKind
    solid: bool
    inferred: bool = False
    distribution: dict[str, int] = {}


class IrritantView(Record):
    """An irritant as drawn: severity 1..3 and its evidence."""

    text: Text
    severity: int
    kind: EvidenceKind


class ActivityView(Record):
    """One activity with its evidence, ready to draw."""

    id: str
    action: Text
    when: Literal["before", "during", "after"] | None = None
    touchpoint: str | None = None
    touchpoint_name: Text | None = None
    channel: str | None = None
    thought: Text | None = None
    thought_kind: EvidenceKind | None = None
    """What the thought is where it is a customer's own words, so that it bears their mark; else that of the activity holds."""
    need: Text | None = None
    expected: tuple[Text, ...] = ()
    asked: tuple[Text, ...] = ()
    transmitted: tuple[Text, ...] = ()
    emotion: Text | None = None
    point: CurvePoint | None = None
    mark: Mark
    moment_of_truth: bool = False
    decision: bool = False
    engagement: bool = False
    silo_break: bool = False
    rupture: bool = False
    irritants: tuple[IrritantView, ...] = ()
    delights: tuple[Text, ...] = ()
    opportunities: tuple[Text, ...] = ()
    owner: str | None = None
    owner_name: Text | None = None
    back_stage: tuple[Text, ...] = ()
    reach: float | None = None
    """Share of episodes that pass here, 0..1, from the interaction log."""
    exit_share: float | None = None


class StageView(Record):
    """One stage with its activities; ``point`` is the curve at stage level."""

    id: str
    name: Text
    goal: Text | None = None
    activities: tuple[ActivityView, ...] = ()
    point: CurvePoint | None = None


class PersonaCard(Record):
    """The persona shown in the corner of a map."""

    id: str
    name: str
    tagline: Text | None = None
    quote: Text | None = None
    share: float | None = None
    n: int = 0


class JourneyMapView(Record):
    """A journey map: global (persona None) or of one persona."""

    title: Text
    client: str
    kind: Literal["as-is", "to-be"]
    persona: PersonaCard | None = None
    file: str | None = None
    version: str
    date: dt.date
    drafted: bool = False
    """True where no map was declared and the kit drew it from the evidence."""
    sample: tuple[Mark, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    stages: tuple[StageView, ...]
    lanes: tuple[str, ...] = ()
