"""The one door to spreadsheets: typed columns, filters, frozen head, the client's look; no formula, no link, no clock."""

import base64
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from cxkit.sheets.context import SheetContext
from cxkit.sheets.frame import look_note
from cxkit.sheets.identity import logo_png

MOST_CHARACTERS = 32_000
"""A cell holds 32,767; what is longer is cut visibly."""
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "nan_inf_to_errors": False}
_FORMATS = {"text": {"text_wrap": True}, "whole": {"num_format": "#,##0"}, "decimal": {"num_format": "#,##0.00"}, "share": {"num_format": "0%"},
            "date": {"num_format": "yyyy-mm-dd"}}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column: its head, the kind of its cells (text, whole, decimal, share, money, date) and its width in characters."""

    title: str
    kind: str = "text"
    width: int = 20


@dataclass(frozen=True)
class Book:
    """A spreadsheet under construction."""

    book: xlsxwriter.Workbook
    formats: dict[str, Any]
    context: SheetContext

    def sheet(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], *, frozen: int = 0) -> Any:
        """Add a sheet: a frozen head with a filter on every column; ``frozen`` columns stay at the left."""
        sheet = self.book.add_worksheet(sheet_name(name, [one.get_name() for one in self.book.worksheets()]))
        rows = list(rows)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width)
            sheet.write_string(0, number, column.title, self.formats["head"])
            for line, row in enumerate(rows, 1):
                _write(sheet, line, number, row[number], column.kind, self.formats[column.kind])
        sheet.freeze_panes(1, frozen)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer(f"&L{_escaped(_confidentiality(self.context))}&R&P / &N")
        return sheet

    def about(self, rows: Iterable[tuple[str, str]]) -> None:
        """Add the sheet that says what the file is: client, day, confidentiality, corrected colour, and ``rows`` of its own."""
        words, context = self.context.words, self.context
        own = [(words("workbook.client"), context.folder.client.name), (words("workbook.date"), words.date(context.as_of)),
               (words("workbook.confidentiality"), _confidentiality(context))]
        own.append((words("workbook.look"), look_note(words, context.identity)))
        sheet = self.sheet(words("workbook.about"), [Column(words("workbook.item"), width=30), Column(words("workbook.text"), width=110)],
                           [row for row in (*own, *rows) if row[1]])
        if logo := logo_png(context.identity):
            picture = io.BytesIO(base64.b64decode(logo))
            sheet.insert_image(0, 3, "logo.png", {"image_data": picture, "description": context.folder.client.name, "x_scale": 0.5, "y_scale": 0.5})


@contextmanager
def workbook(path: Path, context: SheetContext, title: str) -> Iterator[Book]:
    """Open a spreadsheet at ``path``; it is written when the block ends.

    Its head has the client's colour, its date is the study's day, so that bytes repeat.
    """
    with xlsxwriter.Workbook(str(path), _OPTIONS) as book:
        book.set_properties({"title": title, "author": "", "company": "", "created": dt.datetime.combine(context.as_of, dt.time())})
        cell = {"font_name": "Arial", "font_size": 10, "valign": "top"}
        money = {"num_format": f'#,##0 "{context.folder.client.market.currency}"'}
        formats = {kind: book.add_format({**cell, **look}) for kind, look in {**_FORMATS, "money": money}.items()}
        formats["head"] = book.add_format({**cell, "bold": True, "font_color": "#FFFFFF", "bg_color": context.identity.brand, "text_wrap": True})
        yield Book(book, formats, context)


def sheet_name(name: str, taken: Iterable[str] = ()) -> str:
    """A name that spreadsheets accept: without ``[]:*?/\\``, no quote at its ends, at most 31 characters, of its own whatever the case."""
    plain = " ".join(re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name).split()).strip("' ") or "-"
    used = {one.casefold() for one in taken}
    tries = [plain[:31].rstrip("' "), *(f"{plain[:27].rstrip()} {number}" for number in range(2, 100))]
    return next(one for one in tries if one.casefold() not in used)


def _confidentiality(context: SheetContext) -> str:
    client, words = context.folder.client, context.words
    return words.text(client.identity.confidentiality) or words("sheet.confidential", client=client.name)


def _escaped(text: str) -> str:
    """Text of a header or footer, where & starts a code; it holds 255 characters."""
    return text.replace("&", "&&")[:200]


def _write(sheet: Any, line: int, column: int, value: Any, kind: str, format_: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(line, column, None, format_)
    elif kind == "text":
        text = str(value)
        sheet.write_string(line, column, text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS] + " […]", format_)
    elif kind == "date":
        sheet.write_datetime(line, column, value, format_)
    else:
        sheet.write_number(line, column, float(value), format_)
