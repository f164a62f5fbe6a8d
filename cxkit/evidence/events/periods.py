"""The lived paths over time: by month, by season, before and after a day, touchpoints that came and went."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxkit.evidence.events.log import PreparedLog


def by_month(log: PreparedLog) -> pd.DataFrame:
    """One row a month of the episodes' start: month (first day), episodes, closed, outcomes, contacts, settled; empty months left out.

    ``settled``: nearly all its episodes have ended. In a month that is not, those that ended well are known and those that will leave are not:
    its share of outcomes would be too high.
    """
    table = log.gather("""SELECT date_trunc('month', start)::DATE AS month, count(*) AS episodes, count(*) FILTER (state <> 'open') AS closed,
        count(*) FILTER (state = 'outcome') AS outcomes, sum(contacts)::BIGINT AS contacts FROM {episodes} GROUP BY 1""", ("month",))
    table["month"] = [pd.Timestamp(month).date() for month in table["month"]]
    last = settled_before(log)
    table["settled"] = np.array([(pd.Timestamp(month) + pd.offsets.MonthBegin(1)).date() <= last for month in table["month"]], dtype=bool)
    return table


def settled_before(log: PreparedLog) -> dt.date:
    """The day before which episodes that begin have ended, but for one in ten: the end of the data less the inactivity that closes an
    episode and the 90th percentile of the length of closed ones."""
    lengths = log.quantiles("SELECT epoch_us(finish) - epoch_us(start) AS value FROM {episodes} WHERE state <> 'open'", (), (0.9,))
    end = pd.Timestamp(log.end).normalize() + pd.Timedelta(days=1)
    if log.options.gap_days is None or lengths.empty or not lengths["n"].iloc[0]:
        return end.date()
    return (end - pd.Timedelta(days=log.options.gap_days) - pd.Timedelta(microseconds=float(lengths["q0"].iloc[0]))).date()


def by_season(log: PreparedLog) -> pd.DataFrame:
    """One row a quarter of the year, whatever the year, over the settled months: quarter (1..4), months, episodes, closed, outcomes."""
    table = by_month(log)
    table = table[table["settled"]].copy()
    table["quarter"] = [(month.month - 1) // 3 + 1 for month in table["month"]]
    return table.groupby("quarter", as_index=False).agg(months=("month", "size"), episodes=("episodes", "sum"), closed=("closed", "sum"),
                                                        outcomes=("outcomes", "sum"))


def around(log: PreparedLog, day: dt.date) -> pd.DataFrame:
    """Two rows, the episodes that end before a day and those that begin on it or later: side, episodes, closed, outcomes, contacts, hours.

    Episodes that span the day belong to neither, nor do those that begin when they may still be open (``settled_before``).
    ``contacts`` and ``hours`` are medians of the closed episodes.
    """
    side = _side(day, settled_before(log))
    table = log.gather(f"""SELECT side, count(*) AS episodes, count(*) FILTER (state <> 'open') AS closed,
        count(*) FILTER (state = 'outcome') AS outcomes FROM (SELECT *, {side} AS side FROM {{episodes}}) WHERE side IS NOT NULL GROUP BY 1""",
                       ("side",))
    for name, value in (("contacts", "contacts"), ("hours", "epoch_us(finish) - epoch_us(start)")):
        found = log.quantiles(f"SELECT {side} AS side, {value} AS value FROM {{episodes}} WHERE state <> 'open' AND {side} IS NOT NULL",
                              ("side",), (0.5,)).set_index("side")["q0"]
        table[name] = table["side"].map(found) / (3.6e9 if name == "hours" else 1)
    order = {"before": 0, "after": 1}
    return table.sort_values("side", key=lambda column: column.map(order), ignore_index=True)


def side_of(day: dt.date) -> str:
    """SQL of the side of a day on which an episode begins, for ``path_differences``."""
    return f"CASE WHEN start < DATE '{day:%Y-%m-%d}' THEN 'before' ELSE 'after' END"


@dataclass(frozen=True)
class Come:
    """A touchpoint that came or went: its first and last day, contacts, and its share of the contacts of the days when it lived."""

    touchpoint: str
    first: dt.date
    last: dt.date
    contacts: int
    share: float


def come_and_gone(log: PreparedLog, *, quiet_days: float, share: float) -> tuple[tuple[Come, ...], tuple[Come, ...]]:
    """Touchpoints that appeared and that vanished.

    New: its first contact is more than ``quiet_days`` after the log's; vanished: its last one more than ``quiet_days`` before the end;
    in both cases with at least ``share`` of the contacts between its first and its last day. What stands late in an episode is first seen
    late, what stands early is last seen early: nine tenths of its contacts' delays from the start, or to the finish, are allowed besides.
    """
    spans = log.gather("SELECT touchpoint::VARCHAR AS touchpoint, time::DATE AS day, count(*) AS n FROM {log} GROUP BY ALL", ("touchpoint", "day"))
    if spans.empty:
        return (), ()
    spans["day"] = pd.to_datetime(spans["day"])
    daily = spans.groupby("day")["n"].sum()
    first, last = daily.index.min(), daily.index.max()
    since, until = _delays(log, "epoch_us(l.time) - epoch_us(e.start)"), _delays(log, "epoch_us(e.finish) - epoch_us(l.time)")
    new, gone = [], []
    for name, own in spans.groupby("touchpoint", sort=True):
        begins, ends, n = own["day"].min(), own["day"].max(), int(own["n"].sum())
        found = Come(name, begins.date(), ends.date(), n, n / int(daily[begins:ends].sum()))
        if found.share < share:
            continue
        if (begins - first).days > quiet_days + since[name]:
            new.append(found)
        if (last - ends).days > quiet_days + until[name]:
            gone.append(found)
    return tuple(new), tuple(gone)


def _delays(log: PreparedLog, sql: str) -> dict[str, float]:
    """Touchpoint → 90th percentile, in days, of a time within the episode."""
    table = log.quantiles(f"SELECT l.touchpoint, {sql} AS value FROM {{log}} l JOIN {{episodes}} e USING (episode)", ("touchpoint",), (0.9,))
    return {row.touchpoint: row.q0 / 8.64e10 for row in table.itertuples()}


def _side(day: dt.date, settled: dt.date) -> str:
    date = f"DATE '{day:%Y-%m-%d}'"
    return f"CASE WHEN finish < {date} THEN 'before' WHEN start >= {date} AND start < DATE '{settled:%Y-%m-%d}' THEN 'after' END"
