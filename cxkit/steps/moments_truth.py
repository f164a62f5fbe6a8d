"""Moments of truth by the declared rule, with the first rupture, the peak and the end."""

from dataclasses import dataclass

from cxkit import method
from cxkit.steps.base import Given
from cxkit.steps.journey_view import ActivityView, JourneyMapView
from cxkit.steps.moments_view import Moment, Reason
from cxkit.steps.touchpoints import Result as Touchpoints


@dataclass(frozen=True)
class Weights:
    """What the rule multiplies by: importance of touchpoints 0..1, reach by the log, reach by the answers; where customers leave."""

    importance: dict[str, float]
    log_reach: dict[str, float]
    survey_reach: dict[str, float]
    leaking: frozenset[str] = frozenset()

    def reach(self, touchpoint: str | None) -> tuple[float | None, str]:
        """Reach of a touchpoint and where it comes from."""
        if touchpoint in self.log_reach:
            return self.log_reach[touchpoint], "log"
        if touchpoint in self.survey_reach:
            return self.survey_reach[touchpoint], "survey"
        return None, "none"


def weights(given: Given, touchpoints: Touchpoints | None) -> Weights:
    """Weights of the rule from step 04 and the answers.

    Importance is the larger of two: that of step 04 and the exits beyond expectation, each divided by its largest. A negative
    association counts as none. Those who leave answer no survey: without the exits, where they leave would look unimportant.
    """
    placed = touchpoints.priorities.placed if touchpoints and touchpoints.priorities else ()
    top = max((item.importance for item in placed), default=0.0)
    importance = {item.touchpoint: max(item.importance, 0.0) / top for item in placed} if top > 0 else {}
    leaking = touchpoints.leaking if touchpoints else ()
    excess = {item.id: item.exit.share - item.exit.expected for item in leaking}
    for name, beyond in excess.items():
        importance[name] = max(importance.get(name, 0.0), beyond / max(excess.values()))
    usage = touchpoints.touchpoints if touchpoints else ()
    log = {item.id: item.usage.reach for item in usage if item.usage and item.usage.reach is not None}
    scores = given.evidence["scores"]
    total = scores["respondent"].nunique()
    answers = scores[scores["of"] == "touchpoint"].groupby("touchpoint")["respondent"].nunique()
    survey = {name: n / total for name, n in answers.items()} if total else {}
    return Weights(importance, log, survey, frozenset(excess))


def moments_of_truth(view: JourneyMapView, by: Weights, engaged: frozenset[str], most: int) -> tuple[Moment, ...]:
    """The moments kept on a map, by falling score; what the rule cannot score stands last, in the order of the map."""
    placed = [(stage.id, activity) for stage in view.stages for activity in stage.activities if activity.point is not None]
    scored = [_moment(stage, activity, by, engaged) for stage, activity in placed]
    ranked = sorted((m for m in scored if m.score), key=lambda m: (-m.score, m.activity))
    reasons: dict[str, list[Reason]] = {}
    for moment in ranked[:most]:
        reasons.setdefault(moment.activity, []).append("rule")
    for reason, moment in _always(scored):
        reasons.setdefault(moment.activity, []).append(reason)
    for _, activity in placed:
        if activity.moment_of_truth:
            reasons.setdefault(activity.id, []).append("declared")
    order = {m.activity: i for i, m in enumerate(scored)}
    kept = [m.model_copy(update={"reasons": tuple(reasons[m.activity])}) for m in scored if m.activity in reasons]
    return tuple(sorted(kept, key=lambda m: (m.score is None, -(m.score or 0), order[m.activity])))


def _moment(stage: str, activity: ActivityView, by: Weights, engaged: frozenset[str]) -> Moment:
    point = activity.point
    reach, source = by.reach(activity.touchpoint)
    assumed = activity.touchpoint not in by.importance
    importance = method.data("moments")["importance_unknown"] if assumed else by.importance[activity.touchpoint]
    return Moment(
        activity=activity.id, stage=stage, action=activity.action, touchpoint=activity.touchpoint, valence=point.valence, low=point.low,
        high=point.high, n=point.n, base=point.base, kind=point.kind, solid=point.solid,
        rupture=activity.rupture or activity.touchpoint in by.leaking, importance=importance,
        importance_assumed=assumed, reach=reach, reach_source=source, engagement=activity.touchpoint in engaged,
        score=abs(point.valence) * importance * reach if reach is not None else None)


def _always(scored: list[Moment]) -> list[tuple[Reason, Moment]]:
    """The first rupture, the peak (the strongest reaction, customers' own first) and the end of the journey."""
    if not scored:
        return []
    first = next((m for m in scored if m.rupture), None)
    peak = max(enumerate(scored), key=lambda item: (item[1].solid, abs(item[1].valence), -item[0]))[1]
    return ([("first_rupture", first)] if first else []) + [("peak", peak), ("end", scored[-1])]
