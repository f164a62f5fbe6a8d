"""Step 08: severities, ranks, money and gaps by hand."""

from types import SimpleNamespace

import pytest

from cxkit.errors import CxError
from cxkit.model.folder import DatedMap
from cxkit.model.improvement import Improvement
from cxkit.model.journey_map import JourneyMap
from cxkit.steps import actions, journey

MAP = {"title": "t", "date": "2025-06-01", "stages": [
    {"stage": "need", "activities": [
        {"id": "look", "action": "Look", "touchpoint": "web", "reaction": "satisfaction"},
        {"id": "ask", "action": "Ask", "touchpoint": "desk", "reaction": "rupture"}]},
    {"stage": "use", "activities": [
        {"id": "use", "action": "Use", "touchpoint": "app", "irritants": [{"text": "slow", "severity": 2}]}]}]}


def improvement(id_, **fields):
    return Improvement.model_validate({"id": id_, "name": id_, "effort": 2} | fields)


def episodes(touchpoints, n, end=None, start=0):
    """n customers who pass by the touchpoints in January 2025, an hour apart; ``end`` closes with the outcome."""
    path = [*touchpoints, *([end] if end else [])]
    return [{"customer": f"c{start + i}", "time": f"2025-01-{1 + i % 28:02d}T{10 + k}:00", "position": k, "touchpoint": touchpoint}
            for i in range(n) for k, touchpoint in enumerate(path)]


# a year of silence closes the episodes of January; 100 episodes, 30 with outcome
LOG = [*episodes(["web", "desk"], 30, "buy"), *episodes(["web", "desk"], 30, start=30), *episodes(["web"], 40, start=60),
       {"customer": "late", "time": "2026-01-01T10:00", "position": 0, "touchpoint": "web"}]
OUTCOME = {"outcome": {"event": "buy", "name": "Purchase"}}


@pytest.fixture
def plan(make_given):
    def make(*improvements, client=None, parameters=None, **rows):
        folder = {"maps": (DatedMap("maps/m.yaml", JourneyMap.model_validate(MAP)),), "improvements": improvements}
        given = make_given(client, folder=folder, **rows)
        maps = journey.compute(given, journey.Parameters()).maps
        given = make_given(client, folder=folder, upstream={"journey": SimpleNamespace(maps=maps)}, **rows)
        return actions.compute(given, parameters or actions.Parameters())

    return make


def by_id(result):
    return {action.id: action for action in result.actions}


def test_goal_follows_from_what_is_repaired(plan):
    found = by_id(plan(improvement("a", repairs="ask"), improvement("b", repairs="use"), improvement("c", repairs="look")))
    assert {id_: (a.goal, a.severity, a.at_once) for id_, a in found.items()} == {
        "a": ("repair", 3, True), "b": ("soften", 2, False), "c": ("delight", 0, False)}
    assert (found["b"].stage, found["b"].touchpoint) == ("use", "app")


def test_rupture_and_irritant_without_improvement_are_told(plan):
    result = plan(improvement("c", repairs="look"))
    assert [(u.activity, u.kind, u.severity) for u in result.uncovered] == [("ask", "rupture", 3), ("use", "irritant", 2)]
    assert plan(improvement("a", repairs="ask"), improvement("b", touchpoint="app")).uncovered == ()


def test_rice_and_rank_by_declared_reach(plan):
    found = plan(improvement("small", repairs="use", reach=200, impact="1", confidence="0.5", effort=4),
                 improvement("large", repairs="ask", reach=2000, impact="2", confidence="0.8", effort=3))
    best, other = found.actions
    assert (best.id, best.rank, best.top_share) == ("large", 1, 1.0)
    assert best.rice == pytest.approx(1066.67, abs=0.01)
    assert other.rice == pytest.approx(25)
    assert found.effort_line == 3.5
    assert (best.quadrant, other.quadrant) == ("quick_win", "question")


def test_score_is_the_weighted_sum(plan):
    found = plan(improvement("a", repairs="ask", reach=100), improvement("b", repairs="use", reach=50),
                 parameters=actions.Parameters(weights="severity=1,reach=1,outcome=0,impact=0,confidence=0,ease=0"))
    assert by_id(found)["b"].score == pytest.approx((2 / 3 + 1 / 2) / 2, abs=1e-4)


@pytest.mark.parametrize("weights", ["severty=1", "reach=much", "reach=-1"])
def test_weights_are_checked(plan, weights):
    with pytest.raises(CxError, match="CX-E01"):
        plan(improvement("a"), parameters=actions.Parameters(weights=weights))


def test_effect_on_the_outcome_and_its_money(plan):
    item = improvement("a", repairs="ask", exit_reduction=0.5, cost=1000, value_per_outcome=10)
    action = plan(item, client=OUTCOME, interactions=LOG).actions[0]
    # desk: 30 of 60 buy; half of the exits avoided: 45 of 60; web → desk 60 of 100: gain .15
    assert action.effect.gain == pytest.approx(0.15)
    assert action.effect.low < 0.15 < action.effect.high
    days = 366  # from 1 January 2025 to 1 January 2026
    yearly = 0.15 * 100 * 365.25 / days
    assert action.effect.yearly == pytest.approx(yearly, rel=0.01)
    assert action.money.yearly_value == pytest.approx(10 * yearly, rel=0.01)
    assert action.money.payback_months == pytest.approx(12 * 1000 / (10 * yearly), rel=0.01)
    assert action.effect.scale == 1


def test_yearly_outcomes_follow_the_declared_reach(plan):
    counted = plan(improvement("a", repairs="ask", exit_reduction=0.5), client=OUTCOME, interactions=LOG).actions[0]
    declared = plan(improvement("a", repairs="ask", exit_reduction=0.5, reach=6000), client=OUTCOME, interactions=LOG).actions[0]
    # the log counts 60 customers a year at the desk: the client's 6,000 are about a hundred times more
    assert declared.effect.scale == pytest.approx(6000 / counted.reach)
    assert declared.effect.yearly == pytest.approx(counted.effect.yearly * declared.effect.scale)


def test_reach_is_measured_where_nobody_declared_it(plan):
    result = plan(improvement("a", repairs="ask"), improvement("b", repairs="use"), client=OUTCOME, interactions=LOG)
    found = by_id(result)
    assert found["a"].reach == pytest.approx(60 * 365.25 / 366, rel=0.01)
    assert found["a"].reach_kind == "measured"
    assert (found["b"].reach, found["b"].reach_kind, found["b"].rice) == (None, "hypothesis", None)


def test_gaps(plan, make_given):
    assert {g.key for g in plan(improvement("a", repairs="nowhere", cost=5)).gaps} == {"unplaced", "no_assumption", "no_outcome"}
    empty = actions.compute(make_given(), actions.Parameters())
    assert [gap.key for gap in empty.gaps] == ["no_improvements", "no_journey", "no_outcome"]
    assert empty.actions == ()


def test_result_goes_through_json(plan):
    result = plan(improvement("a", repairs="ask", exit_reduction=0.5), client=OUTCOME, interactions=LOG)
    assert actions.Result.model_validate_json(result.model_dump_json()) == result
