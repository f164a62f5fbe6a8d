import pytest

from cxkit.statistics.ranking import robust_ranking


def rank(values, spreads=None, weights=(0.5, 0.5), top=1, concentration=40):
    spreads = spreads or [[0.0] * len(row) for row in values]
    return robust_ranking(values, spreads, weights, top=top, concentration=concentration, seed=1, draws=1000)


def test_scores_are_weighted_sums_of_scaled_criteria():
    first, second = rank([[10, 1], [5, 2]], weights=(3, 1))
    assert first.score == pytest.approx(0.75 * 1 + 0.25 * 0.5)
    assert second.score == pytest.approx(0.75 * 0.5 + 0.25 * 1)
    assert (first.rank, second.rank) == (1, 2)


def test_an_item_better_on_every_criterion_is_always_on_top():
    best, other = rank([[10, 4], [5, 2]])
    assert (best.top_share, best.rank_low, best.rank_high) == (1.0, 1, 1)
    assert other.top_share == 0.0


def test_mirrored_items_share_the_top():
    first, second = rank([[1, 2], [2, 1]])
    assert first.top_share + second.top_share == pytest.approx(1.0)
    assert first.top_share == pytest.approx(0.5, abs=0.06)
    assert (first.rank_low, first.rank_high) == (1, 2)


def test_measured_spread_makes_a_lead_less_firm():
    firm = rank([[11, 1], [10, 1]])[0]
    loose = rank([[11, 1], [10, 1]], [[4, 0], [4, 0]])[0]
    assert firm.top_share == 1.0
    assert 0.5 < loose.top_share < 0.75


def test_ties_and_empty_criteria_keep_the_order_given():
    assert [item.rank for item in rank([[0, 1], [0, 1]])] == [1, 2]
    assert rank([]) == ()
