"""Step 07: grades, canvas and diagnostic by hand."""

from types import SimpleNamespace

import pytest

from cxkit.model.diagnostic import Diagnostic
from cxkit.model.quality import Quality
from cxkit.model.touchpoint import Touchpoint
from cxkit.steps import quality

OUTCOME = {"outcome": {"event": "buy", "name": "Purchase"},
           "competitors": [{"id": "rival", "name": "Rival"}, {"id": "other", "name": "Other"}]}


def scores(metric, values, **extra):
    return [{"metric": metric, "of": "overall", "value": float(v), "respondent": f"r{i}", **extra} for i, v in enumerate(values)]


def criteria(result, persona=None):
    grid = next(grid for grid in result.grids if grid.persona == persona)
    return {criterion.id: criterion for criterion in grid.criteria}


@pytest.mark.parametrize(("nps", "grade"), [(-21, 0), (-20, 1), (30, 3), (60, 5)])
def test_grade_by_the_methods_limits(nps, grade):
    assert quality.grade_of("recommendation", nps) == grade
    assert quality.grade_of("personalisation", 3) is None
    assert quality.grade_of("recommendation", None) is None


def test_measured_figure_beside_the_declared_grade(make_given):
    declared = Quality.model_validate({"grades": [{"criterion": "recommendation", "grade": 5}, {"criterion": "engagement", "grade": 2}]})
    rows = scores("nps", [10] * 50 + [8] * 30 + [2] * 20, low=0.0, high=10.0)
    found = criteria(quality.compute(make_given(folder={"quality": declared}, scores=rows), quality.Parameters()))
    line = found["recommendation"]
    assert (line.figure.value, line.measured_grade, line.declared_grade, line.contradicts) == (30.0, 3.0, 5.0, True)
    assert (found["engagement"].figure, found["engagement"].declared_grade, found["engagement"].contradicts) == (None, 2.0, False)
    assert "booking" not in found


def test_small_base_is_not_graded(make_given):
    given = make_given(scores=scores("nps", [10] * 20, low=0.0, high=10.0))
    line = criteria(quality.compute(given, quality.Parameters()))["recommendation"]
    assert (line.figure.value, line.figure.base, line.measured_grade) == (None, "counts_only", None)


def test_figures_of_the_lived_paths(make_given):
    def path(customer, touchpoints, day):
        return [{"customer": customer, "time": f"2025-01-{day + k:02d}T10:00", "position": k, "touchpoint": t}
                for k, t in enumerate(touchpoints)]

    rows = [event for i in range(40) for event in path(f"a{i}", ["web", "app", "buy"], 1 + i % 5)]
    rows += [event for i in range(60) for event in path(f"b{i}", ["web", "desk"], 1 + i % 5)]
    rows += [{"customer": "late", "time": "2025-12-31T10:00", "position": 0, "touchpoint": "web"}]
    owners = {"web": "digital", "app": "digital", "desk": "stores", "buy": "digital"}
    inventory = tuple(Touchpoint(id=t, name=t, owner=o, cost=1000) for t, o in owners.items())
    found = criteria(quality.compute(make_given(OUTCOME, folder={"touchpoints": inventory}, interactions=rows), quality.Parameters()))
    assert (found["outcome"].figure.value, found["outcome"].figure.n) == (40.0, 100)
    assert found["outcome"].figure.low == pytest.approx(30.94, abs=0.01)
    assert (found["duration"].figure.value, found["duration"].figure.n) == (2.0, 40)
    # 41 of 101 episodes keep one owner
    assert found["seamlessness"].figure.value == pytest.approx(100 * 41 / 101)
    assert found["seamlessness"].measured_grade == 0
    assert (found["cost"].figure.value, found["cost"].figure.n) == (4000, 4)


def test_persona_grids_are_measured_only(make_given):
    rows = scores("nps", [10] * 40, low=0.0, high=10.0, persona="p1") + scores("nps", [0] * 40, low=0.0, high=10.0, persona="p2")
    people = SimpleNamespace(personas=(SimpleNamespace(id="p1", name="One"), SimpleNamespace(id="p2", name="Two")), assignments={}, scored={})
    result = quality.compute(make_given(upstream={"personas": people}, scores=rows), quality.Parameters())
    assert [grid.persona for grid in result.grids] == [None, "p1", "p2"]
    assert [criteria(result, p)["recommendation"].figure.value for p in (None, "p1", "p2")] == [0.0, 100.0, -100.0]


def test_canvas_gap_and_consistency(make_given):
    factors = [{"id": "price", "name": "Price", "levels": {"client": 2, "rival": 4, "other": 3}, "target": 3, "intent": "raise"},
               {"id": "range", "name": "Range", "levels": {"client": 4, "rival": 2}, "target": 4.5, "intent": "reduce"},
               {"id": "care", "name": "Care", "levels": {"client": 0}, "target": 3, "intent": "create"}]
    given = make_given(OUTCOME, folder={"quality": Quality.model_validate({"canvas": factors})})
    canvas = quality.compute(given, quality.Parameters()).canvas
    assert canvas.players == {"client": "Small", "rival": "Rival", "other": "Other"}
    assert [(row.best, row.gap, row.consistent) for row in canvas.rows] == [("rival", -2, True), ("rival", 2, False), (None, None, True)]


def test_diagnostic_by_axis_and_wave(make_given):
    waves = [{"date": "2025-06-01", "respondents": 5, "answers": {"listening_sources": 4, "listening_regularity": 2, "people_heard": 1}},
             {"date": "2024-06-01", "respondents": 4, "answers": {"listening_sources": 1, "moonlight": 3}}]
    result = quality.compute(make_given(folder={"diagnostic": Diagnostic.model_validate({"waves": waves})}), quality.Parameters())
    first, latest = result.diagnostic.waves
    assert (first.date.year, latest.date.year) == (2024, 2025)
    axes = {score.axis: (score.value, score.answered) for score in latest.axes}
    assert (axes["listening"], axes["people"], axes["steering"]) == ((3.0, 2), (1.0, 1), (None, 0))
    assert latest.mean == 2.0
    assert [(q.question, q.change) for q in result.diagnostic.questions] == [
        ("people_heard", None), ("listening_regularity", None), ("listening_sources", 3.0)]
    assert ("unknown_question", "moonlight") in [(gap.key, gap.facts.get("question")) for gap in result.gaps]


def test_actor_without_benefit_is_told(make_given):
    declared = Quality.model_validate({"actors": [{"actor": "client", "benefits": ["loyalty"]}, {"actor": "customer", "costs": ["time"]}]})
    gaps = quality.compute(make_given(folder={"quality": declared}), quality.Parameters()).gaps
    assert [gap.facts["actor"] for gap in gaps if gap.key == "no_benefit"] == ["@quality.actors.customer", "@quality.actors.front_line"]
    assert quality.Result.model_validate_json(quality.compute(make_given(), quality.Parameters()).model_dump_json()).canvas is None
