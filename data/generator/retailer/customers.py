"""Draw the customers: attributes follow the hidden type, never perfectly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.generator.retailer import profiles as p
from data.generator.shared.draw import one, scale, several, shuffled_types

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
    types = shuffled_types(rng, [(profile, profile.share) for profile in p.PROFILES], n, rest=1)
    return [_draw(rng, f"C{10000 + 7 * rank}", profile) for rank, profile in enumerate(types)]


def _draw(rng: np.random.Generator, identifier: str, profile: p.Profile) -> Customer:
    return Customer(
        identifier, profile.id, int(rng.integers(2004, 2026)), one(rng, DEPARTMENTS, (1.0,) * 14), one(rng, STORES, (1.0,) * 10),
        one(rng, p.AGE, profile.age), one(rng, p.HOUSEHOLD, profile.household), one(rng, p.HOME, profile.home),
        one(rng, p.BUDGET, profile.budget), one(rng, p.FREQUENCY, profile.frequency), one(rng, p.PROJECT, profile.project),
        one(rng, p.ADVICE, profile.advice), several(rng, p.CHANNELS, profile.channels),
        several(rng, p.MOTIVATIONS, profile.motivations), scale(rng, profile.digital_ease), scale(rng, profile.price_sensitivity),
        bool(rng.random() < 0.62),
    )


HEADER = ["client", "cliente_depuis", "departement", "magasin_principal", "age", "foyer", "habitat", "budget_annuel",
          "frequence", "projet_principal", "source_de_conseil", "aisance_numerique", "carte_fidelite"]


def rows(customers: list[Customer]) -> list[list]:
    """Return the rows of customers.csv."""
    return [[c.id, c.since, c.department, c.store, c.age, c.household, c.home, c.budget, c.frequency, c.project,
             c.advice, c.digital_ease, "oui" if c.card else "non"] for c in customers]
