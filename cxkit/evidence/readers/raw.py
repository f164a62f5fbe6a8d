"""A file as text: every cell a string, the line number as index, nothing converted yet."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from cxkit.errors import CxError, fault
from cxkit.evidence.limits import check_columns, check_rows, limit
from cxkit.evidence.masking import nameable

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0080-\u009f\ud800-\udfff\ufffe\uffff]")
_FIRST = 10


@dataclass(frozen=True)
class RawTable:
    """Cells as text.

    Parameters
    ----------
    frame : the wanted columns that the file holds; the index is the line (or row, or record) number in the file.
    columns : names of all columns of the file.
    rows_read : rows after the header.
    rejected : reason id → line numbers of rows that could not be read.
    notes : what was found out about the file: (note id, value).
    """

    frame: pd.DataFrame
    columns: tuple[str, ...]
    rows_read: int
    rejected: dict[str, tuple[int, ...]] = field(default_factory=dict)
    notes: tuple[tuple[str, str], ...] = ()


def clean(text: str) -> tuple[str, int]:
    """Text without control characters and lone surrogates, and how many there were."""
    return _CONTROL.subn("", text)


def header_names(rows: Sequence[Sequence[str]], where: str) -> list[str]:
    """Names of the columns from one, two or three header rows.

    A survey tool's export repeats itself: the first row names (Qualtrics: ids, question texts, import ids), or a question
    stands over several options (SurveyMonkey, merged cells). The first is taken as it is, the second as ``question — option``.
    """
    check_columns(max(map(len, rows)), where)
    first = [cell.strip() for cell in rows[0]]
    if len(rows) > 1 and all(first) and len(set(first)) == len(first):
        names = first
    else:
        names = _joined(rows) if len(rows) > 1 else first
    names = [name or f"column {number}" for number, name in enumerate(names, 1)]
    seen: set[str] = set()
    if twice := sorted({name for name in names if name in seen or seen.add(name)}):
        shown = twice if nameable(names) else [f"column {place}" for place, name in enumerate(names, 1) if name in twice]
        raise CxError(fault("CX-E207", f"{where}:1", columns=", ".join(shown)))
    return names


def _joined(rows: Sequence[Sequence[str]]) -> list[str]:
    width = max(len(row) for row in rows)
    filled = []
    for level, row in enumerate(rows):
        cells, last = [], ""
        for column in range(width):
            cell = row[column].strip() if column < len(row) else ""
            last = cell or (last if level < len(rows) - 1 else "")
            cells.append(last)
        filled.append(cells)
    return [" — ".join(dict.fromkeys(part for part in parts if part)) for parts in zip(*filled, strict=True)]


def assemble(names: Sequence[str], wanted: Collection[str] | None, numbered: Iterable[tuple[int, Sequence[str]]], where: str,
             notes: Iterable[tuple[str, str]] = ()) -> RawTable:
    """Make the raw table from numbered rows; empty lines do not count, short rows are rejected, long rows refuse the file."""
    picked = [(place, name) for place, name in enumerate(names) if wanted is None or name in wanted]
    cells: list[list[str]] = [[] for _ in picked]
    lines, short, long, read, cleaned, longest = [], [], [], 0, 0, limit("max_cell")
    for line, row in numbered:
        if not any(row):
            continue
        read += 1
        if read % 100_000 == 0:
            check_rows(read, where)
        if len(row) > len(names) and any(row[len(names):]):
            long.append(line)
        elif len(row) < len(names):
            short.append(line)
        else:
            lines.append(line)
            for store, (place, _) in zip(cells, picked, strict=True):
                if len(row[place]) > longest:
                    raise CxError(fault("CX-E178", f"{where}:{line}", limit=longest))
                text, found = clean(row[place])
                cleaned += found
                store.append(text)
    check_rows(read, where)
    if long:
        raise CxError(fault("CX-E208", f"{where}:{long[0]}", count=len(long), lines=first_lines(long), width=len(names)))
    frame = pd.DataFrame({name: pd.Series(store, dtype="str") for store, (_, name) in zip(cells, picked, strict=True)})
    frame.index = pd.Index(lines, dtype="int64")
    found = tuple(notes) + ((("control_characters", str(cleaned)),) if cleaned else ())
    return RawTable(frame, tuple(names), read, {"short_row": tuple(short)} if short else {}, found)


def first_lines(lines: Iterable[int]) -> str:
    """The first line numbers, as text."""
    ordered = sorted(lines)
    return ", ".join(str(line) for line in ordered[:_FIRST]) + (", …" if len(ordered) > _FIRST else "")
