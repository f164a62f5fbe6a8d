"""Chapters of the study that no step publishes as sections: in brief, the personas, the journey, the verdict, method and data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cxkit.charts import journey as journey_charts
from cxkit.charts import personas as persona_charts
from cxkit.charts.voice import interval, shown
from cxkit.sheets.context import SheetContext
from cxkit.sheets.journey_paths import paths_chapter
from cxkit.sheets.names import persona_names, stage_names
from cxkit.sheets.persona_compare import comparison, coverage_rows, verdict
from cxkit.sheets.report import Report
from cxkit.sheets.review_places import where
from cxkit.steps.review import Result as Review
from cxkit.steps.review_told import message
from cxkit.words import Words

SHOWN_MOMENTS = 3


@dataclass(frozen=True)
class Provenance:
    """What the results were computed from: versions by name, hashes of the inputs, parameters by step where they are not the defaults."""

    versions: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def brief(results: Mapping[str, Any], context: SheetContext) -> Report:
    """The study on one page: the scores, then one sentence a chapter."""
    words = context.words
    report = Report(title=words("study_report.brief"))
    report.section(words("study_report.brief_title"), words("study_report.brief_lead"))
    report.figures(headline_figures(results, context))
    report.bullets(headlines(results, context))
    return report


def headline_figures(results: Mapping[str, Any], context: SheetContext) -> list[tuple[str, str, str]]:
    """The overall scores: label, figure, interval and base."""
    words = context.words
    if "voice" not in results:
        return []
    bases = [" · ".join(part for part in (interval(one, words), words("base.n", n=one.n)) if part) for one in results["voice"].overall]
    return [(words(f"voice.metrics.{one.metric}"), shown(one, words), base) for one, base in zip(results["voice"].overall, bases, strict=True)][:4]


def headlines(results: Mapping[str, Any], context: SheetContext) -> list[str]:
    """What each step found, one sentence each; a step that found nothing is left out."""
    words = context.words
    told = []
    if "personas" in results:
        told.append(verdict(results["personas"], words))
    if "touchpoints" in results and results["touchpoints"].leaking:
        names = [context.touchpoint_name(one.id) for one in results["touchpoints"].leaking]
        told.append(words("study_report.leaks", n=len(names), names=words.listing(names)))
    if "moments" in results and results["moments"].moments:
        names = [words.text(one.action) for one in results["moments"].moments[:SHOWN_MOMENTS]]
        told.append(words("study_report.moments", names=words.listing([words("study_report.quoted", name=name) for name in names])))
    if "actions" in results and results["actions"].actions:
        names = [words.text(one.name) for one in results["actions"].actions[: results["actions"].top]]
        told.append(words("study_report.actions", names=words.listing([words("study_report.quoted", name=name) for name in names])))
    prediction = results["target"].prediction if "target" in results else None
    if prediction is not None:
        after = prediction.outcome_target
        told.append(words("study_report.prediction", before=words.percent(prediction.outcome.value, 1), after=words.percent(after.value, 1),
                          interval=words.interval(100 * after.low, 100 * after.high, 1)))
    if "review" in results:
        told.append(words(f"review.verdicts.{results['review'].verdict}"))
    return told


def personas_chapter(results: Mapping[str, Any], context: SheetContext) -> Report:
    """Who the customers are: the types side by side, and how their number was found."""
    words, found = context.words, results["personas"]
    content = comparison(found, context)
    report = Report(title=words("personas.compare_title"))
    report.section(words("personas.compare_title"), verdict(found, words))
    if picture := persona_charts.sizes(found, words):
        report.picture(picture, width=70)
    head = [words("study_report.persona"), *(row["title"] for row in content["rows"])]
    rows = [[f"{column['name']} — {column['tagline']}" if column["tagline"] else column["name"],
             *(" · ".join(cell["text"] for cell in column["cells"][row["id"]]) or "–" for row in content["rows"])] for column in content["columns"]]
    if rows:
        report.table(words("personas.compare_title"), head, rows, widths=[1.3, *([1.4] * (len(head) - 1))])
    report.section(words("personas.number_title"))
    for picture in (persona_charts.fit_and_stability(found, words), persona_charts.profile_heat(found, words)):
        if picture is not None:
            report.picture(picture, width=80)
    if covered := coverage_rows(found, words):
        report.table(words("personas.coverage_title"), words.section("personas.coverage_head"), covered, numeric=[1, 2], widths=[4, 1, 1])
    report.bullets(content["gaps"])
    return report


def journey_chapter(results: Mapping[str, Any], context: SheetContext) -> Report:
    """The curve of the map, the maps of the personas by name, then the lived paths."""
    words, result = context.words, results["journey"]
    report = Report(title=words("steps.journey.title"))
    report.section(words("study_report.curves"), words("study_report.curves_lead"))
    if picture := journey_charts.curve(result, words, stage_names(context)):
        report.picture(picture)
    head = [words(f"study_report.maps_head.{key}") for key in ("map", "persona", "version", "date")]
    report.table(words("study_report.maps"), head, [
        [words.text(view.title), view.persona.name if view.persona else words("review.everybody"),
         words("study_report.drafted") if view.drafted else view.version, words.date(view.date)] for view in result.maps], widths=[3, 2, 1.4, 1.6])
    paths = paths_chapter(result.paths, context, persona_names(context, results))
    return joined(report, paths) if paths is not None else report


def review_chapter(results: Mapping[str, Any], context: SheetContext) -> Report:
    """Whether the map can be trusted: the verdict, what to do first, every finding in one line."""
    words = context.words
    result: Review = results["review"]
    counts = {f"{severity}s": words(f"review.{severity}s", n=result.count(severity)) for severity in ("error", "warning", "note")}
    report = Report(title=words("review.title"))
    lead = words(f"review.verdict_text.{result.verdict}", date=words.date(result.as_of), **counts)
    report.section(words(f"review.verdicts.{result.verdict}"), lead)
    head = [words(f"review.findings_head.{key}") for key in ("rule", "where", "finding", "fix")]
    first = [[one.rule, where(one.finding.place, context), message(one.finding, words), words(f"rules.{one.rule}.fix")] for one in result.first]
    report.table(words("review.first"), head, first, widths=[0.5, 1.6, 3, 2.4])
    head = [words(f"review.findings_head.{key}") for key in ("rule", "severity", "where", "finding")]
    report.section(words("review.findings"), words("review.findings_lead", **counts))
    told = [[one.rule, words(f"review.severities.{one.severity}"), where(one.place, context), message(one, words)] for one in result.active]
    report.table(words("review.findings"), head, told, widths=[0.5, 0.9, 2, 4.2])
    return report


def data_chapter(results: Mapping[str, Any], context: SheetContext, provenance: Provenance) -> Report:
    """The appendix: sources with n and period, what was read and rejected, parameters, versions, hashes."""
    words = context.words
    report = Report(title=words("study_report.appendix"))
    report.section(words("study_report.sources"), words("study_report.sources_lead"))
    report.table(words("study_report.sources"), [words(f"review.sample_head.{key}") for key in ("source", "kind", "n", "period")],
                 [[words.text(one.name), {"mark": one.evidence, "text": words(f"evidence_kinds.{one.evidence}")}, words.number(one.n),
                   words("sheet.period", start=words.date(one.start), end=words.date(one.end)) if one.start and one.end else "–"]
                  for one in context.evidence.sources], numeric=[2], widths=[2.4, 1.2, 0.8, 2.4])
    report.table(words("framing.reading"), [words(f"framing.reading_head.{key}") for key in ("source", "read", "kept", "rejected", "missing")],
                 [[context.source_name(one.source), *(words.number(n) for n in (one.rows_read, one.rows_kept, one.rows_rejected, one.cells_missing))]
                  for one in context.evidence.reading], numeric=[1, 2, 3, 4], widths=[2, 1, 1, 1, 1])
    report.section(words("study_report.method"), words("study_report.method_lead"))
    report.bullets([words(f"study_report.rules.{key}") for key in ("intervals", "bases", "valence", "tests", "evidence", "privacy")])
    _parameters(report, provenance, words)
    report.table(words("study_report.versions"), [words("study_report.name"), words("study_report.version")], list(provenance.versions.items()),
                 widths=[2, 3])
    report.table(words("study_report.inputs"), [words("study_report.file"), "SHA-256"], list(provenance.inputs.items()), widths=[2, 3.4])
    return report


def joined(first: Report, second: Report) -> Report:
    """One report of the sections of two; the pictures of the second get names of their own."""
    renamed = {name: f"{name}-{len(first.pictures)}" for name in second.pictures}
    sections = [{**section, "blocks": [block | {"name": renamed[block["name"]]} if block["kind"] == "picture" else block
                                       for block in section["blocks"]]} for section in second.sections]
    return Report(title=first.title, sections=[*first.sections, *sections],
                  pictures=first.pictures | {renamed[name]: picture for name, picture in second.pictures.items()})


def _parameters(report: Report, provenance: Provenance, words: Words) -> None:
    rows: Sequence[Sequence[str]] = [[words(f"steps.{step}.title"), words(f"notebook.{step}.parameters.{name}"), str(value)]
                                     for step, chosen in provenance.parameters.items() for name, value in chosen.items()]
    if rows:
        report.table(words("study_report.parameters"), [words(f"study_report.{key}") for key in ("step", "parameter", "value")], rows,
                     widths=[1.4, 3.4, 1.2])
    else:
        report.paragraph(words("study_report.defaults"))
