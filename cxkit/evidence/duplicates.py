"""Rows that come twice: repeated as they are they count once; the same answer given two ways refuses the file."""

import pandas as pd

from cxkit.errors import fault
from cxkit.evidence.opened import Opened
from cxkit.evidence.readers.raw import first_lines

_UNIQUE = frozenset({"survey", "customers"})
_KEY = ["respondent", "time", "touchpoint", "stage"]


def without_repeats(opened: Opened, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows without repetitions; a conflict is added to the faults.

    Two rows conflict where respondent, time, touchpoint and stage are the same and any mapped cell differs.
    """
    if opened.source.kind not in _UNIQUE or opened.source.columns.respondent is None:
        return rows
    named = rows[rows["respondent"].notna()]
    twice = named[named.duplicated(_KEY, keep=False)]
    if twice.empty:
        return rows
    cells = opened.raw.frame.loc[twice.index].assign(_who=twice["respondent"])
    repeated = cells.index[cells.duplicated()]
    left = twice.drop(repeated)
    clash = left[left.duplicated(_KEY, keep=False)]
    if len(clash):
        opened.ledger.faults.append(fault("CX-E225", opened.ledger.file, count=clash["respondent"].nunique(),
                                          lines=first_lines(clash.index)))
    opened.ledger.drop("repeated_row", repeated)
    return rows.drop(repeated.union(clash.index))
