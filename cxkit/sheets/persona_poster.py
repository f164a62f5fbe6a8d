"""The wall poster: all personas of a set on one large page, each as a column that is read from two metres."""

from typing import Any

from cxkit.sheets.context import SheetContext
from cxkit.sheets.persona_drawings import emotion_curve
from cxkit.sheets.persona_page import BRIEF, curve_points, persona_content
from cxkit.sheets.persona_portraits import backdrop
from cxkit.sheets.persona_text import shortened
from cxkit.steps.personas import Result

CARDS = ("outcome", "goals", "needs", "pains", "delights")
MOST_LINES, MOST_FACTS, MOST_ON_A2, MOST_IN_A_ROW = 3, 4, 4, 6
NARROW = {"width": 400, "height": 210}  # the curve in the narrowest columns, so that its labels print at 7 pt or more


def poster_content(result: Result, context: SheetContext) -> dict[str, Any]:
    """The poster's content; A1 where more than four personas hang together. ``curves`` holds one drawing a persona."""
    columns, curves = [], []
    rows = 1 if len(result.personas) <= MOST_IN_A_ROW else 2
    shape = NARROW if len(result.personas) == MOST_IN_A_ROW else {}
    for profile in result.personas:
        content = persona_content(profile, result, context)
        curves.append(emotion_curve(curve_points(profile, context), context.identity.brand, **shape) if content["has_curve"] else "")
        cards = [{"id": card["id"], "title": card["title"], "tone": card["tone"], "icon": card["icon"],
                  "lines": [row | {"text": shortened(row["full"], BRIEF)} for row in card["lines"][:MOST_LINES]]}
                 for card in content["cards"] if card["id"] in CARDS]
        apart = [{"text": row["answer"], "figure": row["share"], "mark": "measured", "judgement": ""} for row in content["apart"][:MOST_LINES]]
        columns.append({
            "name": profile.name, "tagline": content["tagline"], "kind": content["kind"], "anti": profile.anti, "share": content["share"],
            "colour": backdrop(profile), "facts": [_named(fact, context) for fact in content["facts"][:MOST_FACTS]],
            "quote": content["quote"], "quote_mark": content["quote_mark"], "quote_language": content["quote_language"],
            "story": content["story"], "scores": content["scores"][:3], "cards": cards, "apart": apart, "has_curve": content["has_curve"],
            "curve_description": content["curve_description"], "without_data": profile.without_data})
    return {"columns": columns, "curves": curves, "paper": "a2" if len(columns) <= MOST_ON_A2 else "a1", "rows": rows}


def _named(fact: dict[str, str], context: SheetContext) -> dict[str, str]:
    """A measured figure says nothing without its name; the poster has no room for the names of the others."""
    if not (fact["figure"] and fact["value"][:1].isdigit()):
        return fact
    return fact | {"value": context.words("personas.named", name=fact["name"], value=fact["value"])}
