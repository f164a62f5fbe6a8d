"""The records of step 06."""

from typing import Literal

from cxkit.method import EvidenceKind
from cxkit.model.record import Record, Text
from cxkit.steps.base import BaseClass

Reason = Literal["rule", "first_rupture", "peak", "end", "declared"]
Verdict = Literal["below", "as_expected", "above", "not_measured"]


class Moment(Record):
    """A moment of truth: score = |valence| × importance × reach, 0..3.

    ``valence`` −3..2 with its interval; ``importance`` 0..1 of the most important touchpoint; ``reach`` 0..1 of episodes, or of
    respondents where no log tells. ``reasons`` say why it is kept; ``engagement``: the client invests there.
    """

    activity: str
    stage: str
    action: Text
    touchpoint: str | None
    valence: float
    low: float | None = None
    high: float | None = None
    n: int
    base: BaseClass
    kind: EvidenceKind
    solid: bool
    rupture: bool = False
    importance: float
    importance_assumed: bool = False
    reach: float | None
    reach_source: Literal["log", "survey", "none"]
    score: float | None
    reasons: tuple[Reason, ...] = ()
    engagement: bool = False


class PersonaMoments(Record):
    """The moments of truth of one persona."""

    persona: str
    moments: tuple[Moment, ...]


class Engagement(Record):
    """An engagement moment of the client: expected against observed conversion.

    ``observed``: share 0..1 of the closed episodes that pass there before any outcome and end with it. ``contacts`` in the log's period;
    ``cost_per_outcome``: cost of the contacts there for each outcome that passed there.
    """

    touchpoint: str
    expected: float | None = None
    observed: float | None = None
    low: float | None = None
    high: float | None = None
    episodes: int = 0
    outcomes: int = 0
    base: BaseClass = "suppressed"
    verdict: Verdict = "not_measured"
    contacts: int = 0
    cost: float | None = None
    cost_per_outcome: float | None = None
    measured_by: Text | None = None
    moment_of_truth: bool = False


class Pain(Record):
    """Negative reactions at a touchpoint: share 0..1 with its Wilson interval, q against all other touchpoints.

    ``ruptures``: customers who say so; ``leaking``: more leave there than expected, which is a rupture too.
    ``affected``: reach × negative share, or who told of it out of all who told anything. ``one_sided``: only complaints were collected there.
    Ranked by ruptures first, then by who is affected.
    """

    touchpoint: str
    stage: str | None
    n: int
    negative: int
    ruptures: int
    base: BaseClass
    share: float | None = None
    low: float | None = None
    high: float | None = None
    q: float | None = None
    worse: bool = False
    reach: float | None = None
    affected: float | None = None
    kind: Literal["rupture", "irritant"] = "irritant"
    leaking: bool = False
    one_sided: bool = False


class Removal(Record):
    """Removal effect of a touchpoint in the absorbing chain, 0..1, with its bootstrap interval. An association, no cause.

    ``second``: the effect in the chain that remembers the place before too; where it differs much, the order of contacts matters.
    """

    touchpoint: str
    effect: float
    low: float | None
    high: float | None
    second: float | None = None
    second_low: float | None = None
    second_high: float | None = None
    episodes: int


class Odds(Record):
    """Odds ratio of the outcome for closed episodes that pass there, other touchpoints, length and persona held; q over all that are told."""

    touchpoint: str
    episodes: int
    outcomes: int
    ratio: float
    low: float
    high: float
    q: float | None


class WhatIf(Record):
    """Less exit at a touchpoint on the chain: shares 0..1 of the outcome, expected contacts an episode, outcomes more in the log's period."""

    touchpoint: str
    reduction: float
    outcome: float
    outcome_target: float
    gain: float
    gain_low: float | None
    gain_high: float | None
    more: float
    more_low: float | None
    more_high: float | None
    length: float | None
    length_target: float | None
    length_gain_low: float | None = None
    length_gain_high: float | None = None


class Remembered(Record):
    """Rank correlation −1..1 with the overall score, over the same people, with its interval."""

    of: Literal["peak", "end", "mean"]
    value: float
    low: float
    high: float


class PeakEnd(Record):
    """Whether the overall score follows the strongest reaction, the last one, or their mean (Kahneman)."""

    n: int
    metric: str
    remembered: tuple[Remembered, ...]


class Chain(Record):
    """The chain behind the removal effects."""

    episodes: int
    outcomes: int
    censored: int
    draws: int
