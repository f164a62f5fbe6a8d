"""Survey answers: what a person went through makes the scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np

NOT_USED, NO_ANSWER = 99, 0


@dataclass(frozen=True)
class Experience:
    """What one person lived: how it weighs on the recommendation (``mood`` less ``cost``), the ease, and how each touchpoint is rated."""

    lived: frozenset[str]
    mood: float
    cost: float
    ease: float
    rate: Callable[[np.random.Generator, str], int | None]


@dataclass(frozen=True)
class Answer:
    """One answered survey; ``ratings`` holds 1-5, the two codes for no rating, or None for an empty cell."""

    id: str
    person: Any
    date: datetime
    weight: float
    recommend: int
    satisfaction: int
    ease: int | None
    ratings: dict[str, int | None]
    lived: frozenset[str]


def draw_answers(rng: np.random.Generator, people: Sequence, n: int, period: tuple[datetime, datetime], rated: Sequence[str],
                 live: Callable[[np.random.Generator, Any, datetime], Experience]) -> list[Answer]:
    """Draw ``n`` answers from ``n`` different people, sorted by date."""
    chosen = rng.choice(len(people), size=n, replace=False)
    start, end = period
    dates = sorted(start + timedelta(days=int(d)) for d in rng.integers(0, int((end - start).days), size=n))
    return [_answer(rng, f"R{rank + 1:04d}", people[index], date, rated, live)
            for rank, (index, date) in enumerate(zip(chosen, dates, strict=True))]


def _answer(rng: np.random.Generator, identifier: str, person: Any, date: datetime, rated: Sequence[str], live: Callable) -> Answer:
    been = live(rng, person, date)
    score = been.mood + rng.normal(0, 1.0) - been.cost
    recommend = int(np.clip(round(score), 0, 10))
    overall = int(np.clip(round(1 + recommend * 0.4 + rng.normal(0, 0.45)), 1, 5))
    ease = int(np.clip(round(been.ease + rng.normal(0, 0.8)), 1, 7)) if rng.random() > 0.03 else None
    ratings = {touchpoint: been.rate(rng, touchpoint) for touchpoint in rated}
    recommend = NOT_USED if rng.random() < 0.012 else recommend
    return Answer(identifier, person, date, float(np.clip(rng.lognormal(0, 0.22), 0.5, 1.9)), recommend,
                  NO_ANSWER if rng.random() < 0.012 else overall, ease, ratings, been.lived)


def rating(rng: np.random.Generator, tendency: tuple[float, float] | None) -> int | None:
    """A rating of 1 to 5 around (mean, spread), or the code, or the empty cell, of somebody who did not use it."""
    if tendency is None:
        return NOT_USED if rng.random() < 0.8 else None
    if rng.random() < 0.03:
        return NO_ANSWER
    return int(np.clip(round(rng.normal(*tendency)), 1, 5))
