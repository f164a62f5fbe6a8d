"""All personas side by side, and how their number was found."""

from typing import Any

from cxkit import method
from cxkit.sheets.context import SheetContext
from cxkit.sheets.persona_drawings import Point, emotion_curve
from cxkit.sheets.persona_page import (
    answer_text,
    channel_row,
    line_row,
    percent,
    score_tile,
    share_block,
    tagline,
)
from cxkit.steps.persona_view import PersonaProfile
from cxkit.steps.personas import Result
from cxkit.words import Words

ROWS = ("apart", "goals", "pains", "delights", "channels")
MOST = 3


def comparison(result: Result, context: SheetContext) -> dict[str, Any]:
    """The comparison's content; ``curves`` holds one small drawing a persona."""
    words = context.words
    columns = [_column(profile, result, context) for profile in result.personas]
    return {
        "columns": columns,
        "rows": [{"id": row, "title": words(f"personas.compare_rows.{row}")} for row in ROWS if any(one["cells"][row] for one in columns)],
        "verdict": verdict(result, words), "coverage": coverage_rows(result, words),
        "trials": trial_rows(result, words), "attributes": len(result.segmentation.attributes),
        "gaps": [words(f"personas.gaps.{gap.key}", **gap.facts) for gap in result.gaps],
        "curves": [_curve(profile, context) for profile in result.personas],
    }


def verdict(result: Result, words: Words) -> str:
    """What the data say of the number of types, in one sentence or two."""
    found, limits = result.segmentation, method.data("thresholds")["personas"]
    text = words(f"personas.verdicts.{found.verdict}", carried=found.carried, drawn=found.drawn, n=found.n, least=limits["least"],
                 most=limits["most"])
    if found.agreement is None:
        return text
    return text + " " + words("personas.agreement", value=words.number(found.agreement, 2))


def coverage_rows(result: Result, words: Words) -> list[list[str]]:
    """How declared personas cover the respondents, and how their statements fared."""
    found = result.coverage
    if found is None or not found.respondents:
        return []
    counts = [("one", found.one), ("several", found.several), ("none", found.none), ("unknown", found.unknown), ("stated", found.stated)]
    rows = [[words(f"personas.coverage.{key}"), words.number(n), words.percent(n / found.respondents)] for key, n in counts]
    total = sum(found.statements.values())
    return rows + [[words("personas.coverage_statements", judgement=words(f"personas.judgements.{key}")), words.number(n),
                    words.percent(n / total)] for key, n in found.statements.items() if total]


def trial_rows(result: Result, words: Words) -> list[list[str]]:
    """Fit and stability of each number of segments."""
    return [[words.number(t.k), words.number(t.bic), words.number(t.aic), words.number(t.certainty, 2), words.number(t.stability, 2),
             words.number(t.smallest)] for t in result.segmentation.trials]


def _column(profile: PersonaProfile, result: Result, context: SheetContext) -> dict[str, Any]:
    words = context.words

    def lines(section: str) -> list[dict[str, str]]:
        rows = [line_row(line, context) for line in profile.lines.get(section, ())][:MOST]
        return [{"text": row["text"], "figure": row["figure"], "mark": row["mark"]} for row in rows]

    apart = [{"text": answer_text(one.name, one.choice, words), "figure": percent(one.share, words), "mark": "measured"}
             for one in profile.over[:MOST]]
    channels = [channel_row(use, words) for use in profile.channels if use.share or use.declared is not None][:MOST]
    return {
        "id": profile.id, "name": profile.name, "tagline": tagline(profile, words), "share": share_block(profile, result, words),
        "scores": [score_tile(one, words) for one in profile.scores][:3], "has_curve": bool(profile.curve),
        "cells": {"apart": apart, "goals": lines("goals"), "pains": lines("pains"), "delights": lines("delights"),
                  "channels": [{"text": row["name"], "figure": row["figure"], "mark": row["mark"]} for row in channels]},
        "href": f"persona-{profile.id}.html",
    }


def _curve(profile: PersonaProfile, context: SheetContext) -> str:
    found = {one.stage: one.point for one in profile.curve}
    stages = context.folder.client.stage_ids() or method.data("stages")
    points = [Point(context.stage_name(stage), found[stage].valence, found[stage].low, found[stage].high, found[stage].reaction,
                    found[stage].solid) if stage in found else Point(context.stage_name(stage), None) for stage in stages]
    return emotion_curve(points, context.identity.brand, width=300, height=110, labels=False)
