import pytest

from cxkit.statistics.base import base_class


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (0, "suppressed"),
        (9, "suppressed"),
        (10, "counts_only"),
        (29, "counts_only"),
        (30, "weak"),
        (99, "weak"),
        (100, "full"),
        (9.99, "suppressed"),
    ],
)
def test_classes(n, expected):
    assert base_class(n, (10, 30, 100)) == expected


def test_limits_are_data():
    assert base_class(6, (5, 20, 50)) == "counts_only"
    with pytest.raises(ValueError, match="limits"):
        base_class(6, (20, 5, 50))
    with pytest.raises(ValueError, match="negative"):
        base_class(-1)
