"""A small journey map for the tests of its renderers; every text is its own, so that a test can find it."""

import datetime as dt

from cxkit.steps.base import Mark
from cxkit.steps.journey_view import ActivityView, CurvePoint, IrritantView, JourneyMapView, PersonaCard, StageView

SOLID = CurvePoint(valence=0.7, low=0.4, high=1.0, n=431, base="full", net_emotion=0.32, reaction="satisfaction", kind="measured", solid=True)
WEAK = CurvePoint(valence=-1.7, low=-2.1, high=-1.2, n=64, base="weak", net_emotion=-0.77, reaction="dissatisfaction", kind="reported", solid=True)
COUNTS = CurvePoint(
    valence=-0.9, low=-1.8, high=0.1, n=22, base="counts_only", net_emotion=-0.2, reaction="irritant", kind="reported", solid=True,
    distribution={"delight": 2, "satisfaction": 5, "none": 4, "irritant": 8, "dissatisfaction": 3},
)  # fmt: skip
HOLLOW = CurvePoint(valence=-3, reaction="rupture", kind="hypothesis", solid=False)


def activity(id_: str, point: CurvePoint | None, text: str = "", **more) -> ActivityView:
    """An activity whose texts carry its id."""
    return ActivityView(
        id=id_,
        action=text or f"Action {id_}",
        touchpoint=f"tp-{id_}",
        touchpoint_name=f"Touchpoint {id_}",
        channel="web",
        thought=f"Thought {id_}",
        emotion=f"Word {id_}",
        point=point,
        mark=Mark(kind=point.kind if point else "hypothesis", n=point.n if point else None),
        **more,
    )


def sample_map(stages: int = 3, text: str = "", **more) -> JourneyMapView:
    """A map of ``stages`` stages with two activities each; ``text`` replaces the words of actions and irritants."""
    points = (SOLID, WEAK, COUNTS, HOLLOW)
    made = []
    for at in range(stages):
        first = activity(f"a{at}", points[at % 4], text, moment_of_truth=at == 0, rupture=points[at % 4] is HOLLOW)
        irritants = (IrritantView(text=text or f"Irritant {at}", severity=1 + at % 3, kind="observed"),)
        second = activity(f"b{at}", points[(at + 1) % 4], text, irritants=irritants, opportunities=(f"Opportunity {at}",), owner_name="Owner")
        made.append(StageView(id=f"s{at}", name=f"Stage {at}", goal=f"Goal {at}", activities=(first, second)))
    given = {
        "title": "Map of a test",
        "client": "Client",
        "kind": "as-is",
        "version": "1.2",
        "date": dt.date(2026, 3, 1),
        "sample": (Mark(kind="measured", n=812),),
        "persona": PersonaCard(id="p", name="Ada Doe", quote="Tell me once.", n=99),
        "stages": tuple(made),
    }
    return JourneyMapView(**given | more)
