"""The union of the touchpoints that the client deployed and those that customers use."""

from dataclasses import dataclass

import pandas as pd

from cxkit import method
from cxkit.model.touchpoint import Touchpoint
from cxkit.steps.base import Given
from cxkit.steps.touchpoints_view import Status

TABLES = ("interactions", "scores", "verbatims", "complaints")


@dataclass(frozen=True)
class Known:
    """A touchpoint: its row in the inventory, the evidence tables that hold it, its stage and the four-way status."""

    id: str
    declared: Touchpoint | None
    seen_in: tuple[str, ...]
    stage: str | None
    channel: str | None
    status: Status


def known_touchpoints(given: Given, *, has_log: bool) -> tuple[Known, ...]:
    """All touchpoints of the inventory, the evidence and the maps, by id.

    A deployed touchpoint is unused only where a log could have shown it; without a log it is unknown, as is a touchpoint
    that customers use where no inventory says what is deployed.
    """
    declared = {item.id: item for item in given.folder.touchpoints}
    outcome = given.folder.client.outcome
    seen: dict[str, list[str]] = {}
    for name in TABLES:
        counts = _customers_only(name, given.evidence[name])["touchpoint"].value_counts()
        for touchpoint in sorted(counts[counts >= method.data("touchpoints")["least_uses"]].index):
            seen.setdefault(touchpoint, []).append(name)
    mapped = {activity.touchpoint for dated in given.folder.maps if dated.map.kind == "as-is" for stage in dated.map.stages
              for activity in stage.activities if activity.touchpoint}
    found = []
    for id_ in sorted({*declared, *seen, *mapped}):
        # the outcome is an event, not a place, unless the inventory says that it is deployed
        if outcome and id_ == outcome.event and id_ not in declared:
            continue
        row, tables = declared.get(id_), tuple(seen.get(id_, ()))
        stage = row.stage if row and row.stage else _most_frequent(given, id_, "stage")
        channel = row.channel if row else _most_frequent(given, id_, "channel")
        found.append(Known(id_, row, tables, stage, channel, _status(row, tables, has_log=has_log, has_inventory=bool(declared))))
    return tuple(found)


def _status(row: Touchpoint | None, seen: tuple[str, ...], *, has_log: bool, has_inventory: bool) -> Status:
    deployed = row is not None and row.deployed
    if seen and deployed:
        return "deployed_used"
    if seen and has_inventory:
        return "used_undeployed"
    if deployed and has_log:
        return "deployed_unused"
    return "unknown"


def _customers_only(name: str, table: pd.DataFrame) -> pd.DataFrame:
    return table[table["kind"] != "internal"] if name == "verbatims" else table


def _most_frequent(given: Given, touchpoint: str, column: str) -> str | None:
    counts: dict[str, int] = {}
    for name in TABLES:
        table = given.evidence[name]
        for value, n in table.loc[table["touchpoint"] == touchpoint, column].value_counts().items():
            counts[value] = counts.get(value, 0) + int(n)
    return max(sorted(counts), key=counts.get) if counts else None
