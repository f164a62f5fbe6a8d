"""Kano questionnaire: the evaluation table, the category and the better / worse coefficients."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cxkit.statistics.shares import Interval, effective_n, wilson

ANSWERS = ("like", "must_be", "neutral", "live_with", "dislike")
ROWS = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")  # functional answer down, dysfunctional across
TABLE = {(f, d): ROWS[i][j] for i, f in enumerate(ANSWERS) for j, d in enumerate(ANSWERS)}
TIES = ("M", "O", "A", "I", "R", "Q")


@dataclass(frozen=True)
class Kano:
    """Result for one feature: better in 0..1, worse in -1..0, ``None`` on a base without A, O, M or I."""

    category: str | None
    better: float | None
    worse: float | None
    better_interval: Interval | None
    worse_interval: Interval | None
    counts: dict[str, float]
    n: int


def classify(functional: str, dysfunctional: str) -> str:
    """Category letter (A, O, M, I, R, Q) of one respondent's pair of answers.

    Raises
    ------
    ValueError
        When an answer is not one of ``ANSWERS``.
    """
    try:
        return TABLE[functional, dysfunctional]
    except KeyError:
        raise ValueError(f"answers: two of {', '.join(ANSWERS)} expected") from None


def kano(
    functional: Sequence[str | None],
    dysfunctional: Sequence[str | None],
    weights: Sequence[float] | None = None,
    level: float = 0.95,
) -> Kano:
    """Category and coefficients of one feature; pairs with a missing answer (None) are left out."""
    w = np.ones(len(functional)) if weights is None else np.asarray(weights, dtype=float)
    counts = dict.fromkeys(TIES, 0.0)
    kept = []
    for f, d, weight in zip(functional, dysfunctional, w, strict=True):
        if f is not None and d is not None:
            counts[classify(f, d)] += float(weight)
            kept.append(float(weight))
    total = sum(kept)
    return from_counts(counts, len(kept), effective_n(kept) / total if total else 1.0, level)


def from_counts(counts: Mapping[str, float], n: int | None = None, shrink: float = 1.0, level: float = 0.95) -> Kano:
    """Category and coefficients from category counts; ``shrink`` is effective n / sum of weights.

    Ties are broken M > O > A > I; reverse and questionable answers stay out of the coefficients.
    """
    full = {letter: float(counts.get(letter, 0)) for letter in TIES}
    size = int(sum(full.values())) if n is None else n
    base = full["A"] + full["O"] + full["M"] + full["I"]
    category = max(TIES, key=lambda letter: (full[letter], -TIES.index(letter))) if sum(full.values()) else None
    if not base:
        return Kano(category, None, None, None, None, full, size)
    attractive, expected = full["A"] + full["O"], full["O"] + full["M"]
    worse = wilson(expected * shrink, base * shrink, level)
    return Kano(
        category,
        attractive / base,
        -expected / base,
        wilson(attractive * shrink, base * shrink, level),
        Interval(-worse.high, -worse.low),
        full,
        size,
    )
