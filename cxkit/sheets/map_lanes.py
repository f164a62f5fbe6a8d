"""The lanes of a journey map as words: what stands in each cell, shortened to fit, with the rest as numbered notes."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from cxkit import method
from cxkit.steps.journey_view import ActivityView, JourneyMapView, StageView
from cxkit.words import Text, Words

MAX_STATEMENT = 110
"""Longest statement in a cell, in characters; the whole text goes to a note."""
MAX_BULLETS = 3
"""Most statements in a cell; the others go to a note."""
MAX_CHIPS = 6
"""Most names in a cell that is a row of names, not of statements."""


@dataclass(frozen=True)
class Item:
    """One statement: its text, its evidence (empty: a declaration of the client's own), what leads it."""

    text: str
    kind: str = ""
    lead: str = ""
    icon: str = ""
    label: str = ""
    severity: int = 0
    note: int = 0


@dataclass
class Notes:
    """What did not fit its cell, numbered in reading order."""

    rows: list[dict[str, Any]]

    def add(self, stage: str, lane: str, texts: Sequence[str]) -> int:
        """Keep texts whole; gives the number of their note."""
        self.rows.append({"number": len(self.rows) + 1, "stage": stage, "lane": lane, "texts": list(texts)})
        return len(self.rows)


def stage_label(words: Words, stage: StageView) -> str:
    """The client's name of a stage, else the catalog's word for a default stage."""
    key = f"stages.{stage.id}"
    return words(key) if stage.name == stage.id and words.has(key) else words.text(stage.name)


def code(stage: int, activity: int) -> str:
    """Number of an activity on its map, shared by its action and its point of the curve."""
    return f"{stage + 1}.{activity + 1}"


def lanes(view: JourneyMapView, words: Words) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Lanes in the client's order, and the notes of what was shortened.

    Returns
    -------
    lanes : one mapping a lane: id, icon, layout, tint, label and ``cells``, one a stage: ``items``, ``more``, ``note``.
    notes : number, stage, lane and full texts.
    """
    notes = Notes([])
    rows = []
    for lane in _chosen(view):
        cells = [_cell(lane, at, stage, words, notes) for at, stage in enumerate(view.stages)]
        if lane["core"] or view.lanes or any(cell["items"] for cell in cells):
            rows.append({**lane, "label": words(f"map.lanes.{lane['id']}"), "cells": cells})
    return rows, notes.rows


def shortened(text: str, limit: int = MAX_STATEMENT) -> str:
    """The text, or its first whole words and an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text.rfind(" ", 0, limit)
    return text[: cut if cut > limit // 2 else limit - 1].rstrip(" ,;:.") + "…"


def _chosen(view: JourneyMapView) -> list[dict[str, Any]]:
    known = {lane["id"]: lane for lane in method.data("lanes")}
    return [known[lane] for lane in view.lanes if lane in known] or list(known.values())


def _cell(lane: dict[str, Any], at: int, stage: StageView, words: Words, notes: Notes) -> dict[str, Any]:
    if lane["layout"] == "curve":
        return {"items": [], "more": 0, "note": 0}
    items = list(dict.fromkeys(item for item in _CELLS[lane["id"]](at, stage, words) if item.text))
    where = (stage_label(words, stage), words(f"map.lanes.{lane['id']}"))
    shown = []
    most = MAX_CHIPS if lane["layout"] in ("chips", "channels") else MAX_BULLETS
    for item in items[:most]:
        short = shortened(item.text)
        note = notes.add(*where, [item.text]) if short != item.text else 0
        shown.append(asdict(item) | {"text": short, "note": note})
    rest = [" ".join(part for part in (item.lead, item.label, item.text) if part) for item in items[most:]]
    return {"items": shown, "more": len(rest), "note": notes.add(*where, rest) if rest else 0}


def _each(read: Callable[[ActivityView, Words], list[Item]]) -> Callable[[int, StageView, Words], list[Item]]:
    return lambda at, stage, words: [item for activity in stage.activities for item in read(activity, words)]


def _texts(words: Words, texts: Sequence[Text], **item: Any) -> list[Item]:
    return [Item(words.text(text), **item) for text in texts]


def _goals(at: int, stage: StageView, words: Words) -> list[Item]:
    return [Item(words.text(stage.goal))]


def _thoughts(activity: ActivityView, words: Words) -> list[Item]:
    said = words.text(activity.thought)
    return [Item(quoted(words, said), activity.thought_kind or activity.mark.kind)] if said else []


def quoted(words: Words, said: str) -> str:
    """The text between the quotation marks of the language, unless it has its own."""
    return said if said[:1] in "«“\"" else words("map.quoted", text=said)


def _actions(at: int, stage: StageView, words: Words) -> list[Item]:
    return [
        Item(
            words.text(activity.action),
            activity.mark.kind,
            lead=code(at, number),
            label=words(f"map.when.{activity.when}") if activity.when else "",
        )
        for number, activity in enumerate(stage.activities)
    ]


def _information(activity: ActivityView, words: Words) -> list[Item]:
    kinds = (("expected", "inbox"), ("asked", "circle-question-mark"), ("transmitted", "send"))
    return [
        Item(words.text(text), activity.mark.kind, icon=icon, label=words(f"map.information.{name}"))
        for name, icon in kinds
        for text in getattr(activity, name)
    ]


def _touchpoints(activity: ActivityView, words: Words) -> list[Item]:
    return [Item(words.text(activity.touchpoint_name) or (activity.touchpoint or ""), activity.mark.kind)]


def _channels(activity: ActivityView, words: Words) -> list[Item]:
    if not activity.channel:
        return []
    icons = method.data("channels")
    key = f"channels.{activity.channel}"
    name = words(key) if words.has(key) else activity.channel
    return [Item(name, icon=icons.get(activity.channel, icons["other"]))]


def _moments(at: int, stage: StageView, words: Words) -> list[Item]:
    kinds = (("moment_of_truth", "star"), ("decision", "signpost"), ("engagement", "gem"), ("silo_break", "unlink"))
    return [
        Item(
            words.text(activity.touchpoint_name) or words.text(activity.action),
            activity.mark.kind,
            lead=code(at, number),
            icon=icon,
            label=words(f"map.moments.{name}"),
        )
        for number, activity in enumerate(stage.activities)
        for name, icon in kinds
        if getattr(activity, name)
    ]


def _irritants(at: int, stage: StageView, words: Words) -> list[Item]:
    items = []
    for number, activity in enumerate(stage.activities):
        if activity.rupture:
            kind = activity.point.kind if activity.point else activity.mark.kind
            icon = "rupture" if kind in method.CUSTOMER_EVIDENCE else "rupture-hollow"
            items.append(Item(words.text(activity.action), kind, lead=code(at, number), icon=icon, label=words("reactions.rupture")))
        items += [Item(words.text(each.text), each.kind, severity=each.severity) for each in activity.irritants]
    # the gravest first, so that what is left to a note is the least grave
    return sorted(items, key=lambda item: -(item.severity or 4))


_CELLS: dict[str, Callable[[int, StageView, Words], list[Item]]] = {
    "goals": _goals,
    "thoughts": _each(_thoughts),
    "actions": _actions,
    "information": _each(_information),
    "needs": _each(lambda activity, words: [Item(words.text(activity.need), activity.mark.kind)]),
    "touchpoints": _each(_touchpoints),
    "channels": _each(_channels),
    "moments": _moments,
    "irritants": _irritants,
    "delights": _each(lambda activity, words: _texts(words, activity.delights, kind=activity.mark.kind)),
    "opportunities": _each(lambda activity, words: _texts(words, activity.opportunities, icon="lightbulb")),
    "owners": _each(lambda activity, words: [Item(words.text(activity.owner_name) or (activity.owner or ""))]),
    "back_stage": _each(lambda activity, words: _texts(words, activity.back_stage)),
}
