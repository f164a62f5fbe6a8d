"""The records of step 04: one touchpoint with its use, its exits and its scores."""

from typing import Literal

from cxkit.model.record import Record, Text
from cxkit.steps.base import BaseClass, Estimate, Mark
from cxkit.steps.journey_view import CurvePoint

Status = Literal["deployed_used", "deployed_unused", "used_undeployed", "unknown"]
STATUSES: tuple[Status, ...] = ("deployed_used", "deployed_unused", "used_undeployed", "unknown")


class ChannelShare(Record):
    """Share 0..1 of a touchpoint's contacts that a channel carries."""

    channel: str
    contacts: int
    share: float


class Usage(Record):
    """What the log says of a touchpoint; shares are None where the base (its episodes) is too small.

    ``reach``: share of all episodes that pass there. ``first_share``, ``last_share``: of all (closed) episodes that begin, end
    there. ``return_share``: of its episodes that come back to it. ``next_hours``: median hours to the next contact.
    """

    contacts: int
    episodes: int
    customers: int
    base: BaseClass
    reach: float | None = None
    first_share: float | None = None
    last_share: float | None = None
    return_share: float | None = None
    next_hours: float | None = None
    channels: tuple[ChannelShare, ...] = ()


class Exit(Record):
    """Episodes that end at a touchpoint without outcome, against what others lose at the same stage and position; shares 0..1.

    ``leaking``: more than expected, after correction for all touchpoints tested.
    """

    episodes: int
    exits: int
    base: BaseClass
    share: float | None = None
    low: float | None = None
    high: float | None = None
    expected: float | None = None
    q: float | None = None
    leaking: bool = False


class TouchpointView(Record):
    """One touchpoint of the union of what is deployed and what is used.

    ``seen_in``: evidence tables that hold it. ``point``: customers' reactions there. ``criticality`` 0..1: reach × the larger of the
    share of negative reactions and the exit share above expectation.
    """

    id: str
    name: Text
    stage: str | None = None
    channel: str | None = None
    owner: str | None = None
    ownership: str | None = None
    cost: float | None = None
    planned: int | None = None
    status: Status
    seen_in: tuple[str, ...] = ()
    usage: Usage | None = None
    exit: Exit | None = None
    estimates: tuple[Estimate, ...] = ()
    point: CurvePoint | None = None
    criticality: float | None = None
    marks: tuple[Mark, ...] = ()


class LogSummary(Record):
    """The log behind the figures; ``tested``: touchpoints whose exits were tested, ``left_out``: unusable rows."""

    events: int
    episodes: int
    customers: int
    outcome: int
    left: int
    open: int
    left_out: int = 0
    tested: int = 0


class Mention(Record):
    """A touchpoint that ``people`` name in their own words and that no list holds; ``negative``: share 0..1 of their reactions."""

    id: str
    name: Text
    channel: str
    people: int
    base: BaseClass
    negative: float | None = None
