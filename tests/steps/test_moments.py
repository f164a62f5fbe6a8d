"""Step 06 on small maps and logs, by hand; each test names the wrong reading that it guards against."""

import datetime as dt

import pytest

from cxkit.model.touchpoint import Touchpoint
from cxkit.steps import moments
from cxkit.steps.base import Mark
from cxkit.steps.journey import Result as Journey
from cxkit.steps.journey_view import ActivityView, CurvePoint, JourneyMapView, StageView
from cxkit.steps.moments import Parameters, compute
from cxkit.steps.moments_peak_end import peak_end
from cxkit.steps.moments_truth import Weights, moments_of_truth
from cxkit.steps.touchpoints import Parameters as TouchpointParameters
from cxkit.steps.touchpoints import compute as touchpoints_of

REACTION = {5: "delight", 4: "satisfaction", 3: "none", 2: "irritant", 1: "dissatisfaction"}
OUTCOME = {"outcome": {"event": "bought", "name": "Bought"}, "episode_gap_days": 5}
CLOSING = [{"customer": "last", "time": "2025-03-01", "position": 9999, "touchpoint": "bought"}]


def contacts(*paths):
    return [{"customer": f"c{i:03d}", "time": f"2025-01-01T{j:02d}:00:00", "position": 100 * i + j, "touchpoint": place}
            for i, path in enumerate(paths) for j, place in enumerate(path.split())]


def activity(name, valence, *, solid=True, reaction="none", **extra):
    point = CurvePoint(valence=valence, n=50, base="weak", reaction=reaction, kind="measured" if solid else "hypothesis", solid=solid)
    return ActivityView(id=name, action=name, touchpoint=name, point=point, mark=Mark(kind=point.kind), **extra)


def journey(*activities):
    view = JourneyMapView(title="t", client="c", kind="as-is", version="1", date=dt.date(2026, 1, 1),
                          stages=(StageView(id="need", name="need", activities=activities),))
    return Journey(maps=(view,))


def given_of(make_given, *activities, client=None, **rows):
    base = make_given(OUTCOME | (client or {}), **rows)
    upstream = {"journey": journey(*activities), "touchpoints": touchpoints_of(base, TouchpointParameters())}
    return make_given(OUTCOME | (client or {}), upstream=upstream, **rows)


def test_the_rule_multiplies_valence_importance_and_reach():
    by = Weights({"a": 1.0, "b": 0.5}, {"a": 0.2, "b": 0.8, "c": 1.0}, {})
    found = moments_of_truth(journey(activity("a", -2.0), activity("b", 1.0), activity("c", 0.1)).maps[0], by, frozenset(), 2)
    by_name = {m.activity: m for m in found}
    # |−2| × 1 × .2 = .4; 1 × .5 × .8 = .4; .1 × .5 (assumed) × 1 = .05
    assert by_name["a"].score == pytest.approx(0.4)
    assert by_name["b"].score == pytest.approx(0.4)
    assert (by_name["c"].score, by_name["c"].importance_assumed) == (pytest.approx(0.05), True)
    assert {name: m.reasons for name, m in by_name.items()} == {"a": ("rule", "peak"), "b": ("rule",), "c": ("end",)}


def test_first_rupture_peak_and_end_are_kept_whatever_their_score():
    # wrong reading: a rare rupture dropped because few pass there
    view = journey(activity("calm", 0.5), activity("breaks", -2.5, rupture=True), activity("again", -1, rupture=True), activity("bye", 0.0)).maps[0]
    found = moments_of_truth(view, Weights({}, {"calm": 1.0, "breaks": 0.001, "again": 0.9, "bye": 0.1}, {}), frozenset(), 1)
    assert {m.activity: m.reasons for m in found} == {"again": ("rule",), "breaks": ("first_rupture", "peak"), "bye": ("end",)}


def test_the_peak_is_what_customers_felt_not_what_a_workshop_supposed():
    view = journey(activity("supposed", -3.0, solid=False), activity("felt", 1.5), activity("end", 0.0)).maps[0]
    found = moments_of_truth(view, Weights({}, {}, {}), frozenset(), 3)
    assert {m.activity: m.reasons for m in found} == {"felt": ("peak",), "end": ("end",)}
    assert all(m.score is None and m.reach_source == "none" for m in found)


def test_a_declared_moment_of_truth_stays():
    view = journey(activity("a", 1.0), activity("told", 0.2, moment_of_truth=True), activity("z", 0.0)).maps[0]
    found = {m.activity: m.reasons for m in moments_of_truth(view, Weights({}, {"a": 1.0}, {}), frozenset(), 1)}
    assert found["told"] == ("declared",)


def test_engagement_counts_only_who_comes_before_the_outcome(make_given):
    # wrong reading: people who look at the product again after buying counted as converted by it
    client = {"engagement_moments": [{"touchpoint": "page", "expected_conversion": 0.9, "cost_per_contact": 2.0},
                                     {"touchpoint": "shop", "expected_conversion": 0.5}, {"touchpoint": "none", "expected_conversion": 0.5}]}
    paths = ["page bought"] * 30 + ["page"] * 30 + ["shop bought page"] * 40
    result = compute(given_of(make_given, activity("page", 1.0), client=client, interactions=contacts(*paths) + CLOSING), Parameters())
    page, shop, none = result.engagements
    assert (page.episodes, page.outcomes, page.observed, page.verdict) == (60, 30, 0.5, "below")
    assert (page.contacts, page.cost, page.cost_per_outcome) == (60, 120.0, 4.0)
    assert (shop.observed, shop.verdict) == (1.0, "above")
    assert (none.observed, none.verdict) == (None, "not_measured")
    assert (result.unfelt, page.moment_of_truth) == (("none", "shop"), True)


def test_a_small_base_has_no_verdict(make_given):
    client = {"engagement_moments": [{"touchpoint": "page", "expected_conversion": 0.9}]}
    result = compute(given_of(make_given, activity("page", 1.0), client=client, interactions=contacts(*["page"] * 29) + CLOSING), Parameters())
    assert (result.engagements[0].verdict, result.engagements[0].observed, result.engagements[0].base) == ("not_measured", None, "counts_only")


def reacted(touchpoint, bad, good, ruptures=0):
    names = ["irritant"] * bad + ["rupture"] * ruptures + ["satisfaction"] * good
    return [{"touchpoint": touchpoint, "text": "x", "reaction": name, "respondent": f"{touchpoint}{i}"} for i, name in enumerate(names)]


def test_pains_are_ranked_by_rupture_then_by_who_is_affected(make_given):
    texts = reacted("desk", 20, 20) + reacted("slot", 20, 20) + reacted("leave", 0, 40, ruptures=4) + reacted("fine", 0, 60) + reacted("few", 9, 0)
    rows = contacts(*["desk bought"] * 10, *["slot bought"] * 50)
    result = compute(given_of(make_given, activity("desk", 1.0), verbatims=texts, interactions=rows + CLOSING), Parameters())
    assert [(p.touchpoint, p.kind, p.negative, p.ruptures) for p in result.pains] == [
        ("leave", "rupture", 4, 4), ("slot", "irritant", 20, 0), ("desk", "irritant", 20, 0)]
    slot = result.pains[1]
    assert (slot.share, slot.affected) == (0.5, pytest.approx(0.5 * 50 / 61))
    assert slot.worse
    assert slot.q < 0.05
    assert not result.pains[0].worse
    assert result.tested == 3


def test_where_only_complaints_were_collected_nothing_is_tested(make_given):
    # wrong reading: 100 % negative at a place where only complaints are written
    texts = reacted("box", 40, 0) + reacted("desk", 30, 90)
    result = compute(given_of(make_given, activity("desk", 1.0), verbatims=texts), Parameters())
    by = {p.touchpoint: p for p in result.pains}
    assert (by["box"].one_sided, by["box"].q, by["box"].worse) == (True, None, False)
    assert (by["box"].affected, by["desk"].affected) == (pytest.approx(40 / 160), pytest.approx(30 / 160))


def test_leaving_is_a_rupture_and_says_what_matters(make_given):
    # wrong reading: those who left answered no survey, so the place where they leave looks unimportant
    paths = ["a slot"] * 60 + ["a slot bought"] * 40 + ["a cart"] * 20 + ["a cart bought"] * 80
    texts = reacted("slot", 20, 20) + reacted("cart", 5, 35)
    result = compute(given_of(make_given, activity("cart", 1.0), activity("slot", -1.0), verbatims=texts,
                              interactions=contacts(*paths) + CLOSING), Parameters(draws=10))
    slot = next(m for m in result.moments if m.touchpoint == "slot")
    assert (slot.importance, slot.importance_assumed, slot.rupture) == (1.0, False, True)
    assert slot.reasons == ("rule", "first_rupture", "end")
    assert (result.pains[0].touchpoint, result.pains[0].kind, result.pains[0].leaking) == ("slot", "rupture", True)
    off = compute(given_of(make_given, activity("cart", 1.0), interactions=contacts(*paths) + CLOSING), Parameters(draws=10))
    assert {"touchpoint": "slot"} in [gap.facts for gap in off.gaps if gap.key == "leak_off_map"]


def test_removal_effect_with_its_interval(make_given):
    paths = ["a bought"] * 40 + ["b bought"] * 40 + ["c"] * 40
    result = compute(given_of(make_given, activity("a", 1.0), interactions=contacts(*paths) + CLOSING), Parameters(draws=50))
    effects = {r.touchpoint: r for r in result.removal}
    # P(outcome) = 81/121; without a: 41/121 (one episode begins with its outcome)
    assert effects["a"].effect == pytest.approx(40 / 81)
    assert effects["c"].effect == pytest.approx(0.0)
    assert effects["a"].low < 40 / 81 < effects["a"].high
    assert (result.chain.episodes, result.chain.outcomes, result.chain.censored) == (121, 81, 0)
    assert compute(given_of(make_given, activity("a", 1.0), interactions=contacts(*paths) + CLOSING), Parameters(draws=50)) == result


def test_without_log_or_scores_the_gaps_say_so(make_given):
    result = compute(given_of(make_given, activity("a", -1.0, solid=False)), Parameters())
    assert {gap.key for gap in result.gaps} == {"no_customer_moments", "no_importance", "no_log", "no_engagement", "no_pains"}
    assert [m.reasons for m in result.moments] == [("peak", "end")]
    assert moments.Result.model_validate_json(result.model_dump_json()) == result


def test_reach_comes_from_the_answers_where_there_is_no_log(make_given):
    scores = [{"metric": "csat", "touchpoint": "a", "respondent": f"r{i}", "value": 2.0, "reaction": "irritant"} for i in range(30)]
    scores += [{"metric": "csat", "touchpoint": "b", "respondent": f"r{i}", "value": 4.0, "reaction": "satisfaction"} for i in range(40)]
    folder = {"touchpoints": (Touchpoint(id="a", name="a"),)}
    base = make_given(OUTCOME, folder=folder, scores=scores)
    upstream = {"journey": journey(activity("a", -1.0)), "touchpoints": touchpoints_of(base, TouchpointParameters())}
    result = compute(make_given(OUTCOME, upstream=upstream, folder=folder, scores=scores), Parameters())
    assert (result.moments[0].reach, result.moments[0].reach_source) == (0.75, "survey")


def test_second_order_and_what_if(make_given):
    paths = ["page slot"] * 40 + ["page slot bought"] * 20 + ["page desk bought"] * 60 + ["desk"] * 20
    rows = contacts(*paths)
    result = compute(given_of(make_given, activity("page", 1.0), client={"outcome": {"event": "bought", "name": "Bought"}, "episode_gap_days": 5},
                              interactions=rows + CLOSING), Parameters(draws=50))
    removal = {r.touchpoint: r for r in result.removal}
    # 81 outcomes, one of them bare. Order 1 lets the 20 who begin at desk convert like the others there, 60 of 80: 16 outcomes are left;
    # order 2 knows that who begins at desk never converts: 1 is left
    assert (removal["page"].effect, removal["page"].second) == (pytest.approx(1 - 16 / 81), pytest.approx(1 - 1 / 81))
    slot = next(w for w in result.what_if if w.touchpoint == "slot")
    # by hand: slot exits 40 of 60; a quarter of these go on: P(outcome | slot) 1/3 → 1/2; 60 of 141 episodes pass there: 10 more
    assert (slot.more, slot.outcome) == (pytest.approx(10, abs=0.2), pytest.approx(81 / 141))
    assert slot.more_low < slot.more < slot.more_high


def test_peak_end_over_people_who_told_three(make_given):
    def answers(i, values, overall):
        rows = [{"respondent": f"r{i}", "metric": "csat", "touchpoint": place, "value": float(v), "reaction": REACTION[v]}
                for place, v in zip(("a", "b", "c"), values, strict=True)]
        return [*rows, {"respondent": f"r{i}", "metric": "nps", "of": "overall", "value": float(overall), "low": 0.0, "high": 10.0}]

    # the overall score follows the last answer alone
    scores = [row for i in range(40) for row in answers(i, (1 + i % 5, 3, 1 + i // 5 % 5), 2 * (i // 5 % 5))]
    folder = {"touchpoints": tuple(Touchpoint(id=place, name=place, stage="use", planned=n) for n, place in enumerate("abc", 1))}
    found = peak_end(make_given(scores=scores, folder=folder))
    assert (found.n, found.metric) == (40, "nps")
    told = {r.of: r for r in found.remembered}
    assert told["end"].value == pytest.approx(1.0)
    assert told["peak"].value < 0.9
    assert peak_end(make_given()) is None
