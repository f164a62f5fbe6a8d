"""Thresholds at their very value, and what statistics say there."""

import datetime as dt

import pytest

from cxkit.steps.rules.frozen import add_months
from cxkit.steps.rules.intuition import _excluded
from tests.steps.rules.worlds import fired, reviewed, world

NEED = "map.stages.need.activities"


def found(rule: str, changes: dict) -> list:
    return list(reviewed(world(changes), rule).active)


def test_t1_begins_at_ten_pieces_of_evidence():
    path = {"path": ["ad", "forum", "site", "store", "purchase", "phone"]}
    assert found("T1", {"more_paths": [path | {"n": 9}]}) == []
    [one] = found("T1", {"more_paths": [path | {"n": 10}]})
    assert one.figures == {"n": 10.0, "interactions": 10.0}
    assert (one.place.touchpoint, one.mark.n) == ("forum", 10)


def test_t2_needs_more_exits_than_expected():
    passing = [{"path": ["ad", "site", "forum", "store", "purchase", "phone"], "n": 100}]
    result = reviewed(world({"more_paths": passing}), "T2")
    assert fired(result) == set()
    assert [test.p for test in result.tests] == [1.0]


def test_i1_half_is_not_more_than_half_and_four_fifths_are_an_error():
    bare = {f"{NEED}.see-ad.evidence.kind": "hypothesis", f"{NEED}.look-up.evidence.kind": "internal", "scores.ad": {}, "scores.site": {},
            "persona_map": None}
    assert found("I1", bare) == []
    more = bare | {"map.stages.service.activities.call.evidence.kind": "hypothesis", "scores.phone": {}}
    [one] = found("I1", more)
    assert (one.severity, one.figures["share"]) == ("warning", 0.75)
    [one] = found("I1", more | {"map.stages.decision.activities.try-it.evidence.kind": "internal", "scores.store": {}})
    assert (one.severity, one.figures["share"]) == ("error", 1.0)


@pytest.mark.parametrize(("n", "expected"), [(9, set()), (10, {"I3"}), (29, {"I3"}), (30, set())])
def test_i3_lies_between_the_suppressed_base_and_thirty(n, expected):
    assert fired(reviewed(world({"scores.store": {4: n}, "persona_map": None}), "I3")) == expected


@pytest.mark.parametrize(("low", "high", "drawn", "expected"), [
    (-0.5, -0.01, 1, True), (-0.5, 0.0, 1, False), (0.01, 0.4, -1, True), (0.0, 0.4, -2, False), (0.51, 0.9, 0, True), (0.4, 0.9, 0, False),
    (-0.9, -0.51, 0, True), (-0.4, 0.4, 0, False)])
def test_i5_side_is_excluded(low, high, drawn, expected):
    assert _excluded(low, high, drawn) is expected


@pytest.mark.parametrize(("positive", "expected"), [(30, {"H4"}), (29, set())])
def test_h4_thirty_percent_on_both_sides(positive, expected):
    counts = {4: positive, 3: 100 - positive - 30, 2: 30}
    assert fired(reviewed(world({"scores.site": counts, "persona_map": None}), "H4")) == expected


@pytest.mark.parametrize(("loops", "expected"), [(167, set()), (168, {"H3"})])
def test_h3_thirty_percent_of_episodes(loops, expected):
    # 390 straight episodes: 167 / 557 = 29.98 %, 168 / 558 = 30.1 %
    path = {"path": ["ad", "site", "ad", "site", "store", "purchase", "phone"], "n": loops}
    assert fired(reviewed(world({"more_paths": [path]}), "H3")) == expected


@pytest.mark.parametrize(("personas", "expected"), [(4, {"H5"}), (5, set()), (8, set()), (9, {"H5"})])
def test_h5_five_to_eight(personas, expected):
    assert fired(reviewed(world({"personas": ["ana", *(f"p{i}" for i in range(personas - 1))]}), "H5")) == expected


def test_c3_three_contributors_or_more_than_sixty_percent():
    few = [{"function": "a"}, {"function": "b"}, {"function": "c"}]
    assert fired(reviewed(world({"client.contributors": few}), "C3")) == {"C3"}
    sixty = [{"function": "a", "count": 3}, {"function": "b"}, {"function": "c"}]
    assert fired(reviewed(world({"client.contributors": sixty}), "C3")) == set()
    more = [{"function": "a", "count": 4}, {"function": "b"}, {"function": "c"}]
    assert fired(reviewed(world({"client.contributors": more}), "C3")) == {"C3"}


@pytest.mark.parametrize(("day", "expected"), [("2026-01-31", set()), ("2026-01-30", {"F1"})])
def test_f1_the_day_itself_is_in_time(day, expected):
    assert fired(reviewed(world({"map.review_by": day}), "F1")) == expected


@pytest.mark.parametrize(("day", "expected"), [("2025-07-02", set()), ("2025-06-30", {"F2"})])
def test_f2_six_months(day, expected):
    # the evidence ends on 31 December 2025: 182 days are 5.98 months, 184 are 6.05
    assert fired(reviewed(world({"map.evidence_until": day}), "F2")) == expected


def test_f4_prints_the_metric_before_and_after():
    [one] = found("F4", {"scores_after": {"store": {5: 10, 4: 30, 3: 60}}})
    # before: 160 of 200 satisfied; the last quarter holds some of them, so the figure after lies between 40 % and 80 %
    assert one.figures["before"] == pytest.approx(80, abs=1.5)
    assert 40 < one.figures["after"] < 70
    assert one.figures["change"] == pytest.approx(one.figures["after"] - one.figures["before"])
    assert one.figures["high"] < 0
    assert one.figures["q"] < 0.05
    assert one.place.activity == "try-it"


def test_q5_needs_unhappy_customers_and_a_frequent_path():
    assert found("Q5", {}) == []
    unhappy = {"scores.store": {2: 200}, "improvements.call-back.repairs": "try-it"}
    [one] = found("Q5", unhappy)
    # 330 of 390 episodes pass from the website to the store
    assert one.figures["episodes"] == 330
    assert one.figures["share"] == pytest.approx(330 / 390)
    assert one.figures["valence"] == -1.0


def test_months_are_added_to_short_ones():
    assert add_months(dt.date(2025, 8, 31), 6) == dt.date(2026, 2, 28)
    assert add_months(dt.date(2025, 12, 1), 12) == dt.date(2026, 12, 1)
