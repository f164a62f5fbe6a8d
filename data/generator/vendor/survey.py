"""What the contacts lived, how they rate it, and what they write about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from data.generator.shared.people import Person, with_blanks
from data.generator.shared.survey import Answer, Experience, rating
from data.generator.vendor import planted as p
from data.generator.vendor.accounts import Account

RATED = ("website", "webinar", "demo", "pilot", "security_questionnaire", "proposal", "negotiation", "onboarding", "training", "software",
         "support_desk", "user_group", "business_review")


@dataclass(frozen=True)
class Panel:
    """Who is asked, and the account each belongs to."""

    account_of: Mapping[str, Account]

    def live(self, rng: np.random.Generator, contact: Person, date: datetime) -> Experience:
        """One contact's year with the vendor."""
        kind, account = contact.kind.id, self.account_of[contact.id]
        lived = set()
        if (kind in p.USERS and rng.random() < 0.85) or (kind == "executive" and rng.random() < 0.4):
            lived.add("support")
            if account.slow:
                lived.add("slow_support")
        if kind == "security" or rng.random() < 0.12:
            lived.add("questionnaire")
            if rng.random() < 0.55:
                lived.add("loop")
        if rng.random() < (0.62 if kind in p.USERS else 0.92):
            lived.add("onboarding")
            if kind not in p.USERS and rng.random() < 0.8:
                lived.add("costly_onboarding")
        ease = 5.8 - 1.8 * ("slow_support" in lived) - 1.4 * ("loop" in lived)
        return Experience(frozenset(lived), p.MOOD[kind], sum(cost for name, cost in p.COST_OF.items() if name in lived), ease,
                          lambda rng, touchpoint: _rating(rng, touchpoint, kind, lived))


def _rating(rng: np.random.Generator, touchpoint: str, kind: str, lived: set[str]) -> int | None:
    user = kind in p.USERS
    tendencies: Mapping[str, tuple[bool, float, float]] = {  # did they meet it, mean, spread
        "website": (rng.random() < (0.7 if kind == "engineer" else 0.3), 3.4, 0.9), "webinar": (user and rng.random() < 0.4, 3.9, 0.8),
        "demo": (user or rng.random() < 0.35, 4.3, 0.7), "pilot": (user and rng.random() < 0.7, 4.1, 0.8),
        "security_questionnaire": ("questionnaire" in lived, 1.5 if "loop" in lived else 2.8, 0.7),
        "proposal": (kind in {"buyer", "executive"}, 3.0, 0.9), "negotiation": (kind in {"buyer", "executive"}, 3.2, 0.9),
        "onboarding": ("onboarding" in lived, 4.4 if user else 1.9 if "costly_onboarding" in lived else 3.4, 0.6),
        "training": (user and rng.random() < 0.6, 4.2, 0.7), "software": (user, 4.2, 0.7),
        "support_desk": ("support" in lived, 1.6 if "slow_support" in lived else 4.0, 0.6),
        "user_group": (kind == "engineer" and rng.random() < 0.5, 4.4, 0.6),
        "business_review": (kind == "executive" and rng.random() < 0.6, 3.0, 0.9),
    }
    used, mean, spread = tendencies[touchpoint]
    return rating(rng, (mean, spread) if used else None)


def topic(rng: np.random.Generator, answer: Answer) -> str:
    """What the contact writes about: what hurt, else what the role cares for."""
    lived, kind = answer.lived, answer.person.kind.id
    if "slow_support" in lived and rng.random() < 0.8:
        return "support_desk_bad"
    if "loop" in lived and rng.random() < 0.7:
        return "security_questionnaire"
    if "costly_onboarding" in lived and rng.random() < 0.5:
        return "onboarding_bad"
    if "onboarding" in lived and kind in p.USERS and rng.random() < 0.3:
        return "onboarding_good"
    cares: Mapping[str, Sequence[str]] = {
        "operations": ("software", "demo", "general"), "engineer": ("pilot", "software", "user_group"),
        "security": ("security_questionnaire", "general"),
        "buyer": ("proposal", "negotiation", "general"), "executive": ("business_review", "proposal", "general")}
    return cares[kind][int(rng.integers(len(cares[kind])))]


HEADER = ["response", "contact", "account", "date", "recommend", "satisfied", "easy", *(f"rate_{name}" for name in RATED), "sector", "company_size",
          *(question.column for question in p.QUESTIONS)]


def rows(rng: np.random.Generator, answers: Sequence[Answer], panel: Panel) -> list[list]:
    """The rows of the survey file."""
    found = []
    for one in answers:
        account = panel.account_of[one.person.id]
        found.append([one.id, one.person.id, account.id, f"{one.date:%Y-%m-%d}", one.recommend, one.satisfaction, one.ease, *one.ratings.values(),
                      account.sector, account.size, *with_blanks(rng, one.person, p.QUESTIONS)])
    return found
