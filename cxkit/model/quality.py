"""quality.yaml: the declared part of the quality grid and the strategy canvas."""

from typing import Literal

from pydantic import Field

from cxkit.method import EvidenceKind
from cxkit.model.record import Id, Record, Text

Criterion = Literal["seamlessness", "personalisation", "engagement", "cost", "return_on_investment", "effort", "duration",
                    "satisfaction", "recommendation", "outcome", "booking", "no_show", "preparation", "usefulness",
                    "follow_up", "capacity"]


class Grade(Record):
    """A declared grade of one criterion, 0 to 5, with its evidence."""

    criterion: Criterion
    grade: float | None = Field(None, ge=0, le=5)
    comment: Text | None = None
    evidence: EvidenceKind = "internal"


class Superstructure(Record):
    """What stands behind the journey."""

    area: Literal["channels", "tools", "information_system", "organisation", "culture", "skills"]
    grade: float = Field(ge=0, le=5)
    comment: Text | None = None


class ActorBenefit(Record):
    """What the journey brings to one of the three actors."""

    actor: Literal["customer", "client", "front_line"]
    benefits: tuple[Text, ...] = ()
    costs: tuple[Text, ...] = ()


class CanvasFactor(Record):
    """A factor of competition: the level offered by the client and each competitor, 0 to 5, and the intent."""

    id: Id
    name: Text
    levels: dict[str, float] = Field(description="client or competitor id → level 0..5; `client` is the client")
    target: float | None = Field(None, ge=0, le=5)
    intent: Literal["eliminate", "reduce", "raise", "create", "keep"] = "keep"
    evidence: EvidenceKind = "internal"


class Quality(Record):
    """The whole of quality.yaml."""

    grades: tuple[Grade, ...] = ()
    superstructure: tuple[Superstructure, ...] = ()
    actors: tuple[ActorBenefit, ...] = ()
    canvas: tuple[CanvasFactor, ...] = ()
