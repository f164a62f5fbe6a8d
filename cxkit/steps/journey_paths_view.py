"""The records of the lived paths: what the charts of step 05, the moments and the review read."""

import datetime as dt
from typing import Literal

from cxkit.model.record import Record
from cxkit.steps.base import BaseClass, Gap


class Share(Record):
    """``n`` out of ``of``, as a share 0..1 with its Wilson interval; None where the base is too small."""

    n: int
    of: int
    base: BaseClass
    value: float | None = None
    low: float | None = None
    high: float | None = None


class Node(Record):
    """A touchpoint of the graph; ``reach``: share of episodes that pass there, 0..1."""

    touchpoint: str
    stage: str | None
    contacts: int
    episodes: int
    reach: float


class Transition(Record):
    """A move; ``share`` of the moves out of the source, ``reach``: share of episodes that make it. Ends: ``^start``, ``^outcome``,
    ``^left``, ``^open``."""

    source: str
    target: str
    n: int
    episodes: int
    share: float
    reach: float


class Variant(Record):
    """A frequent path (repeats at once merged) and how its episodes ended."""

    path: tuple[str, ...]
    n: int
    share: float
    outcome: int
    left: int
    open: int


class RoundTrip(Record):
    """From a place to another and back."""

    place: str
    via: str
    n: int
    episodes: int
    share: float


class FunnelStep(Record):
    """A stage of the funnel: step conversion, overall conversion, episodes that hold it in whatever order, median hours to reach it."""

    stage: str
    episodes: int
    of_previous: float | None
    of_first: float | None
    anywhere: int
    hours: float | None


class Wait(Record):
    """Hours between two directly following touchpoints: distribution, not only the mean."""

    source: str
    target: str
    n: int
    p10: float
    p25: float
    median: float
    p75: float
    p90: float
    mean: float


class EndShare(Record):
    """How episodes end and how long they are: median contacts and hours."""

    state: Literal["outcome", "left", "open"]
    episodes: int
    share: float
    contacts: float
    hours: float


class Change(Record):
    """A switch of channel or a hand-over between owners (groups: the owners, where source and target are touchpoints)."""

    source: str
    target: str
    source_group: str | None = None
    target_group: str | None = None
    n: int
    episodes: int
    share: float


class Deviation(Record):
    """Deviation from the planned path in one of CJML's four types; ``share`` of the ``base`` episodes that could show it."""

    type: Literal["extra", "out_of_order", "failed", "missing"]
    touchpoint: str
    episodes: int
    base: int
    share: float


class LevelPaths(Record):
    """Moves and variants between channels or stages; ``ways``: among how many a customer goes on, on average."""

    level: Literal["channel", "stage"]
    ways: float | None
    looping: Share
    distinct_variants: int
    transitions: tuple[Transition, ...] = ()
    variants: tuple[Variant, ...] = ()


class Side(Record):
    """A touchpoint before or after the appointment; ``share`` of the episodes that hold one."""

    moment: Literal["before", "after"]
    touchpoint: str
    contacts: int
    episodes: int
    share: float


class Appointment(Record):
    """What surrounds the first appointment of each episode; hours: 10th percentile, median, 90th from the contact next to it."""

    episodes: int
    before: Share
    after: Share
    repeated: Share
    before_hours: tuple[float, float, float] | None = None
    after_hours: tuple[float, float, float] | None = None
    places: tuple[Side, ...] = ()


class Difference(Record):
    """Distance (Jensen-Shannon, 0..1) between the moves of two groups of customers, permutation p, q over all pairs of the report.

    ``by``: ``persona``, ``period`` (before and after a day) or the id of an attribute.
    """

    by: str = "persona"
    first: str
    second: str
    distance: float | None
    p: float | None
    q: float | None
    customers: tuple[int, int]
    significant: bool


class LivedPaths(Record):
    """The paths of all customers (persona None) or of one persona.

    ``looping``: episodes that come back to a touchpoint they had left; ``skipping``: episodes that pass by a planned touchpoint.
    ``labyrinth_ways``: among how many ways a customer goes on, on average; ``labyrinth_index`` 0 (a line) .. 1 (any way).
    """

    persona: str | None
    outcome_event: str | None = None
    episodes: int
    customers: int
    contacts: int
    outcome: int
    left: int
    open: int
    nodes: tuple[Node, ...] = ()
    transitions: tuple[Transition, ...] = ()
    variants: tuple[Variant, ...] = ()
    distinct_variants: int = 0
    looping: Share
    repeating: Share
    round_trips: tuple[RoundTrip, ...] = ()
    labyrinth_bits: float | None = None
    labyrinth_ways: float | None = None
    labyrinth_index: float | None = None
    funnel: tuple[FunnelStep, ...] = ()
    waits: tuple[Wait, ...] = ()
    lengths: tuple[EndShare, ...] = ()
    switching: Share
    channel_changes: tuple[Change, ...] = ()
    handing_over: Share
    owner_changes: tuple[Change, ...] = ()
    handovers: tuple[Change, ...] = ()
    levels: tuple[LevelPaths, ...] = ()
    appointment: Appointment | None = None
    planned: tuple[str, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    skipping: Share | None = None


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


class PathsResult(Record):
    """The lived paths of step 05; ``everyone`` is None without a log."""

    everyone: LivedPaths | None = None
    personas: tuple[LivedPaths, ...] = ()
    differences: tuple[Difference, ...] = ()
    time: OverTime | None = None
    gaps: tuple[Gap, ...] = ()

    def of(self, persona: str | None) -> LivedPaths | None:
        """The paths of one persona, or of everyone."""
        return self.everyone if persona is None else next((one for one in self.personas if one.persona == persona), None)
