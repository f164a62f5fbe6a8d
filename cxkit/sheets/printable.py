"""Text made safe for print: every character has a glyph and every long token may break."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

from cxkit.sheets.assets import glyphs

ZERO_WIDTH_SPACE = "\u200b"
MISSING = "\u25a1"
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\u00ad\ufe0e\ufe0f\ufeff") | frozenset(map(chr, (*range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080))))
"""What only changes or joins its neighbours: breaks, variants, tones of skin, tags of flags."""
_SVG_TEXT = re.compile(r">([^<>]+)<")
_TOKEN = re.compile(r"[^\s\u200b\u2010\u2013\u2014-]{21,}")


@lru_cache(maxsize=20_000)
def printable(text: str) -> str:
    """Text that the print faces can draw: what has no glyph becomes a visible box, long tokens may break.

    A PDF standard refuses a missing glyph, and a token wider than its column would overrun it silently.
    """
    text = unicodedata.normalize("NFC", text)
    shown = "".join(map(_drawn, text))
    return _TOKEN.sub(lambda match: _breakable(match.group()), shown)


def printable_svg(svg: str) -> str:
    """A drawing whose text the print faces can draw; marks, paths and attributes are left alone."""
    return _SVG_TEXT.sub(lambda match: f">{printable(match.group(1)).replace(ZERO_WIDTH_SPACE, '')}<", svg)


def printable_data(data: Any) -> Any:
    """The same for every string of a JSON-like structure; keys are left alone."""
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, dict):
        return {key: printable_data(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [printable_data(value) for value in data]
    return data


@lru_cache(maxsize=20_000)
def _drawn(char: str) -> str:
    if char in "\n\t":
        return char
    if char in _INVISIBLE or unicodedata.category(char) in ("Cc", "Cs"):
        return ""
    return char if ord(char) in glyphs() else MISSING


def _breakable(token: str) -> str:
    return ZERO_WIDTH_SPACE.join(token[at : at + 10] for at in range(0, len(token), 10))
