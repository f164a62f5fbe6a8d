"""Code books in files of their own: codes and labels from YAML, CSV or XLSX, named in client.yaml where a mapping would stand."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import python_calamine

from cxkit.errors import CxError, fault
from cxkit.model.record_rows import text_of
from cxkit.model.yaml_file import MAX_BYTES, read_values
from cxkit.paths import inside

_BOOKS = ("touchpoints", "channels", "stages", "personas", "causes")
_MOST_UNPACKED = 20 * MAX_BYTES
_KINDS = (".csv", ".tsv", ".yaml", ".yml", ".xlsx")


def with_books(root: Path, plain: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The content of client.yaml with every code book that is named as a file in place, and the names of those files.

    A book is named as ``books/region.csv``, or ``books/codes.xlsx#Sheet``. In a table the first row names the columns; the first column
    holds codes, the others labels: one column, or one per language named ``label_fr``, ``label_en``.

    Raises
    ------
    CxError : CX-E172 for a file that is not there or cannot be read, CX-E173 for a code that is there twice or has no label.
    """
    names: list[str] = []

    def opened(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        names.append(value.partition("#")[0])
        return read_book(root, value)

    sources = plain.get("sources")
    for source in sources if isinstance(sources, list) else ():
        if not isinstance(source, dict):
            continue
        for key in _BOOKS:
            if key in source:
                source[key] = opened(source[key])
        for attribute in source.get("attributes") or () if isinstance(source.get("attributes"), list) else ():
            if isinstance(attribute, dict) and "labels" in attribute:
                attribute["labels"] = opened(attribute["labels"])
    return plain, tuple(sorted(set(names)))


def read_book(root: Path, named: str) -> dict[str, Any]:
    """Code → label (a text, or one per language)."""
    name, _, sheet = named.partition("#")
    path = inside(root, name)
    if path is None:
        raise CxError(fault("CX-E004", "client.yaml", name=name))
    if not path.is_file() or path.suffix.lower() not in _KINDS or path.stat().st_size > MAX_BYTES:
        raise CxError(fault("CX-E172", name, known=", ".join(_KINDS)))
    if path.suffix.lower() in (".yaml", ".yml"):
        return read_values(path, name)
    try:
        rows = _sheet(path, sheet) if path.suffix.lower() == ".xlsx" else _delimited(path, name)
        return _book(rows, name)
    except (csv.Error, StopIteration, KeyError, zipfile.BadZipFile, python_calamine.CalamineError, python_calamine.ZipError,
            python_calamine.XmlError, python_calamine.PasswordError):
        raise CxError(fault("CX-E172", name, known=", ".join(_KINDS))) from None


def _delimited(path: Path, name: str) -> Iterator[Sequence[str]]:
    text = text_of(path, name)
    head = text.split("\n", 1)[0]
    return csv.reader(io.StringIO(text), delimiter=max(";,\t", key=head.count), strict=True)


def _sheet(path: Path, sheet: str) -> Iterator[Sequence[str]]:
    with zipfile.ZipFile(path) as archive:
        if sum(member.file_size for member in archive.infolist()) > _MOST_UNPACKED:
            raise zipfile.BadZipFile
    book = python_calamine.CalamineWorkbook.from_path(path)
    if (sheet or book.sheet_names[0]) not in book.sheet_names:
        raise KeyError(sheet)
    rows = book.get_sheet_by_name(sheet or book.sheet_names[0]).to_python(skip_empty_area=False)
    return iter([[f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows])


def _book(rows: Iterable[Sequence[str]], name: str) -> dict[str, Any]:
    numbered = enumerate(rows, 1)
    _, header = next(numbered)
    languages = [column.strip().lower().rpartition("_")[2] for column in header[1:]]
    several = len(languages) > 1 and all(len(language) == 2 for language in languages)
    book: dict[str, Any] = {}
    for line, row in numbered:
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        labels = {language: label for language, label in zip(languages, cells[1:], strict=False) if label}
        if not labels or cells[0] in book:
            raise CxError(fault("CX-E173", f"{name}:{line}"))
        book[cells[0]] = labels if several else next(iter(labels.values()))
    return book
