"""Kano questionnaire: one row a respondent and feature, with the functional and the dysfunctional answer."""

import pandas as pd

from cxkit.evidence.convert import code, convert, label_parser
from cxkit.evidence.opened import Opened
from cxkit.evidence.tables import COLUMNS


def kano_rows(opened: Opened, rows: pd.DataFrame) -> pd.DataFrame:
    """Answers by the source's book of answers; a row without feature or without both answers is left out and counted."""
    book = {code(key): answer for key, answer in opened.source.answers.items()}
    table = rows.assign(feature=opened.labels("feature").reindex(rows.index))
    for role in ("functional", "dysfunctional"):
        column = getattr(opened.source.columns, role)
        answers = convert(opened.cells(column), opened.source.missing, label_parser(opened.source.answers), "str")
        opened.ledger.cells(column, answers)
        table[role] = answers.values.map(book).reindex(rows.index)
    sound = table[["feature", "functional", "dysfunctional"]].notna().all(axis=1)
    opened.ledger.drop("no_answer", rows.index[~sound])
    table = table[sound]
    return table[list(COLUMNS["kano"])]
