"""The records of the lived paths: what the charts of step 05, the moments and the review read."""

from typing import Literal

from cxkit.model.record import Record
from cxkit.steps.base import Gap
from cxkit.steps.journey_paths_share import Share
from cxkit.steps.journey_time_view import OverTime


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
