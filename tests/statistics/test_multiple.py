import pytest

from cxkit.statistics.multiple import benjamini_hochberg

P = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216]


def test_golden():
    family = benjamini_hochberg(P)
    assert family.q == pytest.approx([0.01, 0.04, 0.084, 0.084, 0.084, 0.10, 0.1057, 0.216, 0.216, 0.216], abs=5e-5)
    assert family.significant == (True, True) + (False,) * 8
    assert family.tests == 10


def test_order_and_missing_tests_are_kept():
    family = benjamini_hochberg([0.04, None, 0.001])
    assert family.q == (pytest.approx(0.04), None, pytest.approx(0.002))
    assert family.significant == (True, False, True)
    assert family.tests == 2


def test_empty_family():
    assert benjamini_hochberg([]).tests == 0
    assert benjamini_hochberg([None]).q == (None,)
    with pytest.raises(ValueError, match="ps"):
        benjamini_hochberg([1.2])
