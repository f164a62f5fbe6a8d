"""The touchpoints: what is deployed and used, where episodes end, what to work on first."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cxkit.charts import touchpoints as charts
from cxkit.charts.paths import hours
from cxkit.charts.voice import shown
from cxkit.sheets.context import SheetContext
from cxkit.sheets.names import channel_names, stage_names, touchpoint_names
from cxkit.sheets.report import Report, publish_report
from cxkit.steps.touchpoints import Result
from cxkit.steps.touchpoints_view import STATUSES, TouchpointView

COLUMNS = {"touchpoint": 2.5, "stage": 1.9, "channel": 1.5, "owner": 1.9, "status": 1.8, "contacts": 1.1, "reach": 0.9, "score": 1.5, "net": 1.0,
           "exits": 1.8, "criticality": 1.1}
"""Columns of the inventory and their widths."""

FIRST_NUMBER = 5


def publish(results: Mapping[str, Any], context: SheetContext) -> tuple[Path, ...]:
    """Write the touchpoints as PDF and HTML."""
    return publish_report(chapter(results, context), context, "touchpoints", "touchpoints", flipped=True)


def chapter(results: Mapping[str, Any], context: SheetContext) -> Report:
    """The sections of this report, which are also a chapter of the study."""
    result: Result = results["touchpoints"]
    words = context.words
    names = touchpoint_names(context)
    report = Report(title=words("touchpoints.title"), eyebrow=words("steps.touchpoints.title"), method=words("touchpoints.method"),
                    sample=words("touchpoints.sample", n=result.log.episodes) if result.log else "",
                    subtitle=words.text(context.folder.client.journey))
    report.section(words("touchpoints.overview"), words("touchpoints.overview_lead"))
    report.figures([(words(f"touchpoints.statuses.{status}"), words.number(len(result.of_status(status))),
                     words(f"touchpoints.status_notes.{status}")) for status in STATUSES])
    _log(report, result, context)
    report.bullets(_findings(result, context))
    report.section(words("touchpoints.inventory"), words("touchpoints.inventory_lead"))
    _inventory(report, result, context)
    _use(report, result, context, names)
    _mentions(report, result, context)
    if reach := charts.reach(result, words, names, stage_names(context)):
        report.section(words("touchpoints.reach"), words("touchpoints.reach_lead"), new_page=True).picture(reach, width=78)
    _leaks(report, result, context, names)
    if matrix := charts.importance_performance(result, words, names):
        report.section(words("touchpoints.priority"), words("touchpoints.priority_lead"), new_page=True).picture(matrix, width=86)
        report.paragraph(matrix.description, quiet=True).paragraph(words("touchpoints.priority_misreading"), quiet=True)
        if result.priorities.left_out:
            report.paragraph(words("touchpoints.left_out", n=result.priorities.left_out), quiet=True)
        _compared(report, result, words, names)
    if result.gaps:
        report.section(words("touchpoints.limits")).bullets([words(f"touchpoints.gaps.{gap.key}", **gap.facts) for gap in result.gaps])
    return report


def _use(report: Report, result: Result, context: SheetContext, names: Mapping[str, str]) -> None:
    """What the log says of each touchpoint: beginnings, ends, returns, time to the next contact, channels."""
    words, channels = context.words, channel_names(context)
    used = [item for item in result.touchpoints if item.usage and item.usage.base in {"weak", "full"}]
    if not used:
        return
    report.section(words("touchpoints.use"), words("touchpoints.use_lead"), new_page=True)
    rows = [[names[item.id], words.number(item.usage.contacts), words.number(item.usage.customers), words.percent(item.usage.first_share),
             words.percent(item.usage.last_share), words.percent(item.usage.return_share),
             hours(item.usage.next_hours, words) if item.usage.next_hours is not None else "–",
             words.listing([f"{channels[c.channel]} {words.percent(c.share)}" for c in item.usage.channels[:3]]) or "–"] for item in used]
    header = [words(f"touchpoints.use_head.{key}") for key in ("touchpoint", "contacts", "customers", "first", "last", "return", "next", "channels")]
    report.paragraph(words("touchpoints.use_note"), quiet=True)
    report.table(words("touchpoints.use"), header, rows, numeric=[1, 2, 3, 4, 5, 6], widths=[2.4, 1, 1, 1, 1, 1, 1.2, 2.6])


def _mentions(report: Report, result: Result, context: SheetContext) -> None:
    words = context.words
    if not result.mentions:
        return
    report.section(words("touchpoints.named"), words("touchpoints.named_lead"))
    rows = [[words.text(item.name), channel_names(context)[item.channel], words.number(item.people),
             words.percent(item.negative) if item.negative is not None else words(f"base.{item.base}")] for item in result.mentions]
    header = [words(f"touchpoints.named_head.{key}") for key in ("touchpoint", "channel", "people", "negative")]
    report.paragraph(words("touchpoints.named_note"), quiet=True)
    report.table(words("touchpoints.named"), header, rows, numeric=[2], widths=[3, 2, 1, 1.6])


def _compared(report: Report, result: Result, words: Any, names: Mapping[str, str]) -> None:
    """Touchpoints that stated and derived importance put into different quadrants."""
    if result.compared is None:
        return
    other = {item.touchpoint: item.quadrant for item in result.compared.placed}
    moved = [item for item in result.priorities.placed if other.get(item.touchpoint, item.quadrant) != item.quadrant]
    if not moved:
        report.paragraph(words("touchpoints.compared_none"), quiet=True)
        return
    header = [words("touchpoints.named_head.touchpoint"), *(words(f"touchpoints.importance.{one.importance}") for one in
                                                             (result.priorities, result.compared))]
    report.table(words("touchpoints.compared"), header, [[names[item.touchpoint], words(f"touchpoints.quadrants.{item.quadrant}"),
                                                          words(f"touchpoints.quadrants.{other[item.touchpoint]}")] for item in moved])


def _findings(result: Result, context: SheetContext) -> list[str]:
    """What to take away, one line a finding."""
    words = context.words
    groups = {"leaking": result.leaking, "unused": result.of_status("deployed_unused"), "undeployed": result.of_status("used_undeployed"),
              "critical": sorted((item for item in result.touchpoints if item.criticality), key=lambda item: -item.criticality)[:3]}
    return [words(f"touchpoints.findings.{key}", names=words.listing([context.touchpoint_name(item.id) for item in items]))
            for key, items in groups.items() if items]


def _log(report: Report, result: Result, context: SheetContext) -> None:
    words, log = context.words, result.log
    if log is None:
        return
    closed = log.outcome + log.left
    outcome = context.folder.client.outcome
    rate = words.percent(log.outcome / closed, 1) if outcome and log.outcome and closed else "–"
    report.figures([
        (words("touchpoints.log.contacts"), words.number(log.events), words("touchpoints.log.customers", n=log.customers)),
        (words("touchpoints.log.episodes"), words.number(log.episodes), words("touchpoints.log.open", n=log.open)),
        (words.text(outcome.name) if outcome else words("touchpoints.log.no_outcome"), rate, words("touchpoints.log.of_closed", n=closed))])


def _inventory(report: Report, result: Result, context: SheetContext) -> None:
    words = context.words
    rows = [_row(item, context) for item in result.touchpoints]
    # a column that says nothing of any touchpoint is left out
    kept = [i for i in range(len(COLUMNS)) if any(row[i] != "–" for row in rows)]
    header = [words(f"touchpoints.head.{list(COLUMNS)[i]}") for i in kept]
    report.table(words("touchpoints.inventory"), header, [[row[i] for i in kept] for row in rows],
                 numeric=[place for place, i in enumerate(kept) if i >= FIRST_NUMBER], widths=[list(COLUMNS.values())[i] for i in kept])
    report.paragraph(words("touchpoints.inventory_note"), quiet=True)


def _row(item: TouchpointView, context: SheetContext) -> list[Any]:
    words, usage = context.words, item.usage
    kind = item.marks[0].kind if item.marks else "hypothesis"
    channel = channel_names(context)[item.channel] if item.channel else "–"
    return [{"mark": kind, "text": words.text(item.name) if item.name != item.id else context.touchpoint_name(item.id)},
            context.stage_name(item.stage) if item.stage else "–", channel, context.owner_name(item.owner) or "–",
            words(f"touchpoints.statuses.{item.status}"), _contacts(item, words),
            words.percent(usage.reach) if usage and usage.reach is not None else "–",
            shown(item.estimates[0], words) if item.estimates else "–", _net(item, words), _exit(item, words),
            words.number(item.criticality * 100, 1) if item.criticality is not None else "–"]


def _contacts(item: TouchpointView, words: Any) -> str:
    if item.usage is None:
        return "–"
    return words(f"base.{item.usage.base}") if item.usage.base == "suppressed" else words.number(item.usage.contacts)


def _net(item: TouchpointView, words: Any) -> str:
    return words.number(item.point.net_emotion * 100, 0, sign=True) if item.point and item.point.net_emotion is not None else "–"


def _exit(item: TouchpointView, words: Any) -> str:
    if item.exit is None:
        return "–"
    if item.exit.share is None:
        return words(f"base.{item.exit.base}")
    if item.exit.expected is None:
        return words.percent(item.exit.share)
    return words("touchpoints.leak_short", share=words.percent(item.exit.share), expected=words.percent(item.exit.expected))


def _leaks(report: Report, result: Result, context: SheetContext, names: Mapping[str, str]) -> None:
    words = context.words
    picture = charts.leaks(result, words, names)
    if picture is None:
        return
    leaking = [context.touchpoint_name(item.id) for item in result.leaking]
    lead = words("touchpoints.leaks_found", n=len(leaking), names=words.listing(leaking)) if leaking else words("touchpoints.leaks_none")
    report.section(words("touchpoints.leaks"), lead, new_page=True).picture(picture, width=92)
    report.paragraph(words("touchpoints.leaks_reading", n=result.log.tested), quiet=True)
    report.paragraph(words("touchpoints.leaks_misreading"), quiet=True)
