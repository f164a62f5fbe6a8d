"""The one door to Typst: a sheet's template and its data in, PDF, PNG or SVG bytes out.

Text reaches Typst as JSON data only, never as source; the compiler sees templates/sheets and nothing else, and
fetches no package.
"""

import base64
import datetime as dt
import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import typst

from cxkit.paths import template as resource
from cxkit.sheets.printable import printable_data, printable_svg

_GLYPH = re.compile(rb"\bg[0-9A-F]{32}\b")
PDF_STANDARDS = ("a-2a", "ua-1")
"""Archivable and accessible: the compiler refuses a sheet without title, alternative texts or glyphs."""


def compile_pdf(template: str, data: Mapping[str, Any], *, as_of: dt.date) -> bytes:
    """Compile a sheet to one PDF/A-2a and PDF/UA-1 file.

    Parameters
    ----------
    template : path under templates/sheets, for instance ``journey_map/map.typ``.
    data : JSON-like content; the template reads it as ``data`` from ``_shared/sheet.typ``.
    as_of : the day that the study speaks from; it is the file's creation date, so that bytes repeat.
    """
    stamp = int(dt.datetime(as_of.year, as_of.month, as_of.day, tzinfo=dt.UTC).timestamp())
    return _compiler(template).compile(
        format="pdf", sys_inputs=_inputs(data), timestamp=stamp, pdf_standards=list(PDF_STANDARDS)
    )


def compile_png(template: str, data: Mapping[str, Any], *, ppi: float = 144) -> tuple[bytes, ...]:
    """Compile a sheet to pictures, one a page, at ``ppi`` pixels per inch."""
    return _pages(_compiler(template).compile(format="png", ppi=ppi, sys_inputs=_inputs(data)))


def compile_svg(template: str, data: Mapping[str, Any]) -> tuple[bytes, ...]:
    """Compile a sheet to SVG drawings, one a page; glyphs are drawn, so no font is needed to show them."""
    return tuple(_lighter(page) for page in _pages(_compiler(template).compile(format="svg", sys_inputs=_inputs(data))))


def query(template: str, data: Mapping[str, Any], label: str) -> list[Any]:
    """Values of the ``metadata`` that a template labels ``<label>``: what it measured while laying out."""
    return json.loads(_new_compiler(template, _inputs(data)).query(f"<{label}>", field="value"))


@cache
def _compiler(template: str) -> typst.Compiler:
    return _new_compiler(template, {})


def _new_compiler(template: str, inputs: dict[str, str]) -> typst.Compiler:
    root = resource("sheets")
    fonts = [str(root / "_shared" / "fonts")]
    return typst.Compiler(str(root / template), root=str(root), font_paths=fonts, ignore_system_fonts=True, sys_inputs=inputs)


def _inputs(data: Mapping[str, Any]) -> dict[str, str]:
    content = {key: value for key, value in data.items() if key != "assets"}
    return {
        "data": json.dumps(printable_data(content), ensure_ascii=False, sort_keys=True),
        "assets": json.dumps(_assets(data.get("assets", {})), sort_keys=True),
    }


def _assets(assets: Mapping[str, Any]) -> dict[str, Any]:
    """Raw content as it is (bytes of pictures as a list), drawings with text that can be printed; the logo as the bytes that Typst reads."""
    assets = {name: printable_svg(content) if isinstance(content, str) and content.startswith("<svg") else content
              for name, content in assets.items()}
    if "logo" not in assets:
        return assets
    kind = "svg" if assets["logo_type"] == "svg+xml" else "png"
    return {**assets, "logo": list(base64.b64decode(assets["logo"])), "logo_type": kind}


def _lighter(svg: bytes) -> bytes:
    """The same drawing with short names for its glyphs and without values that are the default: a third less."""
    names: dict[bytes, bytes] = {}
    short = _GLYPH.sub(lambda found: names.setdefault(found[0], b"g%x" % len(names)), svg)
    return short.replace(b' fill-rule="nonzero"', b"").replace(b' y="0"', b"").replace(b' x="0"', b"")


def _pages(compiled: bytes | list[bytes]) -> tuple[bytes, ...]:
    return (compiled,) if isinstance(compiled, bytes) else tuple(compiled)
