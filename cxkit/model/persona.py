"""personas.yaml: customer types declared by a workshop, with the rules that assign respondents to them."""

from typing import Literal

from pydantic import Field

from cxkit.method import EvidenceKind
from cxkit.model.record import Id, Record, Text, Texts

PersonaKind = Literal["b2c", "b2b", "prospect", "public"]


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
    channels: tuple[ChannelHabit, ...] = ()
    traits: tuple[Trait, ...] = ()
    quote: Text | None = None
    picture: str | None = None
    rules: tuple[Rule, ...] = Field((), description="all must hold")
    notes: Texts = ()


class Personas(Record):
    """The whole of personas.yaml."""

    personas: tuple[Persona, ...]
