"""How a delimited file is written: declared, else found out and reported."""

import csv
from pathlib import Path

from cxkit.errors import CxError, fault
from cxkit.model.source import Dialect

_SEPARATORS = (",", ";", "\t", "|")


def decode(path: Path, declared: str | None, where: str) -> tuple[str, str]:
    """Text and encoding: the declared one, else UTF-8 (or UTF-16 with its mark), else Windows-1252, each strictly."""
    raw = path.read_bytes()
    if declared:
        candidates = (declared,)
    else:
        candidates = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in candidates:
        try:
            return raw.decode(encoding).lstrip("\ufeff"), encoding
        except LookupError:
            raise CxError(fault("CX-E215", where, encoding=encoding)) from None
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
    raise CxError(fault("CX-E210", f"{where}:{line}", tried=", ".join(candidates)))


def split_marker(text: str) -> tuple[str, str | None]:
    """Take off a first line ``sep=;`` as spreadsheets write it; the separator that it declares."""
    head, _, rest = text.partition("\n")
    head = head.strip("\r").strip('"')
    if head.lower().startswith("sep=") and len(head) == 5:
        return rest, head[4]
    return text, None


def separator(text: str, dialect: Dialect, marker: str | None, suffix: str) -> str:
    """The declared separator, else the one that splits the header into most columns."""
    if dialect.separator:
        return "\t" if dialect.separator in ("\\t", "tab") else dialect.separator
    if marker:
        return marker
    if suffix == ".tsv":
        return "\t"
    below = text.split("\n", dialect.header_row - 1)[-1].lstrip() or text.lstrip()
    head = below.partition("\n")[0]
    return max(_SEPARATORS, key=lambda sign: _cells(head, sign))


def _cells(head: str, sign: str) -> int:
    try:
        return len(next(csv.reader([head], delimiter=sign), ()))
    except csv.Error:
        return 0
