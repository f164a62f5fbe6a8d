"""client.yaml: who is studied, the customer, the journey, the sources of evidence and the policies."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from cxkit.model.persona import PersonaKind
from cxkit.model.record import Id, Record, Text, Texts
from cxkit.model.source import Source
from cxkit.words import languages

Ownership = Literal["brand", "partner", "customer", "social"]
CustomerKind = Literal["customer", "contact", "patient", "user", "citizen", "prospect", "partner", "member", "passenger"]


class Market(Record):
    """Where the client works."""

    country: str = Field("FR", pattern=r"^[A-Z]{2}$", description="ISO 3166 country code")
    currency: str = Field("EUR", pattern=r"^[A-Z]{3}$", description="ISO 4217 currency code")
    time_zone: str = Field("Europe/Paris", description="IANA time zone of dates without one")


class Identity(Record):
    """How deliverables look: one brand colour, a logo, a confidentiality line."""

    colour: str = Field("#0F3B57", pattern=r"^#[0-9A-Fa-f]{6}$")
    logo: str | None = Field(None, description="PNG or SVG in the client folder")
    confidentiality: Text | None = None


class Stage(Record):
    """A phase of the journey. A default stage needs only its id."""

    id: Id
    name: Text | None = None
    goal: Text | None = None


class Outcome(Record):
    """The event that ends an episode well."""

    event: str = Field(description="touchpoint or event name in the interaction log")
    name: Text


class Appointment(Record):
    """The appointment around which the journey turns: a visit, an interview, a call with an adviser."""

    events: tuple[str, ...] = Field(min_length=1, description="touchpoints or event names of the interaction log that are one")
    name: Text


class Contributor(Record):
    """Who took part in making the map."""

    function: Text
    front_line: bool = False
    customer: bool = False
    owner: Id | None = Field(None, description="the owner (team) that the contributor speaks for")
    count: int = Field(1, ge=1)


class Owner(Record):
    """A team that owns touchpoints."""

    id: Id
    name: Text
    front_line: bool = False


class Competitor(Record):
    """A competitor named in the strategy canvas."""

    id: Id
    name: str


class Ignore(Record):
    """A review finding that the client accepts, with the reason that the report prints."""

    rule: str
    where: str | None = None
    reason: Text


class ReviewPolicy(Record):
    """Which review rules apply, at which severity and threshold."""

    select: tuple[str, ...] = ()
    ignore: tuple[Ignore, ...] = ()
    severity: dict[str, Literal["error", "warning", "note"]] = {}
    thresholds: dict[str, float] = {}


class PrivacyPolicy(Record):
    """The pseudonym key and how long evidence may be kept."""

    key_file: str | None = Field(None, description="file with the pseudonym key, outside the outputs; relative to the client folder")
    retain_until: dt.date | None = Field(None, description="last day on which any evidence may be kept; `cxkit purge` removes it afterwards")
    retain_months: int | None = Field(None, ge=0, description="months that evidence may be kept after the end of its period")
    allow: tuple[str, ...] = Field((), description="direct identifiers that may enter, as source.column")


class SegmentationPolicy(Record):
    """How personas are drawn from data; attributes shown on sheets, in order."""

    attributes: tuple[Id, ...] = Field((), description="attributes that segment; all mapped attributes when empty")
    show: tuple[Id, ...] = Field((), description="attributes that a sheet shows, in order; all when empty")
    number: int = Field(0, ge=0, le=12, description="how many; 0 lets the data decide")
    source: Literal["auto", "declared", "data"] = "auto"
    kind: PersonaKind | None = Field(None, description="kind of personas drawn from data; by customer_kind when left out")
    previous: str | None = Field(None, description="wave.json of the previous wave, in the client folder: names and colours stay")
    portraits: Literal["drawn", "monogram"] = "drawn"


class ThemeCause(Record):
    """A cause that the client adds to the taxonomy of themes, or one of the method's that it teaches further phrases."""

    id: Id
    name: Text | None = None
    phrases: Annotated[tuple[str, ...], Field(min_length=1, description="what customers say, praise and blame, in any language")]


class ThemePolicy(Record):
    """The client's part of the taxonomy: touchpoint × cause."""

    causes: tuple[ThemeCause, ...] = ()
    touchpoints: dict[Id, tuple[str, ...]] = Field({}, description="touchpoint id → words that name it; a final * takes any ending")


class EngagementMoment(Record):
    """A touchpoint where the client expects a strong conversion and invests accordingly."""

    touchpoint: Id
    expected_conversion: float | None = Field(None, ge=0, le=1)
    cost_per_contact: float | None = Field(None, ge=0)
    measured_by: Text | None = None


class MapPolicy(Record):
    """Lanes of the journey map, chosen and ordered; its papers."""

    lanes: tuple[str, ...] = Field((), description="lane ids in order; the default order when empty")
    papers: tuple[Literal["a3", "a4", "a1", "a0"], ...] = Field(("a3", "a4", "a1"), description="papers of the PDF beside A3: a4, a1 or a0 (posters)")
    crosshair: Literal["mean", "middle"] = "mean"
    importance: Literal["derived", "stated"] = "derived"


class Client(Record):
    """The whole of client.yaml."""

    id: Id = Field(alias="client", description="id of the client; names the output folder")
    name: str
    language: Literal[languages()] = "fr"  # type: ignore[valid-type]
    languages: tuple[str, ...] = ()
    market: Market = Market()
    customer_kind: CustomerKind = "customer"
    as_of: dt.date = Field(description="the day that the study speaks from; ages and review dates use it")
    offer: Text
    journey: Text = Field(description="the journey under study, as a title")
    scope: Texts = ()
    objectives: Texts = ()
    stages: tuple[Stage, ...] = ()
    outcome: Outcome | None = None
    appointment: Appointment | None = None
    episode_gap_days: float | None = Field(None, gt=0)
    owners: tuple[Owner, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    competitors: tuple[Competitor, ...] = ()
    engagement_moments: tuple[EngagementMoment, ...] = ()
    identity: Identity = Identity()
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    personas: SegmentationPolicy = SegmentationPolicy()
    map: MapPolicy = MapPolicy()
    themes: ThemePolicy = ThemePolicy()
    review: ReviewPolicy = ReviewPolicy()
    privacy: PrivacyPolicy = PrivacyPolicy()

    def stage_ids(self) -> tuple[str, ...]:
        """The stage ids in order."""
        return tuple(stage.id for stage in self.stages)
