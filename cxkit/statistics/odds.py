"""Adjusted odds of an outcome: logistic regression with Firth's penalty, which stays finite where a trait decides all cases."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

STEPS, TOLERANCE, LONGEST = 100, 1e-8, 5.0


@dataclass(frozen=True)
class Odds:
    """Odds ratio of one column, the others held, with its Wald interval and two-sided p."""

    ratio: float
    low: float
    high: float
    p: float


def firth(columns: np.ndarray, outcomes: np.ndarray, weights: Sequence[float] | None = None, level: float = 0.95) -> list[Odds] | None:
    """Odds ratios of a logistic regression that maximises log L(β) + ½ log |I(β)| (Firth 1993; Heinze & Schemper 2002).

    Parameters
    ----------
    columns : shape (n, k), without intercept.
    outcomes : shape (n,), 0 or 1.
    weights : how many cases each row stands for; one by default.

    Returns
    -------
    One entry a column; None where the columns are not independent or the fit does not settle.
    """
    x = np.column_stack([np.ones(len(columns)), np.asarray(columns, dtype=float)])
    y, w = np.asarray(outcomes, dtype=float), np.ones(len(x)) if weights is None else np.asarray(weights, dtype=float)
    if not len(x) or np.linalg.matrix_rank(x) < x.shape[1]:
        return None
    beta = np.zeros(x.shape[1])
    for _ in range(STEPS):
        mean = _mean(x @ beta)
        spread = w * mean * (1 - mean)
        information = x.T @ (x * spread[:, None])
        try:
            covariance = np.linalg.inv(information)
        except np.linalg.LinAlgError:
            return None
        # the leverage of a row of w equal cases is w times that of one of them
        leverage = spread * np.einsum("ij,jk,ik->i", x, covariance, x)
        score = x.T @ (w * (y - mean) + leverage * (0.5 - mean))
        step = covariance @ score
        step *= min(1.0, LONGEST / max(np.abs(step).max(), TOLERANCE))
        beta = beta + step
        if np.abs(step).max() < TOLERANCE:
            break
    else:
        return None
    errors, z = np.sqrt(np.diag(covariance)), norm.ppf(0.5 + level / 2)
    return [Odds(*(float(np.exp(b + side * z * e)) for side in (0, -1, 1)), float(2 * norm.sf(abs(b / e))))
            for b, e in zip(beta[1:], errors[1:], strict=True)]


def _mean(linear: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(linear, -500, 500)))
