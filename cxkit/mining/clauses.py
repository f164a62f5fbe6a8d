"""Clauses of a verbatim: the stretches that can be felt differently, French and English."""

import re
from functools import cache

from cxkit import method

_END = re.compile(r"(?<=[.!?…;])[»”\")]*\s+|\s*[\n\r]+\s*|\s+[–—]\s+|:\s+(?=[A-ZÀ-Ý])")

_INITIALS = re.compile(r"[^\W\d](?:\.[^\W\d])*")


@cache
def _turn() -> re.Pattern[str]:
    words = [word for words in method.data("mining")["clauses"]["turns"].values() for word in words]
    return re.compile(r"[,;]?\s+(?=(?:et |and )?(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + r")\b)", re.IGNORECASE)


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(method.data("mining")["clauses"]["abbreviations"])


def clauses(text: str) -> tuple[str, ...]:
    """Clauses of a text in order: sentences, parted again where "mais", "however"… turns them.

    Stretches shorter than the method's least length stay with their neighbour, so that every clause can be read alone.
    Joined by spaces they give the words of the text back.
    """
    least = method.data("mining")["clauses"]["least_characters"]
    pieces = [piece.strip() for sentence in _sentences(text) for piece in _turn().split(sentence)]
    kept: list[str] = []
    for piece in filter(None, pieces):
        if kept and (len(kept[-1]) < least or len(piece) < least):
            kept[-1] = f"{kept[-1]} {piece}"
        else:
            kept.append(piece)
    return tuple(kept)


def _sentences(text: str) -> list[str]:
    """Sentences; a full stop after an abbreviation or a single initial ends none."""
    found: list[str] = []
    for piece in _END.split(text):
        before = found[-1].rsplit(maxsplit=1)[-1].lower().rstrip(".") if found else ""
        if found and found[-1].endswith(".") and (before in _abbreviations() or _INITIALS.fullmatch(before)):
            found[-1] = f"{found[-1]} {piece}"
        elif piece:
            found.append(piece)
    return found
