"""All personas side by side, and how their number was found."""

from typing import Any

from cxkit import method
from cxkit.sheets.context import SheetContext
from cxkit.sheets.persona_drawings import Point, emotion_curve
from cxkit.sheets.persona_portraits import backdrop
from cxkit.sheets.persona_text import (
    LONGEST,
    answer_text,
    apart_row,
    channel_row,
    choice_text,
    kind_name,
    line_row,
    outcome_lines,
    outcome_tile,
    percent,
    score_tile,
    share_block,
    shortened,
    tagline,
)
from cxkit.steps.persona_scoring import ScoringRule
from cxkit.steps.persona_view import PersonaProfile
from cxkit.steps.personas import Result
from cxkit.words import Words

ROWS = ("outcome", "apart", "goals", "pains", "delights", "channels")
MOST, NAME, SHORT = 3, 30, 60


def comparison(result: Result, context: SheetContext) -> dict[str, Any]:
    """The comparison's content; ``curves`` holds one small drawing a persona."""
    words = context.words
    columns = [_column(profile, result, context) | {"at": i} for i, profile in enumerate(result.personas)]
    return {
        "columns": columns,
        "rows": [{"id": row, "title": words(f"personas.compare_rows.{row}")} for row in ROWS if any(one["cells"][row] for one in columns)],
        "verdict": verdict(result, words), "second": second_verdict(result, words), "coverage": coverage_rows(result, words),
        "trials": trial_rows(result, words), "second_trials": second_rows(result, words), "previous": previous_lines(result, words),
        "scoring": scoring(result, context), "buying": buying_rows(result, words), "attributes": len(result.segmentation.attributes),
        "tests": words("personas.tests", n=words.number(result.tests)) if result.tests else "",
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


def second_verdict(result: Result, words: Words) -> str:
    """What the second method says of the same people."""
    found = result.segmentation
    if not found.second_verdict:
        return ""
    return words(f"personas.second_verdicts.{found.second_verdict}", carried=found.second_carried, drawn=found.drawn,
                 value=words.number(found.methods_agreement, 2))


def second_rows(result: Result, words: Words) -> list[list[str]]:
    """Fit and stability of the second method by number of segments."""
    return [[words.number(t.k), words.number(t.silhouette, 3), words.number(t.stability, 2), words.number(t.smallest)]
            for t in result.segmentation.second]


def previous_lines(result: Result, words: Words) -> list[str]:
    """What became of the previous wave's personas."""
    found = result.previous
    if found is None:
        return []
    groups = {"kept": found.kept, "new": found.new, "gone": found.gone}
    lines = [words("personas.previous", date=words.date(found.as_of), **{key: len(names) for key, names in groups.items()})]
    return lines + [words("personas.previous_names", label=words(f"personas.previous_labels.{key}"), names=words.listing(list(names)))
                    for key, names in groups.items() if names]


def buying_rows(result: Result, words: Words) -> list[list[str]]:
    """The buying centre: roles in rows, personas in columns; shares where contacts say so, else that it was declared."""
    if not any(one.buying for one in result.personas):
        return []
    found = {(use.role, one.id): percent(use.share, words) if use.share else words("personas.buying_declared")
             for one in result.personas for use in one.buying}
    return [[_capital(words(f"personas.buying_roles.{role}")), *(found.get((role, one.id), "–") for one in result.personas)]
            for role in method.data("personas")["buying_roles"] if any((role, one.id) in found for one in result.personas)]


def scoring(result: Result, context: SheetContext) -> dict[str, Any] | None:
    """How a new respondent is placed: the error of the classifier, the short rules with theirs, and the people of other sources."""
    how, words = result.scorer, context.words
    if how is None:
        return None
    names = {one.id: one.name for one in result.personas}
    lead = words("personas.scoring_lead", error=words.percent(how.error / 100, 1), interval=words.interval(how.low, how.high, 1),
                 naive=words.percent(how.naive / 100, 1), rules_error=words.percent((how.rules_error or 0) / 100, 1),
                 rules_interval=words.interval(how.rules_low, how.rules_high, 1))
    rules = [[rule_text(rule, words), names.get(rule.persona, rule.persona), words.number(rule.covered), words.percent(rule.right / rule.covered)]
             for rule in how.rules]
    others = [[context.source_name(one.source), words.number(one.people), words.number(one.scored),
               words.percent(one.error / 100, 1) if one.error is not None else "–"] for one in result.others]
    return {"lead": lead, "rules": rules, "others": others}


def rule_text(rule: ScoringRule, words: Words) -> str:
    """The conditions of a rule in one sentence."""
    parts = []
    for one in rule.conditions:
        key = ("onwards" if one.holds else "before") if one.answer.onwards else ("is" if one.holds else "is_not")
        choice, answer = one.answer.choice, one.answer
        limit = choice_text(choice, words)
        if answer.onwards and answer.low is not None:
            limit = words.number(answer.low, 0 if answer.low.is_integer() else 1)
        parts.append(words(f"personas.condition.{key}", name=words.text(one.answer.name), value=limit))
    return words("personas.condition_join").join(parts) if parts else words("personas.rule_all")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


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
        return [{"text": shortened(row["full"], SHORT), "figure": row["figure"], "mark": row["mark"]} for row in rows]

    apart = [{"text": shortened(answer_text(one.name, one.choice, words), SHORT), "figure": apart_row(one, words)["share"], "mark": "measured"}
             for one in profile.over[:MOST]]
    outcome = [{"text": tile["name"], "figure": tile["value"], "mark": one.mark.kind}
               for one in profile.outcomes for tile in [outcome_tile(one, words)]]
    outcome += [{key: row[key] for key in ("text", "figure", "mark")} for one in profile.outcomes for row in outcome_lines(one, words)[:2]]
    channels = [channel_row(use, words) for use in profile.channels if use.share or use.declared is not None][:MOST]
    return {
        "id": profile.id, "name": profile.name, "colour": backdrop(profile), "kind": kind_name(profile, words),
        "anti": words("personas.anti") if profile.anti else "", "since": words(f"personas.since.{profile.since}") if profile.since else "",
        "tagline": shortened(tagline(profile, words), LONGEST - 20), "share": share_block(profile, result, words),
        "scores": [score_tile(one, words) for one in profile.scores][:3], "has_curve": bool(profile.curve),
        "cells": {"outcome": outcome, "apart": apart, "goals": lines("goals"), "pains": lines("pains"), "delights": lines("delights"),
                  "channels": [{"text": shortened(row["name"], NAME), "figure": row["figure"], "mark": row["mark"]} for row in channels]},
        "href": f"persona-{profile.id}.html",
    }


def _curve(profile: PersonaProfile, context: SheetContext) -> str:
    found = {one.stage: one.point for one in profile.curve}
    stages = context.folder.client.stage_ids() or method.data("stages")
    points = [Point(context.stage_name(stage), found[stage].valence, found[stage].low, found[stage].high, found[stage].reaction,
                    found[stage].solid) if stage in found else Point(context.stage_name(stage), None) for stage in stages]
    return emotion_curve(points, context.identity.brand, width=300, height=110, labels=False)
