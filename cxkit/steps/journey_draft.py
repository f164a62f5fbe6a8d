"""Draft an as-is map from the evidence where no map was declared: the touchpoints that customers used and scored."""

from cxkit import method
from cxkit.model.folder import DatedMap
from cxkit.model.journey_map import Activity, EvidenceNote, JourneyMap, MapStage
from cxkit.steps.base import Given


def draft_map(given: Given) -> DatedMap:
    """The draft: in each stage, the touchpoints most used or scored, named by the inventory.

    A touchpoint stands in the stage that the inventory gives, else in the stage where the evidence most often has it.
    """
    used = _usage(given)
    declared = {item.id: item for item in given.folder.touchpoints}
    most = method.data("journey")["draft_activities_per_stage"]
    stages = []
    for stage in given.folder.client.stage_ids() or tuple(method.data("stages")):
        here = sorted((item for item in used if item[1] == stage), key=lambda item: (-item[2], item[0]))[:most]
        activities = tuple(_activity(stage, touchpoint, declared.get(touchpoint), count) for touchpoint, _, count in here)
        stages.append(MapStage(stage=stage, activities=activities))
    client = given.folder.client
    return DatedMap("", JourneyMap(title=client.journey, date=client.as_of, version="0", stages=tuple(stages)))


def _activity(stage: str, touchpoint: str, known, count: int) -> Activity:
    return Activity(id=f"{stage}-{touchpoint}"[:41], action=known.name if known else touchpoint, touchpoint=touchpoint,
                    channel=known.channel if known else None, owner=known.owner if known else None,
                    evidence=EvidenceNote(kind="measured", n=count))


def _usage(given: Given) -> list[tuple[str, str, int]]:
    """(touchpoint, stage, rows of evidence) for each touchpoint that customers used or scored."""
    homes = {item.id: item.stage for item in given.folder.touchpoints if item.stage}
    totals: dict[str, int] = {}
    stages: dict[str, dict[str, int]] = {}
    for name in ("interactions", "scores", "verbatims"):
        table = given.evidence[name]
        for (touchpoint, stage), n in table[table["touchpoint"].notna()].groupby(["touchpoint", "stage"], dropna=False).size().items():
            totals[touchpoint] = totals.get(touchpoint, 0) + int(n)
            if isinstance(stage, str):
                stages.setdefault(touchpoint, {})[stage] = stages.setdefault(touchpoint, {}).get(stage, 0) + int(n)
    found = []
    for touchpoint, n in sorted(totals.items()):
        seen = stages.get(touchpoint, {})
        home = homes.get(touchpoint) or (max(sorted(seen), key=seen.get) if seen else None)
        if home:
            found.append((touchpoint, home, n))
    return found
