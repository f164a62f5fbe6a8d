"""Fill a declared stage with its evidence: points of the curve, marks, ruptures, silo breaks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

import pandas as pd

from cxkit.method import EvidenceKind
from cxkit.model.journey_map import Activity, MapStage
from cxkit.steps.base import Given, Mark, stage_text
from cxkit.steps.journey_view import ActivityView, CurvePoint, IrritantView, StageView
from cxkit.steps.reactions import Heard, declared_point


@dataclass(frozen=True)
class Filling:
    """What fills a map: the reactions of its customers.

    ``borrowed`` is True where a persona has no map of its own: the global map's declared reactions are then hypotheses.
    """

    given: Given
    reactions: pd.DataFrame
    persona: str | None = None
    borrowed: bool = False

    @cached_property
    def at(self) -> Callable[[str, str | None], Heard]:
        """Reactions at a stage's touchpoint, each place computed once."""
        return cache(self._at)

    @cached_property
    def in_stage(self) -> Callable[[str], Heard]:
        """All reactions of a stage, each stage computed once."""
        return cache(lambda stage: Heard.at(self.reactions[self.reactions["stage"] == stage]))

    @cached_property
    def said(self) -> dict[str, EvidenceKind]:
        """Customers' texts, word for word, and what each is: reported or observed."""
        rows = self.given.evidence["verbatims"]
        rows = rows[rows["kind"].isin(["reported", "observed"]) & rows["text"].notna()]
        return dict(zip(rows["text"], rows["kind"], strict=True))

    def _at(self, stage: str, touchpoint: str | None) -> Heard:
        rows = self.reactions
        if touchpoint is None:
            return Heard.at(rows.iloc[:0])
        # rows that name no stage count wherever the touchpoint stands
        return Heard.at(rows[(rows["touchpoint"] == touchpoint) & (rows["stage"].isna() | (rows["stage"] == stage))])


def fill_stage(filling: Filling, stage: MapStage, previous_owner: str | None) -> tuple[StageView, str | None]:
    """One stage as drawn, and the owner of its last activity."""
    activities = []
    for activity in stage.activities:
        activities.append(_fill(filling, stage.stage, activity, previous_owner))
        previous_owner = activity.owner or previous_owner
    goal = stage.goal or next((item.goal for item in filling.given.folder.client.stages if item.id == stage.stage), None)
    view = StageView(id=stage.stage, name=stage_text(filling.given.folder, stage.stage), goal=goal,
                     activities=tuple(activities), point=filling.in_stage(stage.stage).point)
    return view, previous_owner


def _fill(filling: Filling, stage: str, activity: Activity, previous_owner: str | None) -> ActivityView:
    heard = filling.at(stage, activity.touchpoint)
    point = _point(filling, heard, activity)
    folder = filling.given.folder
    touchpoint = next((item for item in folder.touchpoints if item.id == activity.touchpoint), None)
    owner = activity.owner or (touchpoint.owner if touchpoint else None)
    handed_over = bool(owner and previous_owner and owner != previous_owner)
    return ActivityView(
        id=activity.id, action=activity.action, when=activity.when, touchpoint=activity.touchpoint,
        touchpoint_name=touchpoint.name if touchpoint else activity.touchpoint,
        channel=activity.channel or (touchpoint.channel if touchpoint else None), thought=activity.thought,
        thought_kind=filling.said.get(activity.thought) if isinstance(activity.thought, str) else None, need=activity.need,
        expected=activity.information.expected, asked=activity.information.asked, transmitted=activity.information.transmitted,
        emotion=activity.emotion, point=point, mark=_mark(filling, heard, activity),
        moment_of_truth=activity.moment_of_truth, decision=activity.decision,
        engagement=any(item.touchpoint == activity.touchpoint for item in folder.client.engagement_moments),
        silo_break=handed_over and point is not None and point.valence < 0,
        rupture=activity.reaction == "rupture" or heard.ruptures,
        irritants=tuple(IrritantView(text=item.text, severity=item.severity, kind=item.evidence) for item in activity.irritants),
        delights=activity.delights, opportunities=activity.opportunities, owner=owner,
        owner_name=next((item.name for item in folder.client.owners if item.id == owner), owner), back_stage=activity.back_stage,
        **_used(filling, activity.touchpoint))


def _used(filling: Filling, touchpoint: str | None) -> dict[str, float | None]:
    """Reach and exit share of the touchpoint from step 04; of everyone, so a persona's map does not bear them."""
    result = filling.given.upstream.get("touchpoints")
    view = next((item for item in result.touchpoints if item.id == touchpoint), None) if result is not None and filling.persona is None else None
    return {"reach": view.usage.reach if view and view.usage else None, "exit_share": view.exit.share if view and view.exit else None}


def _point(filling: Filling, heard: Heard, activity: Activity) -> CurvePoint | None:
    if heard.point is not None or activity.reaction is None:
        return heard.point
    kind = "hypothesis" if filling.borrowed else activity.evidence.kind
    return declared_point(activity.reaction, kind, activity.evidence.n)


def _mark(filling: Filling, heard: Heard, activity: Activity) -> Mark:
    kind = "hypothesis" if filling.borrowed else activity.evidence.kind
    named = (activity.evidence.source,) if activity.evidence.source else ()
    return heard.complaints or heard.mark or Mark(kind=kind, n=activity.evidence.n, sources=named)
