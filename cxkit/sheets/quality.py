"""The quality report: the grid, the three actors, what stands behind, the strategy canvas, the relation diagnostic."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cxkit.charts import quality as charts
from cxkit.sheets.context import SheetContext
from cxkit.sheets.gaps import gap_text
from cxkit.sheets.report import Report, publish_report
from cxkit.steps.base import Estimate
from cxkit.steps.quality import Criterion, JourneyGrid, Result
from cxkit.words import Words

DIGITS = {"score": 1, "days": 1}


def publish(results: Mapping[str, Any], context: SheetContext) -> tuple[Path, ...]:
    """Write the quality report as PDF and HTML."""
    return publish_report(chapter(results, context), context, "quality", "quality")


def chapter(results: Mapping[str, Any], context: SheetContext) -> Report:
    """The sections of this report, which are also a chapter of the study."""
    result: Result = results["quality"]
    words, client = context.words, context.folder.client
    report = Report(title=words("quality.title"), eyebrow=words("steps.quality.title"), subtitle=words.text(client.journey))
    _grid(report, result.grids[0], context)
    if len(result.grids) > 1:
        _personas(report, result.grids, context)
    _actors(report, result, context)
    if result.superstructure:
        report.section(words("quality.superstructure"), words("quality.superstructure_lead"))
        report.table(words("quality.superstructure"), [words(f"quality.superstructure_head.{key}") for key in ("area", "grade", "comment")],
                     [[words(f"quality.areas.{item.area}"), words.number(item.grade, 1), words.text(item.comment)]
                      for item in result.superstructure], numeric=[1], widths=[2, 1, 5])
    _canvas(report, result, context)
    _diagnostic(report, result, context)
    if result.gaps:
        report.section(words("quality.limits")).bullets([gap_text("quality", gap, words) for gap in result.gaps])
    return report


def figure_text(figure: Estimate | None, unit: str, words: Words, currency: str) -> str:
    """A measured figure with its interval and base, or the mark that stands for it."""
    if figure is None:
        return "–"
    if figure.value is None:
        return f"{words(f'base.{figure.base}')} ({words('base.n', n=figure.n)})"
    if unit == "money":
        return words.money(figure.value, currency)
    shown = words.percent(figure.value / 100, 1) if unit == "percent" else words.number(figure.value, DIGITS[unit], sign=unit == "score")
    if unit == "days":
        shown = words("quality.days", n=shown)
    return f"{shown} {words.interval(figure.low, figure.high, 1, sign=unit == 'score')}".strip()


def _grid(report: Report, grid: JourneyGrid, context: SheetContext) -> None:
    words = context.words
    report.section(words("quality.grid"), words("quality.grid_lead"))
    rows = [_row(criterion, context) for criterion in grid.criteria]
    report.table(words("quality.grid"), [words(f"quality.grid_head.{key}") for key in ("criterion", "measured", "n", "grade", "declared", "comment")],
                 rows, numeric=[2], widths=[2.2, 2.6, 0.8, 1, 1.2, 3])
    report.paragraph(words("quality.grid_reading"), quiet=True)


def _row(criterion: Criterion, context: SheetContext) -> list:
    words = context.words
    figure = criterion.figure
    measured = figure_text(figure, criterion.unit, words, context.folder.client.market.currency)
    kind = ("internal" if criterion.unit == "money" else "measured") if figure is not None and figure.value is not None else ""
    comment = " · ".join(part for part in (words("quality.contradicts") if criterion.contradicts else "", _weak(figure, words),
                                           words.text(criterion.comment)) if part)
    declared = {"mark": criterion.declared_kind or "", "text": _grade(criterion.declared_grade, words)}
    return [words(f"quality.criteria.{criterion.id}"), {"mark": kind, "text": measured}, words.number(figure.n) if figure else "–",
            _grade(criterion.measured_grade, words), declared, comment]


def _weak(figure: Estimate | None, words: Words) -> str:
    return words("base.weak") if figure is not None and figure.base == "weak" else ""


def _grade(grade: float | None, words: Words) -> str:
    return "–" if grade is None else words("quality.out_of_five", grade=words.number(grade, 0 if grade == int(grade) else 1))


def _personas(report: Report, grids: tuple[JourneyGrid, ...], context: SheetContext) -> None:
    words, currency = context.words, context.folder.client.market.currency
    measured = {c.id for grid in grids[1:] for c in grid.criteria if c.figure is not None}
    shown = [c for c in grids[0].criteria if c.id in measured]
    if not shown:
        return
    lines = []
    for grid in grids:
        found = {criterion.id: criterion for criterion in grid.criteria}
        lines.append([grid.name or words("quality.everybody"), *(figure_text(found[c.id].figure, c.unit, words, currency) for c in shown)])
    report.section(words("quality.personas"), words("quality.personas_lead"))
    report.table(words("quality.personas"), [words("quality.persona"), *(words(f"quality.criteria_short.{c.id}") for c in shown)], lines,
                 widths=[1.4, *(1.0 for _ in shown)])


def _actors(report: Report, result: Result, context: SheetContext) -> None:
    words = context.words
    if not result.actors:
        return
    report.section(words("quality.actors_title"), words("quality.actors_lead"))
    report.table(words("quality.actors_title"), [words(f"quality.actors_head.{key}") for key in ("actor", "benefits", "costs")],
                 [[words(f"quality.actors.{item.actor}"), " · ".join(words.text(text) for text in item.benefits) or "–",
                   " · ".join(words.text(text) for text in item.costs) or "–"] for item in result.actors], widths=[1.2, 3, 3])


def _canvas(report: Report, result: Result, context: SheetContext) -> None:
    words, canvas = context.words, result.canvas
    if canvas is None:
        return
    report.section(words("quality.canvas"), words("quality.canvas_lead"), new_page=True)
    report.picture(charts.strategy_canvas(result, words))
    keys = ("factor", "intent", "now", "target", "best", "gap", "check")
    report.table(words("quality.four_actions"), [words(f"quality.canvas_head.{key}") for key in keys],
                 [[{"mark": row.kind, "text": words.text(row.name)}, words(f"quality.intents.{row.intent}"),
                   words.number(row.levels.get("client"), 1), words.number(row.target, 1), canvas.players.get(row.best or "", "–"),
                   words.number(row.gap, 1, sign=True), "" if row.consistent else words("quality.inconsistent")]
                  for row in canvas.rows], numeric=[2, 3, 5], widths=[2.4, 1.2, 0.9, 0.9, 1.7, 0.9, 2])


def _diagnostic(report: Report, result: Result, context: SheetContext) -> None:
    words, diagnostic = context.words, result.diagnostic
    if diagnostic is None:
        return
    latest = diagnostic.waves[-1]
    report.section(words("quality.radar"), words("quality.radar_lead", n=latest.respondents, date=words.date(latest.date)), new_page=True)
    report.picture(charts.maturity_radar(result, words), width=72)
    axes = [words(f"quality.axes.{score.axis}") for score in latest.axes]
    report.table(words("quality.history"), [words("quality.wave"), words("quality.respondents"), words("quality.mean"), *axes],
                 [[words.date(wave.date), words.number(wave.respondents), words.number(wave.mean, 1),
                   *(words.number(score.value, 1) for score in wave.axes)] for wave in diagnostic.waves],
                 numeric=list(range(1, 3 + len(latest.axes))), widths=[1.8, 1.2, 1.1, *(1.4 if len(axis) > 9 else 1.0 for axis in axes)])
    report.table(words("quality.weakest"), [words(f"quality.question_head.{key}") for key in ("question", "axis", "value", "change")],
                 [[words(f"quality.questions.{item.question}"), words(f"quality.axes.{item.axis}"), words.number(item.value, 1),
                   words.number(item.change, 1, sign=True)] for item in diagnostic.questions[:6]], numeric=[2, 3], widths=[5, 1.6, 0.8, 1])
