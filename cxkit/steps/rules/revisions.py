"""The scoreboard: what each revision of the global map was worth, and how customers fared meanwhile."""

import datetime as dt

import pandas as pd

from cxkit import method
from cxkit.evidence.tables import COLUMNS, Evidence, empty
from cxkit.model.folder import DatedMap
from cxkit.model.record import Record
from cxkit.statistics.shares import net_share, wilson
from cxkit.steps.base import BaseClass, Given, base_of
from cxkit.steps.rules.base import SEVERITIES, spec
from cxkit.steps.rules.engine import run
from cxkit.steps.rules.measured import Measured
from cxkit.steps.rules.scene import Scene


class Measure(Record):
    """A share with its interval (net emotion −1..1, outcome 0..1) and base; no value under the base that carries a percentage."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    base: BaseClass = "suppressed"


class Revision(Record):
    """One row of the scoreboard. Evidence is that of the period from the previous revision to this one.

    ``findings``: family → findings of the rules that need the map only; ``errors`` among them. ``evidenced``: share of reactions
    with customers' evidence up to the revision. The last row (``file`` empty) is what the evidence says since the current map.
    """

    file: str
    version: str
    date: dt.date
    until: dt.date
    findings: dict[str, int] = {}
    errors: int = 0
    activities: int = 0
    evidenced: float | None = None
    net_emotion: Measure
    outcome: Measure


def scoreboard(measured: Measured) -> tuple[Revision, ...]:
    """Rows by date of the as-is global map's revisions, then the time since the last one."""
    folder = measured.given.folder
    dated = sorted((one for one in folder.maps if one.map.persona is None and one.map.kind == "as-is"),
                   key=lambda one: (one.map.date, one.map.version, one.file))
    rows, start = [], None
    for one in dated:
        until = one.map.evidence_until or one.map.date
        rows.append(_revision(measured, one, start, until))
        start = until
    if dated and folder.client.as_of > start:
        rows.append(Revision(file="", version="", date=folder.client.as_of, until=folder.client.as_of,
                             net_emotion=_net(measured, start, folder.client.as_of), outcome=_outcome(measured, start, folder.client.as_of)))
    return tuple(rows)


def _revision(measured: Measured, dated: DatedMap, start: dt.date | None, until: dt.date) -> Revision:
    folder = measured.given.folder
    nothing = Evidence({name: empty(name) for name in COLUMNS})
    alone = Scene(Measured(Given(folder.only(dated), nothing)), (dated,))
    found = [one for one in run(alone, tuple(id_ for id_ in method.data("rules")["rules"] if spec(id_).get("map_only"))).findings
             if one.ignored is None]
    families = {family: sum(one.family == family for one in found) for family in method.data("rules")["families"]}
    drawn = [activity for stage in dated.map.stages for activity in stage.activities if activity.reaction]
    evidenced = [activity for activity in drawn if _is_evidenced(measured, activity, until)]
    return Revision(
        file=dated.file, version=dated.map.version, date=dated.map.date, until=until,
        findings={family: n for family, n in families.items() if n}, errors=sum(one.severity == SEVERITIES[0] for one in found),
        activities=len(drawn), evidenced=len(evidenced) / len(drawn) if drawn else None,
        net_emotion=_net(measured, start, until), outcome=_outcome(measured, start, until))


def _is_evidenced(measured: Measured, activity, until: dt.date) -> bool:
    if activity.evidence.kind in method.CUSTOMER_EVIDENCE:
        return True
    rows = measured.reactions
    mine = rows[(rows["touchpoint"] == activity.touchpoint) & ~(_times(measured, rows) > _after(until))]
    return base_of(len(mine)) != "suppressed"


def _net(measured: Measured, start: dt.date | None, until: dt.date) -> Measure:
    rows = measured.reactions
    rows = rows[_within(_times(measured, rows), start, until)]
    base = base_of(len(rows))
    if base in {"suppressed", "counts_only"}:
        return Measure(n=len(rows), base=base)
    heights, total = rows["reaction"].map(method.valence), rows["weight"].sum()
    positive, negative = (rows.loc[side, "weight"].sum() / total for side in (heights > 0, heights < 0))
    n_eff = total**2 / (rows["weight"] ** 2).sum()
    interval = net_share(positive * n_eff, negative * n_eff, n_eff)
    return Measure(value=float(positive - negative), low=interval.low, high=interval.high, n=len(rows), base=base)


def _outcome(measured: Measured, start: dt.date | None, until: dt.date) -> Measure:
    """Share of closed episodes that began in the period and ended with the outcome.

    Episodes that began within the inactivity gap of the end of the log are left out: of those only the good ends are known.
    """
    if measured.lived is None or not measured.lived.outcomes:
        return Measure()
    log = measured.lived.log
    known = pd.Timestamp(log.end) - pd.Timedelta(days=log.options.gap_days or 0)
    table = log.query("SELECT start, state FROM {episodes} WHERE state <> 'open' AND start <= ? ORDER BY episode", [known])
    states = table.loc[_within(table["start"], start, until), "state"]
    base = base_of(len(states))
    if base in {"suppressed", "counts_only"}:
        return Measure(n=len(states), base=base)
    ended = int((states == "outcome").sum())
    interval = wilson(ended, len(states))
    return Measure(value=ended / len(states), low=interval.low, high=interval.high, n=len(states), base=base)


def _times(measured: Measured, rows: pd.DataFrame) -> pd.Series:
    """Times of reactions; the end of the source's period where a row has none."""
    ends = {mark.source: pd.Timestamp(mark.end) for mark in measured.given.evidence.sources if mark.end}
    return rows["time"].fillna(rows["source"].map(ends).astype("datetime64[us]"))


def _after(day: dt.date) -> pd.Timestamp:
    return pd.Timestamp(day) + pd.Timedelta(days=1) - pd.Timedelta(microseconds=1)


def _within(times: pd.Series, start: dt.date | None, until: dt.date) -> pd.Series:
    kept = times <= _after(until)
    return kept if start is None else kept & (times > _after(start))
