"""All verbatims as a spreadsheet: pseudonymised, by stage, with a filter on every column."""

import datetime as dt
from pathlib import Path

import xlsxwriter

from cxkit.sheets.context import SheetContext

COLUMNS = (("stage", 20), ("touchpoint", 24), ("channel", 16), ("date", 11), ("kind", 12), ("reaction", 16), ("score", 7), ("text", 90),
           ("source", 14), ("row", 7))
LONGEST_CELL = 32_000


def verbatim_table(context: SheetContext) -> Path:
    """Write ``tables/verbatims.xlsx``: typed columns, frozen header, no formula from data."""
    words = context.words
    path = context.path("tables", "verbatims.xlsx")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": dt.datetime.combine(context.as_of, dt.time()), "title": words("voice.verbatims")})
        sheet = book.add_worksheet(words("voice.table.sheet"))
        head = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": context.identity.brand, "valign": "top"})
        wrap, day = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        for column, (key, width) in enumerate(COLUMNS):
            sheet.set_column(column, column, width, day if key == "date" else wrap)
            sheet.write_string(0, column, words(f"voice.table.head.{key}"), head)
        rows = _rows(context)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(number, column, value)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)
    return path


def _rows(context: SheetContext) -> list[list[object]]:
    table = context.evidence["verbatims"]
    order = {stage: at for at, stage in enumerate(context.folder.client.stage_ids())}
    table = table.assign(order=table["stage"].map(order).fillna(len(order))).sort_values(["order", "source", "row"], kind="stable")
    words = context.words
    found = []
    for row in table.to_dict("records"):
        said = row["text"] if len(row["text"]) <= LONGEST_CELL else row["text"][:LONGEST_CELL] + " […]"
        known = {key: row[key] if isinstance(row[key], str) else None for key in ("stage", "touchpoint", "channel", "reaction")}
        found.append([
            context.stage_name(known["stage"]) if known["stage"] else None, context.touchpoint_name(known["touchpoint"]) or None,
            words(f"channels.{known['channel']}") if known["channel"] and words.has(f"channels.{known['channel']}") else known["channel"],
            row["time"].to_pydatetime() if row["time"] == row["time"] else None, words(f"evidence_kinds.{row['kind']}"),
            words(f"reactions.{known['reaction']}") if known["reaction"] else None, row["score"] if row["score"] == row["score"] else None,
            said, row["source"], int(row["row"])])
    return found
