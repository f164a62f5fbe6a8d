"""I, intuition: what the map says without customers, or against them."""

from collections.abc import Iterator

from cxkit import method
from cxkit.steps.rules.base import Draft, Missing, rule
from cxkit.steps.rules.scene import Scene, Spot

SIDE = 0.5
"""Half-width of the neutral side: heights nearer to none than to any other reaction."""


def is_evidenced(spot: Spot) -> bool:
    """Whether customers' evidence supports the reaction of an activity."""
    measured = spot.view.point is not None and bool(spot.view.point.distribution)
    return measured or spot.activity.evidence.kind in method.CUSTOMER_EVIDENCE


@rule("I1")
def mostly_intuition(scene: Scene) -> Iterator[Draft]:
    """Too many reactions rest on hypothesis or internal knowledge."""
    for dated in scene.maps:
        drawn = [spot for spot in scene.spots if spot.dated is dated and (spot.activity.reaction or spot.view.point)]
        bare = [spot for spot in drawn if not is_evidenced(spot)]
        share = len(bare) / len(drawn) if drawn else 0.0
        if share > scene.limit("I1", "share"):
            severity = "error" if share >= scene.limit("I1", "error") else None
            yield Draft(scene.on(dated, "stages"), {"share": share, "n": len(bare), "activities": len(drawn)}, severity=severity)


@rule("I2")
def moment_without_evidence(scene: Scene) -> Iterator[Draft]:
    """A moment of truth that no customer's evidence supports."""
    for spot in scene.spots:
        if spot.activity.moment_of_truth and not is_evidenced(spot):
            yield Draft(scene.at(spot, "moment_of_truth"), facts={"activity": spot.activity.action},
                        words={"kind": f"evidence_kinds.{spot.activity.evidence.kind}"}, mark=spot.view.mark)


@rule("I3")
def small_base(scene: Scene) -> Iterator[Draft]:
    """A point of the curve drawn from too few answers."""
    least = scene.limit("I3", "least")
    for spot in scene.spots:
        point = spot.view.point
        if point is not None and point.distribution and point.n < least:
            yield Draft(scene.at(spot), {"n": point.n, "threshold": least}, {"activity": spot.activity.action}, mark=spot.view.mark)


@rule("I4")
def persona_without_data(scene: Scene) -> Iterator[Draft]:
    """A persona to whom nobody in the evidence belongs."""
    declared = {item.id: i for i, item in enumerate(scene.folder.personas)}
    for persona in scene.measured.personas:
        if persona.n == 0 and persona.id in declared:
            place = scene.place("personas.yaml", "personas", declared[persona.id], persona=persona.id)
            # a prospect for a new offer has no customers yet
            yield Draft(place, {"n": 0}, {"persona": persona.name}, severity="note" if persona.kind == "prospect" else None)


@rule("I5")
def reaction_contradicted(scene: Scene) -> Iterator[Draft | Missing]:
    """The drawn reaction is not on the side where customers put it."""
    if scene.measured.reactions.empty:
        yield Missing("no_reactions")
        return
    for spot in scene.spots:
        point = spot.view.point
        if spot.activity.reaction is None or point is None or not point.distribution or point.n < scene.limit("I5", "least"):
            continue
        drawn = method.valence(spot.activity.reaction)
        limit = 0.0 if drawn else (SIDE if point.valence > 0 else -SIDE)
        outside = _excluded(point.low, point.high, drawn)
        p = scene.heard_at(spot).against(limit) if _beyond(point.valence, drawn) else 1.0
        # all customers of one mind: nothing varies, and no test is needed
        p = (0.0 if outside else 1.0) if p is None else p
        yield Draft(scene.at(spot, "reaction"), {
            "drawn": drawn, "valence": point.valence, "valence_low": point.low, "valence_high": point.high, "n": point.n},
            {"activity": spot.activity.action}, {"drawn_reaction": f"reactions.{spot.activity.reaction}",
                                                 "measured_reaction": f"reactions.{point.reaction}"},
            mark=spot.view.mark, p=p, holds=outside)


def _beyond(valence: float, drawn: int) -> bool:
    """Whether the mean lies on another side than the drawn one; elsewhere the data agree and there is nothing to test against."""
    return _excluded(valence, valence, drawn)


def _excluded(low: float, high: float, drawn: int) -> bool:
    """Whether the interval lies outside the drawn side: above 0, below 0, or about 0."""
    if drawn > 0:
        return high < 0
    if drawn < 0:
        return low > 0
    return low > SIDE or high < -SIDE
