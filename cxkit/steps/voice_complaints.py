"""Complaints as nuggets: causes, recurrence, delays, what was asked and given, cost."""

import pandas as pd

from cxkit.model.record import Record
from cxkit.steps.base import BaseClass, base_of


class Cause(Record):
    """One cause of complaint: how many, cumulative share (Pareto), median days to solve, mean cost."""

    cause: str
    n: int
    cumulative: float
    days_to_solve: float | None = None
    cost: float | None = None


class ComplaintSummary(Record):
    """All complaints of the evidence. Shares are 0..1; days are medians."""

    n: int
    base: BaseClass
    customers: int
    recurrent_customers: int
    recurrent_share: float | None = None
    days_to_answer: float | None = None
    days_to_solve: float | None = None
    unsolved: int
    cost: float | None = None
    causes: tuple[Cause, ...]
    asked: dict[str, int]
    given: dict[str, int]


def complaint_summary(complaints: pd.DataFrame) -> ComplaintSummary | None:
    """Summarise the ``complaints`` table; None where there is none."""
    if complaints.empty:
        return None
    by_customer = complaints["respondent"].dropna().value_counts()
    recurrent = int((by_customer > 1).sum())
    base = base_of(len(complaints))
    shown = base not in {"suppressed", "counts_only"}
    return ComplaintSummary(
        n=len(complaints), base=base, customers=len(by_customer), recurrent_customers=recurrent,
        recurrent_share=recurrent / len(by_customer) if shown and len(by_customer) else None,
        days_to_answer=_days(complaints, "answered"), days_to_solve=_days(complaints, "solved"),
        unsolved=int(complaints["solved"].isna().sum()), cost=_sum(complaints["cost"]), causes=tuple(_causes(complaints)),
        asked=_counts(complaints["asked"]), given=_counts(complaints["given"]))


def _causes(complaints: pd.DataFrame):
    causes = complaints["cause"].fillna("")
    counts = causes[causes != ""].value_counts()
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    total, running = sum(counts), 0
    for cause, n in order:
        running += n
        mine = complaints[causes == cause]
        yield Cause(cause=str(cause), n=int(n), cumulative=running / total, days_to_solve=_days(mine, "solved"),
                    cost=float(mine["cost"].mean()) if mine["cost"].notna().any() else None)


def _days(complaints: pd.DataFrame, until: str) -> float | None:
    days = (complaints[until] - complaints["time"]).dt.total_seconds() / 86400
    days = days[days >= 0]
    return float(days.median()) if len(days) else None


def _sum(values: pd.Series) -> float | None:
    return float(values.sum()) if values.notna().any() else None


def _counts(values: pd.Series) -> dict[str, int]:
    counts = values[values.notna() & (values != "")].value_counts()
    return {str(name): int(n) for name, n in sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))}
