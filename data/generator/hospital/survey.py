"""What the patients lived, how they rate it, and what they write about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import numpy as np

from data.generator.hospital import planted as p
from data.generator.shared.draw import one
from data.generator.shared.people import Person, with_blanks
from data.generator.shared.survey import Answer, Experience, rating
from data.generator.shared.writing import french

RATED = ("phone_line", "web_booking", "booking_desk", "convocation", "sms_reminder", "pre_admission", "arrival_desk", "waiting_room",
         "consultation", "teleconsultation", "billing_desk", "visit_letter", "results_portal", "secretariat", "records_office")
WAYS = ("phone_line", "web_booking", "booking_desk")


def live(rng: np.random.Generator, patient: Person, date: datetime) -> Experience:
    """One patient's last visit."""
    kind = patient.kind.id
    way = one(rng, WAYS, p.BOOKING[kind])
    lived = {way, "remote" if rng.random() < 0.36 else "on_site"}
    if way == "phone_line" and rng.random() < p.IN_THE_MORNING * p.LOST_MORNING * 1.6:
        lived.add("lost_call")
    if "on_site" in lived and rng.random() < 0.38:
        lived.add("long_wait")
    if rng.random() < p.LATE_LETTER:
        lived.add("late_letter")
        if rng.random() < p.CALL_WHEN_LATE:
            lived.add("called")
            if rng.random() < p.SENT_ON:
                lived.add("sent_on")
    if rng.random() < p.REMINDED[kind]:
        lived.add("reminded")
    ease = 5.9 - 1.6 * ("late_letter" in lived) - 1.2 * ("lost_call" in lived) - 0.9 * ("sent_on" in lived)
    cost = sum(weight for name, weight in p.COST_OF.items() if name in lived)
    return Experience(frozenset(lived), p.MOOD[kind], cost, ease, lambda rng, touchpoint: _rating(rng, touchpoint, kind, lived))


def _rating(rng: np.random.Generator, touchpoint: str, kind: str, lived: set[str]) -> int | None:
    on_site, connected = "on_site" in lived, kind in p.CONNECTED
    tendencies: Mapping[str, tuple[bool, float, float]] = {  # was it used, mean, spread
        "phone_line": ("phone_line" in lived, 1.6 if "lost_call" in lived else 2.7, 0.8),
        "web_booking": ("web_booking" in lived, 4.2, 0.7), "booking_desk": ("booking_desk" in lived, 4.0, 0.8),
        "convocation": (True, 3.5, 0.9), "sms_reminder": ("reminded" in lived, 4.4, 0.6),
        "pre_admission": (on_site and connected and rng.random() < 0.5, 3.3, 0.9), "arrival_desk": (on_site, 2.3, 0.9),
        "waiting_room": (on_site, 1.9 if "long_wait" in lived else 3.4, 0.8), "consultation": (on_site, 4.5, 0.6),
        "teleconsultation": (not on_site, 4.5 if connected else 1.7, 0.6), "billing_desk": (on_site and rng.random() < 0.4, 3.1, 0.9),
        "visit_letter": (True, 1.5 if "late_letter" in lived else 4.2, 0.6),
        "results_portal": (connected and rng.random() < 0.4, 3.4, 0.9), "secretariat": ("called" in lived, 2.6, 0.9),
        "records_office": ("sent_on" in lived, 1.6, 0.7),
    }
    used, mean, spread = tendencies[touchpoint]
    return rating(rng, (mean, spread) if used else None)


def topic(rng: np.random.Generator, answer: Answer) -> str:
    """What the patient writes about: what hurt, else what the type cares for."""
    lived, kind = answer.lived, answer.person.kind.id
    if "late_letter" in lived and rng.random() < 0.80:
        return "records_office" if "sent_on" in lived and rng.random() < 0.5 else "visit_letter"
    if "lost_call" in lived and rng.random() < 0.7:
        return "phone_line"
    if "long_wait" in lived and rng.random() < 0.45:
        return "waiting_room"
    if "remote" in lived and rng.random() < 0.5:
        return "teleconsultation_good" if kind in p.CONNECTED else "teleconsultation_bad"
    cares = {"chronic": ("consultation", "booking_desk", "general"), "senior": ("consultation", "arrival_desk", "phone_line"),
             "parent": ("web_booking", "consultation", "arrival_desk"), "worker": ("web_booking", "waiting_room", "consultation"),
             "young": ("sms_reminder", "web_booking", "billing_desk")}[kind]
    chosen = cares[rng.integers(len(cares))]
    return chosen if chosen in lived or chosen not in {"phone_line", "web_booking", "booking_desk"} else "general"


HEADER = ["reponse", "patient", "date", "poids", "recommandation", "satisfaction", "facilite", *(f"note_{name}" for name in RATED),
          *(question.column for question in p.QUESTIONS)]


def rows(rng: np.random.Generator, answers: list[Answer]) -> list[list]:
    """The rows of the survey file."""
    return [[one.id, one.person.id, f"{one.date:%d/%m/%Y}", french(one.weight), one.recommend, one.satisfaction, one.ease, *one.ratings.values(),
             *with_blanks(rng, one.person, p.QUESTIONS)] for one in answers]
