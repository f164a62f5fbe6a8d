"""The moments: which decide, where the client invests, what hurts, what the outcome passes through."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cxkit.charts import moments as charts
from cxkit.sheets.context import SheetContext
from cxkit.sheets.names import persona_names, stage_names, touchpoint_names
from cxkit.sheets.report import Report, publish_report
from cxkit.steps.base import Gap
from cxkit.steps.moments import Result
from cxkit.steps.moments_view import Engagement, Moment

ORDERS_TOLD = 6
"""Removal effects whose two orders are printed."""


def publish(results: Mapping[str, Any], context: SheetContext) -> tuple[Path, ...]:
    """Write the moments as PDF and HTML."""
    return publish_report(chapter(results, context), context, "moments", "moments", flipped=True)


def chapter(results: Mapping[str, Any], context: SheetContext) -> Report:
    """The sections of this report, which are also a chapter of the study."""
    result: Result = results["moments"]
    words, names = context.words, touchpoint_names(context)
    sample = words("moments.sample", n=result.chain.episodes) if result.chain else ""
    report = Report(title=words("moments.title"), eyebrow=words("steps.moments.title"), subtitle=words.text(context.folder.client.journey),
                    sample=sample, method=words("moments.method"))
    report.section(words("moments.truth"), words("moments.truth_lead"))
    if drawn := charts.truth(result, words, stage_names(context)):
        report.picture(drawn, width=92).paragraph(words("moments.truth_reading"), quiet=True)
        report.section(words("moments.detail"), new_page=True)
        _table(report, result.moments, context)
    else:
        report.paragraph(words("moments.no_truth"))
        _limits(report, result, context)
    _personas(report, result, context, persona_names(context, results))
    _engagement(report, result, context, names)
    if drawn := charts.pains(result, words, names):
        report.section(words("moments.pains"), words("moments.pains_lead", n=result.tested), new_page=True).picture(drawn, width=82)
        report.paragraph(words("moments.pains_misreading"), quiet=True)
    if drawn := charts.removal(result, words, names):
        report.section(words("moments.removal"), words("moments.removal_lead", n=result.chain.outcomes), new_page=True)
        report.picture(drawn, width=58)
        report.table(words("moments.removal_orders"), drawn.header, drawn.rows[:ORDERS_TOLD], numeric=[1, 2, 3, 4, 5],
                     widths=[2.4, 1, 1.4, 1, 1.4, 1])
        report.paragraph(words("moments.removal_misreading"), quiet=True)
        report.paragraph(words("moments.removal_censored", n=result.chain.censored, draws=result.chain.draws), quiet=True)
    _outcome(report, result, words, names)
    if result.moments:
        _limits(report, result, context)
    return report


def _limits(report: Report, result: Result, context: SheetContext) -> None:
    if result.gaps:
        report.section(context.words("moments.limits")).bullets([_gap(gap, context) for gap in result.gaps])


def _outcome(report: Report, result: Result, words: Any, names: Mapping[str, str]) -> None:
    """Adjusted odds, what less exit would change, and what customers remember."""
    if drawn := charts.odds(result, words, names):
        report.section(words("moments.odds"), words("moments.odds_lead", n=len(result.odds)), new_page=True).picture(drawn, width=82)
        told = {row[0] for row in drawn.rows}
        if mute := [names[o.touchpoint] for o in result.odds if names[o.touchpoint] not in told]:
            report.paragraph(words("moments.odds_mute", names=words.listing(mute)), quiet=True)
        report.paragraph(words("moments.odds_misreading"), quiet=True)
    if drawn := charts.what_if(result, words, names):
        report.section(words("moments.what_if"), words("moments.what_if_lead", reduction=words.percent(result.what_if[0].reduction)), new_page=True)
        report.picture(drawn, width=56)
        report.table(words("moments.what_if"), drawn.header, drawn.rows, numeric=range(1, len(drawn.header)), widths=[2, 1, 1, 1.7, 1.7, 1, 1, 1.9])
        report.paragraph(words("moments.what_if_misreading"), quiet=True)
    if result.peak_end is not None:
        found = result.peak_end
        report.section(words("moments.peak_end"), words("moments.peak_end_lead", n=found.n, metric=words(f"voice.metrics.{found.metric}")))
        report.table(words("moments.peak_end"), [words(f"moments.peak_end_head.{key}") for key in ("of", "value", "interval")],
                     [[words(f"moments.remembered.{r.of}"), words.number(r.value, 2), words.interval(r.low, r.high, 2)] for r in found.remembered],
                     numeric=[1, 2], widths=[3, 1, 1.4])
        report.paragraph(words("moments.peak_end_note"), quiet=True)


def _gap(gap: Gap, context: SheetContext) -> str:
    facts = {key: context.touchpoint_name(value) if key == "touchpoint" else value for key, value in gap.facts.items()}
    return context.words(f"moments.gaps.{gap.key}", **facts)


def _table(report: Report, moments: tuple[Moment, ...], context: SheetContext) -> None:
    words = context.words
    keys = ("moment", "stage", "touchpoint", "valence", "n", "importance", "reach", "score", "why")
    report.table(words("moments.truth"), [words(f"moments.truth_head.{key}") for key in keys], [_row(m, context) for m in moments],
                 numeric=[3, 4, 5, 6, 7], widths=[3.4, 1.8, 2, 1.7, 0.8, 1.2, 0.9, 0.8, 2.2])
    if any(m.importance_assumed for m in moments):
        report.paragraph(words("moments.assumed"), quiet=True)


def _row(moment: Moment, context: SheetContext) -> list[Any]:
    words = context.words
    interval = words.interval(moment.low, moment.high, 1, sign=True)
    valence = f"{words.number(moment.valence, 1, sign=True)} {interval}".strip()
    importance = words.number(moment.importance, 2) + ("*" if moment.importance_assumed else "")
    return [{"mark": moment.kind, "text": words.text(moment.action)}, context.stage_name(moment.stage), context.touchpoint_name(moment.touchpoint),
            valence, words.number(moment.n), importance, words.percent(moment.reach), words.number(moment.score, 2), charts.reasons(moment, words)]


def _personas(report: Report, result: Result, context: SheetContext, names: Mapping[str, str]) -> None:
    words = context.words
    told = [one for one in result.personas if one.moments]
    if not told:
        return
    report.section(words("moments.personas"), words("moments.personas_lead"), new_page=True)
    header = [words(f"moments.truth_head.{key}") for key in ("moment", "stage", "valence", "score", "why")]
    for one in told:
        rows = [[{"mark": m.kind, "text": words.text(m.action)}, context.stage_name(m.stage), words.number(m.valence, 1, sign=True),
                 words.number(m.score, 2), charts.reasons(m, words)] for m in one.moments]
        report.table(names[one.persona], header, rows, numeric=[2, 3], widths=[3.4, 1.8, 1, 1, 2.4])


def _engagement(report: Report, result: Result, context: SheetContext, names: Mapping[str, str]) -> None:
    words = context.words
    if not result.engagements:
        return
    report.section(words("moments.engagement"), words("moments.engagement_lead"), new_page=True)
    if drawn := charts.engagement(result, words, names):
        report.picture(drawn, width=82)
    keys = ("touchpoint", "expected", "observed", "verdict", "cost", "cost_per_outcome", "measured_by", "felt")
    report.table(words("moments.engagement"), [words(f"moments.engagement_head.{key}") for key in keys],
                 [_invested(item, context) for item in result.engagements], numeric=[1, 2, 4, 5], widths=[2.4, 1, 1.8, 1.6, 1.2, 1.4, 2, 1.6])
    for key, items in (("unfelt", result.unfelt), ("unbacked", result.unbacked)):
        if items:
            report.paragraph(words(f"moments.{key}", names=words.listing([names[item] for item in items])))
    report.paragraph(words("moments.engagement_misreading"), quiet=True)


def _invested(item: Engagement, context: SheetContext) -> list[str]:
    words, currency = context.words, context.folder.client.market.currency
    observed = words(f"base.{item.base}") if item.observed is None else \
        f"{words.percent(item.observed)} {words.interval(item.low * 100, item.high * 100)}"
    return [context.touchpoint_name(item.touchpoint), words.percent(item.expected), observed, words(f"moments.verdicts.{item.verdict}"),
            words.money(item.cost, currency), words.money(item.cost_per_outcome, currency),
            words.text(item.measured_by) or words("moments.nobody"), words("moments.felt" if item.moment_of_truth else "moments.not_felt")]
