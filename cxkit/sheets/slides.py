"""The one door to PowerPoint: native, named shapes on slides of any size, saved so that bytes repeat."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

FONT = "Arial"
"""On every machine that opens a slide; Inter, whose widths lay the slides out, is a little wider."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_CREATED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
Run = tuple[str, dict[str, Any]]


class Deck:
    """A presentation with slides of one size; lengths in points."""

    def __init__(self, width: float, height: float, *, title: str, as_of: dt.date, language: str):
        self._deck = Presentation()
        self._deck.slide_width, self._deck.slide_height = Pt(width), Pt(height)
        core = self._deck.core_properties
        day = dt.datetime(as_of.year, as_of.month, as_of.day)
        core.title, core.author, core.last_modified_by, core.language = title, "", "", language
        core.created = core.modified = core.last_printed = day
        core.revision = 1
        self._language = language
        self.slide: Any = None
        self._into: Any = None

    def new_slide(self, notes: str = "") -> None:
        """Start a slide; ``notes`` go to its speaker notes."""
        self.slide = self._deck.slides.add_slide(self._deck.slide_layouts[6])
        self.slide.shapes.turbo_add_enabled = True  # no search for a free id before each shape
        self._into = self.slide.shapes
        if notes:
            self.slide.notes_slide.notes_text_frame.text = notes

    def shape(self, name: str, x: float, y: float, width: float, height: float, *, fill: str | None = None, line: str | None = None,
              kind: MSO_SHAPE = MSO_SHAPE.RECTANGLE, alt: str = "", thickness: float = 1) -> Any:
        """Add a native shape, named for the selection pane; ``alt`` is read by screen readers."""
        made = self._into.add_shape(kind, Pt(x), Pt(y), Pt(width), Pt(height))
        made.name = name
        _plain(made)
        if fill:
            made.fill.solid()
            made.fill.fore_color.rgb = colour(fill)
        else:
            made.fill.background()
        if line:
            made.line.color.rgb = colour(line)
            made.line.width = Pt(thickness)
        else:
            made.line.fill.background()
        if alt:
            made._element._nvXxPr.cNvPr.set("descr", alt)
        return made

    def line(self, name: str, points: Sequence[tuple[float, float]], ink: str, *, thickness: float = 1, close: bool = False,
             fill: str | None = None, opacity: float = 1.0) -> Any:
        """Add a native line through points; closed and filled where asked."""
        builder = self._into.build_freeform(Pt(points[0][0]), Pt(points[0][1]), scale=1.0)
        builder.add_line_segments([(Pt(x), Pt(y)) for x, y in points[1:]], close=close)
        made = builder.convert_to_shape()
        made.name = name
        _plain(made)
        if fill:
            made.line.fill.background()
            made.fill.solid()
            made.fill.fore_color.rgb = colour(fill)
            solid = made.fill._xPr.find(qn("a:solidFill"))[0]
            solid.append(solid.makeelement(qn("a:alpha"), {"val": str(round(opacity * 100_000))}))
        else:
            made.fill.background()
            made.line.color.rgb, made.line.width = colour(ink), Pt(thickness)
        return made

    def group(self, name: str, alt: str) -> None:
        """Collect the shapes that follow in one group, until :meth:`ungroup`."""
        made = self.slide.shapes.add_group_shape()
        made.name = name
        made._element._nvXxPr.cNvPr.set("descr", alt)
        self._into = made.shapes

    def ungroup(self) -> None:
        """Back to the slide itself."""
        self._into = self.slide.shapes

    def picture(self, name: str, content: bytes, x: float, y: float, *, height: float, width: float | None = None, alt: str = "") -> Any:
        """Add a PNG picture; ``width`` is the most it may take."""
        made = self._into.add_picture(io.BytesIO(content), Pt(x), Pt(y), height=Pt(height))
        if width is not None and made.width > Pt(width):
            made.height, made.width = int(made.height * Pt(width) / made.width), Pt(width)
        made.name = name
        made._element._nvXxPr.cNvPr.set("descr", alt)
        return made

    def text(self, name: str, x: float, y: float, width: float, height: float, paragraphs: Sequence[Sequence[Run]], *, size: float,
             fill: str | None = None, bullets: bool = False, align: str = "left", middle: bool = False, inset: float = 4) -> Any:
        """Add a box of text: paragraphs of runs ``(text, {bold, italic, color, size})``; real bullets where asked."""
        made = self.shape(name, x, y, width, height, fill=fill)
        frame = made.text_frame
        frame.word_wrap = True
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE if middle else MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = Pt(inset)
        frame.margin_top = frame.margin_bottom = Pt(inset * 0.6)
        for at, runs in enumerate(paragraphs):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            paragraph.alignment = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}[align]
            if bullets:
                _bullet(paragraph, size)
            for text, look in runs:
                run = paragraph.add_run()
                run.text = text
                run._r.get_or_add_rPr().set("lang", self._language)
                run.font.name, run.font.size = FONT, Pt(look.get("size", size))
                run.font.bold, run.font.italic = look.get("bold", False), look.get("italic", False)
                run.font.color.rgb = colour(look.get("color", "#1b2733"))
        return made

    def save(self) -> bytes:
        """The file, with dates and order of its parts fixed, inside embedded workbooks too."""
        raw = io.BytesIO()
        self._deck.save(raw)
        return _normalised(raw.getvalue())


def _plain(shape: Any) -> None:
    """Without the theme's look: its shadow shows through in some readers even where it is switched off."""
    style = shape._element.find(qn("p:style"))
    if style is not None:
        shape._element.remove(style)


def colour(hex_: str) -> RGBColor:
    """``#rrggbb`` as PowerPoint keeps it."""
    return RGBColor.from_string(hex_.removeprefix("#").upper())


def _bullet(paragraph: Any, size: float) -> None:
    properties = paragraph._p.get_or_add_pPr()
    indent = int(Pt(size * 0.8))
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    properties.append(properties.makeelement(qn("a:buChar"), {"char": "•"}))


def _normalised(content: bytes) -> bytes:
    """The same archive with fixed dates; workbooks inside are treated likewise."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith(".xlsx"):
                part = _undated(part)
            new.writestr(zipfile.ZipInfo(name, _EPOCH), part, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _undated(workbook: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = _CREATED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", old.read(name))
            new.writestr(zipfile.ZipInfo(name, _EPOCH), part, zipfile.ZIP_DEFLATED)
    return made.getvalue()
