"""The study report: cover, contents, one chapter a step, method and data; PDF and HTML from the same sections."""

import importlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from cxkit import method
from cxkit.charts.svg import to_svg
from cxkit.sheets import html, map_print, typst
from cxkit.sheets.context import SheetContext
from cxkit.sheets.frame import frame
from cxkit.sheets.report import Report, numbered, placed
from cxkit.sheets.study_chapters import Provenance, brief, data_chapter, journey_chapter, personas_chapter, review_chapter

OWN: dict[str, Callable[[Mapping[str, Any], SheetContext], Report]] = {
    "personas": personas_chapter, "journey": journey_chapter, "review": review_chapter}
"""Chapters that are not the sections of the step's own report; the others come from ``cxkit.sheets.<step>.chapter``."""

_LABELS = re.compile(r' (?:aria-[a-z]+|role)="[^"]*"')
_DIGITS = re.compile(r"(\d\.\d\d)\d+")

WIDE = frozenset({"touchpoints", "journey", "moments"})
"""Chapters printed in landscape, as the step's own report is."""


@dataclass(frozen=True)
class Chapter:
    """A chapter: its number (empty for the first and the last), its question and its report."""

    number: str
    title: str
    question: str
    report: Report
    wide: bool = False
    step: str = ""


def publish_study(results: Mapping[str, Any], context: SheetContext, provenance: Provenance) -> tuple[Path, ...]:
    """Write the study of a client as one report, ``reports/study.pdf`` and ``.html``.

    Parameters
    ----------
    results : step id → result; a step without result has no chapter, and the contents say so.
    context : client, language, folder.
    provenance : what the appendix says of versions, parameters and files.
    """
    data, drawings = _data(chapters(results, context, provenance), results, context)
    pdf, page = context.path("reports", "study.pdf"), context.path("reports", "study.html")
    printed = data | {"assets": {**data["assets"], **drawings, **_map(results, context)}}
    pdf.write_bytes(typst.compile_pdf("study/study.typ", printed, as_of=context.as_of))
    screen = data | {"drawings": {name: Markup(_lighter(svg)) for name, svg in drawings.items()}}
    page.write_text(html.render("study/study.html", screen), encoding="utf-8")
    return pdf, page


def chapters(results: Mapping[str, Any], context: SheetContext, provenance: Provenance) -> list[Chapter]:
    """All chapters in order: in brief, the steps that have a result, method and data."""
    words = context.words
    found = [Chapter("", words("study_report.brief"), "", brief(results, context))]
    for step in method.steps():
        if step.id in results:
            write = OWN.get(step.id) or importlib.import_module(f"cxkit.sheets.{step.id}").chapter
            found.append(Chapter(step.number.lstrip("0"), words(f"steps.{step.id}.title"), words(f"steps.{step.id}.question"),
                                 write(results, context), step.id in WIDE, step.id))
    return [*found, Chapter("", words("study_report.appendix"), "", data_chapter(results, context, provenance))]


def _data(found: list[Chapter], results: Mapping[str, Any], context: SheetContext) -> tuple[dict[str, Any], dict[str, str]]:
    """The report's data and its drawings; figures and tables are numbered through all chapters."""
    words, client, evidence = context.words, context.folder.client, context.evidence
    counts: dict[str, int] = {}
    drawings: dict[str, str] = {}
    shown = []
    for at, chapter in enumerate(found):
        drawings |= {f"c{at}-{name}": to_svg(picture.chart, words) for name, picture in chapter.report.pictures.items()}
        sections = [{**section, "new_page": False, "blocks": [_drawn(block, at, drawings, chapter) for block in section["blocks"]]}
                    for section in chapter.report.sections]
        shown.append({"number": chapter.number, "title": chapter.title, "question": chapter.question, "wide": chapter.wide,
                      "sections": numbered(sections, words, counts), "maps": _map_pages(results, context) if chapter.step == "journey" else []})
    period = words("sheet.period", start=words.date(evidence.start), end=words.date(evidence.end)) if evidence.start and evidence.end else ""
    missing = [words(f"steps.{step.id}.title") for step in method.steps() if step.id not in results]
    data = frame(words, context.identity, title=words("study_report.title"), client=client.name, as_of=context.as_of,
                 eyebrow=words("study_report.eyebrow"), subtitle=words.text(client.journey), period=period,
                 confidentiality=words.text(client.identity.confidentiality), chapters=shown, offer=words.text(client.offer),
                 missing=words("study_report.missing", steps=words.listing(missing)) if missing else "")
    return data, drawings


def _drawn(block: dict[str, Any], at: int, drawings: dict[str, str], chapter: Chapter) -> dict[str, Any]:
    """A picture under a name of its own in the whole study."""
    if block["kind"] != "picture":
        return block
    name = f"c{at}-{block['name']}"
    return placed(block, drawings[name], flipped=chapter.wide) | {"name": name}


def _map_pages(results: Mapping[str, Any], context: SheetContext) -> list[dict[str, str]]:
    """The map of all customers, on screen a link and in print a page of its own."""
    view = results["journey"].maps[0]
    words, title = context.words, context.words.text(view.title)
    name = f"journey-map.{view.kind}.{view.persona.id if view.persona else 'global'}.html"
    return [{"name": "map", "title": words("study_report.map_page", title=title), "alt": words("study_report.map_alt", title=title),
             "href": f"../maps/{name}"}]


def _map(results: Mapping[str, Any], context: SheetContext) -> dict[str, str]:
    """The drawn map of all customers, its first page: a split map and those of the personas are files of their own."""
    if "journey" not in results:
        return {}
    line = context.words.text(context.folder.client.identity.confidentiality)
    drawn = map_print.svg(map_print.print_data(results["journey"].maps[0], context.words, context.identity, confidentiality=line))[0]
    return {"map": drawn.decode("utf-8") if isinstance(drawn, bytes) else drawn}


def _lighter(svg: str) -> str:
    """The drawing without what a page of forty drawings need not carry: digits under a hundredth of a point, labels inside the picture.

    The whole picture has its description and its table; the labels of its marks would never be read.
    """
    return _DIGITS.sub(r"\1", _LABELS.sub("", svg))
