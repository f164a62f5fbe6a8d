"""Evidence that every client sends alike: A/B tests, conversations, dated comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from ruamel.yaml import YAML

from data.generator.shared.texts import fields


def read_yaml(path: Path):
    """A YAML file as plain data."""
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


def conversation_rows(path: Path) -> list[list]:
    """One row a turn: conversation, date, channel, touchpoint, first and last second, role, text."""
    return [[call["id"], call["date"], call["channel"], call["touchpoint"], start, start + length, role, text]
            for call in read_yaml(path) for role, start, length, text in call["turns"]]


def experiment_rows(rng: np.random.Generator, variants: Mapping[str, tuple[int, int]], start: datetime, days: int) -> list[list]:
    """One row a visitor: id, day, variant, converted; ``variants`` holds how many there are and how many converted."""
    units = [(variant, int(rank < converted)) for variant, (n, converted) in variants.items() for rank in range(n)]
    order = rng.permutation(len(units))
    dates = np.sort(rng.integers(days, size=len(units)))
    return [[f"X{rank:05d}", f"{start + timedelta(days=int(day)):%Y-%m-%d}", *units[index]]
            for rank, (index, day) in enumerate(zip(order, dates, strict=True))]


def random_day(rng: np.random.Generator, start: datetime, end: datetime) -> datetime:
    """A day of the period."""
    return start + timedelta(days=int(rng.integers((end - start).days)))


COMMENTS = {"fr": ["fonction", "contact_client", "point_de_contact", "texte"], "en": ["job", "front_line", "touchpoint", "comment"]}
OBSERVATIONS = {"fr": ["lieu", "point_de_contact", "etape", "reaction", "texte"], "en": ["place", "touchpoint", "stage", "reaction", "note"]}


def comment_rows(rng: np.random.Generator, path: Path, period: tuple[datetime, datetime], prefix: str, opened: Mapping[str, datetime],
                 date_format: str) -> list[list]:
    """Comments and observations with a date each, sorted; nobody speaks of a touchpoint before it is ``opened``."""
    start, end = period
    rows = sorted((random_day(rng, max((opened[cell] for cell in line if cell in opened), default=start), end), line) for line in fields(path))
    return [[f"{prefix}{rank + 1:02d}", day.strftime(date_format), *line] for rank, (day, line) in enumerate(rows)]


def complaint_rows(rng: np.random.Generator, path: Path, people: Sequence, period: tuple[datetime, datetime], channels: Sequence[str],
                   days: tuple[int, int], date_format: str) -> list[list]:
    """Complaints from lines ``touchpoint | cause | asked | given | cost | text``: every seventh is the person of the one before, again.

    ``days`` are the most days to an answer and, from there, to a solution; what was given nothing is not solved.
    """
    start, end = period
    rows, previous = [], None
    for rank, (touchpoint, cause, asked, given, cost, text) in enumerate(fields(path)):
        person = previous if rank % 7 == 6 else people[int(rng.integers(len(people)))]
        previous = person
        opened = random_day(rng, start, end)
        answered = opened + timedelta(days=int(rng.integers(1, days[0])))
        solved = answered + timedelta(days=int(rng.integers(1, days[1])))
        rows.append([opened, person.id, answered if answered <= end else None, solved if given and solved <= end else None,
                     channels[int(rng.integers(len(channels)))], touchpoint, cause, text, asked, given, cost])
    rows.sort(key=lambda row: (row[0], row[7]))
    return [[f"K{rank + 1:03d}", row[1], *(day.strftime(date_format) if day else "" for day in (row[0], row[2], row[3])), *row[4:]]
            for rank, row in enumerate(rows)]
