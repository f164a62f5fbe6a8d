"""CSV and TSV as text, with the line on which each row begins."""

import csv
import io
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path

from cxkit.errors import CxError, fault
from cxkit.evidence.dialect import decode, separator, split_marker
from cxkit.evidence.limits import limit
from cxkit.evidence.readers.raw import RawTable, assemble, header_names
from cxkit.model.source import Dialect


def read_delimited(path: Path, dialect: Dialect, wanted: Collection[str] | None, where: str) -> RawTable:
    """Read a delimited file.

    Parameters
    ----------
    path : the file.
    dialect : what is declared about it.
    wanted : names of the columns to keep; None for all.
    where : name of the file as the user knows it.

    Raises
    ------
    CxError : undecodable text, a name used twice, an open quote, rows longer than the header.
    """
    text, encoding = decode(path, dialect.encoding, where)
    text, marker = split_marker(text)
    if not text.strip():
        raise CxError(fault("CX-E214", where))
    csv.field_size_limit(limit("max_cell"))
    sign = separator(text, dialect, marker, path.suffix.lower())
    rows = ((line, row) for line, row in _numbered(text, sign, where, 1 if marker is not None else 0) if line >= dialect.header_row)
    first = next((row for _, row in rows if any(cell.strip() for cell in row)), None)
    if first is None:
        raise CxError(fault("CX-E214", where))
    header = [first, *(row for _, row in islice(rows, dialect.header_rows - 1))]
    names = header_names(header, where)
    shown = {"\t": "tab"}.get(sign, sign)
    return assemble(names, wanted, rows, where, (("encoding", encoding), ("separator", shown)))


def _numbered(text: str, sign: str, where: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    begin = 1 + skipped
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            large = "field limit" in str(error)
            raise CxError(fault("CX-E178", f"{where}:{begin}", limit=limit("max_cell")) if large else fault("CX-E209", f"{where}:{begin}")) from None
        yield begin, row
        begin = reader.line_num + 1 + skipped
