"""The records of the lived paths over time: months, seasons, before and after a day, what is new and what vanished."""

import datetime as dt
from typing import Literal

from cxkit.model.record import Record
from cxkit.steps.journey_paths_share import Share


class Month(Record):
    """Episodes that begin in a month; ``outcome``: share of the closed ones, None where some may still be open."""

    month: dt.date
    episodes: int
    contacts: int
    outcome: Share | None


class Season(Record):
    """Episodes that begin in a quarter of the year (1..4), whatever the year; ``months`` of the log that it holds."""

    quarter: int
    months: int
    episodes: int
    outcome: Share


class Period(Record):
    """Episodes on one side of a day; medians of contacts and hours of the closed ones."""

    side: Literal["before", "after"]
    episodes: int
    outcome: Share
    contacts: float
    hours: float


class Around(Record):
    """Before and after a day; ``gain``: difference of the outcome shares (after − before) with its interval, p; None on small bases."""

    day: dt.date
    reason: Literal["given", "map"]
    periods: tuple[Period, ...]
    gain: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None


class Come(Record):
    """A touchpoint that appeared or vanished: its first and last day, its share of the contacts of its own days."""

    touchpoint: str
    first: dt.date
    last: dt.date
    contacts: int
    share: float


class OverTime(Record):
    """The lived paths over time."""

    months: tuple[Month, ...] = ()
    seasons: tuple[Season, ...] = ()
    around: Around | None = None
    new: tuple[Come, ...] = ()
    vanished: tuple[Come, ...] = ()
