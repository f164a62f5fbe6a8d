"""The voice of the customer: scores, reactions, drivers, verbatims, complaints, conversations."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cxkit.charts import voice as charts
from cxkit.sheets.context import SheetContext
from cxkit.sheets.report import Report, publish_report
from cxkit.sheets.verbatims import verbatim_table
from cxkit.sheets.voice_mined import mined, quoted
from cxkit.sheets.voice_nuggets import complaints, conversations, survey
from cxkit.steps.voice import DIMENSIONS, Result
from cxkit.steps.voice_quotes import Quote


def publish(results: Mapping[str, Any], context: SheetContext) -> tuple[Path, ...]:
    """Write the voice of the customer as PDF and HTML."""
    return (*publish_report(chapter(results, context), context, "voice", "voice-of-the-customer"), verbatim_table(results["voice"], context))


def chapter(results: Mapping[str, Any], context: SheetContext) -> Report:
    """The sections of this report, which are also a chapter of the study."""
    result: Result = results["voice"]
    words = context.words
    report = Report(title=words("voice.title"), eyebrow=words("steps.voice.title"), subtitle=words.text(context.folder.client.journey))
    report.section(words("voice.scores"), words("voice.scores_lead"))
    report.figures([(words(f"voice.metrics.{e.metric}"), charts.shown(e, words), _base(e, words)) for e in result.overall])
    _unweighted(report, result, words)
    names = _names(results, context)
    for dimension in DIMENSIONS:
        for metric in ("nps", "csat", "ces"):
            picture = charts.scores(result, words, dimension, metric, names[dimension])
            if picture is not None:
                report.picture(picture)
    survey(report, result, context)
    if reactions := charts.reactions(result, words, names["stage"]):
        report.section(words("voice.reactions"), words("voice.reactions_lead")).picture(reactions)
    if drivers := charts.drivers(result, words, names["touchpoint"]):
        report.section(words("voice.drivers"), words("voice.drivers_lead", n=result.tested)).picture(drivers)
        report.paragraph(words("voice.drivers_misreading"), quiet=True)
    if result.quotes:
        report.section(words("voice.verbatims"), words("voice.verbatims_lead"), new_page=True)
        for stage in dict.fromkeys(quote.stage for quote in result.quotes):
            report.section(context.stage_name(stage or ""))
            for title, quotes in _sides([quote for quote in result.quotes if quote.stage == stage]):
                report.heading(words(f"voice.sides.{title}"))
                report.quotes([quoted(quote, context) for quote in quotes])
    mined(report, result, context)
    complaints(report, result, context)
    conversations(report, result, context)
    if result.gaps:
        report.section(words("voice.limits")).bullets([words(f"voice.gaps.{gap.key}", **_facts(gap.facts, words)) for gap in result.gaps])
    return report


def _sides(quotes: list[Quote]) -> list[tuple[str, list[Quote]]]:
    """Customers' words first, unhappy then happy; what employees say and what was observed stand apart."""
    told = [quote for quote in quotes if quote.kind == "reported"]
    groups = [("negative", [q for q in told if q.side == "negative"]), ("neutral", [q for q in told if q.side == "neutral"]),
              ("positive", [q for q in told if q.side == "positive"]), ("observed", [q for q in quotes if q.kind == "observed"]),
              ("internal", [q for q in quotes if q.kind == "internal"])]
    return [(title, found) for title, found in groups if found]


def _facts(facts: Mapping[str, str], words: Any) -> dict[str, str]:
    return {key: words(f"voice.metrics.{value}") if key == "metric" else value for key, value in facts.items()}


def _base(estimate: Any, words: Any) -> str:
    interval, base = charts.interval(estimate, words), words("base.n", n=estimate.n)
    weak = words(f"base.{estimate.base}") if estimate.base == "weak" else ""
    return " · ".join(part for part in (interval, base, weak) if part)


def _unweighted(report: Report, result: Result, words: Any) -> None:
    weighted = {e.metric: e for e in result.overall}
    rows = [[words(f"voice.metrics.{e.metric}"), charts.shown(weighted[e.metric], words), charts.interval(weighted[e.metric], words),
             charts.shown(e, words), charts.interval(e, words), words.number(e.mean, 2) if e.mean is not None else "–", words.number(e.n)]
            for e in result.unweighted]
    if rows:
        report.table(words("voice.overall"), [words(f"voice.overall_head.{key}") for key in
                                              ("metric", "weighted", "interval", "unweighted", "interval", "mean", "n")], rows,
                     numeric=[1, 2, 3, 4, 5, 6], widths=[2, 1.1, 1.6, 1.2, 1.6, 1, 1])


def _names(results: Mapping[str, Any], context: SheetContext) -> dict[str, dict[str, str]]:
    breakdowns = results["voice"].breakdowns
    personas = {p.id: p.name for p in results["personas"].personas} if "personas" in results else {}
    say = {"stage": context.stage_name, "touchpoint": context.touchpoint_name, "persona": lambda key: personas.get(key, key),
           "channel": lambda key: context.words(f"channels.{key}") if context.words.has(f"channels.{key}") else key, "month": context.words.month}
    names = {dimension: {b.key: say[dimension](b.key) for b in breakdowns if b.dimension == dimension} for dimension in DIMENSIONS}
    names["stage"] |= {item.stage: context.stage_name(item.stage) for item in results["voice"].stage_reactions}
    names["touchpoint"] |= {d.touchpoint: context.touchpoint_name(d.touchpoint) for d in results["voice"].drivers}
    return names
