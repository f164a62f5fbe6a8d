"""A persona as computed: what every renderer of the sheets draws."""

from typing import Literal

from cxkit.model.persona import PersonaKind
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
    """One line of a card: a declared text, an answer with its share, or a touchpoint with its share of reactions."""

    text: Text | None = None
    attribute: Text | None = None
    choice: Choice | None = None
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


class SegmentTrial(Record):
    """Fit and stability of one number of segments; ``stability`` is a mean adjusted Rand index."""

    k: int
    bic: float
    aic: float
    certainty: float
    stability: float | None
    smallest: int


class Segmentation(Record):
    """What the data say of the number of customer types.

    ``verdict`` is a key of the catalogs under ``personas.verdicts``; ``carried`` how many types the data carry (1: none to
    tell apart), ``drawn`` how many were drawn; ``agreement`` the adjusted Rand index with the declared personas.
    """

    verdict: Literal["carried", "fewer", "none", "unstable", "asked_same", "asked_other", "no_data"]
    carried: int = 0
    drawn: int = 0
    n: int = 0
    n_eff: float = 0
    attributes: tuple[str, ...] = ()
    trials: tuple[SegmentTrial, ...] = ()
    agreement: float | None = None


class Coverage(Record):
    """How declared rules cover the respondents: counts. ``unknown`` could not be judged for missing answers."""

    respondents: int
    one: int
    several: int
    none: int
    unknown: int
    stated: int = 0
    """Respondents whose persona the evidence itself names."""
    statements: dict[str, int] = {}
    """How many declared statements are supported, contradicted, not judged."""
