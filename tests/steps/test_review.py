"""The review as a whole: verdict, policy, order, words, exit status."""

from dataclasses import replace

import pytest

from cxkit.errors import CxError
from cxkit.steps import reactions
from cxkit.steps.review import Result, current_maps, exit_status, findings_json, findings_sarif, findings_text
from cxkit.steps.rules import since
from cxkit.steps.rules.base import rule_ids
from cxkit.steps.rules.engine import run
from cxkit.steps.rules.measured import Measured
from cxkit.steps.rules.scene import Scene
from cxkit.words import Words
from tests.steps.rules.worlds import TEACHING, fired, given, reviewed, taught, world


def flawed(*rules: str) -> dict:
    """The sound world with the flaws of some rules."""
    return world({path: value for rule in rules for path, value in TEACHING["rules"][rule]["set"].items()})


def test_verdict_follows_the_gravest_finding():
    assert (reviewed(world()).verdict, exit_status(reviewed(world()))) == ("trusted", 0)
    warned = reviewed(flawed("Q2"))
    assert (warned.verdict, exit_status(warned)) == ("reservations", 0)
    wrong = reviewed(flawed("Q1", "Q4"))
    assert (wrong.verdict, exit_status(wrong), wrong.count("error"), wrong.count("warning")) == ("distrusted", 1, 1, 1)
    assert [item.rule for item in wrong.first] == ["Q1", "Q4"]


def test_notes_do_not_spoil_trust():
    assert reviewed(flawed("H5")).verdict == "trusted"


def test_without_map_nothing_is_judged(make_given):
    from cxkit.steps import review
    result = review.compute(make_given(), review.Parameters())
    assert (result.verdict, result.findings, result.next_review) == ("no_map", (), None)
    assert [gap.key for gap in result.gaps] == ["no_map"]


def test_rules_without_evidence_say_so_and_accuse_nobody():
    bare = world({"scores": {}, "paths": [], "persona_map": None, "personas": []})
    result = reviewed(bare)
    assert {gap.key for gap in result.gaps} == {"no_log", "no_scores", "no_reactions", "no_dates", "no_touchpoints_seen"} - {"no_dates"}
    assert fired(result) <= {"H5"}
    for language in ("en", "fr"):
        assert "{" not in findings_text(result, Words(language))


def test_ignored_findings_stay_listed_with_their_reason():
    policy = {"ignore": [{"rule": "Q1", "where": "try-it", "reason": "insured"}]}
    result = reviewed(flawed("Q1"), policy=policy)
    assert (result.verdict, result.active) == ("trusted", ())
    assert [(one.rule, one.ignored) for one in result.findings] == [("Q1", "insured")]
    assert "insured" in findings_text(result, Words("en"))
    assert findings_json(result, Words("en"))["findings"][0]["ignored"] == "insured"
    elsewhere = {"ignore": [{"rule": "Q1", "where": "call", "reason": "insured"}]}
    assert fired(reviewed(flawed("Q1"), policy=elsewhere)) == {"Q1"}


def test_client_chooses_rules_severity_and_thresholds():
    assert reviewed(flawed("Q1", "Q2"), policy={"select": ["C"]}).rules == ("C1", "C2", "C3", "C4")
    assert reviewed(flawed("Q1"), select="Q1, T").rules == ("T1", "T2", "T3", "T4", "T5", "Q1")
    assert reviewed(flawed("Q1"), policy={"severity": {"Q1": "note"}}).verdict == "trusted"
    assert fired(reviewed(world(), policy={"thresholds": {"C3": 5}})) == {"C3"}
    assert fired(reviewed(world(), policy={"thresholds": {"H5.least": 6}})) == {"H5"}


@pytest.mark.parametrize("policy", [{"select": ["T9"]}, {"ignore": [{"rule": "X1", "reason": "r"}]}, {"severity": {"Z": "note"}},
                                    {"thresholds": {"I1.shares": 0.4}}, {"thresholds": {"C1": 1}}])
def test_unknown_names_in_the_policy_are_refused(policy):
    with pytest.raises(CxError) as error:
        reviewed(world(), policy=policy)
    assert error.value.faults[0].code == "CX-E301"
    assert "client.yaml" in error.value.text("fr")


def test_one_family_of_tests_over_all_rules():
    result = reviewed(flawed("I5", "F4"))
    assert {test.rule for test in result.tests} == {"I5", "H2", "F3", "F4"}
    by_p = sorted(result.tests, key=lambda test: test.p)
    m, smallest = len(by_p), by_p[0]
    assert smallest.q == pytest.approx(min(test.p * m / (i + 1) for i, test in enumerate(by_p)))
    assert {one.figures["tests"] for one in result.active if "tests" in one.figures} == {float(m)}


def test_result_is_read_back_as_it_was_stored():
    result = reviewed(flawed("T2", "I5", "Q3", "Q6", "F5"))
    assert Result.model_validate_json(result.model_dump_json()) == result


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("rule", sorted(TEACHING["rules"]))
def test_every_finding_has_its_words(rule, language):
    words = Words(language)
    result = taught(rule)
    text, told = findings_text(result, words), findings_json(result, words)["findings"]
    assert all({"rule", "severity", "where", "figures", "fix"} <= set(one) for one in told)
    assert rule in {one["rule"] for one in told}
    assert all(one["message"] in text for one in told)
    assert "{" not in text


def test_sarif_names_rules_places_and_levels():
    told = findings_sarif(reviewed(flawed("Q1", "H5")), Words("en"))
    run = told["runs"][0]
    assert told["version"] == "2.1.0"
    assert len(run["tool"]["driver"]["rules"]) == 33
    assert [(one["ruleId"], one["level"]) for one in run["results"]] == [("Q1", "error"), ("H5", "note")]
    location = run["results"][0]["locations"][0]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "maps/2025-10-01.as-is.global.yaml"
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "decision/try-it/store"


def test_scoreboard_has_a_row_for_each_revision_and_the_time_since():
    older = world()["map"] | {"date": "2025-05-01", "version": "0.9", "evidence_until": "2025-04-30", "review_by": "2025-10-01"}
    made = world() | {"older_maps": [older]}
    result = reviewed(made)
    assert [(row.version, row.findings) for row in result.scoreboard] == [("0.9", {}), ("1.0", {}), ("", {})]
    assert [row.evidenced for row in result.scoreboard] == [1.0, 1.0, None]
    # one answer in five is a delight, three a satisfaction, one none: net emotion 0.8; 300 of 390 episodes reach the outcome
    assert all(row.net_emotion.value == pytest.approx(0.8, abs=0.02) for row in result.scoreboard)
    assert all(row.outcome.value == pytest.approx(300 / 390, abs=0.02) for row in result.scoreboard)
    assert result.difference.changes == ()
    assert result.next_review.isoformat() == "2026-10-01"


def test_next_review_of_an_overdue_map_is_today():
    result = reviewed(flawed("F1"))
    assert (result.overdue, result.next_review.isoformat()) == (True, "2026-01-31")


def test_same_input_same_result():
    made = flawed("T2", "H2", "F3")
    assert reviewed(made).model_dump_json() == reviewed(made).model_dump_json()
    assert given(made).folder.client.id == "small"


def test_further_maps_are_judged_on_the_statistics_of_the_first(monkeypatch):
    what = given(flawed("I5", "F4", "F5"))
    dated = current_maps(what)[0]
    further = replace(dated, map=dated.map.model_copy(update={"stages": dated.map.stages[:-1]}))
    anew = run(Scene(Measured(what), (further,)), rule_ids())
    kept = Measured(what)
    first = run(Scene(kept, (dated,)), rule_ids())
    computed = []
    monkeypatch.setattr(since, "jensen_shannon_clustered", lambda *_, **__: computed.append("permutations"))
    monkeypatch.setattr(since, "mean_change", lambda *_: computed.append("changes"))
    monkeypatch.setattr(reactions, "bootstrap_mean", lambda *_, **__: computed.append("draws"))
    assert run(Scene(kept, (further,)), rule_ids()) == anew != first
    assert computed == []
