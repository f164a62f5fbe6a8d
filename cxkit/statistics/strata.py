"""Association of two binary traits over strata: Mantel-Haenszel beside the pooled figure, Simpson's paradox."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from statsmodels.stats.contingency_tables import StratifiedTable

Table = tuple[float, float, float, float]


@dataclass(frozen=True)
class Stratified:
    """Odds ratios of one association; ``None`` where a table does not carry them.

    ``pooled`` ignores the strata; ``adjusted`` is Mantel-Haenszel's, with its interval and test; ``is_reversed``
    warns that the sign flips between the two; ``strata`` are the odds ratios of each stratum.
    """

    pooled: float | None
    adjusted: float | None
    low: float | None
    high: float | None
    p: float | None
    is_reversed: bool
    strata: tuple[float | None, ...]


def mantel_haenszel(tables: Sequence[Table], level: float = 0.95) -> Stratified:
    """Odds ratio adjusted for strata.

    Parameters
    ----------
    tables : one (a, b, c, d) per stratum
        a exposed with outcome, b exposed without, c not exposed with, d not exposed without; counts >= 0.
    """
    if any(min(table) < 0 for table in tables):
        raise ValueError("tables: counts cannot be negative")
    strata = tuple(odds_ratio(table) for table in tables)
    pooled = odds_ratio(tuple(np.sum(tables, axis=0))) if len(tables) else None
    used = [table for table in tables if sum(table) > 1]
    cross = sum(a * d / (a + b + c + d) for a, b, c, d in used), sum(b * c / (a + b + c + d) for a, b, c, d in used)
    if not all(cross):
        return Stratified(pooled, None, None, None, None, False, strata)
    fit = StratifiedTable([np.array(table, dtype=float).reshape(2, 2) for table in used])
    adjusted = float(fit.oddsratio_pooled)
    low, high = fit.oddsratio_pooled_confint(alpha=1 - level)
    flipped = pooled is not None and (pooled - 1) * (adjusted - 1) < 0
    return Stratified(pooled, adjusted, float(low), float(high), float(fit.test_null_odds().pvalue), flipped, strata)


def odds_ratio(table: Table) -> float | None:
    """Odds ratio ad / bc of one table; ``None`` when b or c is zero."""
    a, b, c, d = table
    return float(a * d / (b * c)) if b * c else None
