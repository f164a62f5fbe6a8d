"""The lived paths beside the maps: the graph of moves, frequent paths, funnel, waits, deviations from the plan."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from cxkit import method
from cxkit.charts import paths as charts
from cxkit.charts import paths_time as time_charts
from cxkit.charts.paths_stages import stage_graph
from cxkit.model.source import Attribute
from cxkit.sheets.context import SheetContext
from cxkit.sheets.names import channel_names, owner_names, stage_names, touchpoint_names
from cxkit.sheets.report import Report, publish_report
from cxkit.steps.journey_paths_share import Share
from cxkit.steps.journey_paths_view import Change, LivedPaths, PathsResult
from cxkit.steps.journey_time_view import Around, OverTime

FIRST_PAGE = 36
"""Height, in % of the page's width, that is left for a picture under title and key figures."""


def publish_paths(result: PathsResult, context: SheetContext, personas: Mapping[str, str]) -> tuple[Path, ...]:
    """Write the lived paths as PDF and HTML, with the names of the personas; nothing without a log."""
    report = paths_chapter(result, context, personas, each=True)
    return () if report is None else publish_report(report, context, "journey_paths", "lived-paths", flipped=True)


def paths_chapter(result: PathsResult, context: SheetContext, personas: Mapping[str, str], *, each: bool = False) -> Report | None:
    """The sections of this report, which are also part of the study, with ``each`` persona's graph of moves; None without a log."""
    paths, words = result.everyone, context.words
    if paths is None:
        return None
    stages = context.folder.client.stage_ids() or tuple(method.data("stages"))
    places, phases = touchpoint_names(context), stage_names(context)
    report = Report(title=words("paths.title"), eyebrow=words("steps.journey.title"), subtitle=words.text(context.folder.client.journey),
                    sample=words("paths.sample", n=paths.episodes), method=words("paths.method"))
    report.section(words("paths.overview"), words("paths.overview_lead"))
    _figures(report, paths, words)
    if drawn := stage_graph(paths, words, phases, stages):
        # under the figures, on the first page
        report.picture(drawn, width=min(100, round(FIRST_PAGE * drawn.chart.width / drawn.chart.height))).paragraph(drawn.description, quiet=True)
    if drawn := charts.graph(paths, words, places, phases, stages):
        report.section(words("paths.graph"), words("paths.graph_lead"), new_page=True)
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
    if paths.levels:
        _levels(report, paths, context)
    if paths.appointment:
        _appointment(report, paths, context)
    if result.time:
        _time(report, result.time, context)
    _personas(report, result, context, personas)
    if result.personas and not each:
        report.paragraph(words("paths.graphs_elsewhere"), quiet=True)
    for one in result.personas if each else ():
        if drawn := charts.graph(one, words, places, phases, stages):
            title = words("paths.graph_of", persona=personas[one.persona])
            report.section(title, words("paths.graph_of_lead", n=one.episodes), new_page=True)
            _figures(report, one, words)
            report.picture(replace(drawn, title=title))
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


def _levels(report: Report, paths: LivedPaths, context: SheetContext) -> None:
    """Moves between channels and between stages, and the most frequent ways through them."""
    words = context.words
    report.section(words("paths.levels"), words("paths.levels_lead"), new_page=True)
    for level in paths.levels:
        names = channel_names(context) if level.level == "channel" else stage_names(context)
        report.heading(words(f"paths.level_names.{level.level}"))
        report.figures([(words("paths.figures.ways"), words.number(level.ways, 1), words("paths.figures.ways_note")),
                        (words("paths.figures.looping"), *_share(level.looping, words)),
                        (words("paths.figures.variants"), words.number(level.distinct_variants), words("paths.figures.variants_note"))])
        rows = [[" › ".join(names[place] for place in variant.path), words.number(variant.n), words.percent(variant.share, 1)]
                for variant in level.variants[:5]]
        if rows:
            report.table(words("paths.variants"), [words(f"paths.variant_head.{key}") for key in ("path", "n", "share")], rows, numeric=[1, 2],
                         widths=[6, 1, 1])


def _appointment(report: Report, paths: LivedPaths, context: SheetContext) -> None:
    words, found = context.words, paths.appointment
    name = words.text(context.folder.client.appointment.name)
    report.section(words("paths.appointment"), words("paths.appointment_lead", name=name, n=found.episodes), new_page=True)
    report.figures([(words("paths.figures.before"), *_share(found.before, words)), (words("paths.figures.after"), *_share(found.after, words)),
                    (words("paths.figures.repeated"), *_share(found.repeated, words))])
    for moment, span in (("before", found.before_hours), ("after", found.after_hours)):
        if span:
            low, median, high = (charts.hours(value, words) for value in span)
            report.paragraph(words(f"paths.appointment_{moment}", low=low, median=median, high=high))
    if drawn := time_charts.appointment(found, words, touchpoint_names(context)):
        report.picture(drawn, width=62)
    report.paragraph(words("paths.appointment_note"), quiet=True)


def _time(report: Report, time: OverTime, context: SheetContext) -> None:
    words, names = context.words, touchpoint_names(context)
    report.section(words("paths.time"), words("paths.time_lead"), new_page=True)
    report.paragraph(words("paths.time_misreading"), quiet=True)
    if drawn := time_charts.months(time, words):
        report.picture(drawn, width=58)
    if time.around is not None and time.around.periods:
        _around(report, time.around, words)
    if len(time.seasons) > 1:
        report.table(words("paths.seasons"), [words(f"paths.season_head.{key}") for key in ("season", "months", "episodes", "outcome")],
                     [[words(f"paths.quarters.q{s.quarter}"), words.number(s.months), words.number(s.episodes), _told(s.outcome, words)]
                      for s in time.seasons], numeric=[1, 2, 3], widths=[2, 1, 1, 2])
    rows = [[words(f"paths.{kind}"), names[c.touchpoint], words.date(c.first), words.date(c.last), words.percent(c.share, 1)]
            for kind, found in (("new", time.new), ("vanished", time.vanished)) for c in found]
    if rows:
        report.table(words("paths.come"), [words(f"paths.come_head.{key}") for key in ("kind", "touchpoint", "first", "last", "share")], rows,
                     numeric=[4], widths=[1, 2.4, 1.6, 1.6, 1])


def _around(report: Report, around: Around, words: Any) -> None:
    report.table(words("paths.around", day=words.date(around.day)), [words(f"paths.around_head.{key}") for key in
                 ("side", "episodes", "outcome", "contacts", "hours")],
                 [[words(f"paths.sides.{p.side}"), words.number(p.episodes), _told(p.outcome, words), words.number(p.contacts, 1),
                   charts.hours(p.hours, words)] for p in around.periods], numeric=[1, 2, 3, 4], widths=[2, 1, 2, 1, 1])
    if around.gain is not None:
        report.paragraph(words("paths.around_gain", gain=words.number(around.gain * 100, 1, sign=True),
                               interval=words.interval(around.low * 100, around.high * 100, 1, sign=True), p=words.number(around.p, 3)))


def _told(share: Share, words: Any) -> str:
    return " ".join(part for part in _share(share, words) if part) if share.value is None else \
        f"{words.percent(share.value, 1)} {words.interval(share.low * 100, share.high * 100, 1)}"


def _personas(report: Report, result: PathsResult, context: SheetContext, names: Mapping[str, str]) -> None:
    words = context.words
    if not result.differences:
        return
    report.section(words("paths.personas"), words("paths.personas_lead", n=len(result.differences)), new_page=True)
    # before the tables, which may fill their page
    report.paragraph(words("paths.personas_note"), quiet=True)
    for by in dict.fromkeys(d.by for d in result.differences):
        rows = [[*(_group(by, side, context, names) for side in (d.first, d.second)), words.number(d.distance, 2), words.number(d.p, 3),
                 words.number(d.q, 3), words("paths.differ" if d.significant else "paths.alike")] for d in result.differences if d.by == by]
        report.table(words("paths.personas_by", by=_by(by, context)),
                     [words(f"paths.persona_head.{key}") for key in ("first", "second", "distance", "p", "q", "verdict")],
                     rows, numeric=[2, 3, 4], widths=[2, 2, 1, 1, 1, 2])


def _by(by: str, context: SheetContext) -> str:
    attribute = _attribute(by, context)
    return context.words.text(attribute.name) if attribute else context.words(f"paths.by.{by}")


def _group(by: str, side: str, context: SheetContext, personas: Mapping[str, str]) -> str:
    words, attribute = context.words, _attribute(by, context)
    if by == "persona":
        return personas[side]
    if attribute is None:
        return words(f"paths.sides.{side}")
    return words.text(attribute.labels[side]) if side in attribute.labels else side


def _attribute(by: str, context: SheetContext) -> Attribute | None:
    if by in {"persona", "period"}:
        return None
    return next((item for source in context.folder.client.sources for item in source.attributes if item.id == by), None)
