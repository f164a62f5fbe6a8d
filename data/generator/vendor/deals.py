"""Deals that last months and pass through several hands: from the trigger to the first year of use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from data.generator.shared.draw import exactly, pick
from data.generator.vendor import planted as p
from data.generator.vendor.accounts import Account

CHANNEL = {
    "trade_fair": "site", "peer_reviews": "social", "website": "web", "webinar": "web", "analyst_report": "partner", "demo_request": "web",
    "discovery_call": "phone", "demo": "web", "pilot": "app", "security_questionnaire": "email", "proposal": "email", "negotiation": "phone",
    "contract_signed": "email", "onboarding": "site", "training": "web", "software": "app", "support_desk": "email",
    "support_assistant": "chat", "user_group": "social", "business_review": "person",
}
WHO = {
    "trade_fair": ("operations", "engineer"), "peer_reviews": ("engineer", "operations"), "website": ("engineer", "operations"),
    "webinar": ("operations", "engineer"), "analyst_report": ("executive", "buyer"), "demo_request": ("operations", "engineer"),
    "discovery_call": ("operations",), "demo": ("operations", "engineer"), "pilot": ("engineer", "operations"),
    "security_questionnaire": ("security",), "proposal": ("buyer",), "negotiation": ("buyer", "executive"), "contract_signed": ("executive",),
    "onboarding": ("operations", "engineer"), "training": ("operations",), "software": ("operations",), "support_desk": ("engineer", "operations"),
    "support_assistant": ("engineer",), "user_group": ("engineer",), "business_review": ("executive", "operations"),
}
OPENING = [("trade_fair", 20), ("peer_reviews", 26), ("website", 26), ("webinar", 14), ("analyst_report", 14)]
FUNNEL = ("demo_request", "discovery_call", "demo", "pilot")
CLOSING = ("proposal", "negotiation")


@dataclass
class Deal:
    """One deal of an account; ``stalled`` where the questionnaire ends it, ``leaves_at`` where something else does."""

    account: Account
    begins: datetime
    rounds: int
    leaves_at: str = ""
    stalled: bool = False
    events: list[tuple[datetime, str, str]] = field(default_factory=list)

    @property
    def signed(self) -> bool:
        """Whether it ended in a contract."""
        return any(touchpoint == "contract_signed" for _, touchpoint, _ in self.events)


def draw_deals(rng: np.random.Generator, accounts: Sequence[Account], n: int) -> list[Deal]:
    """Draw ``n`` deals; the share that stalls in the questionnaire is exact, from the third round on and before."""
    deals = []
    for _ in range(n):
        account = accounts[int(rng.integers(len(accounts)))]
        begins = (p.START + timedelta(days=int(rng.integers((p.END - p.START).days - 60)))).replace(hour=int(rng.integers(8, 18)))
        leaves = next((stop for stop in (*FUNNEL, *CLOSING) if rng.random() < p.LEFT_ELSEWHERE), "")
        deals.append(Deal(account, begins, pick(rng, p.ROUNDS), leaves))
    asked = [deal for deal in deals if deal.leaves_at not in FUNNEL]
    for long, share in ((True, p.STALLED_FROM_3), (False, p.STALLED_BEFORE)):
        group = [deal for deal in asked if (deal.rounds >= 3) == long]
        for deal, chosen in zip(group, exactly(rng, len(group), share), strict=True):
            deal.stalled = bool(chosen)
    for deal in deals:
        _walk(rng, deal)
    return sorted(deals, key=lambda deal: (deal.events[0][0], deal.account.id))


def _walk(rng: np.random.Generator, deal: Deal) -> None:
    clock = deal.begins

    def meet(touchpoint: str, days: tuple[float, float]) -> None:
        nonlocal clock
        clock += timedelta(days=float(rng.uniform(*days)))
        deal.events.append((clock, touchpoint, deal.account.contact(rng, WHO[touchpoint]).id))

    for _ in range(int(rng.integers(1, 4))):
        meet(pick(rng, OPENING), (1, 14))
    for step in FUNNEL:
        meet(step, {"pilot": (12, 40)}.get(step, (3, 16)))
        if step in ("demo", "pilot") and rng.random() < 0.34:
            meet(step if rng.random() < 0.5 else "peer_reviews", (4, 18))
        if deal.leaves_at == step:
            return
    for _ in range(deal.rounds):
        meet("security_questionnaire", (8, 24))
    if deal.stalled:
        return
    for step in CLOSING:
        meet(step, (6, 24))
        if step == "negotiation" and rng.random() < 0.4:
            meet(step, (5, 18))
        if deal.leaves_at == step:
            return
    meet("contract_signed", (4, 20))
    _use(rng, deal, meet)


def _use(rng: np.random.Generator, deal: Deal, meet) -> None:
    """The first months with the software."""
    meet("onboarding", (6, 24))
    if rng.random() < 0.7:
        meet("training", (3, 15))
    meet("software", (3, 15))
    for _ in range(int(rng.integers(1, 6))):
        assistant = deal.events[-1][0] >= p.ASSISTANT - timedelta(days=10) and rng.random() < 0.9
        meet("support_assistant" if assistant else "support_desk", (10, 40))
        if not assistant and deal.account.slow and rng.random() < 0.5:
            meet("user_group", (1, 4))
    if rng.random() < 0.4:
        meet("business_review", (25, 60))


HEADER = ["deal", "account", "contact", "timestamp", "touchpoint", "channel"]


def rows(deals: Sequence[Deal]) -> list[list]:
    """The log in order of time; what lies after the end of the period has not happened yet."""
    log = sorted(([f"DL{rank:04d}", deal.account.id, person, when, touchpoint, CHANNEL[touchpoint]]
                  for rank, deal in enumerate(deals) for when, touchpoint, person in deal.events if when <= p.END), key=lambda row: row[3])
    return [[*row[:3], f"{row[3]:%Y-%m-%dT%H:%M}", *row[4:]] for row in log]
