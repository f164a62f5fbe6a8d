"""Write tables as clients send them, with the same bytes on every run and every system."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence], *, separator: str = ";",
              encoding: str = "utf-8-sig") -> None:
    """Write one CSV with LF line ends; values are written as ``str`` gives them, ``None`` as an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.getvalue().encode(encoding))


def write_xlsx(path: Path, sheet: str, header: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Write one worksheet; the workbook's creation date is fixed so that its bytes are too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2026, 5, 1)})
    page = book.add_worksheet(sheet)
    page.write_row(0, 0, header, book.add_format({"bold": True}))
    for index, row in enumerate(rows, start=1):
        page.write_row(index, 0, row)
    page.freeze_panes(1, 0)
    page.set_column(len(header) - 1, len(header) - 1, 90)
    book.close()


def french(number: float, digits: int = 2) -> str:
    """Write a number with a decimal comma."""
    return f"{number:.{digits}f}".replace(".", ",")
