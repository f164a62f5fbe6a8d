"""Firth's logistic regression against figures by hand."""

import numpy as np
import pytest

from cxkit.statistics.odds import firth


def table(a, b, c, d):
    """One trait: a with it and the outcome, b with it and without, c without it and with, d neither."""
    return np.array([[1], [1], [0], [0]]), np.array([1, 0, 1, 0]), [a, b, c, d]


def test_one_trait_is_the_table_with_a_half_in_each_cell():
    # Firth's penalty on a 2×2 table adds ½ to each cell: (10.5 · 30.5) / (5.5 · 20.5)
    x, y, n = table(10, 5, 20, 30)
    assert firth(x, y, n)[0].ratio == pytest.approx(10.5 * 30.5 / (5.5 * 20.5), rel=1e-6)


def test_separation_stays_finite():
    # wrong reading: an infinite ratio, or a fit that never ends, where everybody with the trait reaches the outcome
    x, y, n = table(12, 0, 20, 30)
    found = firth(x, y, n)[0]
    assert found.ratio == pytest.approx(12.5 * 30.5 / (0.5 * 20.5), rel=1e-6)
    assert 1 < found.low < found.ratio < found.high < 1e4


def test_equal_cases_written_once_or_many_times():
    x, y, n = table(4, 3, 2, 5)
    once, many = firth(x, y, n)[0], firth(np.repeat(x, n, axis=0), np.repeat(y, n))[0]
    assert (many.ratio, many.low, many.p) == pytest.approx((once.ratio, once.low, once.p), rel=1e-6)


def test_a_trait_held_apart_is_no_effect():
    # wrong reading: the pooled ratio, where within each group the trait changes nothing
    x = np.array([[1, 1], [1, 1], [0, 1], [0, 1], [1, 0], [1, 0], [0, 0], [0, 0]])
    y, n = np.array([1, 0] * 4), [80, 20, 8, 2, 2, 8, 20, 80]
    assert firth(x[:, :1], y, n)[0].ratio > 5
    adjusted = firth(x, y, n)[0]
    assert adjusted.low < 1 < adjusted.high


def test_columns_that_say_the_same_are_refused():
    x, y, n = table(4, 3, 2, 5)
    assert firth(np.column_stack([x, x]), y, n) is None
    assert firth(np.zeros((0, 1)), np.zeros(0)) is None
