import numpy as np
import pytest

from cxkit.statistics.bootstrap import bootstrap_mean

VALENCES = [2] * 20 + [1] * 30 + [0] * 10 + [-1] * 25 + [-3] * 15


def test_interval_agrees_with_the_normal_one_on_a_large_base():
    result = bootstrap_mean(VALENCES * 10, seed=7, draws=4000)
    values = np.array(VALENCES * 10)
    error = values.std() / np.sqrt(len(values))
    assert result.value == pytest.approx(0.0)
    assert (result.low, result.high) == pytest.approx((-1.96 * error, 1.96 * error), abs=0.15 * error)


def test_same_seed_same_bounds():
    first, again, other = (bootstrap_mean(VALENCES, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert (first.low, first.high) != (other.low, other.high)


def test_order_of_answers_does_not_matter():
    assert bootstrap_mean(VALENCES[::-1], seed=3) == bootstrap_mean(VALENCES, seed=3)


def test_weighted_mean():
    result = bootstrap_mean([2, -3, None], [1, 4, 1], seed=1)
    assert result.value == pytest.approx(-2.0)
    assert result.n == 2
    assert (result.low, result.high) == (-3.0, 2.0)


def test_degenerate_bases():
    empty, constant = bootstrap_mean([], seed=1), bootstrap_mean([1] * 5, seed=1)
    assert (empty.value, empty.low, empty.high, empty.n) == (None, None, None, 0)
    assert (constant.value, constant.low, constant.high) == (1.0, 1.0, 1.0)
