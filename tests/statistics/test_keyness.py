"""Weighted log-odds by hand."""

import numpy as np
import pytest

from cxkit.statistics.keyness import log_odds


def test_log_odds_by_hand():
    # two terms, counts 8 and 2 against 2 and 8, prior 10 spread as they are together: 5 each
    found = log_odds([8, 2], [2, 8], prior=10)
    delta = np.log(13 / 7) - np.log(7 / 13)
    assert found.delta == pytest.approx([delta, -delta])
    assert found.z[0] == pytest.approx(delta / np.sqrt(1 / 13 + 1 / 7))
    assert found.p[0] == pytest.approx(found.p[1])


def test_counts_that_cannot_be_compared_are_refused():
    for first, second in (([1], [1, 2]), ([-1, 2], [1, 1]), ([0, 0], [0, 0])):
        with pytest.raises(ValueError, match="counts"):
            log_odds(first, second)
