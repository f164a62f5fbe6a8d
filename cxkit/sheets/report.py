"""Reports in sections: one content, printed by Typst and shown as HTML. Sheets that are text, tables and charts use it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import Markup

from cxkit.charts.style import Picture
from cxkit.charts.svg import measured, to_svg
from cxkit.sheets import html, typst
from cxkit.sheets.context import SheetContext
from cxkit.sheets.frame import frame
from cxkit.words import Words

SMALLEST = 7.0
"""Smallest print, in points."""
PAGES = {False: (504.0, 720.0), True: (751.0, 474.0)}
"""Room for a picture on an A4 page, width and height in points: upright and landscape, the margins and the picture's title apart."""


@dataclass
class Report:
    """A report under construction: sections of blocks in reading order.

    Text handed in is already in the reader's language (``words(...)``). Figures and tables are numbered when it is published.
    """

    title: str
    eyebrow: str = ""
    subtitle: str = ""
    sample: str = ""
    method: str = ""
    sections: list[dict[str, Any]] = field(default_factory=list)
    pictures: dict[str, Picture] = field(default_factory=dict)

    def section(self, title: str, lead: str = "", *, new_page: bool = False) -> "Report":
        """Open a section; ``lead`` is its first sentence."""
        self.sections.append({"title": title, "lead": lead, "new_page": new_page, "blocks": []})
        return self

    def paragraph(self, text: str, *, quiet: bool = False) -> "Report":
        """Add a paragraph; ``quiet`` prints it small and grey (how to read, limits)."""
        return self._add({"kind": "paragraph", "text": text, "quiet": quiet})

    def heading(self, text: str) -> "Report":
        """Add a small title that stays with what follows."""
        return self._add({"kind": "subtitle", "text": text})

    def bullets(self, items: Sequence[str]) -> "Report":
        """Add a list; an empty one is left out."""
        return self._add({"kind": "bullets", "items": list(items)}) if items else self

    def figures(self, items: Sequence[tuple[str, str, str]]) -> "Report":
        """Add a row of key figures: (label, value, note)."""
        return self._add({"kind": "figures", "items": [list(item) for item in items]}) if items else self

    def table(self, caption: str, header: Sequence[str], rows: Sequence[Sequence[Any]], *, numeric: Sequence[int] = (),
              widths: Sequence[float] = ()) -> "Report":
        """Add a table. A cell is text, or ``{"mark": evidence kind, "text": …}``. ``widths`` are relative, 1 each by default."""
        cells = [[cell if isinstance(cell, dict) else {"mark": "", "text": str(cell)} for cell in row] for row in rows]
        return self._add({"kind": "table", "caption": caption, "header": list(header), "rows": cells, "numeric": list(numeric),
                          "widths": list(widths) or [1.0] * len(header)})

    def quotes(self, items: Sequence[tuple[str, str, str, str]]) -> "Report":
        """Add verbatims: (text, where it comes from, evidence kind, language where it is not the report's)."""
        return self._add({"kind": "quotes", "items": [list(item) for item in items]}) if items else self

    def beside(self, caption: str, lead: str, difference: Mapping[str, Any], none: str) -> "Report":
        """Add two maps beside each other, as :func:`cxkit.sheets.map_diff.difference` gives them; ``none`` says that a map lacks a row."""
        return self._add({"kind": "beside", "caption": caption, "lead": lead, "difference": dict(difference), "none": none})

    def picture(self, picture: Picture, *, width: float = 100) -> "Report":
        """Add a chart with its description and its table equivalent; ``width`` in % of the column."""
        name = f"chart{len(self.pictures) + 1}"
        self.pictures[name] = picture
        return self._add({"kind": "picture", "name": name, "title": picture.title, "description": picture.description, "width": width,
                          "header": list(picture.header), "rows": [list(row) for row in picture.rows]})

    def _add(self, block: dict[str, Any]) -> "Report":
        self.sections[-1]["blocks"].append(block)
        return self


def publish_report(report: Report, context: SheetContext, step: str, name: str, *, kind: str = "reports", flipped: bool = False,
                   contents: bool = False, extra: Mapping[str, Any] | None = None) -> tuple[Path, ...]:
    """Write the report as PDF and HTML with the step's templates (``<step>/<step>.typ`` and ``.html``).

    Parameters
    ----------
    step : id of the step: the folder of its templates.
    name : file name without ending.
    kind : folder of the deliverable under the language's folder.
    flipped : landscape.
    contents : print a table of contents.
    extra : further content of the step's own templates.
    """
    drawings = {name: to_svg(picture.chart, context.words) for name, picture in report.pictures.items()}
    for section in report.sections:
        section["blocks"] = [placed(block, drawings[block["name"]], flipped=flipped) if block["kind"] == "picture" else block
                             for block in section["blocks"]]
    data = _data(report, context, flipped=flipped, contents=contents, extra=extra or {})
    data["assets"] = {**data["assets"], **drawings}
    pdf = context.path(kind, f"{name}.pdf")
    pdf.write_bytes(typst.compile_pdf(f"{step}/{step}.typ", data, as_of=context.as_of))
    page = context.path(kind, f"{name}.html")
    page.write_text(html.render(f"{step}/{step}.html", data | {"drawings": {name: Markup(svg) for name, svg in drawings.items()}}),
                    encoding="utf-8")
    return pdf, page


def placed(block: dict[str, Any], drawing: str, *, flipped: bool) -> dict[str, Any]:
    """A picture with what print needs to keep its letters readable.

    Returns
    -------
    the block with ``ratio`` of width to height, ``least``: width in points below which its smallest letters fall under 7 pt, and
    ``large``: that no A4 page of this orientation holds it at that width, so that it gets an A3 page.
    """
    width, height, letters = measured(drawing)
    scale = SMALLEST / letters
    most = PAGES[flipped]
    return block | {"ratio": round(width / height, 4), "least": round(width * scale, 1),
                    "large": width * scale > most[0] or height * scale > most[1]}


def numbered(sections: Sequence[Mapping[str, Any]], words: Words, counts: dict[str, int] | None = None) -> list[dict[str, Any]]:
    """The sections with their figures and tables counted in reading order; each says which it holds (``see``).

    Parameters
    ----------
    counts : how many of each kind came before; it is counted on, so that chapters share one numbering.
    """
    counts = {} if counts is None else counts
    made = []
    for section in sections:
        blocks, held = [], {"figure": [], "table": []}
        for block in section["blocks"]:
            kind = {"picture": "figure", "table": "table"}.get(block["kind"])
            if kind:
                counts[kind] = counts.get(kind, 0) + 1
                held[kind].append(counts[kind])
                block = block | {"number": counts[kind]}
            blocks.append(block)
        see = [{"text": _range(kind, numbers, words), "to": f"{kind}-{numbers[0]}"} for kind, numbers in held.items() if numbers]
        made.append({**section, "blocks": blocks, "see": see})
    return made


def _range(kind: str, numbers: list[int], words: Words) -> str:
    """``figure 3`` or ``figures 3 to 5``: those of one section follow each other."""
    return words(f"sheet.refer.{kind}", n=len(numbers), first=words.number(numbers[0]), last=words.number(numbers[-1]))


def _data(report: Report, context: SheetContext, *, flipped: bool, contents: bool, extra: Mapping[str, Any]) -> dict[str, Any]:
    client, evidence = context.folder.client, context.evidence
    words = context.words
    period = ""
    if evidence.start and evidence.end:
        period = words("sheet.period", start=words.date(evidence.start), end=words.date(evidence.end))
    data = frame(words, context.identity, title=report.title, client=client.name, as_of=context.as_of,
                 eyebrow=report.eyebrow, subtitle=report.subtitle, sample=report.sample, period=period, method=report.method,
                 confidentiality=words.text(client.identity.confidentiality), report_sections=numbered(report.sections, words), flipped=flipped,
                 contents=contents, **extra)
    return data
