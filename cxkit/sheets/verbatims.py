"""All verbatims as a spreadsheet: pseudonymised, by stage, with a filter on every column."""

from pathlib import Path

from cxkit.sheets.context import SheetContext
from cxkit.sheets.workbook import Column, workbook

COLUMNS = (("stage", "text", 20), ("touchpoint", "text", 24), ("channel", "text", 16), ("date", "date", 11), ("kind", "text", 12),
           ("reaction", "text", 16), ("score", "decimal", 7), ("text", "text", 90), ("source", "text", 14), ("row", "whole", 7))


def verbatim_table(context: SheetContext) -> Path:
    """Write ``tables/verbatims.xlsx``: typed columns, frozen header, no formula from data."""
    words = context.words
    path = context.path("tables", "verbatims.xlsx")
    with workbook(path, context, words("voice.verbatims")) as book:
        columns = [Column(words(f"voice.table.head.{key}"), kind, width) for key, kind, width in COLUMNS]
        book.sheet(words("voice.table.sheet"), columns, _rows(context))
        book.about(())
    return path


def _rows(context: SheetContext) -> list[list[object]]:
    table = context.evidence["verbatims"]
    order = {stage: at for at, stage in enumerate(context.folder.client.stage_ids())}
    table = table.assign(order=table["stage"].map(order).fillna(len(order))).sort_values(["order", "source", "row"], kind="stable")
    words = context.words
    found = []
    for row in table.to_dict("records"):
        known = {key: row[key] if isinstance(row[key], str) else None for key in ("stage", "touchpoint", "channel", "reaction")}
        found.append([
            context.stage_name(known["stage"]) if known["stage"] else None, context.touchpoint_name(known["touchpoint"]) or None,
            words(f"channels.{known['channel']}") if known["channel"] and words.has(f"channels.{known['channel']}") else known["channel"],
            row["time"].to_pydatetime() if row["time"] == row["time"] else None, words(f"evidence_kinds.{row['kind']}"),
            words(f"reactions.{known['reaction']}") if known["reaction"] else None, row["score"] if row["score"] == row["score"] else None,
            row["text"], row["source"], int(row["row"])])
    return found
