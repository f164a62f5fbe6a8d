"""Where findings stand: in words, and drawn on the maps."""

from typing import Any

from cxkit.model.folder import DatedMap
from cxkit.sheets.context import SheetContext
from cxkit.steps.review import Result
from cxkit.steps.rules.base import SEVERITIES, Finding, Place


def where(place: Place, context: SheetContext) -> str:
    """A place as a reader knows it: persona, stage, activity or touchpoint."""
    words = context.words
    improvement = next((item.name for item in context.folder.improvements if item.id == place.improvement), place.improvement)
    parts = [context.persona_name(place.persona) if place.persona else "", context.stage_name(place.stage) if place.stage else "",
             _activity(place, context), words.text(improvement)]
    if place.touchpoint and not place.activity:
        parts.append(context.touchpoint_name(place.touchpoint))
    whole = words("review.whole_map") if (place.file or "").startswith("maps/") and not any(parts[1:]) else ""
    return " › ".join(part for part in [*parts, whole] if part)


def marked_maps(result: Result, context: SheetContext) -> list[dict[str, Any]]:
    """Each map that has findings as columns of stages; activities carry the rules that fire there."""
    files = {dated.file: dated for dated in context.folder.maps}
    found = []
    for under_review in result.maps:
        mine = [one for one in result.active if one.place.file == under_review.file]
        if mine and under_review.file in files:
            name = context.persona_name(under_review.persona) if under_review.persona else context.words("review.everybody")
            found.append({"title": f"{name} · {under_review.file}", **_columns(files[under_review.file], mine, context)})
    return found


def _columns(dated: DatedMap, findings: list[Finding], context: SheetContext) -> dict[str, Any]:
    stages = []
    for stage in dated.map.stages:
        here = [one for one in findings if one.place.stage == stage.stage]
        activities = [{"text": context.words.text(activity.action), "rules": _chips(one for one in here if one.place.activity == activity.id)}
                      for activity in stage.activities]
        stages.append({"name": context.stage_name(stage.stage), "activities": activities,
                       "rules": _chips(one for one in here if one.place.activity is None)})
    return {"stages": stages, "rules": _chips(one for one in findings if one.place.stage is None)}


def _chips(findings) -> list[dict[str, str]]:
    """Each rule once, with its worst severity."""
    worst: dict[str, str] = {}
    for one in findings:
        worst[one.rule] = min(worst.get(one.rule, one.severity), one.severity, key=SEVERITIES.index)
    return [{"id": rule, "severity": severity} for rule, severity in sorted(worst.items(), key=lambda item: (SEVERITIES.index(item[1]), item[0]))]


def _activity(place: Place, context: SheetContext) -> str:
    if not place.activity:
        return ""
    for dated in context.folder.maps:
        for stage in dated.map.stages:
            for activity in stage.activities:
                if activity.id == place.activity and (dated.file == place.file or place.improvement):
                    return context.words.text(activity.action)
    return place.activity
