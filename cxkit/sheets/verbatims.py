"""All verbatims as a spreadsheet: pseudonymised, by stage, with what was read in each and a filter on every column."""

from pathlib import Path

from cxkit.sheets.context import SheetContext
from cxkit.sheets.workbook import Column, workbook
from cxkit.steps.voice import Result
from cxkit.steps.voice_reading import Reading

COLUMNS = (("stage", "text", 20), ("touchpoint", "text", 24), ("channel", "text", 16), ("date", "date", 11), ("kind", "text", 12),
           ("reaction", "text", 16), ("score", "decimal", 7), ("text", "text", 90), ("language", "text", 12),
           ("side", "text", 11), ("confidence", "share", 11),
           ("mixed", "text", 8), ("read", "text", 16), ("leaving", "text", 18), ("themes", "text", 44), ("source", "text", 14), ("row", "whole", 7))


def verbatim_table(result: Result, context: SheetContext) -> Path:
    """Write ``tables/verbatims.xlsx``: typed columns, frozen header, no formula from data.

    ``reaction`` is that of the customer's score or of the survey's code; ``read`` is inferred from the words.
    """
    words = context.words
    path = context.path("tables", "verbatims.xlsx")
    with workbook(path, context, words("voice.verbatims")) as book:
        columns = [Column(words(f"voice.table.head.{key}"), kind, width) for key, kind, width in COLUMNS]
        book.sheet(words("voice.table.sheet"), columns, _rows(result, context))
        book.about(())
    return path


def _rows(result: Result, context: SheetContext) -> list[list[object]]:
    table = context.evidence["verbatims"]
    order = {stage: at for at, stage in enumerate(context.folder.client.stage_ids())}
    table = table.assign(order=table["stage"].map(order).fillna(len(order)), reading=_readings(result, len(table)))
    words = context.words
    found = []
    for row in table.sort_values(["order", "source", "row"], kind="stable").to_dict("records"):
        known = {key: row[key] if isinstance(row[key], str) else None for key in ("stage", "touchpoint", "channel", "reaction")}
        found.append([
            context.stage_name(known["stage"]) if known["stage"] else None, context.touchpoint_name(known["touchpoint"]) or None,
            words(f"channels.{known['channel']}") if known["channel"] and words.has(f"channels.{known['channel']}") else known["channel"],
            row["time"].to_pydatetime() if row["time"] == row["time"] else None, words(f"evidence_kinds.{row['kind']}"),
            words(f"reactions.{known['reaction']}") if known["reaction"] else None, row["score"] if row["score"] == row["score"] else None,
            row["text"], words.language_name(row["language"] if isinstance(row["language"], str) else context.folder.client.language),
            *_read(row["reading"], context), row["source"], int(row["row"])])
    return found


def _readings(result: Result, n: int) -> list[Reading | None]:
    """The reading of each row: they stand in the order of the table; those over the method's number were not kept."""
    return [*result.readings, *[None] * (n - len(result.readings))]


def _read(reading: Reading | None, context: SheetContext) -> list[object]:
    """Side, confidence, mixed, reaction, departure or advice, and themes with how each is felt."""
    if reading is None:
        return [None] * 6
    words = context.words
    leaving = [words(f"voice.table.{key}") for key, is_so in (("departure", reading.departure), ("advice", reading.advice)) if is_so]
    themes = [words("voice.table.theme", name=context.theme_name(one.cause, one.touchpoint), side=words(f"voice.mined.sides.{one.side}").lower())
              for one in reading.mentions]
    return [words(f"voice.mined.sides.{reading.side}"), max(reading.probability, 1 - reading.probability),
            words("voice.table.mixed") if reading.mixed else None, words(f"reactions.{reading.reaction}"), " · ".join(leaving), " · ".join(themes)]
