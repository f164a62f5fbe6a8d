"""The median with an interval that assumes nothing of the distribution."""

from collections.abc import Sequence

import numpy as np
from scipy.stats import binom

from cxkit.statistics.shares import Interval


def median_interval(values: Sequence[float], level: float = 0.95) -> tuple[float | None, Interval | None]:
    """Median and its interval between two order statistics (binomial, exact, conservative).

    NaN are left out. The median is ``None`` on an empty base; the interval is ``None`` where even the smallest and largest
    values do not reach ``level`` (fewer than 6 values at .95).
    """
    x = np.sort(np.asarray(values, dtype=float))
    x = x[np.isfinite(x)]
    n = len(x)
    if not n:
        return None, None
    median = float(np.median(x))
    # X_(k) .. X_(n+1-k) covers the median with probability 1 - 2 P(Bin(n, 1/2) <= k - 1)
    k = int(binom.ppf((1 - level) / 2, n, 0.5))
    k = k if 2 * binom.cdf(k - 1, n, 0.5) <= 1 - level else k - 1
    return median, Interval(float(x[k - 1]), float(x[n - k])) if k >= 1 else None
