"""Thresholds at their very value, and what statistics say there."""

import datetime as dt

import pytest

from cxkit.steps.rules.base import rule_ids, spec
from cxkit.steps.rules.frozen import add_months
from cxkit.steps.rules.intuition import _excluded
from tests.steps.rules.boundaries import BOUNDARIES, QUIET, Boundary
from tests.steps.rules.worlds import TEACHING, checked, fired, reviewed, world


@pytest.mark.parametrize("case", BOUNDARIES, ids=str)
def test_one_unit_turns_the_verdict(case):
    silent, speaks = (accused(case, side) for side in (case.silent, case.speaks))
    assert silent == []
    assert {one.rule for one in speaks} == {case.rule}


def test_every_rule_has_a_failing_a_passing_and_a_boundary_case():
    failing = {rule for rule, case in TEACHING["rules"].items() if rule in case["finds"]}
    # test_teaching shows that the sound world has no finding: it passes every rule that a review of it runs
    passing = set(reviewed(world(QUIET)).rules)
    assert failing == passing == {case.rule for case in BOUNDARIES} == set(rule_ids())


def test_every_threshold_has_a_boundary_case():
    thresholds = {f"{rule}.{name}" for rule in rule_ids() for name in spec(rule).get("thresholds", {})}
    assert {case.of for case in BOUNDARIES if case.of != case.rule} == thresholds


def accused(case: Boundary, side: dict) -> list:
    """What a rule finds in a case, of the severity in question."""
    return [one for one in checked(world(QUIET | case.both | side), case.rule).findings if case.severity in (None, one.severity)]


def found(rule: str, changes: dict) -> list:
    return list(reviewed(world(changes), rule).active)


def test_t1_counts_its_evidence():
    [one] = found("T1", {"more_paths": [{"path": ["ad", "forum", "site", "store", "purchase", "phone"], "n": 10}]})
    assert one.figures == {"n": 10.0, "interactions": 10.0}
    assert (one.place.touchpoint, one.mark.n) == ("forum", 10)


def test_t2_needs_more_exits_than_expected():
    passing = [{"path": ["ad", "site", "forum", "store", "purchase", "phone"], "n": 100}]
    result = reviewed(world({"more_paths": passing}), "T2")
    assert fired(result) == set()
    assert [test.p for test in result.tests] == [1.0]


@pytest.mark.parametrize(("low", "high", "drawn", "expected"), [
    (-0.5, -0.01, 1, True), (-0.5, 0.0, 1, False), (0.01, 0.4, -1, True), (0.0, 0.4, -2, False), (0.51, 0.9, 0, True), (0.4, 0.9, 0, False),
    (-0.9, -0.51, 0, True), (-0.4, 0.4, 0, False)])
def test_i5_side_is_excluded(low, high, drawn, expected):
    assert _excluded(low, high, drawn) is expected


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
