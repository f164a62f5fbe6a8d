"""The six customer types hidden in the data: what they are like, which way they go, how they score.

Nothing of this reaches the evidence files directly: a customer's type shows only through attributes, paths and scores.
"""

from __future__ import annotations

from dataclasses import dataclass

AGE = ["18-29", "30-39", "40-49", "50-64", "65+"]
HOUSEHOLD = ["seul", "couple", "couple avec enfants", "parent solo"]
HOME = ["maison grand jardin", "maison petit jardin", "appartement balcon", "appartement sans extérieur"]
BUDGET = ["moins de 200 €", "200 à 500 €", "500 à 1500 €", "plus de 1500 €"]
FREQUENCY = ["chaque semaine", "chaque mois", "chaque saison", "une à deux fois par an"]
CHANNELS = ["magasin", "site", "mobile", "réseaux sociaux", "téléphone"]
MOTIVATIONS = ["jardiner", "aménager sa maison", "décorer", "bricoler", "faire des économies", "trouver des idées"]
PROJECT = [
    "potager et massifs", "terrasse et mobilier", "plantes d'intérieur", "rangement", "arts de la table", "travaux",
]
ADVICE = [
    "conseiller en magasin", "avis en ligne", "réseaux sociaux", "prospectus et promotions", "magazine",
    "fiche technique",
]


@dataclass(frozen=True)
class Profile:
    """One customer type. Lists of weights follow the order of the answer lists above; shares are in [0, 1]."""

    id: str
    share: float
    voice: str
    age: tuple[float, ...]
    household: tuple[float, ...]
    home: tuple[float, ...]
    budget: tuple[float, ...]
    frequency: tuple[float, ...]
    project: tuple[float, ...]
    advice: tuple[float, ...]
    channels: tuple[float, ...]
    motivations: tuple[float, ...]
    digital_ease: float
    price_sensitivity: float
    mood: float
    home_delivery: float
    click_collect: float
    store_first: float


PROFILES = (
    Profile(
        "gardener", 0.18, "g",
        age=(0.0, 0.01, 0.04, 0.27, 0.68), household=(0.30, 0.64, 0.04, 0.02),
        home=(0.86, 0.12, 0.01, 0.01), budget=(0.10, 0.68, 0.18, 0.04), frequency=(0.62, 0.30, 0.06, 0.02),
        project=(0.90, 0.05, 0.01, 0.01, 0.02, 0.01), advice=(0.84, 0.02, 0.0, 0.04, 0.09, 0.01),
        channels=(0.98, 0.14, 0.05, 0.02, 0.34), motivations=(0.95, 0.10, 0.10, 0.10, 0.10, 0.25),
        digital_ease=2.0, price_sensitivity=2.6, mood=9.0, home_delivery=0.20, click_collect=0.03, store_first=0.88,
    ),
    Profile(
        "new-owner", 0.22, "o",
        age=(0.10, 0.74, 0.14, 0.02, 0.0), household=(0.02, 0.24, 0.72, 0.02),
        home=(0.16, 0.80, 0.03, 0.01), budget=(0.01, 0.08, 0.24, 0.67), frequency=(0.06, 0.70, 0.20, 0.04),
        project=(0.05, 0.80, 0.01, 0.06, 0.01, 0.07), advice=(0.22, 0.66, 0.06, 0.02, 0.02, 0.02),
        channels=(0.62, 0.95, 0.55, 0.22, 0.10), motivations=(0.25, 0.94, 0.25, 0.25, 0.12, 0.40),
        digital_ease=4.1, price_sensitivity=3.0, mood=9.1, home_delivery=0.70, click_collect=0.50, store_first=0.10,
    ),
    Profile(
        "urban", 0.18, "u",
        age=(0.76, 0.20, 0.03, 0.01, 0.0), household=(0.70, 0.26, 0.02, 0.02),
        home=(0.0, 0.01, 0.74, 0.25), budget=(0.76, 0.20, 0.03, 0.01), frequency=(0.08, 0.60, 0.26, 0.06),
        project=(0.05, 0.02, 0.86, 0.03, 0.03, 0.01), advice=(0.06, 0.12, 0.78, 0.02, 0.01, 0.01),
        channels=(0.30, 0.55, 0.94, 0.80, 0.02), motivations=(0.30, 0.15, 0.55, 0.04, 0.25, 0.88),
        digital_ease=4.8, price_sensitivity=3.6, mood=8.5, home_delivery=0.26, click_collect=0.50, store_first=0.10,
    ),
    Profile(
        "bargain", 0.17, "b",
        age=(0.04, 0.22, 0.62, 0.11, 0.01), household=(0.03, 0.06, 0.53, 0.38),
        home=(0.06, 0.64, 0.22, 0.08), budget=(0.66, 0.30, 0.03, 0.01), frequency=(0.03, 0.13, 0.78, 0.06),
        project=(0.10, 0.20, 0.05, 0.58, 0.05, 0.02), advice=(0.07, 0.14, 0.04, 0.73, 0.01, 0.01),
        channels=(0.62, 0.82, 0.50, 0.20, 0.14), motivations=(0.12, 0.25, 0.15, 0.12, 0.96, 0.10),
        digital_ease=3.3, price_sensitivity=4.8, mood=7.9, home_delivery=0.40, click_collect=0.15, store_first=0.10,
    ),
    Profile(
        "decor", 0.13, "d",
        age=(0.0, 0.05, 0.24, 0.64, 0.07), household=(0.24, 0.66, 0.08, 0.02),
        home=(0.14, 0.24, 0.40, 0.22), budget=(0.01, 0.06, 0.68, 0.25), frequency=(0.08, 0.22, 0.66, 0.04),
        project=(0.02, 0.10, 0.05, 0.03, 0.79, 0.01), advice=(0.18, 0.04, 0.08, 0.01, 0.68, 0.01),
        channels=(0.75, 0.84, 0.22, 0.36, 0.20), motivations=(0.10, 0.35, 0.96, 0.02, 0.04, 0.62),
        digital_ease=3.4, price_sensitivity=1.7, mood=9.2, home_delivery=0.55, click_collect=0.60, store_first=0.10,
    ),
    Profile(
        "handyman", 0.12, "h",
        age=(0.01, 0.06, 0.66, 0.25, 0.02), household=(0.18, 0.42, 0.38, 0.02),
        home=(0.52, 0.44, 0.03, 0.01), budget=(0.04, 0.22, 0.68, 0.06), frequency=(0.58, 0.36, 0.05, 0.01),
        project=(0.04, 0.08, 0.0, 0.09, 0.0, 0.79), advice=(0.08, 0.16, 0.02, 0.02, 0.01, 0.71),
        channels=(0.70, 0.95, 0.34, 0.05, 0.12), motivations=(0.20, 0.40, 0.03, 0.97, 0.30, 0.06),
        digital_ease=4.0, price_sensitivity=3.2, mood=8.3, home_delivery=0.36, click_collect=0.45, store_first=0.10,
    ),
)

BY_ID = {profile.id: profile for profile in PROFILES}
