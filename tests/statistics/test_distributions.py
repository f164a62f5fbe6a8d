import numpy as np
import pytest

from cxkit.statistics.distributions import (
    jensen_shannon,
    jensen_shannon_clustered,
    jensen_shannon_test,
    opposite_reactions,
)


def test_distance_by_hand():
    assert jensen_shannon([1, 0], [0, 1]) == pytest.approx(1.0)
    assert jensen_shannon([5, 5], [50, 50]) == pytest.approx(0.0, abs=1e-9)
    # P = (1, 0), Q = (.5, .5), M = (.75, .25): divergence .5 log2(4/3) + .25 log2(2/3) + .25 log2 2 = .31128
    assert jensen_shannon([2, 0], [1, 1]) == pytest.approx(np.sqrt(0.31128), abs=1e-5)
    assert jensen_shannon([0, 0], [1, 1]) is None


def test_permutation_p_of_independent_units():
    apart = jensen_shannon_test([90, 10], [10, 90], seed=1)
    alike = jensen_shannon_test([50, 50], [50, 50], seed=1)
    assert apart.p == pytest.approx(1 / 1000)
    assert alike.p == 1.0
    assert apart.n == (100, 100)
    assert apart == jensen_shannon_test([90, 10], [10, 90], seed=1)
    assert jensen_shannon_test([0, 0], [1, 0], seed=1).p is None


def test_permutation_p_close_to_the_exact_one():
    # 3 + 3 units: of 20 deals, (3,0)|(0,3) and its mirror are the farthest: exact p = .1
    p = jensen_shannon_test([3, 0], [0, 3], seed=5, draws=9999).p
    assert p == pytest.approx(0.1, abs=0.01)


def test_whole_units_are_dealt():
    # two units per side with many counts each: only 2 of 6 deals separate them, however large the counts
    counts = np.array([[100, 0], [100, 0], [0, 100], [0, 100]])
    result = jensen_shannon_clustered(counts, [True, True, False, False], seed=5, draws=9999)
    assert result.value == pytest.approx(1.0)
    assert result.p == pytest.approx(1 / 3, abs=0.02)
    assert jensen_shannon_clustered(counts, [True] * 4, seed=5).p is None


@pytest.mark.parametrize(
    ("positive", "negative", "n", "expected"),
    [(30, 30, 100, True), (29, 60, 100, False), (50, 50, 100, True), (0, 0, 0, False)],
)
def test_opposite_reactions(positive, negative, n, expected):
    assert opposite_reactions(positive, negative, n).is_opposite is expected


def test_opposite_reactions_shares_and_refusals():
    result = opposite_reactions(3, 4, 10)
    assert (result.positive, result.negative) == (0.3, 0.4)
    assert opposite_reactions(0, 0, 0).positive is None
    with pytest.raises(ValueError, match="base"):
        opposite_reactions(6, 5, 10)
