import pytest

from cxkit.statistics.strata import mantel_haenszel, odds_ratio

# Charig et al. (1986): open surgery against lithotripsy, small then large kidney stones
KIDNEY = [(81, 6, 234, 36), (192, 71, 55, 25)]


def test_kidney_stones_golden():
    result = mantel_haenszel(KIDNEY)
    assert result.pooled == pytest.approx(0.748, abs=5e-4)
    assert result.adjusted == pytest.approx(1.447, abs=5e-4)
    assert result.is_reversed
    assert result.low < 1.447 < result.high
    assert result.strata == pytest.approx((81 * 36 / (6 * 234), 192 * 25 / (71 * 55)))


def test_no_warning_when_the_sign_holds():
    assert not mantel_haenszel([(20, 10, 10, 20), (30, 15, 12, 25)]).is_reversed


def test_tables_that_carry_nothing():
    empty = mantel_haenszel([])
    assert (empty.pooled, empty.adjusted, empty.strata) == (None, None, ())
    zeros = mantel_haenszel([(0, 0, 0, 0), (5, 0, 5, 0)])
    assert (zeros.pooled, zeros.adjusted) == (None, None)
    assert odds_ratio((1, 0, 1, 1)) is None
    with pytest.raises(ValueError, match="negative"):
        mantel_haenszel([(-1, 1, 1, 1)])


def test_an_empty_stratum_changes_nothing():
    assert mantel_haenszel([*KIDNEY, (0, 0, 0, 0)]).adjusted == pytest.approx(mantel_haenszel(KIDNEY).adjusted)
