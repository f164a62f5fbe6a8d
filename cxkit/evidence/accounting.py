"""What became of every row and cell of a file, and the limit at which reading stops."""

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from cxkit.errors import Fault, fault
from cxkit.evidence.convert import Converted
from cxkit.evidence.limits import limit
from cxkit.evidence.readers.raw import first_lines
from cxkit.evidence.tables import ReadingReport

_SHOWN = 10


class Ledger:
    """Counts of one file while it is read. Reasons are ``reason`` for rows and ``reason/column`` for cells."""

    def __init__(self, source: str, file: str):
        self.source, self.file = source, file
        self.rows_read = 0
        self.valid = self.missing = self.rejected = 0
        self.masked: Counter[str] = Counter()
        self.faults: list[Fault] = []
        self._lines: dict[str, list[int]] = {}
        self._counts: Counter[str] = Counter()
        self._dropped: set[int] = set()

    def cells(self, column: str, converted: Converted) -> None:
        """Account for a column; more than the limit rejected is a fault. Declared missing does not count."""
        states = converted.states.value_counts()
        valid, missing = int(states.get("", 0)), int(states.get("missing", 0))
        rejected = len(converted.states) - valid - missing
        self.valid, self.missing, self.rejected = self.valid + valid, self.missing + missing, self.rejected + rejected
        for reason in sorted(set(states.index) - {"", "missing"}):
            self._note(f"{reason}/{column}", converted.states.index[converted.states == reason])
        if rejected > limit("rejected_share") * (valid + rejected):
            self.faults.append(fault("CX-E224", self.file, column=column, rejected=rejected, total=valid + rejected,
                                     lines=first_lines(converted.states.index[converted.rejected])))

    def texts(self, cells: pd.Series) -> None:
        """Account for a column that is taken as it is."""
        missing = int((cells == "").sum())
        self.valid, self.missing = self.valid + len(cells) - missing, self.missing + missing

    def drop(self, reason: str, lines: Iterable[int]) -> None:
        """Account for rows that are not kept; a row is rejected once, for its first reason."""
        fresh = [line for line in lines if line not in self._dropped]
        self._dropped.update(fresh)
        self._note(reason, fresh)

    def note(self, reason: str, count: int) -> None:
        """Account for something handled, such as a time that a change of hour made impossible."""
        self._counts[reason] += count

    def told(self, reason: str, lines: Iterable[int]) -> None:
        """Account for values that are valid but give way to another of the same person."""
        self._note(reason, lines)

    def report(self) -> ReadingReport:
        """The account so far."""
        gone = len(self._dropped)
        reasons = tuple((reason, count, tuple(self._lines.get(reason, ())[:_SHOWN])) for reason, count in sorted(self._counts.items()))
        return ReadingReport(source=self.source, file=self.file, rows_read=self.rows_read, rows_kept=self.rows_read - gone,
                             rows_rejected=gone, cells_valid=self.valid, cells_missing=self.missing, cells_rejected=self.rejected,
                             masked=dict(sorted(self.masked.items())), reasons=reasons)

    def _note(self, reason: str, lines: Iterable[int]) -> None:
        lines = sorted(int(line) for line in lines)
        if lines:
            self._counts[reason] += len(lines)
            self._lines[reason] = sorted({*self._lines.get(reason, ()), *lines[:_SHOWN]})[:_SHOWN]
