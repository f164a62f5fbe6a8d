"""Complaints as nuggets: causes, recurrence, delays, what was asked and given, cost, and the activity of the map behind each cause."""

from collections.abc import Iterator

import pandas as pd

from cxkit.mining.themes import Taxonomy
from cxkit.model.folder import ClientFolder
from cxkit.model.record import Record
from cxkit.steps.base import BaseClass, base_of


class Origin(Record):
    """Where complaints of a cause come from: the touchpoint, its stage, and the activities of the current map that stand on it."""

    touchpoint: str
    stage: str | None = None
    n: int
    activities: tuple[str, ...] = ()
    """Ids of activities; empty where the touchpoint is not on the map."""


class Cause(Record):
    """One cause of complaint: how many, cumulative share (Pareto), delays, cost, recurrence and where it comes from.

    Days are medians; ``recurrent``: complaints of a customer who had complained of the same cause before.
    """

    cause: str
    n: int
    cumulative: float
    days_to_answer: float | None = None
    days_to_solve: float | None = None
    unsolved: int = 0
    recurrent: int = 0
    cost: float | None = None
    total_cost: float | None = None
    origins: tuple[Origin, ...] = ()
    read: bool = False
    """True where no cause was recorded and the text was read by the taxonomy."""


class ComplaintSummary(Record):
    """All complaints of the evidence. Shares are 0..1; days are medians, ``…_90`` the time in which nine of ten were done.

    ``vital``: how many causes make the first 80 % of complaints. ``granted``: share of complaints in which what was given is what was asked.
    ``exchanges``: (asked, given, number), most frequent first.
    """

    n: int
    base: BaseClass
    customers: int
    recurrent_customers: int
    recurrent_share: float | None = None
    days_to_answer: float | None = None
    days_to_answer_90: float | None = None
    days_to_solve: float | None = None
    days_to_solve_90: float | None = None
    days_between: float | None = None
    """Median days until the same customer complains again."""
    unsolved: int
    unanswered: int = 0
    cost: float | None = None
    vital: int = 0
    granted: float | None = None
    causes: tuple[Cause, ...]
    asked: dict[str, int]
    given: dict[str, int]
    exchanges: tuple[tuple[str, str, int], ...] = ()


def complaint_summary(complaints: pd.DataFrame, folder: ClientFolder | None = None, themes: Taxonomy | None = None) -> ComplaintSummary | None:
    """Summarise the ``complaints`` table; None where there is none.

    Parameters
    ----------
    folder : gives the map whose activities are linked to causes.
    themes : reads the cause of a complaint that records none; without it such complaints have no cause.
    """
    if complaints.empty:
        return None
    complaints = _with_causes(complaints, themes).sort_values(["time", "source", "row"], kind="stable")
    by_customer = complaints["respondent"].dropna().value_counts()
    recurrent = int((by_customer > 1).sum())
    base = base_of(len(complaints))
    shown = base not in {"suppressed", "counts_only"}
    causes = tuple(_causes(complaints, _activities(folder)))
    both = complaints[_told(complaints["asked"]) & _told(complaints["given"])]
    return ComplaintSummary(
        n=len(complaints), base=base, customers=len(by_customer), recurrent_customers=recurrent,
        recurrent_share=recurrent / len(by_customer) if shown and len(by_customer) else None,
        days_to_answer=_days(complaints, "answered"), days_to_answer_90=_days(complaints, "answered", 0.9) if shown else None,
        days_to_solve=_days(complaints, "solved"), days_to_solve_90=_days(complaints, "solved", 0.9) if shown else None,
        days_between=_between(complaints), unsolved=int(complaints["solved"].isna().sum()), unanswered=int(complaints["answered"].isna().sum()),
        cost=_sum(complaints["cost"]), vital=sum(cause.cumulative - cause.n / sum(c.n for c in causes) < 0.8 for cause in causes),
        granted=float((both["asked"] == both["given"]).mean()) if shown and len(both) else None, causes=causes,
        asked=_counts(complaints["asked"]), given=_counts(complaints["given"]), exchanges=_exchanges(both))


def _with_causes(complaints: pd.DataFrame, themes: Taxonomy | None) -> pd.DataFrame:
    """The recorded cause; where there is none, the theme of the text, and ``read`` says so."""
    recorded = complaints["cause"].fillna("")
    silent = (recorded == "") & complaints["text"].notna()
    complaints = complaints.assign(cause=recorded, read=False)
    if themes is not None and silent.any():
        found = pd.Series(themes.causes(complaints.loc[silent, "text"].tolist()), index=complaints.index[silent], dtype="object")
        complaints.loc[silent, "cause"], complaints.loc[silent, "read"] = found.fillna(""), found.notna()
    return complaints


def _causes(complaints: pd.DataFrame, activities: dict[str, tuple[str, ...]]) -> Iterator[Cause]:
    counts = complaints.loc[complaints["cause"] != "", "cause"].value_counts()
    total, running = int(counts.sum()), 0
    for cause, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        running += int(n)
        mine = complaints[complaints["cause"] == cause]
        again = mine["respondent"].notna() & mine["respondent"].duplicated()
        yield Cause(cause=str(cause), n=int(n), cumulative=running / total, days_to_answer=_days(mine, "answered"),
                    days_to_solve=_days(mine, "solved"), unsolved=int(mine["solved"].isna().sum()), recurrent=int(again.sum()),
                    cost=float(mine["cost"].mean()) if mine["cost"].notna().any() else None, total_cost=_sum(mine["cost"]),
                    origins=tuple(_origins(mine, activities)), read=bool(mine["read"].all()))


def _origins(complaints: pd.DataFrame, activities: dict[str, tuple[str, ...]]) -> Iterator[Origin]:
    placed = complaints[complaints["touchpoint"].notna()]
    for touchpoint, mine in sorted(placed.groupby("touchpoint"), key=lambda group: (-len(group[1]), group[0])):
        stages = mine["stage"].dropna()
        yield Origin(touchpoint=str(touchpoint), stage=str(stages.iloc[0]) if len(stages) else None, n=len(mine),
                     activities=activities.get(str(touchpoint), ()))


def _activities(folder: ClientFolder | None) -> dict[str, tuple[str, ...]]:
    """Touchpoint → activities of the current global map."""
    current = folder.current_map() if folder else None
    found: dict[str, tuple[str, ...]] = {}
    for part in current.map.stages if current else ():
        for activity in part.activities:
            if activity.touchpoint:
                found[activity.touchpoint] = (*found.get(activity.touchpoint, ()), activity.id)
    return found


def _days(complaints: pd.DataFrame, until: str, share: float = 0.5) -> float | None:
    days = (complaints[until] - complaints["time"]).dt.total_seconds() / 86400
    days = days[days >= 0]
    return float(days.quantile(share)) if len(days) else None


def _between(complaints: pd.DataFrame) -> float | None:
    known = complaints[complaints["respondent"].notna() & complaints["time"].notna()]
    days = known.groupby("respondent")["time"].diff().dropna().dt.total_seconds() / 86400
    return float(days.median()) if len(days) else None


def _exchanges(both: pd.DataFrame) -> tuple[tuple[str, str, int], ...]:
    counts = both.groupby(["asked", "given"]).size()
    return tuple((str(asked), str(given), int(n)) for (asked, given), n in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _told(values: pd.Series) -> pd.Series:
    return values.notna() & (values != "")


def _sum(values: pd.Series) -> float | None:
    return float(values.sum()) if values.notna().any() else None


def _counts(values: pd.Series) -> dict[str, int]:
    counts = values[_told(values)].value_counts()
    return {str(name): int(n) for name, n in sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))}
