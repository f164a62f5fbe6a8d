"""T, ignored touchpoints: where customers meet the client and the map does not say so, or the reverse."""

from collections.abc import Iterator

import pandas as pd

from cxkit.steps.rules.base import Draft, Missing, rule
from cxkit.steps.rules.scene import Scene


@rule("T1")
def seen_but_unmapped(scene: Scene) -> Iterator[Draft | Missing]:
    """A touchpoint of the evidence is not on the map."""
    if not scene.measured.seen:
        yield Missing("no_touchpoints_seen")
    for touchpoint, counts in _unmapped(scene):
        if sum(counts.values()) >= scene.limit("T1", "least"):
            yield Draft(_top(scene, touchpoint), {"n": sum(counts.values()), **counts}, {"touchpoint": scene.name(touchpoint)},
                        mark=scene.measured.mark(touchpoint))


@rule("T2")
def unmapped_and_leaking(scene: Scene) -> Iterator[Draft | Missing]:
    """Episodes end without outcome at a touchpoint that is not on the map, more than expected."""
    table = scene.measured.exits
    if table is None:
        yield Missing("no_log" if scene.measured.lived is None else "no_outcome")
        return
    unmapped = {touchpoint for touchpoint, _ in _unmapped(scene)}
    for row in table[table["touchpoint"].isin(unmapped)].sort_values("touchpoint").itertuples():
        if pd.isna(row.p) or row.episodes < scene.limit("T2", "least"):
            continue
        yield Draft(_top(scene, row.touchpoint), {
            "share": row.share, "low_share": row.low, "high_share": row.high, "expected": row.expected, "exits": row.exits,
            "episodes": row.episodes}, {"touchpoint": scene.name(row.touchpoint)},
            p=row.p if row.share > row.expected else 1.0, holds=row.share > row.expected,
            mark=scene.measured.mark(row.touchpoint))


@rule("T3")
def mapped_but_unused(scene: Scene) -> Iterator[Draft | Missing]:
    """A touchpoint of the map has no contact in the interaction log."""
    if scene.measured.lived is None:
        yield Missing("no_log")
        return
    told: set[str] = set()
    for spot in scene.own_spots:
        touchpoint = spot.activity.touchpoint
        if touchpoint and touchpoint not in told and not scene.measured.seen.get(touchpoint, {}).get("interactions"):
            told.add(touchpoint)
            others = {name: n for name, n in scene.measured.seen.get(touchpoint, {}).items() if n >= scene.limit("T1", "least")}
            yield Draft(scene.at(spot, "touchpoint"), {"contacts": 0, **others}, {"touchpoint": scene.name(touchpoint)})


@rule("T4")
def deployed_but_unmapped(scene: Scene) -> Iterator[Draft | Missing]:
    """A touchpoint that the client deployed is on no map."""
    if not scene.folder.touchpoints:
        yield Missing("no_inventory")
    for item in scene.folder.touchpoints:
        if item.deployed and item.id not in scene.mapped:
            # the id may also come as a column, so the line is that of the row
            yield Draft(scene.row("touchpoints.csv", item.id, touchpoint=item.id, stage=item.stage), facts={"touchpoint": item.name},
                        mark=scene.measured.mark(item.id))


@rule("T5")
def stage_without_touchpoint(scene: Scene) -> Iterator[Draft]:
    """A stage in which the customer meets nobody and nothing."""
    for dated in scene.maps:
        for i, stage in enumerate(dated.map.stages):
            if not any(activity.touchpoint for activity in stage.activities):
                yield Draft(scene.on(dated, "stages", i, "stage", stage=stage.stage), {"activities": len(stage.activities)},
                            **scene.stage_facts(stage.stage))
    if scene.global_map is not None:
        drawn = {stage.stage for stage in scene.global_map.map.stages}
        for stage in scene.folder.client.stage_ids():
            if stage not in drawn:
                yield Draft(scene.on(scene.global_map, "stages", stage=stage), {"activities": 0}, **scene.stage_facts(stage))


def _unmapped(scene: Scene) -> Iterator[tuple[str, dict[str, int]]]:
    """Touchpoints of the evidence that no map shows; the outcome is an end, not a place."""
    outcome = scene.folder.client.outcome.event if scene.folder.client.outcome else None
    for touchpoint, counts in sorted(scene.measured.seen.items()):
        if touchpoint not in scene.mapped and touchpoint != outcome:
            yield touchpoint, counts


def _top(scene: Scene, touchpoint: str):
    """Where the touchpoint would stand: its stage on the first map, else the map."""
    stage = next((item.stage for item in scene.folder.touchpoints if item.id == touchpoint), None)
    for i, drawn in enumerate(scene.maps[0].map.stages):
        if drawn.stage == stage:
            return scene.on(scene.maps[0], "stages", i, "stage", stage=stage, touchpoint=touchpoint)
    return scene.on(scene.maps[0], "stages", touchpoint=touchpoint)
