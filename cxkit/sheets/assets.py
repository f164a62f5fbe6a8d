"""The vendored drawings and fonts of templates/sheets/_shared: line icons, faces, evidence marks, Inter."""

import base64
import re
from functools import cache

from fontTools.ttLib import TTFont

from cxkit.paths import template

FONT_FACES = (("Regular", 400, "normal"), ("SemiBold", 600, "normal"), ("Bold", 700, "normal"), ("Italic", 400, "italic"))
"""File suffix, weight and style of each vendored face."""

_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)


@cache
def drawing(folder: str, name: str) -> str:
    """An SVG of the shared assets as text, drawn with ``currentColor``.

    Parameters
    ----------
    folder : ``icons`` (Lucide) or ``marks`` (faces of the reactions, shapes of the kinds of evidence).
    name : file name without ``.svg``.

    Raises
    ------
    FileNotFoundError : the drawing is not vendored.
    """
    svg = template("sheets", "_shared", folder, f"{name}.svg").read_text(encoding="utf-8")
    return " ".join(_COMMENT.sub("", svg).split())


@cache
def font_css() -> str:
    """``@font-face`` rules with the woff2 subsets inside, so that a page needs no file beside it."""
    rules = []
    for suffix, weight, style in FONT_FACES:
        data = template("sheets", "_shared", "fonts", f"Inter-{suffix}.woff2").read_bytes()
        source = f"url(data:font/woff2;base64,{base64.b64encode(data).decode('ascii')}) format('woff2')"
        rules.append(
            f"@font-face{{font-family:Inter;font-weight:{weight};font-style:{style};font-display:block;src:{source}}}"
        )
    return "".join(rules)


@cache
def glyphs() -> frozenset[int]:
    """Code points that every vendored print face can draw."""
    faces = [TTFont(template("sheets", "_shared", "fonts", f"Inter-{suffix}.ttf"), lazy=True) for suffix, *_ in FONT_FACES]
    return frozenset.intersection(*(frozenset(face.getBestCmap()) for face in faces))


def text_width(text: str, size: float, weight: int = 400) -> float:
    """Width of a line of text in the unit of ``size``, from the advances of the print face."""
    advances, default = _advances(weight)
    return sum(advances.get(ord(char), default) for char in text) * size


@cache
def _advances(weight: int) -> tuple[dict[int, float], float]:
    suffix = next(suffix for suffix, known, style in FONT_FACES if known == weight and style == "normal")
    face = TTFont(template("sheets", "_shared", "fonts", f"Inter-{suffix}.ttf"), lazy=True)
    unit = face["head"].unitsPerEm
    metrics = face["hmtx"].metrics
    return {point: metrics[name][0] / unit for point, name in face.getBestCmap().items()}, metrics[".notdef"][0] / unit
