"""Charts of quality, actions and target: what they draw is what the results say, and the table beside says the same."""

import pytest

from cxkit.charts import actions, quality, target
from cxkit.charts.svg import to_svg
from cxkit.words import Words
from tests.sheets import small_study


@pytest.fixture(scope="module")
def results():
    return small_study.results(small_study.given())


@pytest.fixture(scope="module")
def words():
    return Words("en")


def values(chart):
    """All inline rows of a chart and its layers."""
    found = []

    def walk(node):
        if isinstance(node, dict):
            found.extend(node.get("data", {}).get("values", []))
            for child in node.values():
                walk(child)
        elif isinstance(node, list):
            for child in node:
                walk(child)

    walk(chart.to_dict())
    return found


def test_all_charts_draw(results, words):
    pictures = [quality.strategy_canvas(results["quality"], words), quality.maturity_radar(results["quality"], words),
                actions.impact_effort(results["actions"], words), actions.ranking_robustness(results["actions"], words),
                target.two_curves(results["target"], words), target.what_if(results["target"], words), target.ab_reading(results["target"], words)]
    for picture in pictures:
        svg = to_svg(picture.chart, words)
        assert svg.startswith("<svg")
        assert "<script" not in svg
        assert picture.description
        assert all(len(row) == len(picture.header) for row in picture.rows)


def test_canvas_draws_levels_and_targets(results, words):
    drawn = values(quality.strategy_canvas(results["quality"], words).chart)
    levels = {(row["player"], row["level"]) for row in drawn if row.get("factor") == "Price"}
    assert levels == {("Small", 2), (small_study.SCRIPT, 4), ("Target", 3)}


def test_the_client_keeps_its_colour_when_a_stored_result_comes_back_sorted(results, words):
    canvas = results["quality"].canvas
    back = canvas.model_copy(update={"players": dict(sorted({"aaa": "Aaa", **canvas.players}.items()))})
    picture = quality.strategy_canvas(results["quality"].model_copy(update={"canvas": back}), words)
    assert picture.header[1:4] == ("Small", "Aaa", small_study.SCRIPT)


def test_radar_puts_the_latest_wave_at_its_level(results, words):
    drawn = values(quality.maturity_radar(results["quality"], words).chart)
    # listening, the first axis, stands straight up: 4 of 5
    assert {"x": 0.0, "y": 0.8, "order": 0} in drawn
    assert quality.maturity_radar(results["quality"], words).rows[0] == ("Listening", "1.0", "4.0")


def test_matrix_keeps_marks_apart(words):
    places = actions._apart([(3.0, 0.39), (3.0, 0.37), (3.0, 0.2)], 10, 0.9)
    assert places[0] == (3.0, 0.39)
    assert places[1][0] > 3.4
    assert places[2] == (3.0, 0.2)


def test_curves_of_today_and_tomorrow(results, words):
    drawn = values(target.two_curves(results["target"], words).chart)
    assert [row["valence"] for row in drawn if row["side"] == "As-is journey"] == [1, -3]
    assert [row["valence"] for row in drawn if row["side"] == "To-be journey"] == [2, 0]


def test_nothing_to_draw_is_no_picture(results, words):
    bare = results["target"].model_copy(update={"pairs": (), "prediction": None, "test": None})
    assert (target.two_curves(bare, words), target.what_if(bare, words), target.ab_reading(bare, words)) == (None, None, None)
    nothing = results["quality"].model_copy(update={"canvas": None, "diagnostic": None})
    assert (quality.strategy_canvas(nothing, words), quality.maturity_radar(nothing, words)) == (None, None)
    empty = results["actions"].model_copy(update={"actions": ()})
    assert (actions.impact_effort(empty, words), actions.ranking_robustness(empty, words)) == (None, None)
