"""Priorities: opportunity score, importance-performance quadrants, derived importance, RICE."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.stats import kendalltau, spearmanr

from cxkit.statistics.scores import csat

Quadrant = Literal["concentrate", "keep_up", "low_priority", "overkill"]
Crosshair = Literal["mean", "middle"]
IMPACTS = (3, 2, 1, 0.5, 0.25)
CONFIDENCES = (1, 0.8, 0.5)


@dataclass(frozen=True)
class Placement:
    """One item on the importance-performance matrix; importance is vertical, performance horizontal."""

    item: str
    importance: float
    performance: float
    quadrant: Quadrant


@dataclass(frozen=True)
class Matrix:
    """Placements in the order given and the crosshair they were judged against."""

    placements: tuple[Placement, ...]
    importance_line: float
    performance_line: float


def opportunity(importance: float, satisfaction: float) -> float:
    """Ulwick's opportunity I + max(I - S, 0), both on 0..10 (top-2-box shares x 10)."""
    if not (0 <= importance <= 10 and 0 <= satisfaction <= 10):
        raise ValueError("importance, satisfaction: numbers on 0..10 expected")
    return importance + max(importance - satisfaction, 0)


def opportunity_from_answers(
    importance: Sequence[float],
    satisfaction: Sequence[float],
    scale: tuple[float, float] = (1, 5),
    weights: Sequence[float] | None = None,
) -> float | None:
    """Opportunity of one item in one segment from raw answers; ``None`` when a base is empty."""
    i, s = csat(importance, scale, weights).value, csat(satisfaction, scale, weights).value
    return None if i is None or s is None else opportunity(i / 10, s / 10)


def importance_performance(
    items: Mapping[str, tuple[float, float]],
    crosshair: Crosshair | tuple[float, float] = "mean",
    importance_scale: tuple[float, float] = (1, 5),
    performance_scale: tuple[float, float] = (1, 5),
) -> Matrix:
    """Quadrants of Martilla & James (1977).

    Parameters
    ----------
    items : mapping of item to (importance, performance)
    crosshair : "mean", "middle" or (importance, performance)
        Mean of the items, middle of the scales, or declared values. An item on a line counts as high.

    Returns
    -------
    Matrix
        With an empty mapping and the "mean" crosshair the lines are NaN and there is no placement.
    """
    if crosshair == "mean":
        points = np.array(list(items.values()), dtype=float).reshape(-1, 2)
        lines = tuple(points.mean(axis=0)) if len(points) else (np.nan, np.nan)
    elif crosshair == "middle":
        lines = (sum(importance_scale) / 2, sum(performance_scale) / 2)
    else:
        lines = crosshair
    placements = tuple(
        Placement(item, float(i), float(p), _quadrant(i >= lines[0], p >= lines[1])) for item, (i, p) in items.items()
    )
    return Matrix(placements, float(lines[0]), float(lines[1]))


def _quadrant(important: bool, performing: bool) -> Quadrant:
    if important:
        return "keep_up" if performing else "concentrate"
    return "overkill" if performing else "low_priority"


def derived_importance(
    ratings: Mapping[str, Sequence[float]],
    overall: Sequence[float],
    method: Literal["spearman", "kendall", "relative_weight"] = "spearman",
    minimum: int = 10,
) -> dict[str, float | None]:
    """Importance of each item derived from its association with the overall score.

    ``spearman`` and ``kendall`` use the pairs answered for each item (-1..1; ``None`` under ``minimum`` pairs or
    with no variation). ``relative_weight`` (Johnson 2000) splits R2 among the items on complete answers, in shares
    that sum to R2 (all ``None`` when the complete answers do not carry it).
    """
    columns = {item: np.asarray(values, dtype=float) for item, values in ratings.items()}
    y = np.asarray(overall, dtype=float)
    if method == "relative_weight":
        return _relative_weights(columns, y, minimum)
    statistic = {"spearman": spearmanr, "kendall": kendalltau}[method]
    return {item: _association(x, y, statistic, minimum) for item, x in columns.items()}


def _association(x: np.ndarray, y: np.ndarray, statistic, minimum: int) -> float | None:
    kept = np.isfinite(x) & np.isfinite(y)
    x, y = x[kept], y[kept]
    if len(x) < max(minimum, 3) or np.ptp(x) == 0 or np.ptp(y) == 0:
        return None
    return float(statistic(x, y).statistic)


def _relative_weights(columns: dict[str, np.ndarray], y: np.ndarray, minimum: int) -> dict[str, float | None]:
    nothing = dict.fromkeys(columns)
    if not columns:
        return nothing
    x = np.column_stack(list(columns.values()))
    kept = np.isfinite(x).all(axis=1) & np.isfinite(y)
    x, y = x[kept], y[kept]
    if len(y) < max(minimum, x.shape[1] + 2) or np.ptp(y) == 0 or (np.ptp(x, axis=0) == 0).any():
        return nothing
    correlations = np.corrcoef(np.column_stack([x, y]), rowvar=False)
    values, vectors = np.linalg.eigh(correlations[:-1, :-1])
    if values.min() < 1e-9:
        return nothing
    root = vectors @ np.diag(np.sqrt(values)) @ vectors.T
    weights = np.square(root) @ np.square(np.linalg.solve(root, correlations[:-1, -1]))
    return {item: float(weight) for item, weight in zip(columns, weights, strict=True)}


def rice(reach: float, impact: float, confidence: float, effort: float) -> float:
    """RICE score reach x impact x confidence / effort.

    Parameters
    ----------
    reach : customers concerned per period, >= 0
    impact : one of 3, 2, 1, .5, .25
    confidence : one of 1, .8, .5
    effort : person-months, > 0
    """
    if impact not in IMPACTS or confidence not in CONFIDENCES:
        raise ValueError("impact, confidence: values of the RICE scales expected")
    if reach < 0 or effort <= 0:
        raise ValueError("reach >= 0 and effort > 0 expected")
    return reach * impact * confidence / effort
