"""touchpoints.csv: the inventory that the brand deployed."""

from pydantic import Field

from cxkit.model.client import Ownership
from cxkit.model.record import Id, Record, Text


class Touchpoint(Record):
    """One deployed touchpoint. CSV columns: id, name or name_<language>, stage, channel, owner, ownership, deployed, cost, planned."""

    id: Id
    name: Text
    stage: Id | None = None
    channel: str = "other"
    owner: Id | None = None
    ownership: Ownership = "brand"
    deployed: bool = True
    cost: float | None = Field(None, ge=0, description="per year, in the client's currency")
    planned: int | None = Field(None, ge=1, description="position in the planned path")
