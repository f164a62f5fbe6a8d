"""Persona sheets (PDF, PNG, HTML, PPTX), the comparison of all (PDF, HTML), the wall poster (PDF) and the wave for the next study."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from cxkit import __version__
from cxkit.charts.personas import fit_and_stability, profile_heat, second_method, sizes
from cxkit.charts.svg import to_svg
from cxkit.sheets import html, typst
from cxkit.sheets.context import SheetContext
from cxkit.sheets.frame import frame
from cxkit.sheets.persona_compare import comparison
from cxkit.sheets.persona_page import persona_content
from cxkit.sheets.persona_portraits import portrait
from cxkit.sheets.persona_poster import poster_content
from cxkit.sheets.persona_slides import persona_slide
from cxkit.sheets.persona_tight import tightened
from cxkit.steps.persona_view import PersonaProfile
from cxkit.steps.personas import Result

SECTIONS = ("personas",)


def publish(results: Mapping[str, Any], context: SheetContext) -> tuple[Path, ...]:
    """Write all persona sheets, the comparison, the poster and the wave; no persona gives the comparison alone, which says why."""
    result: Result = results["personas"]
    paths: list[Path] = []
    for profile in result.personas:
        paths += _sheet(profile, result, context)
    return (*paths, *_comparison(result, context), *(_for_the_set(result, context) if result.personas else ()))


def _sheet(profile: PersonaProfile, result: Result, context: SheetContext) -> list[Path]:
    content = persona_content(profile, result, context)
    drawn, curve = portrait(profile, context), content.pop("curve_svg")
    for tried in tightened(content):
        data = _frame(context, result, title=profile.name, subtitle=content["tagline"], persona=tried)
        data["assets"] = {**data["assets"], "curve": curve, **drawn.printed}
        if all(part["fits"] for part in typst.query("personas/sheet.typ", data, "fit")):
            break
    stem = f"persona-{profile.id}"
    pdf, png, page, slide = (context.path("personas", f"{stem}.{ending}") for ending in ("pdf", "png", "html", "pptx"))
    pdf.write_bytes(typst.compile_pdf("personas/sheet.typ", data, as_of=context.as_of))
    png.write_bytes(typst.compile_png("personas/sheet.typ", data, ppi=200)[0])
    shown = data | {"curve": Markup(curve), "curve_table": _curve_table(profile, context), "portrait": drawn.screen}
    page.write_text(html.render("personas/sheet.html", shown), encoding="utf-8")
    slide.write_bytes(persona_slide(data, profile, drawn.png, context))
    return [pdf, png, page, slide]


def _comparison(result: Result, context: SheetContext) -> tuple[Path, ...]:
    words = context.words
    content = comparison(result, context)
    curves, faces = content.pop("curves"), [portrait(profile, context) for profile in result.personas]
    charts = (sizes, fit_and_stability, second_method, profile_heat)
    pictures = [picture for chart in charts if (picture := chart(result, words))]
    drawings = {f"chart{i}": to_svg(picture.chart, context.words) for i, picture in enumerate(pictures)}
    shown = [{"id": f"chart{i}", "title": picture.title, "description": picture.description, "header": list(picture.header),
              "rows": [list(row) for row in picture.rows]} for i, picture in enumerate(pictures)]
    data = _frame(context, result, title=words("personas.compare_title"), subtitle=words.text(context.folder.client.journey), compare=content,
                  charts=shown)
    data["assets"] = {**data["assets"], **drawings, **{f"curve{i}": svg for i, svg in enumerate(curves)}, **_numbered(faces)}
    pdf, page = context.path("personas", "personas.pdf"), context.path("personas", "personas.html")
    pdf.write_bytes(typst.compile_pdf("personas/compare.typ", data, as_of=context.as_of))
    drawn = {"drawings": {name: Markup(svg) for name, svg in drawings.items()}, "curves": [Markup(svg) for svg in curves],
             "portraits": [one.screen for one in faces]}
    page.write_text(html.render("personas/compare.html", data | drawn), encoding="utf-8")
    return pdf, page


def _for_the_set(result: Result, context: SheetContext) -> tuple[Path, ...]:
    """The wall poster, and what the next wave needs to know these personas again."""
    words = context.words
    poster, wave = context.path("personas", "personas-poster.pdf"), context.path("personas", "wave.json")
    content = poster_content(result, context)
    curves = content.pop("curves")
    data = _frame(context, result, title=words("personas.poster_title"), subtitle=words.text(context.folder.client.journey), poster=content)
    data["assets"] = {**data["assets"], **{f"curve{i}": svg for i, svg in enumerate(curves)},
                      **_numbered([portrait(profile, context) for profile in result.personas])}
    poster.write_bytes(typst.compile_pdf("personas/poster.typ", data, as_of=context.as_of))
    wave.write_text(json.dumps(result.wave.model_dump(mode="json") if result.wave else {}, ensure_ascii=False, indent=1, sort_keys=True) + "\n",
                    encoding="utf-8")
    return poster, wave


def _numbered(faces: list) -> dict[str, Any]:
    """The portraits of a set as assets: ``portrait0``, ``portrait_type0`` …"""
    return {f"{key}{i}": value for i, face in enumerate(faces) for key, value in face.printed.items()}


def _frame(context: SheetContext, result: Result, *, title: str, subtitle: str, **content: Any) -> dict[str, Any]:
    words, client, evidence = context.words, context.folder.client, context.evidence
    period = ""
    if evidence.start and evidence.end:
        period = words("sheet.period", start=words.date(evidence.start), end=words.date(evidence.end))
    how = "data" if result.coverage is None else "declared"
    return frame(words, context.identity, title=title, client=client.name, as_of=context.as_of, eyebrow=words("personas.eyebrow"),
                 subtitle=subtitle, sample=words("sheet.sample", n=result.base), period=period,
                 method=words(f"personas.method_line.{how}", version=__version__),
                 confidentiality=words.text(client.identity.confidentiality), sections=SECTIONS, **content)


def _curve_table(profile: PersonaProfile, context: SheetContext) -> list[list[str]]:
    words = context.words
    return [[context.stage_name(one.stage), words.number(one.point.valence, 1, sign=True),
             words.interval(one.point.low, one.point.high, 1, sign=True), words.number(one.point.n), words(f"reactions.{one.point.reaction}")]
            for one in profile.curve]
