import pytest

from cxkit.statistics.kano import ANSWERS, classify, from_counts, kano


def test_evaluation_table():
    rows = ["".join(classify(f, d) for d in ANSWERS) for f in ANSWERS]
    assert rows == ["QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"]
    with pytest.raises(ValueError, match="must_be"):
        classify("like", "hate")


def test_coefficients_golden():
    result = from_counts({"A": 20, "O": 30, "M": 35, "I": 10, "R": 3, "Q": 2})
    assert result.better == pytest.approx(0.5263, abs=5e-5)
    assert result.worse == pytest.approx(-0.6842, abs=5e-5)
    assert result.category == "M"
    assert result.n == 100
    assert result.better_interval.low < result.better < result.better_interval.high
    assert result.worse_interval.low < result.worse < result.worse_interval.high


@pytest.mark.parametrize(
    ("counts", "category"),
    [
        ({"M": 5, "O": 5, "A": 5, "I": 5}, "M"),
        ({"O": 5, "A": 5, "I": 5}, "O"),
        ({"A": 5, "I": 5}, "A"),
        ({"I": 6, "A": 5}, "I"),
    ],
)
def test_ties(counts, category):
    assert from_counts(counts).category == category


def test_zero_base():
    nobody = kano([], [])
    assert (nobody.category, nobody.better, nobody.worse, nobody.n) == (None, None, None, 0)
    odd = from_counts({"R": 4})
    assert (odd.category, odd.better, odd.worse) == ("R", None, None)


def test_pairs_and_weights():
    result = kano(["like", "like", "must_be", None], ["dislike", "neutral", "dislike", "like"], [1, 1, 2, 9])
    assert result.counts == {"M": 2.0, "O": 1.0, "A": 1.0, "I": 0.0, "R": 0.0, "Q": 0.0}
    assert result.better == 0.5
    assert result.worse == -0.75
    assert result.n == 3
