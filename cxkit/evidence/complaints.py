"""Complaints: what happened, its cause, the delays, what was asked and given."""

import pandas as pd

from cxkit.evidence import masking
from cxkit.evidence.convert import number_parser
from cxkit.evidence.opened import Opened
from cxkit.evidence.tables import COLUMNS


def complaint_rows(opened: Opened, rows: pd.DataFrame) -> pd.DataFrame:
    """One row a complaint. An answer or solution dated before the complaint is left out and counted."""
    table = rows.copy()
    text = opened.mapped("text")
    language = opened.folder.client.language
    if text is None:
        table["text"] = None
    else:
        cells = text.str.strip().reindex(rows.index)
        counts = type(opened.ledger.masked)()  # the same texts are counted once, as verbatims
        table["text"] = masking.mask_texts(cells.where(cells != ""), pd.Series(language, index=rows.index), language, counts)
    for role in ("cause", "asked", "given"):
        values = opened.labels(role)
        table[role] = None if values is None else values.reindex(rows.index)
    for role in ("answered", "solved"):
        moment = opened.times(role)
        if moment is None:
            table[role] = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us]")
            continue
        values = moment[0].values.reindex(rows.index)
        early = values < table["time"]
        if early.any():
            opened.ledger.note(f"before_start/{getattr(opened.source.columns, role)}", int(early.sum()))
        table[role] = values.mask(early)
    costs = opened.converted("cost", number_parser(opened.source.dialect.decimal), "float64")
    table["cost"] = float("nan") if costs is None else costs.reindex(rows.index)
    return table[list(COLUMNS["complaints"])]
