"""Step 04: statuses, exits, criticality and quadrants on small clients, by hand."""

import pytest

from cxkit.model.touchpoint import Touchpoint
from cxkit.steps import touchpoints
from cxkit.steps.touchpoints import Parameters, compute

OUTCOME = {"outcome": {"event": "bought", "name": "Bought"}, "episode_gap_days": 5}


def contacts(*paths, start=0):
    """One customer a path of words; one contact an hour, customers two months apart."""
    return [{"customer": f"c{start + i}", "time": f"2025-01-01T{j:02d}:00:00", "position": 100 * (start + i) + j, "touchpoint": place}
            for i, path in enumerate(paths) for j, place in enumerate(path.split())]


def closing():
    """A late contact that closes all earlier episodes."""
    return [{"customer": "last", "time": "2025-03-01", "position": 9999, "touchpoint": "bought"}]


def inventory(*rows):
    return {"touchpoints": tuple(Touchpoint.model_validate({"name": row["id"]} | row) for row in rows)}


def ratings(touchpoint, values, first=0, **extra):
    return [{"metric": "csat", "of": "touchpoint", "touchpoint": touchpoint, "respondent": f"r{first + i}", "value": float(v), **extra}
            for i, v in enumerate(values)]


def test_four_statuses(make_given):
    folder = inventory({"id": "shop"}, {"id": "kiosk"}, {"id": "old", "deployed": False})
    given = make_given(OUTCOME, folder=folder, interactions=contacts("shop forum bought") + closing())
    assert {item.id: item.status for item in compute(given, Parameters()).touchpoints} == {
        "shop": "deployed_used", "kiosk": "deployed_unused", "forum": "used_undeployed", "old": "unknown"}


def test_without_a_log_nothing_is_called_unused(make_given):
    # wrong reading: absent from the survey taken for unused
    result = compute(make_given(folder=inventory({"id": "shop"}, {"id": "kiosk"}), scores=ratings("shop", [5])), Parameters())
    assert {item.id: item.status for item in result.touchpoints} == {"shop": "deployed_used", "kiosk": "unknown"}
    assert {"no_log", "no_priorities"} <= {gap.key for gap in result.gaps}


def test_without_an_inventory_deployment_is_unknown(make_given):
    result = compute(make_given(scores=ratings("shop", [5])), Parameters())
    assert [(item.status, item.seen_in) for item in result.touchpoints] == [("unknown", ("scores",))]
    assert "no_inventory" in {gap.key for gap in result.gaps}


def test_a_leak_is_found_and_a_frequent_last_place_is_not(make_given):
    paths = ["a slot"] * 60 + ["a slot bought"] * 40 + ["a cart"] * 20 + ["a cart bought"] * 80
    result = compute(make_given(OUTCOME, interactions=contacts(*paths) + closing()), Parameters())
    by = {item.id: item for item in result.touchpoints}
    slot = by["slot"].exit
    assert (slot.episodes, slot.exits, slot.share, slot.expected) == (100, 60, 0.6, 0.2)
    assert [item.id for item in result.leaking] == ["slot"]
    assert not by["cart"].exit.leaking, "the reverse difference is no leak"
    assert by["slot"].criticality == pytest.approx(100 / 201 * 0.4)
    assert (result.log.episodes, result.log.outcome, result.log.left, result.log.open, result.log.tested) == (201, 121, 80, 0, 3)


def test_small_bases_show_no_share(make_given):
    given = make_given(OUTCOME, interactions=contacts(*["rare bought"] * 9, *["few bought"] * 12, *["a bought"] * 40) + closing())
    by = {item.id: item for item in compute(given, Parameters()).touchpoints}
    assert (by["rare"].usage.base, by["rare"].usage.reach, by["rare"].exit.share) == ("suppressed", None, None)
    assert (by["few"].usage.base, by["few"].usage.return_share, by["few"].exit.share) == ("counts_only", None, None)
    assert by["a"].usage.reach == pytest.approx(40 / 62)


def test_the_outcome_is_no_touchpoint_unless_deployed(make_given):
    rows = contacts("a bought") + closing()
    assert [item.id for item in compute(make_given(OUTCOME, interactions=rows), Parameters()).touchpoints] == ["a"]
    given = make_given(OUTCOME, interactions=rows, folder=inventory({"id": "bought"}))
    assert {item.id for item in compute(given, Parameters()).touchpoints} == {"a", "bought"}


def test_an_outcome_that_the_log_never_shows_is_a_gap(make_given):
    result = compute(make_given(OUTCOME, interactions=contacts("a b")), Parameters())
    assert "outcome_unseen" in {gap.key for gap in result.gaps}
    assert all(item.exit is None for item in result.touchpoints)


def survey():
    """Forty people: satisfied overall exactly when the desk is good; the app is bad and unrelated; the shop good and unrelated."""
    desk, app, shop = [5, 1] * 20, [1, 1, 2, 2] * 10, [5, 5, 4, 4] * 10
    overall = [{"metric": "nps", "of": "overall", "respondent": f"r{i}", "value": 10.0 if v == 5 else 0.0, "low": 0.0, "high": 10.0}
               for i, v in enumerate(desk)]
    return ratings("desk", desk) + ratings("app", app) + ratings("shop", shop) + overall


def test_quadrants_from_derived_importance(make_given):
    placed = compute(make_given(scores=survey()), Parameters()).priorities
    by = {item.touchpoint: item for item in placed.placed}
    assert by["desk"].importance == pytest.approx(1.0)
    assert by["app"].importance == pytest.approx(0.0, abs=1e-9)
    assert {name: (item.performance, item.quadrant) for name, item in by.items()} == {
        "desk": (50.0, "keep_up"), "app": (0.0, "low_priority"), "shop": (100.0, "overkill")}
    assert (placed.performance_line, placed.importance_line) == (50.0, pytest.approx(1 / 3))
    assert placed.overall_metric == "nps"


def test_stated_importance_and_the_middle_of_its_scale(make_given):
    stated = [row | {"metric": "importance"} for row in ratings("desk", [5] * 40) + ratings("app", [2] * 40) + ratings("shop", [2] * 40)]
    placed = compute(make_given(scores=survey() + stated), Parameters(importance="stated", crosshair="middle")).priorities
    assert (placed.importance_line, placed.performance_line) == (3.0, 50.0)
    assert {item.touchpoint: item.importance for item in placed.placed} == {"desk": 5.0, "app": 2.0, "shop": 2.0}


def test_under_thirty_answers_nothing_is_placed(make_given):
    rows = [row for row in survey() if int(row["respondent"][1:]) < 29]
    assert compute(make_given(scores=rows), Parameters()).priorities is None


def test_a_result_survives_its_storage(make_given):
    result = compute(make_given(OUTCOME, folder=inventory({"id": "a"}), interactions=contacts(*["a b bought"] * 40) + closing(),
                                scores=survey()), Parameters())
    assert touchpoints.Result.model_validate_json(result.model_dump_json()) == result


def test_touchpoints_named_in_texts_and_on_no_list(make_given):
    texts = ["Vu sur Instagram", "J'ai écrit sur INSTAGRAM", "instagram ne répond pas", "instagramable", "la borne ne marche pas", "une borne",
             "la borne"]
    rows = [{"text": text, "respondent": f"r{i}", "kind": "reported"} for i, text in enumerate(texts)]
    rows.append({"text": "Instagram et Instagram", "respondent": "r0", "kind": "reported"})
    folder = {"touchpoints": (Touchpoint(id="x", name="Borne interactive", stage="need"),)}
    found = compute(make_given(verbatims=rows, folder=folder), Parameters()).mentions
    # wrong readings: a part of a word, a person counted twice, a touchpoint that the inventory names otherwise
    assert [(m.id, m.people, m.base, m.negative) for m in found] == [("instagram", 3, "suppressed", None)]
