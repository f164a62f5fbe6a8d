"""Lived paths of step 05 on small logs, by hand."""

import datetime as dt

import pandas as pd
import pytest

from cxkit.charts.paths_layout import NODE_WIDTH, lay_out
from cxkit.model.touchpoint import Touchpoint
from cxkit.steps import journey, touchpoints
from cxkit.steps.journey_paths import lived_paths
from cxkit.steps.journey_paths_view import PathsResult

OUTCOME = {"outcome": {"event": "bought", "name": "Bought"}, "episode_gap_days": 5}


def contacts(*paths, **extra):
    return [{"customer": f"c{i:03d}", "time": f"2025-01-01T{j:02d}:00:00", "position": 100 * i + j, "touchpoint": place} | extra
            for i, path in enumerate(paths) for j, place in enumerate(path.split())]


CLOSING = [{"customer": "last", "time": "2025-03-01", "position": 9999, "touchpoint": "bought"}]


def inventory(*rows):
    return {"touchpoints": tuple(Touchpoint.model_validate({"name": row["id"]} | row) for row in rows)}


def test_without_a_log_there_are_no_paths(make_given):
    result = lived_paths(make_given())
    assert (result.everyone, result.gaps[0].key) == (None, "no_log")


def test_figures_of_everyone(make_given):
    folder = inventory({"id": "a", "stage": "need", "owner": None, "planned": 1}, {"id": "b", "stage": "use", "planned": 2},
                       {"id": "c", "stage": "use", "planned": 3})
    paths = ["a b a c bought"] * 20 + ["a c"] * 20
    result = lived_paths(make_given(OUTCOME, folder=folder, interactions=contacts(*paths) + CLOSING))
    everyone = result.everyone
    assert (everyone.episodes, everyone.outcome, everyone.left, everyone.open) == (41, 21, 20, 0)
    assert (everyone.looping.n, everyone.looping.of, everyone.looping.value) == (20, 41, pytest.approx(20 / 41))
    assert [(v.path, v.n, v.outcome) for v in everyone.variants] == [(("a", "b", "a", "c", "bought"), 20, 20), (("a", "c"), 20, 0)]
    assert [(step.stage, step.episodes) for step in everyone.funnel] == [("need", 40), ("use", 40)]
    assert {(d.type, d.touchpoint): (d.episodes, d.base) for d in everyone.deviations} == {
        ("missing", "b"): (20, 40), ("failed", "c"): (20, 40), ("extra", "bought"): (21, 41)}
    assert (everyone.skipping.n, everyone.skipping.of) == (20, 40)
    move = next(t for t in everyone.transitions if (t.source, t.target) == ("a", "c"))
    assert (move.n, move.share) == (40, pytest.approx(40 / 60)), "20 of the 60 moves out of a go to b"
    assert "no_personas" in {gap.key for gap in result.gaps}


def test_paths_of_few_episodes_are_not_shown(make_given):
    result = lived_paths(make_given(OUTCOME, interactions=contacts(*["a b"] * 9, *["c d"] * 30) + CLOSING))
    assert [v.path for v in result.everyone.variants] == [("c", "d")]
    assert {node.touchpoint for node in result.everyone.nodes} == {"c", "d"}
    assert not any(t.source in "ab" for t in result.everyone.transitions)


def test_personas_that_take_other_paths(make_given):
    rows = contacts(*["a b"] * 40, persona="p") + [row | {"customer": f"x{row['customer']}"} for row in contacts(*["a c"] * 40, persona="q")]
    result = lived_paths(make_given(OUTCOME, interactions=rows + CLOSING))
    assert [one.persona for one in result.personas] == ["p", "q"]
    difference = result.differences[0]
    assert (difference.distance, difference.significant, difference.customers) == (1.0, True, (40, 40))
    assert result.of("q").variants[0].path == ("a", "c")
    assert PathsResult.model_validate_json(result.model_dump_json()) == result


def test_boxes_of_the_graph_never_overlap(make_given):
    places = [f"t{i}" for i in range(20)]
    folder = inventory(*({"id": place, "stage": ("need", "use")[i % 2]} for i, place in enumerate(places)))
    paths = [" ".join(places[i:] + places[:i]) for i in range(20)] * 2
    everyone = lived_paths(make_given(OUTCOME, folder=folder, interactions=contacts(*paths) + CLOSING)).everyone
    layout = lay_out(everyone, ("need", "use"))
    boxes = layout.boxes
    assert all(abs(a.x - b.x) >= NODE_WIDTH or abs(a.y - b.y) >= a.height for a in boxes for b in boxes if a is not b)
    assert all(0 <= box.x <= layout.width - NODE_WIDTH and 0 <= box.y <= layout.height - box.height for box in boxes)


def test_the_map_bears_reach_and_exit_share(make_given):
    folder = inventory({"id": "a", "stage": "need"}, {"id": "b", "stage": "use"})
    rows = {"folder": folder, "interactions": contacts(*["a b bought"] * 30, *["a"] * 30) + CLOSING}
    steps = {"touchpoints": touchpoints.compute(make_given(OUTCOME, **rows), touchpoints.Parameters())}
    activity = journey.compute(make_given(OUTCOME, upstream=steps, **rows), journey.Parameters()).maps[0].stages[0].activities[0]
    assert (activity.touchpoint, activity.reach, activity.exit_share) == ("a", pytest.approx(60 / 61), 0.5)


def test_levels_appointment_and_time(make_given):
    client = OUTCOME | {"appointment": {"events": ["visit"], "name": "Visit"}}
    rows = contacts(*["a visit b bought"] * 30, *["a c"] * 30, channel="web")
    result = lived_paths(make_given(client, interactions=rows + CLOSING), "2025-02-01")
    levels = {level.level: level for level in result.everyone.levels}
    assert [(v.path, v.n) for v in levels["channel"].variants] == [(("web",), 60)]
    assert levels["stage"].variants == ()
    found = result.everyone.appointment
    assert (found.episodes, found.before.n, found.after.n, found.repeated.n) == (30, 30, 30, 0)
    assert found.before_hours == (1.0, 1.0, 1.0)
    assert [(s.moment, s.touchpoint, s.share) for s in found.places] == [("before", "a", 1.0), ("after", "b", 1.0), ("after", "bought", 1.0)]
    month = result.time.months[0]
    assert (month.month, month.episodes, month.outcome.n, month.outcome.of) == (dt.date(2025, 1, 1), 60, 30, 60)
    assert result.time.months[1].outcome is None, "the last month may still be going on"
    assert (result.time.around.day, result.time.around.reason, result.time.around.gain) == (dt.date(2025, 2, 1), "given", None)


def test_segments_are_one_family_with_the_personas(make_given):
    attribute = {"id": "age", "column": "age", "name": "Age"}
    client = OUTCOME | {"sources": [{"id": "s", "kind": "survey", "file": "evidence/s.csv", "attributes": [attribute]}]}
    given = make_given(client, interactions=contacts(*["a b"] * 30, *["a c"] * 30) + CLOSING)
    people = pd.DataFrame({"respondent": [f"c{i:03d}" for i in range(60)], "age": ["young"] * 30 + ["old"] * 30})
    given.evidence.tables["respondents"] = people
    found = [(d.by, d.first, d.second, d.distance, d.significant) for d in lived_paths(given).differences]
    assert found == [("age", "old", "young", 1.0, True)]
