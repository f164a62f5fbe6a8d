"""XLSX as text: the values that the spreadsheet last computed; a formula without one refuses the file."""

import datetime as dt
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import python_calamine
from defusedxml import DefusedXmlException, ElementTree

from cxkit.errors import CxError, did_you_mean, fault
from cxkit.evidence.limits import check_zip
from cxkit.evidence.masking import nameable
from cxkit.evidence.readers.raw import RawTable, assemble, header_names
from cxkit.model.source import Dialect

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,9})")
_ROWS, _SPREAD = 1_048_576, 5_000_000
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_workbook(path: Path, dialect: Dialect, wanted: Collection[str] | None, where: str) -> RawTable:
    """Read one sheet of a workbook: the declared one, else the first."""
    check_zip(path, where)
    with _damage(where):
        book = python_calamine.CalamineWorkbook.from_path(path)
        names = book.sheet_names
    sheet = dialect.sheet or next(iter(names), "")
    if sheet not in names:
        raise CxError(fault("CX-E211", where, sheet=sheet, near=did_you_mean(sheet, nameable(names)) or "?",
                            known=", ".join(nameable(names)) or len(names)))
    place = f"{where}[{sheet}]"
    with _damage(where):
        _refuse_before_loading(path, sheet, place)
        rows = [[_text(cell) for cell in row] for row in book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)]
    if not any(any(row) for row in rows):
        raise CxError(fault("CX-E214", place))
    body = dialect.header_row - 1 + dialect.header_rows
    header = rows[dialect.header_row - 1:body]
    if not any(map(any, header)):
        raise CxError(fault("CX-E214", place))
    width = max((place + 1 for row in header for place, cell in enumerate(row) if cell), default=0)
    columns = header_names([row[:width] for row in header], place)
    numbered = ((number, row if any(row[width:]) else row[:width])
                for number, row in enumerate(rows[body:], body + 1))
    return assemble(columns, wanted, numbered, place, (("sheet", sheet),))


def _text(cell: Any) -> str:
    """A cell as the text that a CSV of the sheet would hold: whole numbers without decimals, ISO dates."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, dt.timedelta):
        return f"{cell.total_seconds():g}"
    return "" if cell is None else str(cell)


@contextmanager
def _damage(where: str) -> Iterator[None]:
    """What the libraries raise on a broken or hostile workbook becomes a fault of the file."""
    try:
        yield
    except CxError:
        raise
    except python_calamine.PasswordError:
        raise CxError(fault("CX-E205", where)) from None
    except (ElementTree.ParseError, DefusedXmlException, zipfile.BadZipFile, zlib.error, OSError, EOFError, LookupError, ValueError,
            NotImplementedError, RuntimeError, python_calamine.CalamineError, python_calamine.ZipError, python_calamine.XmlError):
        raise CxError(fault("CX-E206", where)) from None
    except BaseException as error:
        # a panic of the compiled reader is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise CxError(fault("CX-E206", where)) from None


def _refuse_before_loading(path: Path, sheet: str, where: str) -> None:
    """Refuse formulas without value, and cells so far out that the table between them would not fit in memory."""
    empty, count, lowest, widest = [], 0, 0, 0
    with zipfile.ZipFile(path) as archive:
        member = _member(archive, sheet)
        if member is None:
            return
        with archive.open(member) as file:
            for cell in _cells(file):
                value = cell.find(f"{_MAIN}v")
                no_value = value is None or not value.text
                if cell.find(f"{_MAIN}f") is not None and no_value and cell.get("t") != "str":
                    empty.append(cell.get("r", ""))
                count += 1
                if place := _PLACE.fullmatch(cell.get("r", "")):
                    lowest, widest = max(lowest, int(place[2])), max(widest, len(place[1]))
    # columns A to Z, to ZZ, to ZZZ
    if lowest > _ROWS or lowest * 26 ** (widest - 1) > _SPREAD + 100 * count:
        raise CxError(fault("CX-E203", where, limit=_ROWS))
    if empty:
        shown = ", ".join(empty[:10]) + (", …" if len(empty) > 10 else "")
        raise CxError(fault("CX-E212", where, count=len(empty), cells=shown))


def _cells(file: Any) -> Iterator[Any]:
    for _, element in ElementTree.iterparse(file):
        if element.tag == f"{_MAIN}c":
            yield element
        elif element.tag == f"{_MAIN}row":
            element.clear()


def _member(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """Path of a sheet's XML inside the archive."""
    try:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except KeyError:
        return None
    target = {link.get("Id"): link.get("Target", "") for link in links}
    for node in book.iter(f"{_MAIN}sheet"):
        if node.get("name") == sheet:
            name = target.get(node.get(_REL), "").lstrip("/")
            name = name if name.startswith("xl/") else f"xl/{name}"
            return name if name in archive.namelist() else None
    return None
