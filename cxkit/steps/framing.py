"""Step 01, framing: scope, contributors, the 360° evidence matrix and what can be measured."""

from typing import Literal

import pandas as pd

from cxkit import method
from cxkit.method import EvidenceKind
from cxkit.model.record import Record, Text
from cxkit.steps.base import Gap, Given, StepParameters, StepResult

Status = Literal["ready", "partial", "missing"]


class Parameters(StepParameters):
    """Choices of step 01."""

    least_contributors: int = 4
    """Contributors under which the circle is told to be too small."""


class ContributorRow(Record):
    """One function in the contributor matrix."""

    function: Text
    count: int
    front_line: bool
    customer: bool
    owner: str | None = None


class EvidenceCell(Record):
    """How much evidence of one source kind stands in one stage (``journey``: in none in particular)."""

    stage: str
    source: str
    n: int
    kind: EvidenceKind


class Readiness(Record):
    """Whether a question of the study can be measured: how many answers there are, how many it takes."""

    question: str
    status: Status
    n: int
    needed: int


class StageReadiness(Record):
    """Whether a stage rests on customers' evidence."""

    stage: str
    status: Status
    n_customer: int
    n_internal: int


class Result(StepResult):
    """What the framing sheet shows."""

    contributors: tuple[ContributorRow, ...]
    stages: tuple[str, ...]
    matrix: tuple[EvidenceCell, ...]
    readiness: tuple[Readiness, ...]
    stage_readiness: tuple[StageReadiness, ...]
    front_line: int
    customers: int
    people: int


_INTERNAL = {"employees"}
_CUSTOMER = ("survey", "verbatims", "complaints", "observations", "interactions")


def compute(given: Given, parameters: Parameters) -> Result:
    """Frame the study from client.yaml and count the evidence of each stage."""
    client = given.folder.client
    stages = client.stage_ids() or tuple(method.data("stages"))
    rows = tuple(ContributorRow(function=c.function, count=c.count, front_line=c.front_line, customer=c.customer, owner=c.owner)
                 for c in client.contributors)
    matrix = tuple(_cells(given, stages))
    people = sum(row.count for row in rows)
    gaps = [Gap(key="few_contributors", facts={"n": str(people)})] if people < parameters.least_contributors else []
    if client.outcome is None:
        gaps.append(Gap(key="no_outcome"))
    return Result(
        contributors=rows, stages=stages, matrix=matrix, people=people, gaps=tuple(gaps),
        readiness=tuple(_readiness(given, need) for need in method.data("framing")["readiness"]),
        stage_readiness=tuple(_stage(stage, matrix) for stage in stages),
        front_line=sum(row.count for row in rows if row.front_line), customers=sum(row.count for row in rows if row.customer))


def _cells(given: Given, stages: tuple[str, ...]):
    kinds = {mark.source: mark for mark in given.evidence.sources}
    for source_kind in method.data("framing")["sources"]:
        ids = [mark.source for mark in given.evidence.sources if mark.kind == source_kind]
        if not ids:
            continue
        counts = _counts(given, ids)
        kind = kinds[ids[0]].evidence
        placed = {stage: counts.get(stage, 0) for stage in stages}
        for stage, n in placed.items():
            yield EvidenceCell(stage=stage, source=source_kind, n=n, kind=kind)
        yield EvidenceCell(stage="journey", source=source_kind, n=sum(kinds[item].n for item in ids), kind=kind)


def _counts(given: Given, sources: list[str]) -> dict[str, int]:
    """Rows by stage over the tables that these sources feed; a respondent counts once a stage."""
    total: dict[str, int] = {}
    for name in ("scores", "verbatims", "interactions", "complaints"):
        table = given.evidence[name]
        rows = table[table["source"].isin(sources) & table["stage"].notna()]
        if name == "verbatims" and total:
            continue
        person = "customer" if name == "interactions" else "respondent"
        if name != "interactions" and rows[person].notna().all():
            rows = rows.drop_duplicates([person, "stage"])
        for stage, n in rows["stage"].value_counts().items():
            total[stage] = max(total.get(stage, 0), int(n))
    return total


def _readiness(given: Given, need: dict) -> Readiness:
    table = given.evidence[need["table"]]
    if "metric" in need:
        metrics = {"csat", "rating"} if need["metric"] == "csat" else {need["metric"]}
        table = table[table["metric"].isin(metrics)]
    n = int(_people(table))
    status: Status = "ready" if n >= need["ready"] else "partial" if n >= need["partial"] else "missing"
    return Readiness(question=need["id"], status=status, n=n, needed=need["ready"])


def _people(table: pd.DataFrame) -> int:
    if "respondent" in table and table["respondent"].notna().all() and len(table):
        return table["respondent"].nunique()
    return len(table)


def _stage(stage: str, matrix: tuple[EvidenceCell, ...]) -> StageReadiness:
    mine = [cell for cell in matrix if cell.stage == stage]
    customer = max((cell.n for cell in mine if cell.source in _CUSTOMER), default=0)
    internal = max((cell.n for cell in mine if cell.source in _INTERNAL), default=0)
    limits = method.data("thresholds")["base"]
    status: Status = "ready" if customer >= limits["weak"] else "partial" if customer >= limits["suppressed"] else "missing"
    return StageReadiness(stage=stage, status=status, n_customer=customer, n_internal=internal)
