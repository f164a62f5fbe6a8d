"""A persona as computed: what every renderer of the sheets draws."""

from typing import Literal

from cxkit.model.persona import BuyingRole, PersonaKind, Portrait
from cxkit.model.record import Record, Text
from cxkit.steps.base import Estimate, Mark
from cxkit.steps.journey_view import CurvePoint
from cxkit.steps.voice_quotes import Quote

Judgement = Literal["supported", "contradicted", "not_judged"]
SECTIONS = ("goals", "needs", "motivations", "search", "objections", "pains", "delights", "habits", "media")


class Choice(Record):
    """An answer of an attribute: a labelled code, a range of numbers, or all rare answers together (``other``)."""

    code: str
    label: Text | None = None
    low: float | None = None
    high: float | None = None
    other: bool = False


class Fact(Record):
    """A fact of the persona's identity: declared (``value``) or the most frequent answer with its share."""

    id: str
    name: Text | None = None
    value: Text | None = None
    choice: Choice | None = None
    share: Estimate | None = None
    mark: Mark
    judgement: Judgement | None = None


class Line(Record):
    """One line of a card: a declared text, an answer with its share, or a touchpoint with its share of reactions.

    ``named``: the answer is a frequency or a degree, which says nothing without its question. ``verbatim``: ``text`` are a customer's
    words; the mark counts the texts that voice such a thing, ``share`` is their share of the persona's texts.
    """

    text: Text | None = None
    attribute: Text | None = None
    choice: Choice | None = None
    named: bool = False
    verbatim: bool = False
    touchpoint: str | None = None
    share: Estimate | None = None
    mark: Mark
    judgement: Judgement | None = None


class ChannelUse(Record):
    """A channel: its share (of contacts, of answers, or declared) and how often."""

    channel: str | None = None
    choice: Choice | None = None
    share: Estimate | None = None
    declared: float | None = None
    per_month: float | None = None
    """Contacts a month and customer, over those with at least one contact."""
    when: str | None = None
    """Part of the day (``morning``, ``afternoon``, ``evening``, ``night``) or ``weekend`` that stands out in the log."""
    cadence: Text | None = None
    mark: Mark
    judgement: Judgement | None = None


class Distinction(Record):
    """An answer more or less frequent than in the rest of the base: shares in %, difference in points, q after correction."""

    attribute: str
    name: Text
    choice: Choice
    share: Estimate
    others: float
    difference: float
    p: float
    q: float
    formed: bool
    """True where the attribute took part in drawing the segments, so that the difference is partly by construction."""
    at_most: Literal["share", "others"] | None = None
    """The share that is a bound because fewer people than the minimum base gave the answer; the difference is then one too."""


class TouchpointUse(Record):
    """How many of the persona's customers meet a touchpoint (%), and how they react to it."""

    touchpoint: str
    reach: Estimate
    negative: Estimate | None = None
    positive: Estimate | None = None
    mark: Mark


class StagePoint(Record):
    """The emotion curve at a stage."""

    stage: str
    point: CurvePoint


class TraitLevel(Record):
    """A trait: a declared level, or the mean answer on a numbered scale, of ``most`` at most."""

    name: Text
    level: float
    most: int = 5
    n: int = 0
    mark: Mark


class BuyingUse(Record):
    """A role in the buying centre: declared, or with the share of the persona's contacts that play it."""

    role: BuyingRole
    share: Estimate | None = None
    mark: Mark


class OutcomeRate(Record):
    """How often something happened: to the persona, and to everyone who gave each answer that sets it apart."""

    attribute: str
    name: Text
    choice: Choice
    share: Estimate
    others: float
    everyone: float
    rows: tuple["OutcomeRow", ...] = ()
    mark: Mark


class OutcomeRow(Record):
    """The outcome among all people with an answer; ``carried``: share of the persona that gave it, in %."""

    attribute: str
    name: Text
    choice: Choice
    share: Estimate
    carried: Estimate


class PersonaProfile(Record):
    """Everything that a sheet says of one persona."""

    id: str
    name: str
    kind: PersonaKind = "b2c"
    anti: bool = False
    origin: Literal["declared", "data"]
    tagline: Text | None = None
    story: Text | None = None
    quote: Text | None = None
    picture: str | None = None
    n: int = 0
    share: Estimate | None = None
    mark: Mark
    facts: tuple[Fact, ...] = ()
    traits: tuple[TraitLevel, ...] = ()
    lines: dict[str, tuple[Line, ...]] = {}
    """Section (:data:`SECTIONS`) → its lines."""
    channels: tuple[ChannelUse, ...] = ()
    channel_basis: Literal["contacts", "answers", "declared"] | None = None
    over: tuple[Distinction, ...] = ()
    under: tuple[Distinction, ...] = ()
    scores: tuple[Estimate, ...] = ()
    touchpoints: tuple[TouchpointUse, ...] = ()
    quotes: tuple[Quote, ...] = ()
    curve: tuple[StagePoint, ...] = ()
    notes: tuple[Text, ...] = ()
    without_data: bool = False
    colour: int = 0
    """Place in the method's colours; kept from wave to wave."""
    portrait: Portrait = Portrait()
    buying: tuple[BuyingUse, ...] = ()
    outcomes: tuple[OutcomeRate, ...] = ()
    headline: tuple[Distinction, ...] = ()
    """The answers that name a persona drawn from data."""
    withheld: tuple[str, ...] = ()
    """Attributes that are not shown: with the others, too few people would share them all."""
    shared_by: int | None = None
    """How many people give all the typical answers that are shown together."""
    scored: int = 0
    """People of other sources whom the classifier puts here; they are not part of ``n``."""
    since: Literal["kept", "new"] | None = None
    moved: float | None = None
    """Distance 0..1 to the profile of the previous wave, where there is one."""
