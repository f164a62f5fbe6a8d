"""A source of evidence: how a real file maps to the method's tables without being edited."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from cxkit.method import EvidenceKind, Reaction
from cxkit.model.record import Id, Record, Text

SourceKind = Literal["survey", "verbatims", "interactions", "customers", "complaints", "employees", "observations",
                     "conversations", "experiment", "kano", "documents"]
Metric = Literal["nps", "csat", "ces", "txr_success", "txr_effort", "txr_emotion", "rating", "importance"]


def _codes(value: object) -> object:
    """Codes are compared as the text of the cell, so 0, "0" and 0.0 written in YAML become text."""
    if isinstance(value, dict):
        return {_text(key): item for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_text(item) for item in value]
    return value


def _text(value: object) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


Codes = Annotated[tuple[str, ...], BeforeValidator(_codes)]
CodeBook = Annotated[dict[str, Text], BeforeValidator(_codes), WithJsonSchema({
    "description": "code → label, or a file that holds them: books/region.csv, .yaml or .xlsx#Sheet",
    "anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"anyOf": [{"type": "string"}, {
        "type": "object", "additionalProperties": {"type": "string"}}]}}]})]


KanoAnswer = Literal["like", "must_be", "neutral", "live_with", "dislike"]
Role = Literal["customer", "adviser", "supervisor", "partner", "machine"]


class Dialect(Record):
    """How the file is written. What is left out is sniffed for CSV (separator, encoding) and reported."""

    separator: str | None = None
    decimal: Literal[".", ","] = "."
    encoding: str | None = None
    header_rows: int = Field(1, ge=1, le=3)
    header_row: int = Field(1, ge=1, le=100, description="row in which the header begins, where a title or notes stand above it")
    sheet: str | None = None
    records: str | None = Field(None, description="path of the records in a JSON file, as a.b.c")
    day_first: bool = False
    date_format: str | None = Field(None, description="strptime format of dates that are not ISO, or `excel` for day numbers; "
                                    "a format with a day only takes month and year from the period")
    time_zone: str | None = None


class Period(Record):
    """First and last day covered."""

    start: dt.date
    end: dt.date


class Columns(Record):
    """Which column holds what. Each is a column name of the file."""

    respondent: str | None = Field(None, description="respondent, customer or case id; pseudonymised on reading")
    time: str | None = None
    touchpoint: str | None = None
    channel: str | None = None
    stage: str | None = None
    persona: str | None = None
    weight: str | None = None
    language: str | None = None
    text: str | None = None
    score: str | None = Field(None, description="0–10 or 1–5 score that goes with a text")
    reaction: str | None = Field(None, description="reaction of an observation or a text, by its id: delight … rupture")
    cause: str | None = None
    episode: str | None = None
    lifecycle: str | None = None
    outcome: str | None = Field(None, description="column that is true where the outcome happened")
    speaker: str | None = None
    role: str | None = None
    conversation: str | None = None
    start: str | None = None
    end: str | None = None
    answered: str | None = None
    solved: str | None = None
    asked: str | None = None
    given: str | None = None
    cost: str | None = None
    function: str | None = None
    front_line: str | None = None
    feature: str | None = Field(None, description="Kano: the feature that is asked about")
    functional: str | None = Field(None, description="Kano: answer if the feature is there")
    dysfunctional: str | None = Field(None, description="Kano: answer if it is not")
    variant: str | None = None
    converted: str | None = None


class ScoreColumn(Record):
    """One score question, or several of one scale: one rating column per touchpoint becomes long rows."""

    metric: Metric
    columns: dict[str, str] = Field(description="column → touchpoint id, stage id, `overall`, or `row`: "
                                    "what the row's own touchpoint or stage column names")
    of: Literal["touchpoint", "stage"] = Field("touchpoint", description="what the columns map to, `overall` apart")
    scale: tuple[float, float]
    reverse: bool = Field(False, description="true where a low score is good")
    missing: Codes = Field((), description="codes for no answer, with those of the source")
    answers: Annotated[dict[str, float], BeforeValidator(_codes)] = Field({}, description="answers that come as words → their number on the scale: "
                                                                          "{Very satisfied: 5, 10 - Extremely likely: 10}")


class CodedAnswer(Record):
    """What a code of a coded open answer stands for."""

    text: Text
    target: str = Field("overall", description="touchpoint id, stage id, or `overall`")
    reaction: Reaction | None = None


class CodedAnswers(Record):
    """An open question whose answers come as codes, the first in one column, further ones in the next."""

    columns: Annotated[tuple[str, ...], Field(min_length=1)]
    missing: Codes = ()
    answers: Annotated[dict[str, CodedAnswer], BeforeValidator(_codes)]


class Attribute(Record):
    """One attribute of a respondent or customer, for segmentation and sheets."""

    id: Id
    column: str | None = None
    columns: dict[str, Text] = Field({}, description="multi-choice: one yes/no column per option → label")
    name: Text
    type: Literal["category", "ordered", "number", "multi"] = "category"
    labels: CodeBook = Field({}, description="code → label; for ordered attributes in order")
    missing: Codes = ()
    yes: Codes = Field(("1", "yes", "oui", "true", "x"), description="values that mean chosen, for multi-choice columns")
    separator: str | None = Field(None, description="multi-choice in one column: what separates the options")
    role: Literal["identity", "channel", "media", "goal", "need", "motivation", "search", "objection", "habit", "buying",
                  "outcome"] = Field("identity", description="buying: codes are roles of the buying centre; outcome: the first label is what "
                                     "happened (left, renewed …), never used to segment")
    segments: bool = Field(True, description="false keeps the attribute for profiles only")


class Source(Record):
    """One file or database table of evidence."""

    id: Id
    kind: SourceKind
    file: str = Field("", description="the file, relative to the client folder; left out where a table of a database is read")
    table: str | None = Field(None, description="table or view of a database, with its schema where it needs one")
    url: str | None = Field(None, description="address of the database without user or password: sqlite:///evidence/log.db, postgresql://host/base")
    url_from: str | None = Field(None, description="environment variable that holds the address with user and password", pattern=r"^[A-Z][A-Z0-9_]*$")
    name: Text | None = None
    evidence: EvidenceKind | None = Field(None, description="default: by kind")
    dialect: Dialect = Dialect()
    period: Period | None = None
    columns: Columns = Columns()
    own_ids: bool = Field(False, description="true where respondent ids are serial numbers of this file: no one is the same elsewhere")
    missing: Codes = ("",)
    scores: tuple[ScoreColumn, ...] = ()
    score_scale: tuple[float, float] | None = Field(None, description="scale of columns.score where no score declares it")
    attributes: tuple[Attribute, ...] = ()
    prevails: tuple[Id, ...] = Field((), description="attributes (or `persona`) for which this source is right where another tells something "
                                     "else of the same person")
    texts: dict[str, str] = Field({}, description="further text columns → touchpoint id, stage id or `overall`")
    coded: tuple[CodedAnswers, ...] = Field((), description="open answers that come as codes; each code becomes a text")
    touchpoints: CodeBook = Field({}, description="code in the file → touchpoint id")
    channels: CodeBook = Field({}, description="code in the file → channel id")
    stages: CodeBook = Field({}, description="code in the file → stage id")
    personas: CodeBook = Field({}, description="code in the file → persona id")
    causes: CodeBook = Field({}, description="cause code of a complaint → label")
    roles: dict[str, Role] = Field({}, description="speaker role in the file → role of the method")
    complete: Codes = Field(("complete", "COMPLETE"), description="lifecycle values that count as an event")
    answers: Annotated[dict[str, KanoAnswer], BeforeValidator(_codes)] = Field({}, description="Kano: answer in the file → like … dislike")
    features: CodeBook = Field({}, description="Kano: code of a feature → its name")
    expected: dict[str, tuple[str, ...]] = Field({}, description="conversations: the expected sequence of the process: "
                                                 "action → words by which a turn of the staff shows it, in order")
    planned_size: int | None = Field(None, ge=1, description="experiment: units per variant fixed before the test")

    @model_validator(mode="after")
    def _one_place(self) -> "Source":
        if bool(self.file) == bool(self.table) or bool(self.table) != bool(self.url or self.url_from):
            raise ValueError("either file, or table with url or url_from")
        return self

    @property
    def place(self) -> str:
        """How messages and accounts name the source: its file, or its table."""
        return self.file or f"table {self.table}"
