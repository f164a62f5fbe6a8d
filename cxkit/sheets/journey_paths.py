"""The lived paths beside the maps: the graph of moves, frequent paths, funnel, waits, deviations from the plan."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cxkit import method
from cxkit.charts import paths as charts
from cxkit.sheets.context import SheetContext
from cxkit.sheets.names import channel_names, owner_names, stage_names, touchpoint_names
from cxkit.sheets.report import Report, publish_report
from cxkit.steps.journey_paths_view import Change, LivedPaths, PathsResult, Share


def publish_paths(result: PathsResult, context: SheetContext, personas: Mapping[str, str]) -> tuple[Path, ...]:
    """Write the lived paths as PDF and HTML, with the names of the personas; nothing without a log."""
    report = paths_chapter(result, context, personas)
    return () if report is None else publish_report(report, context, "journey_paths", "lived-paths", flipped=True)


def paths_chapter(result: PathsResult, context: SheetContext, personas: Mapping[str, str]) -> Report | None:
    """The sections of this report, which are also part of the study; None without a log."""
    paths, words = result.everyone, context.words
    if paths is None:
        return None
    stages = context.folder.client.stage_ids() or tuple(method.data("stages"))
    places, phases = touchpoint_names(context), stage_names(context)
    report = Report(title=words("paths.title"), eyebrow=words("steps.journey.title"), subtitle=words.text(context.folder.client.journey),
                    sample=words("paths.sample", n=paths.episodes), method=words("paths.method"))
    report.section(words("paths.overview"), words("paths.overview_lead"))
    _figures(report, paths, words)
    if drawn := charts.graph(paths, words, places, phases, stages):
        report.picture(drawn).paragraph(drawn.description, quiet=True)
    if drawn := charts.strips(paths, words, places, stages):
        report.section(words("paths.variants"), words("paths.variants_lead", n=paths.distinct_variants), new_page=True).picture(drawn)
        report.paragraph(words("paths.variants_misreading"), quiet=True)
    if drawn := charts.funnel(paths, words, phases):
        report.section(words("paths.funnel"), words("paths.funnel_lead"), new_page=True).picture(drawn, width=78)
        report.paragraph(words("paths.funnel_misreading"), quiet=True)
    if drawn := charts.waits(paths, words, places):
        report.section(words("paths.waits"), words("paths.waits_lead"), new_page=True).picture(drawn, width=78)
    if drawn := charts.deviations(paths, words, places):
        report.section(words("paths.deviations"), words("paths.deviations_lead"), new_page=True).picture(drawn, width=62)
        report.paragraph(words("paths.deviations_note"), quiet=True)
    _changes(report, paths, context)
    _personas(report, result, context.words, personas)
    if result.gaps:
        report.section(words("paths.limits")).bullets([words(f"paths.gaps.{gap.key}", **gap.facts) for gap in result.gaps])
    return report


def _figures(report: Report, paths: LivedPaths, words: Any) -> None:
    figures = [(words("paths.figures.ways"), words.number(paths.labyrinth_ways, 1), words("paths.figures.ways_note")),
               (words("paths.figures.looping"), *_share(paths.looping, words)), (words("paths.figures.switching"), *_share(paths.switching, words)),
               (words("paths.figures.handing_over"), *_share(paths.handing_over, words))]
    if paths.skipping is not None:
        figures[-1:] = [(words("paths.figures.skipping"), *_share(paths.skipping, words))]
    report.figures(figures)


def _share(share: Share, words: Any) -> tuple[str, str]:
    if share.value is None:
        return words(f"base.{share.base}"), ""
    interval = words.interval(share.low * 100, share.high * 100, 1)
    return words.percent(share.value), words("paths.figures.interval", interval=interval, n=share.of)


def _changes(report: Report, paths: LivedPaths, context: SheetContext) -> None:
    words = context.words
    if not (paths.channel_changes or paths.owner_changes):
        return
    report.section(words("paths.changes"), words("paths.changes_lead"), new_page=True)
    for title, changes, names in (("channels", paths.channel_changes, channel_names(context)), ("owners", paths.owner_changes, owner_names(context))):
        if changes:
            report.table(words(f"paths.{title}"), [words(f"paths.change_head.{key}") for key in ("source", "target", "n", "share")],
                         [_change(change, names, words) for change in changes[:10]], numeric=[2, 3], widths=[3, 3, 1, 1])
    report.paragraph(words("paths.changes_note"), quiet=True)


def _change(change: Change, names: dict[str, str], words: Any) -> list[str]:
    return [names[change.source], names[change.target], words.number(change.n), words.percent(change.share, 1)]


def _personas(report: Report, result: PathsResult, words: Any, names: Mapping[str, str]) -> None:
    if not result.differences:
        return
    report.section(words("paths.personas"), words("paths.personas_lead", n=len(result.differences)), new_page=True)
    report.table(words("paths.personas"), [words(f"paths.persona_head.{key}") for key in ("first", "second", "distance", "p", "q", "verdict")],
                 [[names[d.first], names[d.second], words.number(d.distance, 2), words.number(d.p, 3),
                   words.number(d.q, 3), words("paths.differ" if d.significant else "paths.alike")] for d in result.differences],
                 numeric=[2, 3, 4], widths=[2, 2, 1, 1, 1, 2])
