"""The lived paths over time: months, seasons, before and after a day, touchpoints that came and went."""

import datetime as dt

from cxkit import method
from cxkit.evidence.events import PreparedLog
from cxkit.evidence.events.periods import around, by_month, by_season, come_and_gone
from cxkit.statistics.shares import two_proportions
from cxkit.steps.base import Given, base_of
from cxkit.steps.journey_paths_share import share_of
from cxkit.steps.journey_time_view import Around, Come, Month, OverTime, Period, Season


def over_time(log: PreparedLog, day: dt.date | None, reason: str) -> OverTime:
    """Trend, season, before and after ``day`` (None: nothing is compared), and what is new or gone.

    The outcome is a share of closed episodes; months under the least base are kept with their mark, so that no gap looks like a zero.
    """
    settings = method.data("paths")["time"]
    new, gone = come_and_gone(log, quiet_days=settings["quiet_days"], share=settings["share"])
    months = tuple(Month(month=row.month, episodes=row.episodes, contacts=row.contacts,
                         outcome=share_of(row.outcomes, row.closed) if row.settled else None) for row in by_month(log).itertuples())
    seasons = tuple(Season(quarter=row.quarter, months=row.months, episodes=row.episodes, outcome=share_of(row.outcomes, row.closed))
                    for row in by_season(log).itertuples())
    least = method.data("thresholds")["base"]["suppressed"]
    come, left = (tuple(Come(touchpoint=c.touchpoint, first=c.first, last=c.last, contacts=c.contacts, share=c.share)
                        for c in found if c.contacts >= least) for found in (new, gone))
    return OverTime(months=months, seasons=seasons, around=_around(log, day, reason) if day else None, new=come, vanished=left)


def turning_day(given: Given, chosen: str) -> tuple[dt.date | None, str]:
    """The day that parts the paths: the one that the analyst gives, else the date of the current map; None without either."""
    if chosen:
        return dt.date.fromisoformat(chosen), "given"
    current = given.folder.current_map()
    return (current.map.date, "map") if current else (None, "map")


def _around(log: PreparedLog, day: dt.date, reason: str) -> Around:
    table = around(log, day)
    periods = tuple(Period(side=row.side, episodes=row.episodes, outcome=share_of(row.outcomes, row.closed), contacts=row.contacts, hours=row.hours)
                    for row in table.itertuples() if row.closed)
    if len(periods) < 2 or any(base_of(period.outcome.of) not in {"weak", "full"} for period in periods) or log.options.outcome is None:
        return Around(day=day, reason=reason, periods=periods)
    before, after = (period.outcome for period in periods)
    gain = two_proportions(after.n, after.of, before.n, before.of)
    return Around(day=day, reason=reason, periods=periods, gain=gain.value, low=gain.low, high=gain.high, p=gain.p)
