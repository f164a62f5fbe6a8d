"""Survey answers: what the customer went through makes the scores; the missed delivery appointment weighs most."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from data.generator.retailer.calendar import END, NEW_CARRIER, START
from data.generator.retailer.customers import Customer
from data.generator.retailer.profiles import BY_ID
from data.generator.shared.survey import Answer, Experience, draw_answers, rating
from data.generator.shared.writing import french

RATED = ["magazine", "product_page", "site_search", "store_aisle", "store_adviser", "delivery_slot", "payment", "till",
         "order_tracking", "home_delivery", "click_collect", "assembly_guide", "help_form", "phone_service",
         "returns_desk", "loyalty_card"]
COST_OF = {"missed": 4.8, "phone": 1.6, "incomplete": 1.3, "late": 0.9}


def draw_survey(rng: np.random.Generator, customers: list[Customer], n: int) -> list[Answer]:
    """Draw ``n`` answers from ``n`` different customers, sorted by date."""
    return draw_answers(rng, customers, n, (START, END), RATED, _live)


def _live(rng: np.random.Generator, customer: Customer, date: datetime) -> Experience:
    profile = BY_ID[customer.type]
    delivered = rng.random() < profile.home_delivery
    collected = rng.random() < profile.click_collect
    lived = set()
    if delivered:
        lived.add("delivered")
        missed = 0.34 if date < NEW_CARRIER else 0.8
        draw = rng.random()
        lived |= {"missed"} if draw < missed else {"late"} if draw < missed + 0.12 else set()
    if collected:
        lived.add("collected")
        if rng.random() < (0.86 if customer.type in {"new-owner", "decor"} else 0.08):
            lived.add("incomplete")
    if rng.random() < (0.52 if "missed" in lived else 0.10):
        lived.add("phone")
    store = customer.type == "gardener" or rng.random() < 0.55
    if store:
        lived.add("store")
    return Experience(
        frozenset(lived), profile.mood, sum(cost for name, cost in COST_OF.items() if name in lived),
        6.0 - 1.9 * ("missed" in lived) - 1.3 * ("phone" in lived) - 0.8 * ("incomplete" in lived),
        lambda rng, touchpoint: _rating(rng, touchpoint, customer, lived))


def _rating(rng: np.random.Generator, touchpoint: str, customer: Customer, lived: set[str]) -> int | None:
    web = customer.type != "gardener" or rng.random() < 0.15
    used = {
        "magazine": rng.random() < (0.75 if customer.type in {"gardener", "decor"} else 0.12),
        "product_page": web, "site_search": web and rng.random() < 0.5,
        "store_aisle": "store" in lived, "store_adviser": "store" in lived and rng.random() < 0.8,
        "delivery_slot": "delivered" in lived, "payment": web and bool(lived & {"delivered", "collected"}),
        "till": "store" in lived, "order_tracking": bool(lived & {"delivered", "collected"}),
        "home_delivery": "delivered" in lived, "click_collect": "collected" in lived,
        "assembly_guide": bool(lived & {"delivered", "collected"}) and rng.random() < 0.35,
        "help_form": "phone" in lived and rng.random() < 0.85, "phone_service": "phone" in lived,
        "returns_desk": rng.random() < 0.10, "loyalty_card": customer.card and rng.random() < 0.6,
    }[touchpoint]
    return rating(rng, {
        "magazine": (4.2, 0.7), "product_page": (3.7, 0.9), "site_search": (2.9, 0.9), "store_aisle": (4.0, 0.8),
        "store_adviser": (4.6 if customer.type == "gardener" else 4.1, 0.7), "delivery_slot": (2.2, 0.9),
        "payment": (4.1, 0.7), "till": (3.7, 0.8), "order_tracking": (3.1 - 0.5 * ("missed" in lived), 0.9),
        "home_delivery": (1.4, 0.6) if "missed" in lived else (2.6, 0.6) if "late" in lived else (4.4, 0.6),
        "click_collect": (1.6, 0.6) if "incomplete" in lived else (4.5, 0.6),
        "assembly_guide": (2.9, 0.9), "help_form": (2.0, 0.8), "phone_service": (2.1, 0.9),
        "returns_desk": (2.2, 1.0), "loyalty_card": (3.4, 0.9),
    }[touchpoint] if used else None)


HEADER = ["id_reponse", "client", "date", "poids", "recommandation", "satisfaction", "facilite",
          *(f"note_{touchpoint}" for touchpoint in RATED), "age", "foyer", "habitat", "budget_annuel", "frequence",
          "projet_principal", "source_de_conseil", "canaux", "motivations", "aisance_numerique", "sensibilite_prix"]
OUT_OF_SCALE = {117, 489}  # two answers typed as 11 on a tablet: out of the scale, to be rejected and counted


def rows(rng: np.random.Generator, answers: list[Answer]) -> list[list]:
    """Return the rows of survey.csv, with a few attributes left blank as respondents do."""
    return [_row(rng, index, answer) for index, answer in enumerate(answers)]


def _row(rng: np.random.Generator, index: int, answer: Answer) -> list:
    def maybe(value):
        return "" if rng.random() < 0.03 else value

    c = answer.person
    return [answer.id, c.id, answer.date.strftime("%d/%m/%Y"), french(answer.weight),
            11 if index in OUT_OF_SCALE else answer.recommend, answer.satisfaction, answer.ease,
            *answer.ratings.values(), maybe(c.age), maybe(c.household), maybe(c.home), maybe(c.budget),
            maybe(c.frequency), maybe(c.project), maybe(c.advice), "|".join(c.channels),
            "|".join(c.motivations), maybe(c.digital_ease), maybe(c.price_sensitivity)]
