"""Step 08, actions: what first? Improvements ranked, how firm the ranking is, and what stays without improvement."""

from typing import Literal

from cxkit import method
from cxkit.errors import CxError, did_you_mean, fault
from cxkit.method import EvidenceKind
from cxkit.model.improvement import Improvement
from cxkit.model.record import Record, Text
from cxkit.statistics.priority import rice
from cxkit.statistics.ranking import robust_ranking
from cxkit.steps.actions_effect import Effect, effects, reach_of, touchpoint_of
from cxkit.steps.base import Gap, Given, StepParameters, StepResult
from cxkit.steps.journey_view import ActivityView, JourneyMapView
from cxkit.steps.lived import lived

Goal = Literal["repair", "soften", "strengthen", "delight"]
Quadrant = Literal["quick_win", "project", "fill_in", "question"]
CRITERIA = ("severity", "reach", "outcome", "impact", "confidence", "ease")


class Parameters(StepParameters):
    """Choices of step 08."""

    top: int = 0
    """How many improvements the plan puts first; 0 takes the method's number."""
    weights: str = ""
    """Weights that replace the method's, as ``severity=0.4, ease=0.1``."""


class Money(Record):
    """The money of an improvement, in the client's currency; None where nobody gave it."""

    investment: float | None = None
    yearly_value: float | None = None
    yearly_low: float | None = None
    yearly_high: float | None = None
    payback_months: float | None = None
    assumption: Text | None = None


class Action(Record):
    """One improvement with its place in the plan.

    ``score`` 0..1 and ``rank`` from 1; ``top_share`` is the share of draws in which it stays in the top k, ``rank_low`` and
    ``rank_high`` its 5 % and 95 % ranks. ``reach`` is customers a year. ``severity`` 0..3 is that of what it repairs.
    """

    id: str
    name: Text
    stage: str | None = None
    activity: str | None = None
    activity_name: Text | None = None
    touchpoint: str | None = None
    type: str
    owner: str | None = None
    goal: Goal
    at_once: bool
    severity: int
    effort: float
    reach: float | None = None
    reach_kind: EvidenceKind
    impact: float
    confidence: float
    rice: float | None = None
    effect: Effect | None = None
    money: Money
    benefits: dict[str, int]
    score: float
    rank: int
    top_share: float
    rank_low: int
    rank_high: int
    quadrant: Quadrant


class Uncovered(Record):
    """A rupture or an irritant that no improvement repairs."""

    stage: str
    activity: str
    name: Text
    severity: int
    kind: Literal["rupture", "irritant"]


class Result(StepResult):
    """The plan, best rank first; ``weights`` are those used, ``effort_line`` and ``score_line`` the matrix's crosshair (medians)."""

    actions: tuple[Action, ...]
    uncovered: tuple[Uncovered, ...]
    top: int
    weights: dict[str, float]
    draws: int
    effort_line: float | None = None
    score_line: float | None = None


def compute(given: Given, parameters: Parameters) -> Result:
    """Rank the client's improvements.

    Notes
    -----
    Criteria are scaled by their largest value over the plan: severity of what is repaired, customers reached, predicted extra
    outcomes (what-if on the absorbing chain), impact, confidence, ease (1 / effort). Weights are drawn around the
    method's, measured criteria within their intervals.
    """
    settings = method.data("actions")
    weights = _weights(parameters.weights, settings["weights"])
    improvements, maps = given.folder.improvements, _maps(given)
    places = {item.id: _place(item, maps) for item in improvements}
    paths = lived(given)
    found = effects(improvements, places, paths)
    rows = [_facts(item, places[item.id], reach_of(item, places[item.id], paths), found.get(item.id)) for item in improvements]
    top = min(parameters.top or settings["top"], len(rows)) or 1
    ranked = robust_ranking(
        [[row["values"][c] for c in CRITERIA] for row in rows], [[row["spreads"].get(c, 0.0) for c in CRITERIA] for row in rows],
        [weights[c] for c in CRITERIA], top=top, concentration=settings["concentration"], seed=settings["seed"], draws=settings["draws"])
    effort_line, score_line = _median([item.effort for item in improvements]), _median([one.score for one in ranked])
    actions = [Action(**row["record"], score=one.score, rank=one.rank, top_share=one.top_share, rank_low=one.rank_low,
                      rank_high=one.rank_high, quadrant=_quadrant(one.score >= score_line, row["record"]["effort"] <= effort_line))
               for row, one in zip(rows, ranked, strict=True)]
    uncovered = tuple(_uncovered(maps[:1], improvements))
    return Result(actions=tuple(sorted(actions, key=lambda action: action.rank)), uncovered=uncovered, top=top, weights=weights,
                  draws=settings["draws"], effort_line=effort_line, score_line=score_line,
                  gaps=tuple(_gaps(improvements, maps, places, paths, found)))


def severity_of(activity: ActivityView) -> int:
    """Severity 0..3 of what customers live at an activity: the worst of its reaction, its irritants and a rupture."""
    reaction = method.data("actions")["severity"][activity.point.reaction] if activity.point else 0
    return max([3 if activity.rupture else 0, reaction, *(irritant.severity for irritant in activity.irritants)])


def _maps(given: Given) -> tuple[JourneyMapView, ...]:
    journey = given.upstream.get("journey")
    return journey.maps if journey is not None else ()


def _place(item: Improvement, maps: tuple[JourneyMapView, ...]) -> tuple[str, ActivityView] | None:
    """Stage and activity that an improvement repairs: the named activity, else the first one at its touchpoint."""
    for named in (lambda a: item.repairs is not None and a.id == item.repairs,
                  lambda a: item.repairs is None and item.touchpoint is not None and a.touchpoint == item.touchpoint):
        for view in maps:
            for stage in view.stages:
                for activity in stage.activities:
                    if named(activity):
                        return stage.id, activity
    return None


def _facts(item: Improvement, place: tuple[str, ActivityView] | None, reach: tuple[float | None, EvidenceKind, float],
           effect: Effect | None) -> dict:
    stage, activity = place or (None, None)
    severity = severity_of(activity) if activity else 0
    reaction = "rupture" if activity and activity.rupture else activity.point.reaction if activity and activity.point else "none"
    goals = method.data("actions")["goals"]
    goal = "repair" if severity == 3 else "soften" if severity else goals[reaction]
    impact, confidence = float(item.impact), float(item.confidence)
    value, kind, spread = reach
    record = {
        "id": item.id, "name": item.name, "stage": stage, "activity": activity.id if activity else None,
        "activity_name": activity.action if activity else None, "touchpoint": touchpoint_of(item, place),
        "type": item.type, "owner": item.owner, "goal": goal, "at_once": severity == 3, "severity": severity, "effort": item.effort,
        "reach": value, "reach_kind": kind, "impact": impact, "confidence": confidence,
        "rice": rice(value, impact, confidence, item.effort) if value is not None else None, "effect": effect,
        "money": _money(item, effect),
        "benefits": {"customer": item.benefit_customer, "client": item.benefit_client, "front_line": item.benefit_front_line}}
    gain = effect.yearly if effect and effect.yearly is not None else 0.0
    values = {"severity": severity, "reach": value or 0.0, "outcome": max(gain, 0.0), "impact": impact, "confidence": confidence,
              "ease": 1 / item.effort}
    return {"record": record, "values": values, "spreads": {"reach": spread, "outcome": effect.spread if effect else 0.0}}


def _money(item: Improvement, effect: Effect | None) -> Money:
    if effect is None or effect.yearly is None or item.value_per_outcome is None:
        return Money(investment=item.cost, assumption=item.assumption)
    worth = [None if n is None else n * item.value_per_outcome for n in (effect.yearly, effect.yearly_low, effect.yearly_high)]
    payback = 12 * item.cost / worth[0] if item.cost is not None and worth[0] > 0 else None
    return Money(investment=item.cost, yearly_value=worth[0], yearly_low=worth[1], yearly_high=worth[2], payback_months=payback,
                 assumption=item.assumption)


def _weights(text: str, defaults: dict[str, float]) -> dict[str, float]:
    weights = {name: float(defaults[name]) for name in CRITERIA}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, value = (piece.strip() for piece in part.partition("="))
        if name not in weights:
            raise CxError(fault("CX-E012", name=name, near=did_you_mean(name, CRITERIA), known=", ".join(CRITERIA)))
        try:
            weights[name] = float(value)
        except ValueError:
            raise CxError(fault("CX-E013", name=f"weights.{name}", expected="0…1")) from None
    if min(weights.values()) < 0 or not sum(weights.values()):
        raise CxError(fault("CX-E013", name="weights", expected="0…1"))
    # a Dirichlet weight is positive: a criterion that counts for nothing keeps a trace
    return {name: max(value / sum(weights.values()), 1e-6) for name, value in weights.items()}


def _median(values: list[float]) -> float | None:
    ordered = sorted(values)
    half = len(ordered) // 2
    return None if not ordered else ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _quadrant(strong: bool, light: bool) -> Quadrant:
    if strong:
        return "quick_win" if light else "project"
    return "fill_in" if light else "question"


def _uncovered(maps: tuple[JourneyMapView, ...], improvements: tuple[Improvement, ...]):
    repaired = {item.repairs for item in improvements} - {None}
    touched = {item.touchpoint for item in improvements if item.repairs is None} - {None}
    for view in maps:
        for stage in view.stages:
            for activity in stage.activities:
                severity = severity_of(activity)
                if severity and activity.id not in repaired and activity.touchpoint not in touched:
                    kind = "rupture" if severity == 3 else "irritant"
                    yield Uncovered(stage=stage.id, activity=activity.id, name=activity.action, severity=severity, kind=kind)


def _gaps(improvements, maps, places, paths, found):
    if not improvements:
        yield Gap(key="no_improvements")
    if not maps:
        yield Gap(key="no_journey")
    for item in improvements:
        if maps and places[item.id] is None:
            yield Gap(key="unplaced", facts={"improvement": item.id})
        if (item.cost is not None or item.value_per_outcome is not None) and item.assumption is None:
            yield Gap(key="no_assumption", facts={"improvement": item.id})
    if paths is None or not paths.outcomes:
        yield Gap(key="no_outcome")
    elif improvements and not found:
        yield Gap(key="no_predicted_effect")
