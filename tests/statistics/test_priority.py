import numpy as np
import pytest

from cxkit.statistics.priority import (
    derived_importance,
    importance_performance,
    opportunity,
    opportunity_from_answers,
    rice,
)


@pytest.mark.parametrize(("i", "s", "score"), [(9, 3, 15), (9, 9, 9), (5, 8, 5)])
def test_opportunity_golden(i, s, score):
    assert opportunity(i, s) == score


def test_opportunity_from_answers():
    assert opportunity_from_answers([5, 5, 4, 1], [5, 1, 1, 1]) == pytest.approx(7.5 + 5.0)
    assert opportunity_from_answers([], [5]) is None
    with pytest.raises(ValueError, match=r"0\.\.10"):
        opportunity(11, 1)


def test_rice_golden():
    assert rice(2000, 2, 0.8, 3) == pytest.approx(1066.67, abs=5e-3)
    for wrong in ((2000, 2, 0.8, 0), (2000, 4, 0.8, 3), (2000, 2, 0.7, 3), (-1, 2, 0.8, 3)):
        with pytest.raises(ValueError, match=r"RICE|reach"):
            rice(*wrong)


ITEMS = {"wait": (5, 2), "staff": (5, 5), "signs": (1, 2), "carpet": (1, 5)}
EXPECTED = {"wait": "concentrate", "staff": "keep_up", "signs": "low_priority", "carpet": "overkill"}


@pytest.mark.parametrize("crosshair", ["mean", "middle", (2.0, 4.0)])
def test_quadrants(crosshair):
    matrix = importance_performance(ITEMS, crosshair)
    assert {p.item: p.quadrant for p in matrix.placements} == EXPECTED


def test_crosshairs():
    mean, middle = importance_performance(ITEMS), importance_performance(ITEMS, "middle", (1, 5), (0, 10))
    assert (mean.importance_line, mean.performance_line) == (3.0, 3.5)
    assert (middle.importance_line, middle.performance_line) == (3.0, 5.0)
    assert importance_performance({}).placements == ()


def test_derived_importance_by_rank():
    overall = list(range(12))
    ratings = {"same": overall, "reverse": overall[::-1], "flat": [3] * 12, "rare": [1.0, 2.0] + [np.nan] * 10}
    expected = {"same": 1.0, "reverse": -1.0, "flat": None, "rare": None}
    assert derived_importance(ratings, overall) == pytest.approx(expected)
    assert derived_importance(ratings, overall, "kendall") == pytest.approx(expected)


def test_relative_weights_of_orthogonal_items_are_their_squared_correlations():
    a, b = np.tile([1, 1, -1, -1], 5), np.tile([1, -1, 1, -1], 5)
    weights = derived_importance({"a": a, "b": b}, 2 * a + b, "relative_weight")
    assert weights == pytest.approx({"a": 0.8, "b": 0.2})


def test_relative_weights_without_enough_variation():
    a = np.arange(12.0)
    assert derived_importance({"a": a, "twin": a}, a, "relative_weight") == {"a": None, "twin": None}
    assert derived_importance({}, a, "relative_weight") == {}
