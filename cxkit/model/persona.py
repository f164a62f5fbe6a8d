"""personas.yaml: customer types declared by a workshop, with the rules that assign respondents to them; a former wave."""

import datetime as dt
from typing import Literal

from pydantic import Field

from cxkit.method import EvidenceKind
from cxkit.model.record import Id, Record, Text, Texts

PersonaKind = Literal["b2c", "b2b", "prospect", "public"]
BuyingRole = Literal["initiator", "user", "influencer", "decider", "buyer", "gatekeeper"]
"""Roles of a buying centre (Webster & Wind 1972)."""


class Statement(Record):
    """One line of a sheet with what supports it."""

    text: Text
    evidence: EvidenceKind = "hypothesis"
    source: str | None = None


class Rule(Record):
    """A respondent belongs where the attribute has one of the values (codes), or lies within the range."""

    attribute: Id
    values: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None


class ChannelHabit(Record):
    """A preferred channel or medium, how often and when."""

    channel: str
    share: float | None = Field(None, ge=0, le=1)
    cadence: Text | None = None
    evidence: EvidenceKind = "hypothesis"


class Trait(Record):
    """A trait on a scale of 0 to 5."""

    name: Text
    level: int = Field(ge=0, le=5)
    evidence: EvidenceKind = "hypothesis"


class BuyingPart(Record):
    """A role that a contact in a company plays in the decision."""

    role: BuyingRole
    evidence: EvidenceKind = "hypothesis"


class Portrait(Record):
    """What a drawn portrait must show; what is left out is drawn from the persona's id, age and gender."""

    style: Literal["drawn", "monogram"] = "drawn"
    gender: Literal["feminine", "masculine", "any"] | None = None
    generation: Literal["young", "middle", "senior"] | None = None
    skin: int | None = Field(None, ge=1, le=8, description="1 the lightest tone, 8 the darkest")
    hair: str | None = Field(None, description="a cut of templates/method/portraits.yaml: bob, short, curls, locs, bald …")
    hair_colour: Literal["black", "brown", "chestnut", "auburn", "blond", "grey", "white"] | None = None
    glasses: bool | None = None
    headscarf: bool | None = None
    beard: bool | None = None
    wheelchair: bool | None = None
    hearing_aid: bool | None = None


class Persona(Record):
    """A declared persona. Every statement is a hypothesis unless its evidence is named."""

    id: Id
    name: str
    kind: PersonaKind = "b2c"
    anti: bool = False
    tagline: Text
    identity: dict[str, Text] = Field({}, description="fact → value: age, place, household, job, company, …")
    story: Text | None = None
    goals: tuple[Statement, ...] = ()
    needs: tuple[Statement, ...] = ()
    motivations: tuple[Statement, ...] = ()
    search: tuple[Statement, ...] = ()
    objections: tuple[Statement, ...] = ()
    pains: tuple[Statement, ...] = ()
    delights: tuple[Statement, ...] = ()
    habits: tuple[Statement, ...] = ()
    media: tuple[Statement, ...] = ()
    buying: tuple[BuyingPart, ...] = Field((), description="roles in the buying centre, for a contact in a company")
    channels: tuple[ChannelHabit, ...] = ()
    traits: tuple[Trait, ...] = ()
    quote: Text | None = None
    picture: str | None = Field(None, description="PNG or JPEG in the client folder; it goes before a drawn portrait")
    portrait: Portrait = Portrait()
    rules: tuple[Rule, ...] = Field((), description="all must hold")
    notes: Texts = ()


class Personas(Record):
    """The whole of personas.yaml."""

    personas: tuple[Persona, ...]


class Answers(Record):
    """How a persona answered one attribute: share of each code, or mean and deviation of a number."""

    shares: dict[str, float] = {}
    mean: float | None = None
    deviation: float | None = None


class WavePersona(Record):
    """A persona as it stood in a wave: what the next wave needs to know it again."""

    id: Id
    name: str
    colour: int = Field(ge=0)
    origin: Literal["declared", "data"]
    share: float | None = None
    answers: dict[str, Answers] = {}


class Wave(Record):
    """The personas of one wave; step 03 writes it as wave.json, the next wave names it in ``personas.previous``."""

    as_of: dt.date
    personas: tuple[WavePersona, ...]
