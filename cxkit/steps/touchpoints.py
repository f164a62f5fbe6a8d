"""Step 04, touchpoints: where customers meet the client, what each place carries, where episodes end, what comes first."""

from collections.abc import Iterator
from typing import Literal

import pandas as pd

from cxkit import method
from cxkit.evidence.events.exits import exits
from cxkit.evidence.events.inventory import channel_mix, inventory, next_hours
from cxkit.steps.base import Gap, Given, Mark, StepParameters, StepResult, base_of
from cxkit.steps.journey_view import CurvePoint
from cxkit.steps.lived import Lived, lived
from cxkit.steps.reactions import customer_point, reactions
from cxkit.steps.scoring import estimates
from cxkit.steps.touchpoints_inventory import Known, known_touchpoints
from cxkit.steps.touchpoints_named import mentions
from cxkit.steps.touchpoints_priority import Priorities, priorities
from cxkit.steps.touchpoints_view import ChannelShare, Exit, LogSummary, Mention, TouchpointView, Usage

NEGATIVE = ("irritant", "dissatisfaction", "rupture")
SHOWN = frozenset({"weak", "full"})


class Parameters(StepParameters):
    """Choices of step 04."""

    importance: Literal["", "derived", "stated"] = ""
    """Importance stated by customers, or derived from the overall score; the client's choice when empty."""
    crosshair: Literal["", "mean", "middle"] = ""
    """Where the quadrants part: mean of the touchpoints or middle of the scales; the client's choice when empty."""


class Result(StepResult):
    """The touchpoints, in the order of the stages, then by falling contacts."""

    touchpoints: tuple[TouchpointView, ...]
    priorities: Priorities | None = None
    compared: Priorities | None = None
    """The same with the other source of importance (stated beside derived, derived beside stated), where the answers carry it."""
    mentions: tuple[Mention, ...] = ()
    log: LogSummary | None = None

    def of_status(self, status: str) -> tuple[TouchpointView, ...]:
        """Touchpoints of one of the four statuses."""
        return tuple(item for item in self.touchpoints if item.status == status)

    @property
    def leaking(self) -> tuple[TouchpointView, ...]:
        """Touchpoints that lose more than expected, most lost episodes first."""
        return tuple(sorted((item for item in self.touchpoints if item.exit and item.exit.leaking), key=lambda item: -item.exit.exits))


def compute(given: Given, parameters: Parameters) -> Result:
    """Confront the inventory with what customers use, and weigh each touchpoint.

    Notes
    -----
    Exits are told only where the client names an outcome that the log holds; open episodes are left out of them.
    """
    lived_ = lived(given)
    known = known_touchpoints(given, has_log=lived_ is not None)
    usage = _usage(lived_) if lived_ else {}
    ended, tested = _exits(lived_) if lived_ and lived_.outcomes else ({}, 0)
    told, scores = reactions(given.evidence["scores"], given.evidence["verbatims"]), given.evidence["scores"]
    views = [_view(given, item, usage.get(item.id), ended.get(item.id), scores, told) for item in known]
    policy = given.folder.client.map
    importance, crosshair = parameters.importance or policy.importance, parameters.crosshair or policy.crosshair
    placed = priorities(scores, importance, crosshair)
    compared = priorities(scores, "stated" if importance == "derived" else "derived", crosshair)
    summary = LogSummary(**lived_.log.counts(), left_out=lived_.log.left_out, tested=tested) if lived_ else None
    return Result(touchpoints=tuple(_ordered(given, views)), priorities=placed, compared=compared,
                  mentions=mentions(given, [item.id for item in known]), log=summary, gaps=tuple(_gaps(given, lived_, placed, known)))


def _usage(lived_: Lived) -> dict[str, Usage]:
    mix: dict[str, list[ChannelShare]] = {}
    for row in channel_mix(lived_.log).itertuples():
        mix.setdefault(row.touchpoint, []).append(ChannelShare(channel=row.channel, contacts=row.contacts, share=row.share))
    waiting, found = next_hours(lived_.log), {}
    for row in inventory(lived_.log).itertuples():
        base = base_of(row.episodes)
        # reach, first and last share stand on all episodes; what stands on those of the touchpoint needs their base
        shown = {} if base == "suppressed" else {
            "reach": float(row.reach), "first_share": float(row.first_share), "last_share": _number(row.last_share)}
        if base in SHOWN:
            shown |= {"return_share": float(row.return_share), "next_hours": waiting.get(row.touchpoint),
                      "channels": tuple(mix.get(row.touchpoint, ()))}
        found[row.touchpoint] = Usage(contacts=row.contacts, episodes=row.episodes, customers=row.customers, base=base, **shown)
    return found


def _exits(lived_: Lived) -> tuple[dict[str, Exit], int]:
    table, limit, found = exits(lived_.log), method.data("paths")["leak_q"], {}
    for row in table.itertuples():
        base, shown = base_of(row.episodes), {}
        if base in SHOWN:
            expected, q = _number(row.expected), _number(row.q)
            leaking = expected is not None and q is not None and q < limit and row.share > expected
            shown = {"share": row.share, "low": row.low, "high": row.high, "expected": expected, "q": q, "leaking": leaking}
        found[row.touchpoint] = Exit(episodes=row.episodes, exits=row.exits, base=base, **shown)
    return found, int(table["q"].notna().sum())


def _view(given: Given, item: Known, usage: Usage | None, ended: Exit | None, scores: pd.DataFrame, told: pd.DataFrame) -> TouchpointView:
    row, point = item.declared, customer_point(told[told["touchpoint"] == item.id])
    mine = scores[(scores["touchpoint"] == item.id) & (scores["metric"] != "importance")]
    sources = {source for name in item.seen_in for source in _sources(given, name, item.id)}
    marks = tuple(Mark(kind=mark.evidence, n=mark.n, start=mark.start, end=mark.end, sources=(mark.source,))
                  for mark in given.evidence.sources if mark.source in sources)
    declared = {} if row is None else {"owner": row.owner, "ownership": row.ownership, "cost": row.cost, "planned": row.planned}
    return TouchpointView(
        id=item.id, name=row.name if row else item.id, stage=item.stage, channel=item.channel, status=item.status, seen_in=item.seen_in,
        usage=usage, exit=ended, estimates=estimates(mine) if len(mine) else (), point=point,
        criticality=_criticality(usage, ended, point), marks=marks, **declared)


def _criticality(usage: Usage | None, ended: Exit | None, point: CurvePoint | None) -> float | None:
    """Reach × what goes wrong there: the larger of negative reactions and exits above expectation; None where neither is known."""
    if usage is None or usage.reach is None:
        return None
    wrong = []
    if point is not None and point.base in SHOWN:
        wrong.append(sum(point.distribution.get(name, 0) for name in NEGATIVE) / sum(point.distribution.values()))
    if ended is not None and ended.share is not None and ended.expected is not None:
        wrong.append(max(ended.share - ended.expected, 0.0))
    return usage.reach * max(wrong) if wrong else None


def _sources(given: Given, table: str, touchpoint: str) -> list[str]:
    rows = given.evidence[table]
    return sorted(rows.loc[rows["touchpoint"] == touchpoint, "source"].dropna().unique())


def _ordered(given: Given, views: list[TouchpointView]) -> list[TouchpointView]:
    stages = list(given.folder.client.stage_ids() or method.data("stages"))
    place = {stage: i for i, stage in enumerate(stages)}
    return sorted(views, key=lambda item: (place.get(item.stage, len(stages)), -(item.usage.contacts if item.usage else 0), item.id))


def _gaps(given: Given, lived_: Lived | None, placed: Priorities | None, known: tuple[Known, ...]) -> Iterator[Gap]:
    if not given.folder.touchpoints:
        yield Gap(key="no_inventory")
    if lived_ is None:
        yield Gap(key="no_log")
    elif given.folder.client.outcome is None:
        yield Gap(key="no_outcome")
    elif not lived_.outcomes:
        yield Gap(key="outcome_unseen", facts={"outcome": given.folder.client.outcome.event})
    if placed is None:
        yield Gap(key="no_priorities")
    if not any(item.seen_in for item in known):
        yield Gap(key="no_use")


def _number(value: float | None) -> float | None:
    return None if value is None or pd.isna(value) else float(value)
