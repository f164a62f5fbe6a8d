"""Step 06, moments: which moments decide, where the client invests, what hurts, what the outcome passes through."""

from collections.abc import Iterator
from typing import Any

from cxkit import method
from cxkit.steps.base import Gap, Given, StepParameters, StepResult
from cxkit.steps.lived import Lived, lived
from cxkit.steps.moments_engagement import engagements
from cxkit.steps.moments_outcome import odds, removals, what_ifs
from cxkit.steps.moments_pains import pains
from cxkit.steps.moments_peak_end import peak_end
from cxkit.steps.moments_truth import moments_of_truth, weights
from cxkit.steps.moments_view import Chain, Engagement, Moment, Odds, Pain, PeakEnd, PersonaMoments, Removal, WhatIf
from cxkit.steps.reactions import reactions


class Parameters(StepParameters):
    """Choices of step 06."""

    most: int = 0
    """Moments of truth kept by the rule; 0 takes the method's number."""
    draws: int = 0
    """Bootstrap draws of the removal effects; 0 takes the method's number."""


class Result(StepResult):
    """The moments of the global map, of each persona's map, and what stands around them.

    ``unfelt``: engagement moments where customers feel no moment of truth; ``unbacked``: touchpoints of moments of truth by the rule where
    the client expects no conversion.
    """

    moments: tuple[Moment, ...]
    personas: tuple[PersonaMoments, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    unfelt: tuple[str, ...] = ()
    unbacked: tuple[str, ...] = ()
    pains: tuple[Pain, ...] = ()
    tested: int = 0
    removal: tuple[Removal, ...] = ()
    chain: Chain | None = None
    odds: tuple[Odds, ...] = ()
    what_if: tuple[WhatIf, ...] = ()
    peak_end: PeakEnd | None = None


def compute(given: Given, parameters: Parameters) -> Result:
    """Rank the moments on the maps of step 05 with the weights of step 04."""
    settings, maps = method.data("moments"), given.upstream["journey"].maps
    touchpoints, declared = given.upstream.get("touchpoints"), given.folder.client.engagement_moments
    by, lived_ = weights(given, touchpoints), lived(given)
    engaged = frozenset(item.touchpoint for item in declared)
    views = {view.persona.id if view.persona else None: view for view in maps if view.kind == "as-is"}
    moments = moments_of_truth(views[None], by, engaged, parameters.most or settings["most"]) if None in views else ()
    personas = tuple(PersonaMoments(persona=name, moments=moments_of_truth(view, by, engaged, settings["per_persona"]))
                     for name, view in views.items() if name is not None)
    # leaving is felt, on the map or not
    felt = by.leaking | frozenset(m.touchpoint for m in moments if m.touchpoint and set(m.reasons) - {"end"})
    stages = {item.id: item.stage for item in touchpoints.touchpoints} if touchpoints else {}
    hurting, tested = pains(reactions(given.evidence["scores"], given.evidence["verbatims"]), by.log_reach, stages, by.leaking)
    removal, chain = removals(lived_, parameters.draws)
    return Result(
        moments=moments, personas=personas, engagements=engagements(declared, lived_, felt), unfelt=tuple(sorted(engaged - felt)),
        unbacked=tuple(dict.fromkeys(m.touchpoint for m in moments if m.touchpoint and "rule" in m.reasons and not m.engagement)),
        pains=hurting, tested=tested, removal=removal, chain=chain, odds=odds(lived_), what_if=what_ifs(lived_, by.leaking, parameters.draws),
        peak_end=peak_end(given), gaps=tuple(_gaps(given, moments, by, lived_, hurting)))


def _gaps(given: Given, moments: tuple[Moment, ...], by: Any, lived_: Lived | None, hurting: tuple[Pain, ...]) -> Iterator[Gap]:
    if not moments:
        yield Gap(key="no_moments")
    elif not any(m.solid for m in moments):
        yield Gap(key="no_customer_moments")
    on_map = {activity.touchpoint for view in given.upstream["journey"].maps for stage in view.stages for activity in stage.activities}
    for touchpoint in sorted(by.leaking - on_map):
        yield Gap(key="leak_off_map", facts={"touchpoint": touchpoint})
    if not by.importance:
        yield Gap(key="no_importance")
    if lived_ is None:
        yield Gap(key="no_log")
    elif not lived_.outcomes:
        yield Gap(key="no_outcome")
    if not given.folder.client.engagement_moments:
        yield Gap(key="no_engagement")
    if not hurting:
        yield Gap(key="no_pains")
