"""The vendored drawings and fonts of templates/sheets/_shared: line icons, faces, evidence marks, Inter, Noto Emoji."""

import base64
import re
from functools import cache

from fontTools.ttLib import TTFont

from cxkit.paths import template

FONT_FACES = (("Regular", 400, "normal"), ("SemiBold", 600, "normal"), ("Bold", 700, "normal"), ("Italic", 400, "italic"))
"""File suffix, weight and style of each vendored face."""
EMOJI = "NotoEmoji-Regular.ttf"
"""Draws on paper what customers write and Inter has no glyph for: emoji, one by one, in the colour of the text. Screens bring their own."""

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
    """Code points that the vendored faces can draw on paper, in every weight and style."""
    faces = [_print_face(f"Inter-{suffix}.ttf") for suffix, *_ in FONT_FACES]
    return frozenset.intersection(*(frozenset(face.getBestCmap()) for face in faces)) | frozenset(_print_face(EMOJI).getBestCmap())


def text_width(text: str, size: float, weight: int = 400) -> float:
    """Width of a line of text in the unit of ``size``, from the advances of the print face."""
    advances, default = _advances(weight)
    return sum(advances.get(ord(char), default) for char in text) * size


@cache
def _advances(weight: int) -> tuple[dict[int, float], float]:
    suffix = next(suffix for suffix, known, style in FONT_FACES if known == weight and style == "normal")
    advances, missing = _measured(f"Inter-{suffix}.ttf")
    return _measured(EMOJI)[0] | advances, missing


@cache
def _measured(file: str) -> tuple[dict[int, float], float]:
    face = _print_face(file)
    unit = face["head"].unitsPerEm
    metrics = face["hmtx"].metrics
    return {point: metrics[name][0] / unit for point, name in face.getBestCmap().items()}, metrics[".notdef"][0] / unit


def _print_face(file: str) -> TTFont:
    return TTFont(template("sheets", "_shared", "fonts", file), lazy=True)
