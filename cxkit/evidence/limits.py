"""What is refused before a file is read: size, unpacking ratio, rows. A bomb costs milliseconds here."""

import zipfile
from pathlib import Path

from cxkit import method
from cxkit.errors import CxError, fault

_OLE = b"\xd0\xcf\x11\xe0"


def limit(name: str) -> int:
    """A reading limit of the method data."""
    return method.data("thresholds")["reading"][name]


def check_size(path: Path, where: str) -> None:
    """Refuse an absent, empty or oversized file."""
    if not path.is_file():
        raise CxError(fault("CX-E200", where))
    size = path.stat().st_size
    if size == 0:
        raise CxError(fault("CX-E214", where))
    if size > limit("max_bytes"):
        raise CxError(fault("CX-E201", where, limit=limit("max_bytes")))


def check_rows(rows: int, where: str) -> None:
    """Refuse a table with more rows than the limit."""
    if rows > limit("max_rows"):
        raise CxError(fault("CX-E203", where, limit=limit("max_rows")))


def check_columns(columns: int, where: str, rows: int = 1) -> None:
    """Refuse a table with more columns, or more cells once it is laid out, than the limits."""
    if columns > limit("max_columns") or columns * rows > limit("max_cells"):
        raise CxError(fault("CX-E177", where, limit=limit("max_columns")))


def check_zip(path: Path, where: str) -> None:
    """Refuse what is no zip archive (HTML saved as .xlsx, an encrypted workbook) or unpacks beyond the limits."""
    with path.open("rb") as file:
        head = file.read(4)
    if head == _OLE:
        raise CxError(fault("CX-E205", where))
    if not zipfile.is_zipfile(path):
        raise CxError(fault("CX-E206" if head[:2] == b"PK" else "CX-E204", where))
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise CxError(fault("CX-E205", where))
    unpacked, packed = sum(m.file_size for m in members), max(1, sum(m.compress_size for m in members))
    if unpacked > limit("max_bytes"):
        raise CxError(fault("CX-E201", where, limit=limit("max_bytes")))
    if unpacked > 1_000_000 and unpacked / packed > limit("max_ratio"):
        raise CxError(fault("CX-E202", where, limit=limit("max_ratio")))
