"""Words that set two groups of texts apart: weighted log-odds ratio with an informative Dirichlet prior.

Monroe, Colaresi and Quinn (2008), "Fightin' Words", Political Analysis 16(4): δ = log-odds in the first group minus log-odds in the second,
each count raised by a prior in proportion to the count in both; z = δ / √variance.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm


@dataclass(frozen=True)
class Keyness:
    """Log-odds ratio, its z and two-sided p, arrays of shape (terms,); positive where the first group says the term more."""

    delta: np.ndarray
    z: np.ndarray
    p: np.ndarray


def log_odds(first: Sequence[float], second: Sequence[float], prior: float = 20.0) -> Keyness:
    """Compare term counts of two groups.

    Parameters
    ----------
    first, second : counts of each term, shape (terms,), >= 0.
    prior : total of the prior counts, spread as the terms are in both groups together.

    Raises
    ------
    ValueError : counts of different lengths, negative, or all zero.
    """
    a, b = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    if a.shape != b.shape or (a < 0).any() or (b < 0).any() or not (a + b).sum():
        raise ValueError("counts: two arrays of the same terms, not negative, expected")
    weights = prior * (a + b) / (a + b).sum()
    ya, yb = a + weights, b + weights
    na, nb = ya.sum(), yb.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        delta = np.log(ya / (na - ya)) - np.log(yb / (nb - yb))
        z = delta / np.sqrt(1 / ya + 1 / yb)
    delta, z = np.nan_to_num(delta, posinf=0, neginf=0), np.nan_to_num(z, posinf=0, neginf=0)
    return Keyness(delta, z, 2 * norm.sf(np.abs(z)))
