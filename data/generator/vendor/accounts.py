"""Few accounts, several contacts each: what belongs to the company is the same for all its contacts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.generator.shared.draw import exactly, one
from data.generator.shared.people import Person
from data.generator.vendor import planted as p


@dataclass(frozen=True)
class Account:
    """One company: its sector and size, the support it got, whether it renewed, and its contacts."""

    id: str
    sector: str
    size: str
    hours: float
    renewed: bool
    contacts: tuple[Person, ...]

    @property
    def slow(self) -> bool:
        """Whether support takes longer than the limit to answer."""
        return self.hours > p.SLOW_HOURS

    def contact(self, rng: np.random.Generator, kinds: Sequence[str]) -> Person:
        """One of its contacts of these roles, any of its contacts where it has none."""
        fitting = [person for person in self.contacts if person.kind.id in kinds] or list(self.contacts)
        return fitting[int(rng.integers(len(fitting)))]


def draw_accounts(rng: np.random.Generator, contacts: Sequence[Person]) -> list[Account]:
    """Spread the contacts over the accounts; half of the accounts of each sector get slow support, renewals are exact."""
    weights = rng.gamma(2.0, 1.0, p.N_ACCOUNTS)
    owner = np.concatenate([np.arange(p.N_ACCOUNTS).repeat(4), rng.choice(p.N_ACCOUNTS, len(contacts) - 4 * p.N_ACCOUNTS, p=weights / weights.sum())])
    sectors = [p.SECTORS[rank % len(p.SECTORS)] for rank in range(p.N_ACCOUNTS)]
    slow = np.array([rank // len(p.SECTORS) % 2 == 1 for rank in range(p.N_ACCOUNTS)])
    renewed = np.zeros(p.N_ACCOUNTS, dtype=bool)
    for (regulated, late), share in p.RENEWED.items():
        group = np.array([rank for rank in range(p.N_ACCOUNTS) if (sectors[rank] in p.REGULATED) == regulated and slow[rank] == late])
        renewed[group[exactly(rng, len(group), share)]] = True
    hours = np.where(slow, rng.uniform(28, 74, p.N_ACCOUNTS), rng.uniform(2, 14, p.N_ACCOUNTS)).round(1)
    return [Account(f"AC{100 + rank}", sectors[rank], one(rng, p.SIZES, p.SIZE_SHARES), float(hours[rank]), bool(renewed[rank]),
                    tuple(person for person, mine in zip(contacts, owner, strict=True) if mine == rank))
            for rank in range(p.N_ACCOUNTS)]


CONTACT_HEADER = ["contact", "account", "sector", "company_size", *(question.column for question in p.QUESTIONS)]
ACCOUNT_HEADER = ["account", "sector", "company_size", "contacts", "median_first_answer_hours", "renewal_2026"]


def contact_rows(accounts: Sequence[Account]) -> list[list]:
    """One row a contact, with what is known of its account."""
    return sorted([person.id, account.id, account.sector, account.size, *person.said.values()]
                  for account in accounts for person in account.contacts)


def account_rows(accounts: Sequence[Account]) -> list[list]:
    """One row an account."""
    return [[one.id, one.sector, one.size, len(one.contacts), f"{one.hours:.1f}", "renewed" if one.renewed else "lost"] for one in accounts]
