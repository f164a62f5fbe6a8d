"""The voice of the customer: scores, reactions, drivers, verbatims, complaints, conversations."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cxkit.charts import voice as charts
from cxkit.sheets.context import SheetContext
from cxkit.sheets.report import Report, publish_report
from cxkit.sheets.verbatims import verbatim_table
from cxkit.steps.voice import DIMENSIONS, Result
from cxkit.steps.voice_quotes import Quote


def publish(results: Mapping[str, Any], context: SheetContext) -> tuple[Path, ...]:
    """Write the voice of the customer as PDF and HTML."""
    return (*publish_report(chapter(results, context), context, "voice", "voice-of-the-customer"), verbatim_table(context))


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
    if reactions := charts.reactions(result, words, names["stage"]):
        report.section(words("voice.reactions"), words("voice.reactions_lead"), new_page=True).picture(reactions)
    if drivers := charts.drivers(result, words, names["touchpoint"]):
        report.section(words("voice.drivers"), words("voice.drivers_lead", n=result.tested)).picture(drivers)
        report.paragraph(words("voice.drivers_misreading"), quiet=True)
    if result.quotes:
        report.section(words("voice.verbatims"), words("voice.verbatims_lead"), new_page=True)
        for stage in dict.fromkeys(quote.stage for quote in result.quotes):
            report.section(context.stage_name(stage or ""))
            for title, quotes in _sides([quote for quote in result.quotes if quote.stage == stage]):
                report.heading(words(f"voice.sides.{title}"))
                report.quotes([(words("voice.quoted", text=words.text(q.text)), _source(q, context), q.kind) for q in quotes])
    _complaints(report, result, context)
    _conversations(report, result, context)
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


def _source(quote: Any, context: SheetContext) -> str:
    words = context.words
    parts = [context.touchpoint_name(quote.touchpoint), words(f"reactions.{quote.reaction}") if quote.reaction else "",
             words("voice.row", source=quote.source, row=str(quote.row)) if quote.times == 1 else words("voice.times", n=quote.times)]
    return " · ".join(part for part in parts if part)


def _complaints(report: Report, result: Result, context: SheetContext) -> None:
    words, complaints = context.words, result.complaints
    if complaints is None:
        return
    report.section(words("voice.complaints"), words("voice.complaints_lead"), new_page=True)
    report.figures([
        (words("voice.complaint_figures.n"), words.number(complaints.n), words("voice.complaint_figures.customers", n=complaints.customers)),
        (words("voice.complaint_figures.recurrent"), words.number(complaints.recurrent_customers),
         words.percent(complaints.recurrent_share, 0) if complaints.recurrent_share is not None else ""),
        (words("voice.complaint_figures.solve"), words.number(complaints.days_to_solve, 1), words("voice.complaint_figures.median")),
        (words("voice.complaint_figures.unsolved"), words.number(complaints.unsolved), "")])
    currency = context.folder.client.market.currency
    head = [words(f"voice.cause_head.{key}") for key in ("cause", "n", "cumulative", "days", "cost")]
    report.table(words("voice.causes"), head,
                 [[context.cause_name(c.cause), words.number(c.n), words.percent(c.cumulative, 0),
                   words.number(c.days_to_solve, 1), words.money(c.cost, currency)]
                  for c in complaints.causes], numeric=[1, 2, 3, 4], widths=[4, 1, 1.2, 1.2, 1.2])


def _conversations(report: Report, result: Result, context: SheetContext) -> None:
    words, conversations = context.words, result.conversations
    if conversations is None:
        return
    report.section(words("voice.conversations"), words("voice.conversations_lead", n=conversations.n))
    report.table(words("voice.conversations"), [words(f"voice.role_head.{key}") for key in ("role", "share", "turns", "questions", "longest")],
                 [[words(f"voice.roles.{r.role}") if words.has(f"voice.roles.{r.role}") else r.role, words.percent(r.word_share, 0),
                   words.number(r.turns), words.number(r.questions), words.number(r.longest)] for r in conversations.roles],
                 numeric=[1, 2, 3, 4], widths=[2, 1, 1, 1, 1])
