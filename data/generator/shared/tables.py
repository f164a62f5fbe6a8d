"""Evidence that every client sends alike: A/B tests, conversations, dated comments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from ruamel.yaml import YAML


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
