"""WebVTT and SRT transcripts: one row a cue with columns start, end, speaker, text."""

import re
from collections.abc import Collection
from pathlib import Path

from cxkit.errors import CxError, fault
from cxkit.evidence.dialect import decode
from cxkit.evidence.readers.raw import RawTable, assemble
from cxkit.model.source import Dialect

COLUMNS = ("start", "end", "speaker", "text")
_TIMES = re.compile(r"^((?:\d+:)?\d{1,2}:\d{2}[.,]\d{3})\s+-->\s+((?:\d+:)?\d{1,2}:\d{2}[.,]\d{3})")
_VOICE = re.compile(r"<v(?:\.[\w.]+)?\s+([^>]+)>")
_NAMED = re.compile(r"^\s*(?:-\s*)?([^\W\d_][\w .'’-]{0,40}?)\s*:\s+(?=\S)")
_TAG = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)


def read_subtitles(path: Path, dialect: Dialect, wanted: Collection[str] | None, where: str) -> RawTable:
    """Read a transcript. The speaker is the voice tag, or a name before a colon."""
    text, encoding = decode(path, dialect.encoding, where)
    rows: list[tuple[int, list[str]]] = []
    for block in re.finditer(r"[^\n](?:.|\n(?!\s*\n))*", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.group().split("\n")
        first = text.replace("\r\n", "\n").replace("\r", "\n").count("\n", 0, block.start()) + 1
        for place, line in enumerate(lines):
            times = _TIMES.match(line.strip())
            if times:
                said = " ".join(part.strip() for part in lines[place + 1:] if part.strip())
                rows.append((first + place, [times.group(1).replace(",", "."), times.group(2).replace(",", "."), *_spoken(said)]))
                break
    if not rows:
        raise CxError(fault("CX-E214", where))
    return assemble(COLUMNS, wanted, rows, where, (("encoding", encoding),))


def _spoken(said: str) -> tuple[str, str]:
    """Speaker and text of a cue."""
    voice = _VOICE.search(said)
    plain = _TAG.sub("", _VOICE.sub("", said)).strip()
    if voice:
        return voice.group(1).strip(), plain
    named = _NAMED.match(plain)
    return (named.group(1).strip(), plain[named.end():]) if named else ("", plain)
