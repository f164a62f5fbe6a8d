"""Persona sheets: one page a persona (PDF, PNG, HTML) and the comparison of all personas (PDF, HTML)."""

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup
from PIL import Image, UnidentifiedImageError

from cxkit import __version__
from cxkit.charts.personas import fit_and_stability, profile_heat, sizes
from cxkit.charts.svg import to_svg
from cxkit.paths import inside
from cxkit.sheets import html, typst
from cxkit.sheets.context import SheetContext
from cxkit.sheets.frame import frame
from cxkit.sheets.persona_compare import comparison
from cxkit.sheets.persona_page import persona_content
from cxkit.steps.persona_view import PersonaProfile
from cxkit.steps.personas import Result

SECTIONS = ("personas",)


def publish(results: Mapping[str, Any], context: SheetContext) -> tuple[Path, ...]:
    """Write all persona sheets and the comparison; no persona gives the comparison alone, which says why."""
    result: Result = results["personas"]
    paths: list[Path] = []
    for profile in result.personas:
        paths += _sheet(profile, result, context)
    return (*paths, *_comparison(result, context))


def _sheet(profile: PersonaProfile, result: Result, context: SheetContext) -> list[Path]:
    content = persona_content(profile, result, context)
    curve = content.pop("curve_svg")
    data = _frame(context, result, title=profile.name, subtitle=content["tagline"], persona=content)
    picture = _picture(context, profile.picture)
    data["assets"] = {**data["assets"], "curve": curve, **({"portrait": picture[1], "portrait_type": picture[0]} if picture else {})}
    stem = f"persona-{profile.id}"
    pdf, png, page = (context.path("personas", f"{stem}.{ending}") for ending in ("pdf", "png", "html"))
    pdf.write_bytes(typst.compile_pdf("personas/sheet.typ", data, as_of=context.as_of))
    png.write_bytes(typst.compile_png("personas/sheet.typ", data, ppi=200)[0])
    shown = data | {"curve": Markup(curve), "curve_table": _curve_table(profile, context)}
    page.write_text(html.render("personas/sheet.html", shown), encoding="utf-8")
    return [pdf, png, page]


def _comparison(result: Result, context: SheetContext) -> tuple[Path, ...]:
    words = context.words
    content = comparison(result, context)
    curves = content.pop("curves")
    pictures = [picture for picture in (sizes(result, words), fit_and_stability(result, words), profile_heat(result, words)) if picture]
    drawings = {f"chart{i}": to_svg(picture.chart, context.words) for i, picture in enumerate(pictures)}
    shown = [{"id": f"chart{i}", "title": picture.title, "description": picture.description, "header": list(picture.header),
              "rows": [list(row) for row in picture.rows]} for i, picture in enumerate(pictures)]
    data = _frame(context, result, title=words("personas.compare_title"), subtitle=words.text(context.folder.client.journey), compare=content,
                  charts=shown)
    data["assets"] = {**data["assets"], **drawings, **{f"curve{i}": svg for i, svg in enumerate(curves)}}
    pdf, page = context.path("personas", "personas.pdf"), context.path("personas", "personas.html")
    pdf.write_bytes(typst.compile_pdf("personas/compare.typ", data, as_of=context.as_of))
    drawn = {"drawings": {name: Markup(svg) for name, svg in drawings.items()}, "curves": [Markup(svg) for svg in curves]}
    page.write_text(html.render("personas/compare.html", data | drawn), encoding="utf-8")
    return pdf, page


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


def _picture(context: SheetContext, name: str | None) -> tuple[str, str] | None:
    """The client's own picture as type and base64; None where there is none or it is no PNG or JPEG of the client folder."""
    path = inside(context.folder.root, name) if name else None
    if path is None or not path.is_file():
        return None
    try:
        with Image.open(path) as picture:
            kind = (picture.format or "").lower()
    except (OSError, UnidentifiedImageError):
        return None
    return (kind, base64.b64encode(path.read_bytes()).decode("ascii")) if kind in {"png", "jpeg"} else None


def _curve_table(profile: PersonaProfile, context: SheetContext) -> list[list[str]]:
    words = context.words
    return [[context.stage_name(one.stage), words.number(one.point.valence, 1, sign=True),
             words.interval(one.point.low, one.point.high, 1, sign=True), words.number(one.point.n), words(f"reactions.{one.point.reaction}")]
            for one in profile.curve]
