import pytest

from cxkit.statistics.medians import median_interval


@pytest.mark.parametrize(
    ("n", "low", "high"),
    [(6, 1, 6), (10, 2, 9), (20, 6, 15), (100, 40, 61)],  # ranks of the usual table for the sign test
)
def test_ranks_of_the_interval(n, low, high):
    median, interval = median_interval(range(n, 0, -1))
    assert median == (n + 1) / 2
    assert (interval.low, interval.high) == (low, high)


def test_small_and_empty_bases():
    assert median_interval([]) == (None, None)
    assert median_interval([1, 2, float("nan"), 9, 4, 5]) == (4.0, None)
