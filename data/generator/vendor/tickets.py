"""Support tickets with the hour of the first answer: an account's support is as fast as its median says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from data.generator.shared.draw import pick
from data.generator.shared.tables import random_day
from data.generator.vendor import planted as p
from data.generator.vendor.accounts import Account

HEADER = ["ticket", "account", "contact", "severity", "opened", "first_answer", "solved"]


def rows(rng: np.random.Generator, accounts: Sequence[Account], n: int) -> list[list]:
    """``n`` tickets of the period, by the time they were opened."""
    found = []
    for rank in range(n):
        account = accounts[rank % len(accounts)]
        opened = random_day(rng, p.START, p.END - timedelta(days=20)) + timedelta(minutes=int(rng.integers(7 * 60, 19 * 60)))
        answered = opened + timedelta(hours=float(account.hours * rng.uniform(0.7, 1.3)))
        found.append([opened, account.id, account.contact(rng, ("engineer", "operations")).id, pick(rng, [("stop", 1), ("major", 4), ("minor", 6)]),
                      answered, answered + timedelta(hours=float(rng.exponential(40)))])
    found.sort(key=lambda row: (row[0], row[1]))
    return [[f"T{rank + 1:04d}", account, person, severity, *(f"{when:%Y-%m-%dT%H:%M}" for when in (opened, answered, solved))]
            for rank, (opened, account, person, severity, answered, solved) in enumerate(found)]
