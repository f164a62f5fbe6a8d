"""diagnostic.yaml: answers to the relation diagnostic, one wave a date."""

import datetime as dt

from pydantic import Field

from cxkit.model.record import Record


class DiagnosticWave(Record):
    """Mean maturity answers of one date: question id → level 0..5; how many people answered."""

    date: dt.date
    respondents: int = Field(ge=1)
    answers: dict[str, float]


class Diagnostic(Record):
    """The whole of diagnostic.yaml."""

    waves: tuple[DiagnosticWave, ...]
