"""Draw the customers: attributes follow the hidden type, never perfectly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.generator import profiles as p

DEPARTMENTS = ["22", "29", "35", "44", "49", "53", "56", "72", "75", "85", "59", "69", "33", "14"]
STORES = ["Brive", "Rennes", "Saint-Brieuc", "Nantes", "Angers", "Vannes", "Lille", "Quimper", "Laval", "Fougères"]


@dataclass(frozen=True)
class Customer:
    """One invented customer; ``type`` is the hidden truth and is never written beside the other fields."""

    id: str
    type: str
    since: int
    department: str
    store: str
    age: str
    household: str
    home: str
    budget: str
    frequency: str
    project: str
    advice: str
    channels: tuple[str, ...]
    motivations: tuple[str, ...]
    digital_ease: int
    price_sensitivity: int
    card: bool


def draw_customers(rng: np.random.Generator, n: int) -> list[Customer]:
    """Draw ``n`` customers; type shares are exact up to rounding, order is shuffled."""
    counts = [round(n * profile.share) for profile in p.PROFILES]
    counts[1] += n - sum(counts)
    types = [profile for profile, count in zip(p.PROFILES, counts, strict=True) for _ in range(count)]
    order = rng.permutation(n)
    return [_draw(rng, f"C{10000 + 7 * rank}", types[index]) for rank, index in enumerate(order)]


def _draw(rng: np.random.Generator, identifier: str, profile: p.Profile) -> Customer:
    def one(values: list[str], weights: tuple[float, ...]) -> str:
        return values[rng.choice(len(values), p=np.array(weights) / sum(weights))]

    def several(values: list[str], shares: tuple[float, ...]) -> tuple[str, ...]:
        chosen = tuple(v for v, share in zip(values, shares, strict=True) if rng.random() < share)
        return chosen or (values[int(np.argmax(shares))],)

    def scale(mean: float) -> int:
        return int(np.clip(round(rng.normal(mean, 0.6)), 1, 5))

    return Customer(
        identifier, profile.id, int(rng.integers(2004, 2026)), one(DEPARTMENTS, (1.0,) * 14), one(STORES, (1.0,) * 10),
        one(p.AGE, profile.age), one(p.HOUSEHOLD, profile.household), one(p.HOME, profile.home),
        one(p.BUDGET, profile.budget), one(p.FREQUENCY, profile.frequency), one(p.PROJECT, profile.project),
        one(p.ADVICE, profile.advice), several(p.CHANNELS, profile.channels),
        several(p.MOTIVATIONS, profile.motivations), scale(profile.digital_ease), scale(profile.price_sensitivity),
        bool(rng.random() < 0.62),
    )


HEADER = ["client", "cliente_depuis", "departement", "magasin_principal", "age", "foyer", "habitat", "budget_annuel",
          "frequence", "projet_principal", "source_de_conseil", "aisance_numerique", "carte_fidelite"]


def rows(customers: list[Customer]) -> list[list]:
    """Return the rows of customers.csv."""
    return [[c.id, c.since, c.department, c.store, c.age, c.household, c.home, c.budget, c.frequency, c.project,
             c.advice, c.digital_ease, "oui" if c.card else "non"] for c in customers]
