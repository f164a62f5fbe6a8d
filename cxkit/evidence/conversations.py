"""Conversations: one row a turn, in order, speakers pseudonymised, texts masked."""

import pandas as pd

from cxkit.evidence import masking
from cxkit.evidence.convert import Rejected, number_parser
from cxkit.evidence.opened import Opened
from cxkit.evidence.tables import COLUMNS


def conversation_rows(opened: Opened, rows: pd.DataFrame) -> pd.DataFrame:
    """One row a turn; a file without a conversation column is one conversation."""
    table = rows.copy()
    named = opened.mapped("conversation")
    if named is None:
        table["conversation"] = opened.pseudonyms.of(opened.source.id, "c")
    else:
        opened.ledger.texts(named)
        table["conversation"] = opened.pseudonyms.column(named, "c").reindex(rows.index)
    roles, speakers = opened.labels("role"), opened.mapped("speaker")
    known = {name.casefold(): role for name, role in opened.source.roles.items()}
    table["role"] = None if roles is None else roles.map(lambda name: known.get(name.casefold(), name.lower())).reindex(rows.index)
    if speakers is None:
        table["speaker"] = None
    else:
        opened.ledger.texts(speakers)
        table["speaker"] = opened.pseudonyms.column(speakers, "s").reindex(rows.index)
    for role in ("start", "end"):
        values = opened.converted(role, seconds_parser(opened.source.dialect.decimal), "float64")
        table[role] = float("nan") if values is None else values.reindex(rows.index)
    early = table["end"] < table["start"]
    if early.any():
        opened.ledger.note("before_start", int(early.sum()))
        table["end"] = table["end"].mask(early)
    text = opened.mapped("text").str.strip()
    opened.ledger.texts(text)
    table["text"] = text
    opened.ledger.drop("no_text", rows.index[table["text"] == ""])
    table = table[(table["text"] != "") & table["conversation"].notna()]
    language = opened.folder.client.language
    table["text"] = masking.mask_texts(table["text"], pd.Series(language, index=table.index), language, opened.ledger.masked)
    table["turn"] = (table.groupby("conversation", sort=False).cumcount() + 1).astype("Int64")
    return table[list(COLUMNS["conversations"])]


def seconds_parser(decimal: str):
    """Parser of moments in a recording: seconds, or [hours:]minutes:seconds."""
    number = number_parser(decimal)

    def parse(text: str) -> float:
        parts = text.strip().replace(",", decimal).split(":")
        if len(parts) > 3:
            raise Rejected("number")
        total = 0.0
        for part in parts:
            total = total * 60 + number(part)
        return total

    return parse
