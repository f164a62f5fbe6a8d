"""The action plan as a spreadsheet: typed columns, frozen head, filters; no formula, no link, no clock."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from cxkit.sheets.context import SheetContext
from cxkit.steps.actions import CRITERIA, Action, Result
from cxkit.words import Words

MOST_CHARACTERS = 32_000  # a cell holds 32,767


@dataclass(frozen=True)
class Column:
    """A column: its word, the kind of its cells (text, whole, decimal, share, money), its width and where its value comes from."""

    key: str
    kind: str
    width: int
    value: Callable[[Action], Any]


def write_plan(result: Result, context: SheetContext, path: Path) -> None:
    """Write the plan to ``path``: one sheet of improvements, one of what stays uncovered, one that says how to read them."""
    words = context.words
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "nan_inf_to_errors": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"title": words("actions.title"), "author": "", "company": "",
                             "created": dt.datetime.combine(context.as_of, dt.time())})
        formats = _formats(book, context.folder.client.market.currency)
        _sheet(book, formats, words("actions.tabs.plan"), [(words(f"actions.head.{c.key}"), c.kind, c.width) for c in _columns(context)],
               [[column.value(action) for column in _columns(context)] for action in result.actions])
        _sheet(book, formats, words("actions.tabs.uncovered"),
               [(words(f"actions.uncovered_head.{key}"), "text", 34) for key in ("stage", "activity", "severity")],
               [[context.stage_name(u.stage), words.text(u.name), words(f"actions.kinds.{u.kind}", severity=u.severity)] for u in result.uncovered])
        _sheet(book, formats, words("actions.tabs.reading"),
               [(words("actions.reading_head.item"), "text", 30), (words("actions.reading_head.text"), "text", 110)], _reading(result, context))


def weights_text(result: Result, words: Words) -> str:
    """The weights of the ranking, in the method's order."""
    return ", ".join(f"{words(f'actions.criteria.{name}')} {words.percent(result.weights[name])}" for name in CRITERIA)


def _columns(context: SheetContext) -> tuple[Column, ...]:
    words = context.words
    return (
        Column("rank", "whole", 7, lambda a: a.rank),
        Column("name", "text", 42, lambda a: words.text(a.name)),
        Column("goal", "text", 18, lambda a: words(f"actions.goals.{a.goal}")),
        Column("type", "text", 18, lambda a: words(f"actions.types.{a.type}")),
        Column("stage", "text", 20, lambda a: context.stage_name(a.stage) if a.stage else ""),
        Column("repairs", "text", 34, lambda a: words.text(a.activity_name)),
        Column("touchpoint", "text", 24, lambda a: context.touchpoint_name(a.touchpoint)),
        Column("owner", "text", 20, lambda a: context.owner_name(a.owner)),
        Column("quadrant", "text", 18, lambda a: words(f"actions.quadrants.{a.quadrant}")),
        Column("severity", "whole", 10, lambda a: a.severity),
        Column("effort", "decimal", 10, lambda a: a.effort),
        Column("reach", "whole", 13, lambda a: a.reach),
        Column("reach_kind", "text", 14, lambda a: words(f"evidence_kinds.{a.reach_kind}") if a.reach is not None else ""),
        Column("impact", "decimal", 9, lambda a: a.impact),
        Column("confidence", "share", 11, lambda a: a.confidence),
        Column("rice", "decimal", 11, lambda a: a.rice),
        Column("score", "decimal", 10, lambda a: a.score),
        Column("top_share", "share", 12, lambda a: a.top_share),
        Column("rank_low", "whole", 9, lambda a: a.rank_low),
        Column("rank_high", "whole", 9, lambda a: a.rank_high),
        Column("gain", "decimal", 13, lambda a: 100 * a.effect.gain if a.effect else None),
        Column("gain_low", "decimal", 11, lambda a: 100 * a.effect.low if a.effect and a.effect.low is not None else None),
        Column("gain_high", "decimal", 11, lambda a: 100 * a.effect.high if a.effect and a.effect.high is not None else None),
        Column("outcomes", "whole", 13, lambda a: a.effect.yearly if a.effect else None),
        Column("investment", "money", 14, lambda a: a.money.investment),
        Column("value", "money", 14, lambda a: a.money.yearly_value),
        Column("payback", "decimal", 12, lambda a: a.money.payback_months),
        Column("assumption", "text", 44, lambda a: words.text(a.money.assumption)),
        *(Column(f"benefit_{actor}", "whole", 12, lambda a, actor=actor: a.benefits[actor]) for actor in ("customer", "client", "front_line")),
    )


def _formats(book: xlsxwriter.Workbook, currency: str) -> dict[str, Any]:
    cell = {"font_name": "Arial", "font_size": 10, "valign": "top"}
    return {
        "head": book.add_format({**cell, "bold": True, "font_color": "#FFFFFF", "bg_color": "#0F3B57", "text_wrap": True}),
        "text": book.add_format({**cell, "text_wrap": True}),
        "whole": book.add_format({**cell, "num_format": "#,##0"}),
        "decimal": book.add_format({**cell, "num_format": "#,##0.00"}),
        "share": book.add_format({**cell, "num_format": "0%"}),
        "money": book.add_format({**cell, "num_format": f'#,##0 "{currency}"'}),
    }


def _sheet(book: xlsxwriter.Workbook, formats: dict[str, Any], name: str, columns: list[tuple[str, str, int]],
           rows: Iterable[list[Any]]) -> None:
    sheet = book.add_worksheet(name)
    rows = list(rows)
    for number, (title, kind, width) in enumerate(columns):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, title, formats["head"])
        for line, row in enumerate(rows, 1):
            _write(sheet, line, number, row[number], kind, formats[kind])
    sheet.freeze_panes(1, 2 if len(columns) > 3 else 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write(sheet: Any, line: int, column: int, value: Any, kind: str, format_: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(line, column, None, format_)
    elif kind == "text":
        text = str(value)
        sheet.write_string(line, column, text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS] + "…", format_)
    else:
        sheet.write_number(line, column, float(value), format_)


def _reading(result: Result, context: SheetContext) -> list[list[str]]:
    words = context.words
    lines = [("rank", words("actions.weights", weights=weights_text(result, words))),
             ("top_share", words("actions.robustness_lead", k=result.top, draws=result.draws)),
             ("rice", words("actions.rice_reading")), ("reach", words("actions.reach_reading")), ("gain", words("actions.money_reading"))]
    return [[words(f"actions.head.{key}"), text] for key, text in lines] + [[context.folder.client.name, words.date(context.as_of)]]
