"""The action plan: a report (PDF, HTML) and a spreadsheet (XLSX)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cxkit import method
from cxkit.charts import actions as charts
from cxkit.sheets.actions_table import weights_text, write_plan
from cxkit.sheets.context import SheetContext
from cxkit.sheets.report import Report, publish_report
from cxkit.steps.actions import Action, Result
from cxkit.words import Words


def publish(results: Mapping[str, Any], context: SheetContext) -> tuple[Path, ...]:
    """Write the action plan as PDF, HTML and XLSX."""
    result: Result = results["actions"]
    table = context.path("reports", "actions.xlsx")
    write_plan(result, context, table)
    return (*publish_report(chapter(results, context), context, "actions", "actions"), table)


def chapter(results: Mapping[str, Any], context: SheetContext) -> Report:
    """The sections of this report, which are also a chapter of the study."""
    result: Result = results["actions"]
    words, client = context.words, context.folder.client
    report = Report(title=words("actions.title"), eyebrow=words("steps.actions.title"), subtitle=words.text(client.journey),
                    method=words("actions.method"))
    _first(report, result, context)
    _plan(report, result, context)
    if result.actions:
        report.section(words("actions.matrix"), words("actions.matrix_lead"))
        report.picture(charts.impact_effort(result, words))
        report.section(words("actions.robustness"), words("actions.robustness_lead", k=result.top, draws=result.draws))
        report.picture(charts.ranking_robustness(result, words))
        report.paragraph(words("actions.weights", weights=weights_text(result, words)), quiet=True)
    _money(report, result, context)
    _uncovered(report, result, context)
    if result.gaps:
        report.section(words("actions.limits")).bullets([words(f"actions.gaps.{gap.key}", **_facts(gap.facts, result, words)) for gap in result.gaps])
    return report


def ledger(action: Action, words: Words) -> str:
    """What an improvement brings to each actor, −3..3."""
    actors = method.data("quality")["actors"]
    return " · ".join(f"{words(f'quality.actors.{actor}')} {words.number(action.benefits[actor], 0, sign=True)}" for actor in actors)


def _first(report: Report, result: Result, context: SheetContext) -> None:
    words = context.words
    robust = [a for a in result.actions if a.top_share >= method.data("actions")["robust"]]
    report.section(words("actions.first"), words("actions.first_lead"))
    if not result.actions:
        return
    report.figures([(words("actions.key.n"), words.number(len(result.actions)), words("actions.key.n_note")),
                    (words("actions.key.at_once"), words.number(sum(a.at_once for a in result.actions)), words("actions.key.at_once_note")),
                    (words("actions.key.robust"), words.number(len(robust)),
                     words("actions.key.robust_note", k=result.top, share=words.percent(method.data("actions")["robust"]))),
                    (words("actions.key.uncovered"), words.number(len(result.uncovered)), words("actions.key.uncovered_note"))])
    report.bullets([words("actions.first_item", name=words.text(a.name), goal=words(f"actions.goals.{a.goal}").lower(),
                          owner=context.owner_name(a.owner) or words("actions.no_owner"), share=words.percent(a.top_share))
                    for a in result.actions[:result.top]])


def _goal(action: Action, words: Words) -> str:
    """The goal of an improvement, marked where it is repaired at once."""
    name = words(f"actions.goals.{action.goal}")
    return words("actions.at_once", goal=name) if action.at_once else name


def _plan(report: Report, result: Result, context: SheetContext) -> None:
    words = context.words
    if not result.actions:
        return
    keys = ("rank", "name", "goal", "repairs", "owner", "effort", "reach", "rice", "top_share")
    rows = [[words.number(a.rank), words.text(a.name), _goal(a, words),
             words.text(a.activity_name) or context.touchpoint_name(a.touchpoint) or "–", context.owner_name(a.owner) or "–",
             words.number(a.effort, 1), {"mark": a.reach_kind if a.reach is not None else "", "text": words.number(a.reach)},
             words.number(a.rice), words.percent(a.top_share)] for a in result.actions]
    report.section(words("actions.plan"), words("actions.plan_lead"))
    report.table(words("actions.plan"), [words(f"actions.head.{key}") for key in keys], rows, numeric=[0, 5, 6, 7, 8],
                 widths=[0.7, 3, 1.4, 2.2, 1.5, 1.15, 1.5, 1.1, 1.15])
    report.table(words("actions.ledger"), [words(f"actions.head.{key}") for key in ("rank", "name", "type", "benefits")],
                 [[words.number(a.rank), words.text(a.name), words(f"actions.types.{a.type}"), ledger(a, words)] for a in result.actions],
                 numeric=[0], widths=[0.6, 3, 1.6, 4])


def _money(report: Report, result: Result, context: SheetContext) -> None:
    words, currency = context.words, context.folder.client.market.currency
    rows = [[words.number(a.rank), words.text(a.name), _effect(a, words), words.money(a.money.investment, currency),
             words.money(a.money.yearly_value, currency), words("actions.months", n=words.number(a.money.payback_months, 1))
             if a.money.payback_months is not None else "–", words.text(a.money.assumption) or words("actions.no_assumption")]
            for a in result.actions if a.effect is not None or a.money.investment is not None]
    if rows:
        report.section(words("actions.money"), words("actions.money_lead"))
        report.table(words("actions.money"),
                     [words(f"actions.head.{key}") for key in ("rank", "name", "effect", "investment", "value", "payback", "assumption")],
                     rows, numeric=[0, 3, 4, 5], widths=[0.7, 2.4, 2.1, 1.2, 1.2, 1, 2.8])
        report.paragraph(words("actions.money_reading"), quiet=True)


def _effect(action: Action, words: Words) -> str:
    effect = action.effect
    if effect is None:
        return "–"
    points = words("actions.points", n=words.number(100 * effect.gain, 2, sign=True))
    return points if effect.low is None else f"{points} {words.interval(100 * effect.low, 100 * effect.high, 2)}"


def _uncovered(report: Report, result: Result, context: SheetContext) -> None:
    words = context.words
    if not result.uncovered:
        return
    report.section(words("actions.uncovered"), words("actions.uncovered_lead"))
    report.table(words("actions.uncovered"), [words(f"actions.uncovered_head.{key}") for key in ("stage", "activity", "severity")],
                 [[context.stage_name(item.stage), words.text(item.name), words(f"actions.kinds.{item.kind}", severity=item.severity)]
                  for item in result.uncovered], widths=[1.5, 3, 2])


def _facts(facts: Mapping[str, str], result: Result, words: Words) -> dict[str, str]:
    names = {action.id: words.text(action.name) for action in result.actions}
    return {key: names.get(value, value) for key, value in facts.items()}
