import numpy as np
import pandas as pd
import pytest

from cxkit.statistics.scores import Score, ces, csat, mean_score, nps, txr


def ballots(promoters, passives, detractors):
    return [9] * promoters + [7] * passives + [3] * detractors


@pytest.mark.parametrize(
    ("counts", "value", "low", "high"),
    [
        ((50, 30, 20), 30.0, 14.051, 44.201),
        ((8, 2, 0), 80.0, 29.284, 93.793),
        ((36, 7, 17), 31.667, 8.433, 51.885),
        ((500, 333, 167), 33.3, 28.585, 37.816),
    ],
)
def test_nps_golden(counts, value, low, high):
    score = nps(ballots(*counts))
    assert (score.value, score.low, score.high) == pytest.approx((value, low, high), abs=5e-4)
    assert tuple(score.counts.values()) == counts
    assert score.n == sum(counts) == score.n_eff


def test_nps_classes_at_their_edges():
    score = nps([0, 6, 7, 8, 9, 10])
    assert score.counts == {"promoters": 2, "passives": 2, "detractors": 2}
    assert score.value == 0.0


def test_nps_of_only_tens_and_of_only_passives():
    tens, passives = nps([10] * 12), nps([7, 8] * 6)
    assert (tens.value, tens.high) == (100.0, 100.0)
    assert 0 < tens.low < 100
    assert passives.value == 0.0
    assert passives.low == pytest.approx(-passives.high)


def test_an_empty_base_has_no_value():
    for score in (nps([]), nps([None, np.nan]), csat([]), ces([]), mean_score([]), txr([], [], [])):
        assert score.is_empty
        assert (score.value, score.low, score.high, score.n, score.n_eff) == (None, None, None, 0, 0.0)


def test_nps_weighted_uses_the_effective_base():
    values, weights = [10, 10, 10, 10, 0, 0, 8], [1, 1, 1, 1, 3, 3, 5]
    score = nps(values, weights)
    assert score.value == pytest.approx(100 * (4 - 6) / 15)
    assert score.n == 7
    assert score.n_eff == pytest.approx(225 / 47)
    n = 225 / 47 + 3
    p, d = (4 / 15 * 225 / 47 + 0.75) / n, (6 / 15 * 225 / 47 + 0.75) / n
    half = 1.959963985 * np.sqrt((p + d - (p - d) ** 2) / n)
    assert (score.low, score.high) == pytest.approx((100 * (p - d - half), 100 * (p - d + half)))
    assert score.counts == {"promoters": 4, "passives": 1, "detractors": 2}
    assert score.shares["passives"] == pytest.approx(1 / 3)


def test_equal_weights_change_nothing():
    values = ballots(36, 7, 17)
    plain, weighted = nps(values), nps(values, [2.5] * 60)
    assert (weighted.value, weighted.low, weighted.high) == pytest.approx((plain.value, plain.low, plain.high))


def test_missing_answers_and_zero_weights_are_left_out():
    score = nps(pd.Series([10, None, 0, 9], dtype="Int64"), [1, 1, 1, 0])
    assert score.n == 2
    assert score.value == 0.0


@pytest.mark.parametrize("value", [-1, 11])
def test_nps_refuses_answers_off_scale(value):
    with pytest.raises(ValueError, match=r"0\.\.10"):
        nps([5, value])


def test_csat_golden():
    score = csat([5] * 40 + [4] * 30 + [3] * 20 + [1] * 10)
    assert (score.value, score.low, score.high) == pytest.approx((70.0, 60.415, 78.105), abs=5e-4)
    assert score.mean == pytest.approx(3.9)
    assert csat([5] * 10).low == pytest.approx(72.247, abs=5e-4)
    assert csat([5] * 10).high == 100.0
    large = csat([4] * 960 + [2] * 240)
    assert (large.low, large.high) == pytest.approx((77.643, 82.166), abs=5e-4)


def test_csat_top_boxes_follow_the_scale():
    assert csat([7, 6, 5, 4], scale=(1, 7)).value == 50.0
    assert csat([10, 9, 8, 0], scale=(0, 10)).value == 50.0


def test_ces_2_both_conventions():
    counts = (80, 210, 140, 110, 160, 180, 120)
    score = ces([answer for answer, n in enumerate(counts, start=1) for _ in range(n)])
    assert score.metric == "ces2"
    assert score.value == pytest.approx(46.0)
    assert score.mean == pytest.approx(4.08)
    assert score.mean_better == "high"
    assert score.counts == {"easy": 460, "others": 540}


def test_ces_1_is_reversed():
    score = ces([1, 1, 2, 3, 5], version=1)
    assert score.value == pytest.approx(60.0)
    assert score.mean == pytest.approx(2.4)
    assert score.mean_better == "low"
    with pytest.raises(ValueError, match="version"):
        ces([1], version=3)


def test_txr_is_the_mean_of_three_nets():
    score = txr([7, 6, 5, 3], [7, 7, 7, 7], [1, 2, 3, 4])
    assert score.parts == pytest.approx({"success": 25.0, "effort": 100.0, "emotion": -75.0})
    assert score.value == pytest.approx(50 / 3)
    # influence of each respondent: mean of the three signs, (1/3, 1/3, 0, 0); s.d. .19245, /sqrt(4) = .096225
    assert score.high - score.value == pytest.approx(1.959964 * 9.6225, abs=1e-3)


def test_txr_with_missing_answers():
    score = txr([7, None, 6], [7, 1, None], [None, None, None])
    assert score.value is None
    assert score.parts == {"success": 100.0, "effort": 0.0, "emotion": None}
    assert score.n == 3
    with pytest.raises(ValueError, match=r"1\.\.7"):
        txr([8], [1], [1])


def test_mean_with_student_interval():
    score = mean_score([2, 4, 6])
    # s = 2, se = 2 / sqrt(3), t(2) = 4.302653
    assert (score.value, score.low, score.high) == pytest.approx((4.0, 4 - 4.96828, 4 + 4.96828), abs=1e-4)
    single = mean_score([3])
    assert (single.value, single.low, single.high) == (3.0, None, None)


def test_scores_are_frozen():
    with pytest.raises(AttributeError):
        Score("nps", None, None, None, 0, 0.0).value = 1
