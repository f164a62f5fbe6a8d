import pytest

from cxkit.statistics.shares import (
    Interval,
    design_effect,
    effective_n,
    net_share,
    two_proportions,
    wilson,
    z_value,
)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (7, 10, 0.3968, 0.8922),
        (0, 20, 0.0, 0.1611),
        (10, 10, 0.72247, 1.0),
        (70, 100, 0.60415, 0.78105),
        (960, 1200, 0.77643, 0.82166),
    ],
)
def test_wilson_golden(successes, n, low, high):
    interval = wilson(successes, n)
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)
    assert 0 <= interval.low <= interval.high <= 1


def test_wilson_of_an_empty_base_is_none():
    assert wilson(0, 0) is None


def test_wilson_accepts_an_effective_base():
    assert wilson(3.5, 7.0).low < 0.5 < wilson(3.5, 7.0).high
    assert wilson(7.0 * (1 + 1e-12), 7.0).high == 1.0


@pytest.mark.parametrize(("successes", "n"), [(-1, 10), (11, 10), (0, -1)])
def test_wilson_refuses_impossible_counts(successes, n):
    with pytest.raises(ValueError, match="successes"):
        wilson(successes, n)


def test_effective_base_and_design_effect():
    weights = [1, 1, 1, 1, 3, 3, 5]
    assert effective_n(weights) == pytest.approx(225 / 47)
    assert design_effect(weights) == pytest.approx(1.462, abs=5e-4)
    assert effective_n([2.0] * 9) == pytest.approx(9)
    assert effective_n([]) == 0.0
    assert design_effect([]) is None
    assert design_effect([0, 0]) is None
    with pytest.raises(ValueError, match="weights"):
        effective_n([1, -1])


def test_net_share_is_the_adjusted_wald_interval():
    interval = net_share(50, 20, 100)
    assert (interval.low, interval.high) == pytest.approx((0.14051, 0.44201), abs=5e-6)
    assert net_share(0, 0, 0) is None
    assert net_share(10, 0, 10).high == 1.0
    assert net_share(0, 10, 10).low == -1.0
    with pytest.raises(ValueError, match="positive"):
        net_share(8, 3, 10)
    with pytest.raises(ValueError, match="negative"):
        net_share(8, -1, 10)


def test_difference_of_two_shares():
    # Newcombe (1998), method 10, example (a): 56/70 - 48/80
    difference = two_proportions(56, 70, 48, 80)
    assert difference.value == pytest.approx(0.2)
    assert (difference.low, difference.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    # pooled z: .2 / sqrt(.69333 * .30667 * (1/70 + 1/80)) = 2.650
    assert difference.p == pytest.approx(0.00804, abs=2e-5)


def test_difference_of_extreme_and_empty_bases():
    same = two_proportions(10, 10, 20, 20)
    assert (same.value, same.p) == (0.0, 1.0)
    assert two_proportions(0, 0, 3, 5).value is None
    mirrored = two_proportions(48, 80, 56, 70)
    assert mirrored.value == pytest.approx(-0.2)
    assert mirrored.high == pytest.approx(-0.0524, abs=5e-5)


def test_interval_helpers():
    assert Interval(0.1, 0.2).scaled(100) == Interval(10.0, 20.0)
    assert Interval(0.1, 0.2).excludes(0)
    assert not Interval(-0.1, 0.2).excludes(0)


def test_z_value():
    assert z_value(0.95) == pytest.approx(1.959964, abs=1e-6)
    with pytest.raises(ValueError, match="level"):
        z_value(95)
