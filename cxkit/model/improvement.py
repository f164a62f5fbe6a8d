"""improvements.csv: proposed changes."""

from typing import Literal

from pydantic import Field

from cxkit.model.record import Id, Record, Text


class Improvement(Record):
    """One improvement. CSV columns bear the field names; texts may come as ``name_fr``, ``name_en``."""

    id: Id
    name: Text
    repairs: Id | None = Field(None, description="activity id of the as-is map")
    touchpoint: Id | None = None
    type: Literal["technical", "organisational", "operational"] = "organisational"
    owner: Id | None = None
    effort: float = Field(gt=0, description="person-months")
    cost: float | None = Field(None, ge=0)
    reach: float | None = Field(None, ge=0, description="customers a year; from the evidence when left out")
    impact: Literal["3", "2", "1", "0.5", "0.25"] = "1"
    confidence: Literal["1", "0.8", "0.5"] = "0.5"
    exit_reduction: float | None = Field(None, ge=0, le=1, description="expected share of exits avoided at the touchpoint")
    value_per_outcome: float | None = Field(None, ge=0)
    benefit_customer: int = Field(0, ge=-3, le=3)
    benefit_client: int = Field(0, ge=-3, le=3)
    benefit_front_line: int = Field(0, ge=-3, le=3)
    assumption: Text | None = None
