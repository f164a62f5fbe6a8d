"""Walk every customer through the touchpoints: the interaction log.

Leaving is equally likely at every touchpoint before a purchase, except on the delivery-slot page: that is the leak.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from data.generator.retailer.calendar import END, SELF_CHECKOUT, START
from data.generator.retailer.customers import Customer
from data.generator.retailer.profiles import BY_ID
from data.generator.shared.draw import pick

LEAVE = 0.075
LEAVE_AT_SLOT = 0.42
LEAVE_SERVICE = 0.34
HOME_DELIVERY = 0.5  # of carts, the same for every type: only the store-first type takes another path

CHANNEL = {
    "magazine": "mail", "newsletter": "email", "social_inspiration": "social", "search_engine": "web",
    "product_page": "web", "site_search": "web", "planner": "web", "store_aisle": "store", "review_site": "social",
    "forum": "social", "price_comparator": "partner", "store_adviser": "store", "chat": "chat", "cart": "web",
    "delivery_slot": "web", "payment": "web", "till": "store", "self_checkout": "store", "order_tracking": "email",
    "home_delivery": "partner", "click_collect": "store", "assembly_guide": "web", "workshop": "store",
    "help_form": "web", "phone_service": "phone", "returns_desk": "store", "loyalty_card": "email",
    "survey_email": "email",
}
OUTCOME = "purchase"

# Next touchpoint of a web-first and of a store-first customer: {touchpoint: [(next, weight), ...]}.
WEB = {
    "start": [("search_engine", 30), ("newsletter", 16), ("social_inspiration", 14), ("product_page", 22),
              ("magazine", 6), ("store_aisle", 12)],
    "magazine": [("product_page", 60), ("search_engine", 40)],
    "newsletter": [("product_page", 88), ("newsletter", 12)],
    "social_inspiration": [("product_page", 76), ("search_engine", 24)],
    "search_engine": [("product_page", 72), ("review_site", 14), ("price_comparator", 14)],
    "site_search": [("product_page", 82), ("site_search", 18)],
    "product_page": [("product_page", 18), ("site_search", 12), ("review_site", 16), ("forum", 6),
                     ("price_comparator", 7), ("planner", 4), ("chat", 5), ("store_aisle", 4), ("cart", 28)],
    "planner": [("product_page", 40), ("cart", 60)],
    "store_aisle": [("store_adviser", 40), ("product_page", 60)],
    "store_adviser": [("product_page", 70), ("till", 30)],
    "review_site": [("product_page", 74), ("forum", 12), ("cart", 14)],
    "forum": [("product_page", 80), ("review_site", 20)],
    "price_comparator": [("product_page", 80), ("cart", 20)],
    "chat": [("product_page", 50), ("cart", 50)],
}
STORE = {
    "start": [("magazine", 34), ("store_aisle", 46), ("workshop", 14), ("newsletter", 6)],
    "magazine": [("store_aisle", 90), ("magazine", 10)],
    "newsletter": [("store_aisle", 100)],
    "workshop": [("store_aisle", 60), ("store_adviser", 40)],
    "store_aisle": [("store_adviser", 62), ("store_aisle", 16), ("till", 22)],
    "store_adviser": [("store_aisle", 34), ("till", 60), ("store_adviser", 6)],
}
BROWSING = {"product_page", "site_search", "cart", "delivery_slot", "payment", OUTCOME, "planner"}


def walk(rng: np.random.Generator, customer: Customer, when: datetime) -> list[tuple[datetime, str, str]]:
    """Return the events (time, touchpoint, channel) of one episode that starts at ``when``."""
    events: list[tuple[datetime, str, str]] = []
    clock = when

    def meet(touchpoint: str, hours: tuple[float, float] | None = None, channel: str | None = None) -> None:
        nonlocal clock
        if hours is not None:
            later = (clock + timedelta(hours=float(rng.uniform(*hours)))).replace(hour=int(rng.integers(9, 21)))
            clock = later if later > clock else later + timedelta(days=1)
        elif touchpoint in BROWSING:
            clock += timedelta(minutes=float(rng.exponential(1.6)))  # often within the same minute: ties
        else:
            clock += timedelta(hours=float(rng.exponential(11)))
        events.append((clock, touchpoint, channel or CHANNEL[touchpoint]))

    if rng.random() < 0.085:
        _service(rng, meet)
        return events
    store_first = rng.random() < BY_ID[customer.type].store_first
    table = STORE if store_first else WEB
    state = "start"
    while True:
        state = pick(rng, table[state])
        if state == "till":
            if clock >= SELF_CHECKOUT and rng.random() < 0.92:
                state = "self_checkout"
            meet(state)
            if rng.random() < LEAVE * 0.3:
                return events
            meet(OUTCOME, channel="store")
            break
        if state == "cart":
            if not _checkout(rng, meet):
                return events
            if events[-1][1] == OUTCOME:
                break
            state = "product_page"
            meet(state)
            continue
        meet(state)
        if rng.random() < LEAVE:
            return events
    _after(rng, meet, events, store_first)
    return events


def _checkout(rng: np.random.Generator, meet) -> bool:
    """Go from cart to purchase, back to the product page (loop), or away; return False when the customer left."""
    meet("cart")
    if rng.random() < LEAVE:
        return False
    if rng.random() < 0.26:
        return True
    if rng.random() < HOME_DELIVERY:
        meet("delivery_slot")
        if rng.random() < 0.2:
            meet("delivery_slot")
        if rng.random() < LEAVE_AT_SLOT:
            return False
        meet("payment")
        if rng.random() < LEAVE:
            return False
        meet(OUTCOME, channel="web")
        return True
    meet("payment")
    if rng.random() < LEAVE:
        return False
    meet(OUTCOME, channel="web")
    return True


def _after(rng: np.random.Generator, meet, events: list, store_first: bool) -> None:
    """What follows a purchase, within the same episode."""
    delivered = any(touchpoint == "delivery_slot" for _, touchpoint, _ in events)
    if not store_first and events[-1][2] == "web":
        meet("order_tracking", (4, 40))
        if delivered:
            if rng.random() < 0.5:
                meet("order_tracking", (24, 120))
            meet("home_delivery", (20, 150))
        else:
            meet("click_collect", (2, 40))
        if rng.random() < 0.2:
            meet("assembly_guide", (2, 40))
        if rng.random() < (0.34 if delivered else 0.08):
            _service(rng, meet)
    elif rng.random() < 0.05:
        meet("returns_desk", (20, 120))
    if rng.random() < 0.20:
        meet("survey_email", (24, 90))
    if rng.random() < 0.10:
        meet("loyalty_card", (24, 90))
    if rng.random() < 0.05:
        meet("review_site", (10, 60))


def _service(rng: np.random.Generator, meet) -> None:
    """A request for help: most people write first, then have to telephone and tell it all again (the silo break)."""
    state = pick(rng, [("help_form", 72), ("phone_service", 20), ("returns_desk", 8)])
    follow = {
        "help_form": [("phone_service", 82), ("help_form", 18)],
        "phone_service": [("phone_service", 38), ("help_form", 34), ("returns_desk", 28)],
        "returns_desk": [("phone_service", 60), ("help_form", 40)],
    }
    while True:
        meet(state, (3, 60))
        if rng.random() < LEAVE_SERVICE:
            return
        state = pick(rng, follow[state])


def draw_log(rng: np.random.Generator, customers: list[Customer], n_events: int) -> list[list]:
    """Return exactly ``n_events`` events, in file order; episodes of one customer lie start at least 75 days apart."""
    minutes = int((END - START).total_seconds() // 60)
    starts: dict[str, list[datetime]] = {}
    log: list[tuple[datetime, int, str, str, str]] = []
    while len(log) < n_events:
        customer = customers[int(rng.integers(len(customers)))]
        when = (START + timedelta(minutes=int(rng.integers(minutes)))).replace(hour=int(rng.integers(8, 22)))
        if any(abs((when - other).days) < 75 for other in starts.get(customer.id, [])):
            continue
        starts.setdefault(customer.id, []).append(when)
        for clock, touchpoint, channel in walk(rng, customer, when):
            if clock <= END:
                log.append((clock, len(log), customer.id, touchpoint, channel))
    log = sorted(log[:n_events], key=lambda event: (event[0].replace(second=0, microsecond=0), event[1]))
    return [[customer, clock.strftime("%Y-%m-%d %H:%M"), touchpoint, channel]
            for clock, _, customer, touchpoint, channel in log]


HEADER = ["client", "horodatage", "point_de_contact", "canal"]
