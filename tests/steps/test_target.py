"""Step 09: differences of maps, what-if, plan and reading by hand."""

from types import SimpleNamespace

import pytest

from cxkit.model.folder import DatedMap
from cxkit.model.improvement import Improvement
from cxkit.model.journey_map import JourneyMap
from cxkit.steps import journey, target

AS_IS = {"title": "t", "date": "2025-06-01", "stages": [
    {"stage": "need", "activities": [
        {"id": "look", "action": "Look", "touchpoint": "web", "channel": "web", "reaction": "satisfaction"},
        {"id": "ask", "action": "Ask", "touchpoint": "desk", "reaction": "rupture", "irritants": [{"text": "queue"}]}]},
    {"stage": "use", "activities": [{"id": "use", "action": "Use", "touchpoint": "app", "reaction": "irritant"}]}]}
TO_BE = {"title": "t", "date": "2025-07-01", "kind": "to-be", "stages": [
    {"stage": "need", "activities": [
        {"id": "look", "action": "Look", "touchpoint": "web", "channel": "app", "reaction": "delight"},
        {"id": "chat", "action": "Chat", "touchpoint": "chat", "reaction": "satisfaction"}]},
    {"stage": "use", "activities": [{"id": "use", "action": "Use", "touchpoint": "app", "reaction": "irritant"}]}]}
REPAIR = Improvement.model_validate({"id": "fix", "name": "Fix", "effort": 1, "repairs": "ask", "exit_reduction": 0.5})
OUTCOME = {"outcome": {"event": "buy", "name": "Purchase"}}


def episodes(touchpoints, n, start):
    return [{"customer": f"c{start + i}", "time": f"2025-01-{1 + i % 28:02d}T{10 + k}:00", "position": k, "touchpoint": touchpoint}
            for i in range(n) for k, touchpoint in enumerate(touchpoints)]


# 100 closed episodes, 30 with outcome, one still open
LOG = [*episodes(["web", "desk", "buy"], 30, 0), *episodes(["web", "desk"], 30, 30), *episodes(["web"], 40, 60),
       {"customer": "late", "time": "2026-01-01T10:00", "position": 0, "touchpoint": "web"}]


@pytest.fixture
def computed(make_given):
    def make(maps=(AS_IS,), improvements=(REPAIR,), parameters=None, client=None, **rows):
        folder = {"maps": tuple(DatedMap(f"maps/{i}.yaml", JourneyMap.model_validate(m)) for i, m in enumerate(maps)),
                  "improvements": improvements}
        views = journey.compute(make_given(client, folder=folder, **rows), journey.Parameters()).maps
        given = make_given(client, folder=folder, upstream={"journey": SimpleNamespace(maps=views)}, **rows)
        return target.compute(given, parameters or target.Parameters())

    return make


def trial(**arms):
    return [{"respondent": f"{name}{i}", "variant": name, "converted": i < done, "time": "2025-01-01"}
            for name, (n, done) in arms.items() for i in range(n)]


def test_declared_target_is_compared_step_by_step(computed):
    pair = computed(maps=(AS_IS, TO_BE)).pairs[0]
    assert not pair.drafted
    assert [(c.activity, c.change, c.fields) for c in pair.difference.changes] == [
        ("look", "changed", ("channel", "reaction")), ("chat", "added", ()), ("ask", "removed", ()), ("use", "kept", ())]
    assert pair.difference.counts == {"kept": 1, "changed": 1, "moved": 0, "added": 1, "removed": 1}
    first = pair.difference.changes[0]
    assert (first.valence_before, first.valence_after) == (1, 2)


def test_drafted_target_lifts_what_is_repaired_and_nothing_else(computed):
    result = computed()
    pair = result.pairs[0]
    assert pair.drafted
    assert [gap.key for gap in result.gaps][:1] == ["drafted"]
    assert [(c.activity, c.change) for c in pair.difference.changes] == [("look", "kept"), ("ask", "changed"), ("use", "kept")]
    ask = pair.to_be.stages[0].activities[1]
    assert (ask.point.reaction, ask.point.kind, ask.point.solid, ask.rupture, ask.irritants) == ("none", "hypothesis", False, False, ())


def test_activity_in_another_stage_has_moved(computed):
    moved = {**TO_BE, "stages": [{"stage": "use", "activities": [AS_IS["stages"][0]["activities"][0]]}]}
    changes = {c.activity: c.change for c in computed(maps=(AS_IS, moved)).pairs[0].difference.changes}
    assert changes == {"look": "moved", "use": "removed", "ask": "removed"}


def test_prediction_by_hand(computed):
    prediction = computed(client=OUTCOME, interactions=LOG).prediction
    # as lived 30 of 100; desk: exits 30 of 60 halved, 45 of 60 buy
    assert prediction.outcome.value == pytest.approx(0.30)
    assert prediction.outcome_gain.value == pytest.approx(0.15)
    assert prediction.reductions == {"desk": 0.5}
    assert (prediction.episodes, prediction.censored) == (100, 1)
    assert prediction.outcome_gain.low > 0
    assert prediction.length_gain.value == pytest.approx(0, abs=1e-6)


def test_improvements_at_one_touchpoint_multiply_what_stays(computed):
    twice = (REPAIR, REPAIR.model_copy(update={"id": "fix2", "exit_reduction": 0.2}))
    assert computed(improvements=twice, client=OUTCOME, interactions=LOG).prediction.reductions["desk"] == pytest.approx(0.6)
    chosen = target.Parameters(improvements="fix2")
    assert computed(improvements=twice, client=OUTCOME, interactions=LOG, parameters=chosen).prediction.reductions == {
        "desk": pytest.approx(0.2)}


def test_plan_of_the_test(computed):
    plan = computed(client=OUTCOME, interactions=LOG, parameters=target.Parameters(effect=0.1)).plan
    # (1.959964 sqrt(2 .35 .65) + .841621 sqrt(.3 .7 + .4 .6))^2 / .1^2 = 355.6
    assert (plan.base_rate, plan.size, plan.predicted) == (0.30, 356, False)
    assert plan.episodes_per_week == pytest.approx(100 / 366 * 7, rel=0.01)
    assert plan.weeks == pytest.approx(712 / (700 / 366), rel=0.01)


def test_reading_and_prediction_agree(computed):
    rows = trial(control=(1000, 300), new=(1000, 400))
    result = computed(client=OUTCOME, interactions=LOG, experiment=rows, parameters=target.Parameters(planned_size=900))
    assert (result.test.reading.decision, result.test.reading.winner) == ("adopt", "new")
    assert result.test.reading.control.name == "control"
    assert result.test.reading.variants[0].difference.value == pytest.approx(0.1)
    assert result.test.agreement == "agrees"
    below = computed(client=OUTCOME, interactions=LOG, experiment=trial(control=(9000, 2700), new=(9000, 2700)),
                     parameters=target.Parameters(planned_size=900))
    assert (below.test.reading.decision, below.test.agreement) == ("inconclusive", "below")


def test_other_populations_are_not_compared(computed):
    rows = trial(control=(1000, 600), new=(1000, 700))
    result = computed(client=OUTCOME, interactions=LOG, experiment=rows, parameters=target.Parameters(planned_size=900))
    assert (result.test.reading.decision, result.test.agreement) == ("adopt", "other_base")


def test_size_declared_with_the_experiment_is_the_one_that_counts(computed):
    client = {"sources": [{"id": "t", "kind": "experiment", "file": "evidence/t.csv", "planned_size": 900}]}
    result = computed(client=client, experiment=trial(a=(1000, 300), b=(1000, 400)))
    assert (result.test.reading.planned_n, result.test.reading.decision) == (900, "adopt")
    assert "size_not_fixed" not in [gap.key for gap in result.gaps]


def test_no_verdict_on_a_broken_split_or_before_the_planned_size(computed):
    broken = computed(experiment=trial(a=(1000, 300), b=(800, 320)), parameters=target.Parameters(planned_size=500))
    assert (broken.test.reading.decision, broken.test.agreement) == ("stop_sample_ratio", "unknown")
    early = computed(experiment=trial(a=(100, 10), b=(100, 40)), parameters=target.Parameters(planned_size=500))
    assert early.test.reading.decision == "wait"


def test_units_that_saw_both_variants_are_left_out(computed):
    rows = [*trial(a=(50, 10), b=(50, 20)), {"respondent": "a0", "variant": "b", "converted": True, "time": "2025-01-01"}]
    result = computed(experiment=rows, parameters=target.Parameters(planned_size=10, control="b"))
    assert result.test.contaminated == 1
    assert (result.test.reading.control.name, result.test.reading.variants[0].n) == ("b", 49)
    assert "contaminated" in [gap.key for gap in result.gaps]


def test_gaps_without_any_evidence(make_given):
    result = target.compute(make_given(), target.Parameters())
    assert [gap.key for gap in result.gaps] == ["no_target_map", "no_outcome", "no_plan", "no_experiment"]


def test_result_goes_through_json(computed):
    rows = trial(control=(1000, 300), new=(1000, 400))
    result = computed(maps=(AS_IS, TO_BE), client=OUTCOME, interactions=LOG, experiment=rows)
    assert target.Result.model_validate_json(result.model_dump_json()) == result
