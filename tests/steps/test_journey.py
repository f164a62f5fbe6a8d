"""Step 05: points of the curve from hand-counted reactions."""

from types import SimpleNamespace

import pytest

from cxkit.model.folder import DatedMap
from cxkit.model.journey_map import JourneyMap
from cxkit.steps import journey
from cxkit.steps.base import Mark
from cxkit.steps.journey import Parameters, compute
from cxkit.steps.journey_draft import draft_map
from cxkit.steps.persona_verdict import Segmentation
from cxkit.steps.persona_view import PersonaProfile
from cxkit.steps.personas import Result as PersonasResult

MAP = {"title": "t", "date": "2025-06-01", "stages": [
    {"stage": "need", "activities": [
        {"id": "look", "action": "Look", "touchpoint": "web", "reaction": "delight", "owner": "digital"},
        {"id": "ask", "action": "Ask", "touchpoint": "desk", "reaction": "irritant", "evidence": {"kind": "internal", "n": 3}}]},
    {"stage": "use", "activities": [{"id": "use", "action": "Use", "touchpoint": "app", "owner": "care"}]}]}


def score(touchpoint, stage, reaction, n, respondent="r"):
    return [{"touchpoint": touchpoint, "stage": stage, "reaction": reaction, "metric": "csat", "value": 3.0,
             "respondent": f"{respondent}{reaction}{i}"} for i in range(n)]


@pytest.fixture
def declared():
    return {"maps": (DatedMap("maps/m.yaml", JourneyMap.model_validate(MAP)),)}


def activity(view, id_):
    return next(a for stage in view.stages for a in stage.activities if a.id == id_)


def test_point_is_the_mean_valence_of_customers_reactions(make_given, declared):
    rows = score("web", "need", "satisfaction", 60) + score("web", "need", "dissatisfaction", 40)
    view = journey.compute(make_given(folder=declared, scores=rows), journey.Parameters()).maps[0]
    point = activity(view, "look").point
    assert point.valence == pytest.approx((60 * 1 + 40 * -2) / 100)
    assert point.net_emotion == pytest.approx(0.20)
    assert (point.n, point.base, point.solid, point.kind) == (100, "full", True, "measured")
    assert point.low < point.valence < point.high
    assert point.distribution == {"satisfaction": 60, "dissatisfaction": 40}


def test_declared_reaction_without_customer_evidence_is_hollow_at_its_own_valence(make_given, declared):
    view = journey.compute(make_given(folder=declared), journey.Parameters()).maps[0]
    point = activity(view, "ask").point
    assert (point.valence, point.solid, point.kind, point.low) == (-1, False, "internal", None)
    assert activity(view, "use").point is None


def test_reactions_read_in_texts_fill_a_place_where_nobody_scored_and_say_so(make_given, declared):
    rows = [{"text": "x", "touchpoint": place, "stage": stage} for place, stage in (("desk", "need"), ("web", "need")) for _ in range(20)]
    scored = score("web", "need", "satisfaction", 10)
    read = SimpleNamespace(readings=tuple(SimpleNamespace(source="s", row=i, reaction="irritant" if i % 4 else "satisfaction") for i in range(2, 42)))
    view = journey.compute(make_given(folder=declared, verbatims=rows, scores=scored, upstream={"voice": read}), journey.Parameters()).maps[0]
    desk, web = activity(view, "ask"), activity(view, "look")
    # 15 irritants (−1) and 5 satisfactions (+1)
    assert (desk.point.valence, desk.point.n, desk.point.inferred, desk.point.kind) == (-0.5, 20, True, "reported")
    assert (desk.mark.kind, desk.mark.n) == ("reported", 20)
    assert (web.point.valence, web.point.n, web.point.inferred) == (1, 10, False)


def test_a_point_is_of_one_kind_of_evidence(make_given, declared):
    # wrong reading: 30 contents who were asked and 30 malcontents who wrote drawn as a place where nobody feels anything
    texts = [{"touchpoint": "web", "stage": "need", "reaction": "satisfaction" if i < 6 else "irritant", "text": "x"} for i in range(30)]

    def point(scored):
        given = make_given(folder=declared, scores=score("web", "need", "satisfaction", scored), verbatims=texts)
        shown = activity(journey.compute(given, journey.Parameters()).maps[0], "look")
        return shown.point.valence, shown.point.n, shown.point.kind, shown.mark.kind, shown.mark.n

    assert point(10) == (1, 10, "measured", "measured", 10)
    assert point(9) == (pytest.approx(-0.6), 30, "reported", "reported", 30)


def test_nine_reactions_are_too_few_to_replace_the_declared_one(make_given, declared):
    view = journey.compute(make_given(folder=declared, scores=score("desk", "need", "delight", 9)), journey.Parameters()).maps[0]
    assert activity(view, "ask").point.valence == -1
    view = journey.compute(make_given(folder=declared, scores=score("desk", "need", "delight", 10)), journey.Parameters()).maps[0]
    point = activity(view, "ask").point
    assert (point.valence, point.base, point.net_emotion) == (2, "counts_only", None)


def test_silo_break_needs_another_owner_and_a_negative_reaction(make_given, declared):
    view = journey.compute(make_given(folder=declared, scores=score("app", "use", "irritant", 30)), journey.Parameters()).maps[0]
    assert activity(view, "use").silo_break
    view = journey.compute(make_given(folder=declared, scores=score("app", "use", "delight", 30)), journey.Parameters()).maps[0]
    assert not activity(view, "use").silo_break


def test_rupture_needs_three_voices_and_five_per_cent(make_given, declared):
    def has_rupture(ruptures, others):
        texts = [{"touchpoint": "app", "stage": "use", "reaction": "rupture", "text": "x"}] * ruptures
        given = make_given(folder=declared, scores=score("app", "use", "none", others), verbatims=texts)
        return activity(journey.compute(given, journey.Parameters()).maps[0], "use").rupture

    assert has_rupture(3, 57)
    assert not has_rupture(2, 20)
    assert not has_rupture(3, 58)


def test_a_map_is_drafted_from_the_evidence_where_none_is_declared(make_given):
    result = journey.compute(make_given(scores=score("web", "need", "delight", 12)), journey.Parameters())
    assert result.maps[0].drafted
    assert [gap.key for gap in result.gaps] == ["drafted"]
    assert [a.touchpoint for stage in result.maps[0].stages for a in stage.activities] == ["web"]


def test_persona_without_its_own_map_borrows_the_global_one_as_hypothesis(make_given, declared):
    profile = PersonaProfile(id="p1", name="P", origin="declared", mark=Mark(kind="hypothesis"))
    personas = PersonasResult(personas=(profile,), assignments={"rdelight0": "p1"}, segmentation=Segmentation(verdict="no_data"))
    result = journey.compute(make_given(folder=declared, upstream={"personas": personas}), journey.Parameters())
    assert [view.persona.id if view.persona else None for view in result.maps] == [None, "p1"]
    assert activity(result.maps[1], "ask").point.kind == "hypothesis"
    assert "persona_without_reactions" in [gap.key for gap in result.gaps]


def test_a_draft_follows_the_order_of_the_log_and_tells_its_evidence(make_given):
    rows = [{"customer": f"c{i}", "time": f"2025-01-01T{j:02d}:00:00", "position": 10 * i + j, "touchpoint": place, "stage": "need",
             "persona": "pq"[i % 2]} for i in range(4) for j, place in enumerate(("zebra", "alpha") if i % 2 == 0 else ("zebra", "other"))]
    texts = [{"touchpoint": "forum", "stage": "use", "text": "x", "respondent": f"r{i}", "kind": "reported"} for i in range(3)]
    given = make_given(interactions=rows, verbatims=texts)
    need, use = draft_map(given).map.stages
    # wrong reading: the most used first, or by name
    assert [(a.touchpoint, a.evidence.kind, a.evidence.n) for a in need.activities] == [
        ("zebra", "measured", 4), ("alpha", "measured", 2), ("other", "measured", 2)]
    assert [(a.touchpoint, a.evidence.kind, a.evidence.n) for a in use.activities] == [("forum", "reported", 3)]
    assert [a.touchpoint for a in draft_map(given, "q").map.stages[0].activities] == ["zebra", "other"]


def test_a_draft_quotes_a_typical_verbatim_and_the_causes_of_complaint(make_given):
    texts = [{"touchpoint": "desk", "stage": "use", "text": text, "respondent": f"r{i}", "kind": kind, "reaction": reaction, "row": i}
             for i, (text, kind, reaction) in enumerate([
                 *[(f"I waited far too long at the desk {'again ' * i}this morning", "reported", "irritant") for i in range(6)],
                 *[("The desk was friendly and quick, thank you very much", "reported", "delight")] * 5,
                 *[("The queue at the desk is known to all of us here", "internal", "irritant")] * 9])]
    complaints = [{"cause": cause, "touchpoint": "desk", "stage": "use", "respondent": f"c{i}"}
                  for i, cause in enumerate(["queue"] * 12 + ["form"] * 10 + ["rude"] * 9)]
    given = make_given(scores=score("desk", "use", "none", 12), verbatims=texts, complaints=complaints)
    drawn = journey.compute(given, journey.Parameters()).maps[0]
    desk = next(a for stage in drawn.stages for a in stage.activities)
    # wrong reading: the rarer side quoted, or employees; a cause that nine complaints name is not shown
    assert desk.thought.startswith("I waited far too long at the desk")
    assert desk.thought_kind == "reported"
    assert [(one.text, one.kind) for one in desk.irritants] == [("queue", "reported"), ("form", "reported")]
    few = make_given(scores=score("desk", "use", "none", 12), verbatims=texts[:9])
    assert [a.thought for stage in draft_map(few).map.stages for a in stage.activities] == [None]


def test_a_place_known_by_complaints_only_is_not_on_the_curve(make_given):
    # wrong reading: a mean of complaints drawn beside means of ratings
    texts = [{"touchpoint": "desk", "stage": "use", "text": "x", "respondent": f"r{i}", "reaction": "irritant"} for i in range(40)]
    rated = [{"touchpoint": "page", "stage": "need", "metric": "csat", "value": 4.0, "reaction": "satisfaction", "respondent": f"s{i}"}
             for i in range(40)]
    view = compute(make_given(verbatims=texts, scores=rated), Parameters()).maps[0]
    page, desk = view.stages[0].activities[0], view.stages[1].activities[0]
    assert page.point.valence == 1.0
    assert (desk.point, desk.mark.kind, desk.mark.n, view.stages[1].point) == (None, "reported", 40, None)
