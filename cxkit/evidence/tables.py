"""The tables that every step reads, and what is known of where they come from."""

import datetime as dt
from dataclasses import dataclass, field

import pandas as pd

from cxkit.errors import Fault, fault
from cxkit.method import EvidenceKind
from cxkit.model.record import Record, Text
from cxkit.model.source import SourceKind

COLUMNS: dict[str, dict[str, str]] = {
    # one row a score: value on its own scale; reaction by the method's table; stage/touchpoint/channel/persona may be null;
    # touchpoint "overall" is null: of == "overall". weight > 0, 1 where the source has none.
    "scores": {"source": "str", "row": "Int64", "respondent": "str", "time": "datetime64[us]", "metric": "str", "of": "str",
               "touchpoint": "str", "stage": "str", "channel": "str", "persona": "str", "value": "float64",
               "low": "float64", "high": "float64", "reverse": "bool", "weight": "float64", "reaction": "str"},
    # one row a text, pseudonymised. kind: reported (customers), internal (employees), observed (observations).
    "verbatims": {"source": "str", "row": "Int64", "respondent": "str", "time": "datetime64[us]", "text": "str",
                  "language": "str", "kind": "str", "touchpoint": "str", "stage": "str", "channel": "str", "persona": "str",
                  "score": "float64", "reaction": "str", "weight": "float64", "function": "str", "front_line": "boolean"},
    # one row an event, sorted by customer, time, position (position: row order in the file, ties keep it).
    "interactions": {"source": "str", "row": "Int64", "customer": "str", "time": "datetime64[us]", "position": "Int64",
                     "touchpoint": "str", "channel": "str", "stage": "str", "episode": "str", "persona": "str"},
    # one row a respondent or customer; further columns: one per mapped attribute id, codes as text (ordered: the code),
    # numbers as float, multi-choice as one text of chosen option ids joined by "|".
    "respondents": {"source": "str", "row": "Int64", "respondent": "str", "time": "datetime64[us]", "weight": "float64",
                    "persona": "str"},
    "complaints": {"source": "str", "row": "Int64", "respondent": "str", "time": "datetime64[us]", "touchpoint": "str",
                   "stage": "str", "channel": "str", "persona": "str", "text": "str", "cause": "str",
                   "answered": "datetime64[us]", "solved": "datetime64[us]", "asked": "str", "given": "str", "cost": "float64"},
    # one row a turn, in order within a conversation.
    "conversations": {"source": "str", "row": "Int64", "conversation": "str", "turn": "Int64", "role": "str", "speaker": "str",
                      "start": "float64", "end": "float64", "text": "str", "time": "datetime64[us]"},
    # one row a respondent and feature of a Kano questionnaire; answers by the names of statistics.kano.ANSWERS.
    "kano": {"source": "str", "row": "Int64", "respondent": "str", "feature": "str", "functional": "str", "dysfunctional": "str",
             "weight": "float64"},
    "experiment": {"source": "str", "row": "Int64", "respondent": "str", "variant": "str", "converted": "bool",
                   "time": "datetime64[us]"},
}


_ASSUMED = "assumed_scale_"


class ReadingReport(Record):
    """What became of a file's rows and cells: read = kept + rejected; cells = valid + missing + rejected."""

    source: str
    file: str
    rows_read: int
    rows_kept: int
    rows_rejected: int
    cells_valid: int
    cells_missing: int
    cells_rejected: int
    masked: dict[str, int] = {}
    reasons: tuple[tuple[str, int, tuple[int, ...]], ...] = ()
    """(reason id, how many, first line numbers). A reason on cells is ``reason/column``; words under ``evidence.reasons``."""


class SourceMark(Record):
    """The evidence mark of a source: what kind, which period, how many."""

    source: str
    kind: SourceKind
    evidence: EvidenceKind
    name: Text
    start: dt.date | None = None
    end: dt.date | None = None
    n: int = 0
    """Respondents, texts, customers or documents, as the kind counts."""
    n_eff: float | None = None


@dataclass(frozen=True)
class Evidence:
    """All evidence of a client. A table without source is empty but has its columns."""

    tables: dict[str, pd.DataFrame]
    sources: tuple[SourceMark, ...] = ()
    reading: tuple[ReadingReport, ...] = ()
    respondent_counts: dict[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    """Ids of what the reader should know, worded under ``evidence.notes``."""

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]

    def has(self, table: str) -> bool:
        """True where the table has rows."""
        return len(self.tables[table]) > 0

    def marks(self, *kinds: str) -> tuple[SourceMark, ...]:
        """Marks of the sources of these kinds."""
        return tuple(mark for mark in self.sources if mark.kind in kinds)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """What was assumed for want of a declaration: CX-E175 for each score column without scale."""
        found = [(report.file, *reason.removeprefix(_ASSUMED).split("/", 1)) for report in self.reading for reason, _, _ in report.reasons
                 if reason.startswith(_ASSUMED)]
        return tuple(fault("CX-E175", file, column=column, scale=scale.replace("_", "–")) for file, scale, column in found)

    @property
    def end(self) -> dt.date | None:
        """Last day that the evidence covers."""
        return max((mark.end for mark in self.sources if mark.end), default=None)

    @property
    def start(self) -> dt.date | None:
        """First day that the evidence covers."""
        return min((mark.start for mark in self.sources if mark.start), default=None)


def empty(table: str) -> pd.DataFrame:
    """The table without rows."""
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in COLUMNS[table].items()})
