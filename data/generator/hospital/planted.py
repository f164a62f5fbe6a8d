"""What is planted in the hospital: five types of patients, the dates and the figures of the stories."""

from __future__ import annotations

from datetime import datetime

from data.generator.shared.people import Kind, Question

START, END = datetime(2025, 5, 1), datetime(2026, 4, 30, 23, 59)
KIOSK = datetime(2026, 3, 2)  # arrival kiosks open, after the last map

QUESTIONS = (
    Question("tranche_age", ("18-29", "30-44", "45-59", "60-74", "75+")),
    Question("foyer", ("seul", "couple", "famille avec enfants", "chez un proche")),
    Question("venue", ("voiture", "transports en commun", "ambulance ou VSL", "accompagné par un proche")),
    Question("couverture", ("ALD à 100 %", "sécurité sociale et mutuelle", "complémentaire santé solidaire", "sécurité sociale seule")),
    Question("motif", ("suivi d'une maladie chronique", "premier avis spécialisé", "contrôle après opération",
                       "consultation de mon enfant", "examen ou imagerie")),
    Question("frequence", ("chaque mois", "chaque trimestre", "une à deux fois par an", "première venue")),
    Question("prise_de_rdv", ("par téléphone", "sur internet", "par mon médecin", "au guichet")),
    Question("information", ("mon médecin traitant", "internet", "mes proches", "une infirmière ou un pharmacien")),
    Question("aisance_numerique"),
    Question("canaux", ("téléphone", "internet", "courrier", "SMS", "guichet"), multiple=True),
    Question("attentes", ("être rassuré", "ne pas attendre", "comprendre les résultats", "avoir un seul interlocuteur", "payer peu"),
             multiple=True),
)

KINDS = (
    Kind("chronic", 0.24, "c", {
        "tranche_age": (0.01, 0.07, 0.36, 0.50, 0.06), "foyer": (0.20, 0.68, 0.09, 0.03), "venue": (0.82, 0.12, 0.02, 0.04),
        "couverture": (0.86, 0.10, 0.03, 0.01), "motif": (0.90, 0.03, 0.02, 0.0, 0.05), "frequence": (0.66, 0.30, 0.03, 0.01),
        "prise_de_rdv": (0.18, 0.10, 0.04, 0.68), "information": (0.20, 0.10, 0.03, 0.67), "aisance_numerique": 3.1,
        "canaux": (0.45, 0.40, 0.35, 0.55, 0.85), "attentes": (0.30, 0.20, 0.55, 0.90, 0.10)}),
    Kind("senior", 0.22, "s", {
        "tranche_age": (0.0, 0.0, 0.02, 0.18, 0.80), "foyer": (0.66, 0.22, 0.01, 0.11), "venue": (0.08, 0.04, 0.46, 0.42),
        "couverture": (0.26, 0.66, 0.07, 0.01), "motif": (0.16, 0.08, 0.68, 0.0, 0.08), "frequence": (0.05, 0.70, 0.20, 0.05),
        "prise_de_rdv": (0.82, 0.01, 0.14, 0.03), "information": (0.80, 0.01, 0.14, 0.05), "aisance_numerique": 1.4,
        "canaux": (0.95, 0.06, 0.80, 0.12, 0.30), "attentes": (0.92, 0.20, 0.35, 0.40, 0.15)}),
    Kind("parent", 0.20, "p", {
        "tranche_age": (0.10, 0.82, 0.08, 0.0, 0.0), "foyer": (0.08, 0.03, 0.88, 0.01), "venue": (0.78, 0.20, 0.01, 0.01),
        "couverture": (0.04, 0.82, 0.12, 0.02), "motif": (0.02, 0.04, 0.03, 0.87, 0.04), "frequence": (0.04, 0.20, 0.70, 0.06),
        "prise_de_rdv": (0.16, 0.78, 0.05, 0.01), "information": (0.18, 0.64, 0.14, 0.04), "aisance_numerique": 4.3,
        "canaux": (0.40, 0.92, 0.12, 0.85, 0.12), "attentes": (0.55, 0.90, 0.35, 0.15, 0.10)}),
    Kind("worker", 0.20, "w", {
        "tranche_age": (0.03, 0.24, 0.68, 0.05, 0.0), "foyer": (0.24, 0.50, 0.25, 0.01), "venue": (0.34, 0.63, 0.01, 0.02),
        "couverture": (0.03, 0.90, 0.04, 0.03), "motif": (0.03, 0.78, 0.06, 0.01, 0.12), "frequence": (0.01, 0.05, 0.24, 0.70),
        "prise_de_rdv": (0.10, 0.16, 0.72, 0.02), "information": (0.62, 0.30, 0.05, 0.03), "aisance_numerique": 3.9,
        "canaux": (0.35, 0.85, 0.20, 0.75, 0.06), "attentes": (0.20, 0.88, 0.72, 0.20, 0.10)}),
    Kind("young", 0.14, "y", {
        "tranche_age": (0.90, 0.09, 0.01, 0.0, 0.0), "foyer": (0.68, 0.16, 0.01, 0.15), "venue": (0.08, 0.88, 0.01, 0.03),
        "couverture": (0.01, 0.20, 0.36, 0.43), "motif": (0.03, 0.16, 0.03, 0.01, 0.77), "frequence": (0.01, 0.03, 0.30, 0.66),
        "prise_de_rdv": (0.08, 0.86, 0.05, 0.01), "information": (0.04, 0.30, 0.64, 0.02), "aisance_numerique": 4.7,
        "canaux": (0.12, 0.95, 0.05, 0.80, 0.08), "attentes": (0.20, 0.55, 0.35, 0.10, 0.85)}),
)

N_PATIENTS, N_ANSWERS, N_CASES, N_VERBATIMS = 1600, 720, 2000, 320

# 1. The telephone in the morning loses booking attempts; later in the day it does not, nor does any other way of booking.
MORNING = range(8, 10)
LOST_MORNING, LOST_LATER, LOST_ELSEWHERE = 0.31, 0.06, 0.05
IN_THE_MORNING = 0.60
BOOKING = {  # phone_line, web_booking, booking_desk
    "chronic": (0.22, 0.12, 0.66), "senior": (0.86, 0.02, 0.12), "parent": (0.24, 0.74, 0.02), "worker": (0.40, 0.58, 0.02),
    "young": (0.16, 0.82, 0.02),
}
# 2. No-shows: only the young without a reminder miss their appointments.
REMINDED = {"chronic": 0.70, "senior": 0.55, "parent": 0.75, "worker": 0.70, "young": 0.50}
NO_SHOW_YOUNG_UNREMINDED, NO_SHOW_YOUNG_REMINDED, NO_SHOW = 0.38, 0.06, 0.04
# 3. The letter after the visit: late beyond 15 days; those who wait for it call, and are sent to another office.
LATE_LETTER, LATE_DAYS = 0.42, 15
CALL_WHEN_LATE, SENT_ON = 0.48, 0.62
# 4. Remote consultations: the connected like them, the others do not.
REMOTE = 0.16
CONNECTED = frozenset({"parent", "worker", "young"})
# 5. What weighs on the recommendation.
MOOD = {"chronic": 8.9, "senior": 9.1, "parent": 8.8, "worker": 8.5, "young": 8.3}
COST_OF = {"late_letter": 4.4, "lost_call": 1.1, "long_wait": 0.8, "sent_on": 1.0}
# 6. Test: reminder by text message with a link to cancel (B) against the plain reminder (A); converted = kept or cancelled in time.
EXPERIMENT = {"A": (1806, 1553), "B": (1794, 1651)}
EXPERIMENT_START, EXPERIMENT_DAYS = datetime(2026, 1, 12), 56
