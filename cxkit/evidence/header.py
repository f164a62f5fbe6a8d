"""Where the header of a raw file begins and how many rows it takes, found out for a proposed mapping."""

import re
from pathlib import Path

from cxkit.errors import CxError
from cxkit.evidence.readers import read_raw
from cxkit.evidence.readers.raw import RawTable
from cxkit.evidence.readers.records import records_of
from cxkit.model.source import Dialect

_HEADED, _TITLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm"), 8
_MANY = 50_000


def read_as_found(path: Path) -> tuple[RawTable, Dialect]:
    """The table of a file that nobody described, and the dialect that it was read by."""
    dialect = Dialect(records=records_of(path)) if path.suffix.lower() == ".json" else Dialect()
    raw, dialect = _below_titles(path, dialect)
    if (rows := _header_rows(raw)) > 1 and path.suffix.lower() in _HEADED:
        dialect = dialect.model_copy(update={"header_rows": rows})
        raw = read_raw(path, dialect, None, path.name)
    return raw, dialect


def _below_titles(path: Path, dialect: Dialect) -> tuple[RawTable, Dialect]:
    """The table, its header looked for below a title of one or two cells where the rows are longer than that, or agree on more columns."""
    lone: tuple[RawTable, Dialect] | None = None
    titled: CxError | None = None
    for row in range(1, _TITLES + 2):
        tried = dialect.model_copy(update={"header_row": row})
        try:
            raw = read_raw(path, tried, None, path.name)
        except CxError as error:
            titled = titled or error
            narrow = error.faults[0].code == "CX-E208" and int(dict(error.faults[0].facts)["width"]) <= 2
            if not narrow and lone is None:
                break
            continue
        if path.suffix.lower() not in _HEADED or (len(raw.columns) > 1 and (row == 1 or not raw.rejected)):
            return raw, tried
        lone = lone or (raw, tried)
        if raw.rows_read > _MANY:
            break
    if lone is None:
        raise titled
    return lone


def _header_rows(raw: RawTable) -> int:
    """Rows of the header: up to three where a survey tool adds import ids, two where a second row fills names that the first leaves empty."""
    head = raw.frame.head(2)
    for place in range(len(head)):
        if head.iloc[place].str.startswith('{"ImportId"').any():
            return place + 2
    unnamed = [name for name in raw.columns if re.fullmatch(r"column \d+", name)]
    return 2 if unnamed and len(head) and head.iloc[0][unnamed].str.strip().ne("").all() and not head.iloc[0].str.fullmatch(r"-?[\d.,]+").any() else 1
