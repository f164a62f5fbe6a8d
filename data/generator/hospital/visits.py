"""Cases from the booking to the letter: every contact is dated against the hour of the appointment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from data.generator.hospital import planted as p
from data.generator.shared.draw import exactly, one, pick
from data.generator.shared.people import Person

WAYS = ("phone_line", "web_booking", "booking_desk")
SERVICES = {
    "suivi d'une maladie chronique": "endocrinologie", "premier avis spécialisé": "cardiologie", "contrôle après opération": "orthopédie",
    "consultation de mon enfant": "pédiatrie", "examen ou imagerie": "imagerie",
}
CHANNEL = {
    "gp_letter": "partner", "private_platform": "partner", "review_page": "social", "phone_line": "phone", "web_booking": "web",
    "booking_desk": "person", "convocation": "mail", "sms_reminder": "sms", "pre_admission": "web", "arrival_desk": "person",
    "arrival_kiosk": "kiosk", "waiting_room": "site", "consultation": "person", "teleconsultation": "web", "visit_kept": "person",
    "billing_desk": "person", "visit_letter": "mail", "results_portal": "web", "secretariat": "phone", "records_office": "mail",
    "survey_sms": "sms",
}


@dataclass
class Case:
    """One request for an appointment: its contacts in time, and its appointment once there is one."""

    patient: Person
    begins: datetime
    way: str
    lost: bool = False
    reminded: bool = False
    missed: bool = False
    late: bool = False
    remote: bool = False
    appointment: datetime | None = None
    letter: datetime | None = None
    contacts: list[tuple[datetime, str]] = field(default_factory=list)

    def meet(self, when: datetime, touchpoint: str) -> datetime:
        """Note one contact."""
        self.contacts.append((when.replace(second=0, microsecond=0), touchpoint))
        return when

    @property
    def status(self) -> str:
        """What became of the appointment."""
        return "absent" if self.missed else "honoré"


def draw_cases(rng: np.random.Generator, patients: list[Person], n: int) -> list[Case]:
    """Draw ``n`` cases; the planted shares hold exactly for the calls lost in the morning, the no-shows and the late letters."""
    cases = [_begin(rng, patients) for _ in range(n)]
    morning = [case for case in cases if case.way == "phone_line" and case.begins.hour in p.MORNING]
    later = [case for case in cases if case.way == "phone_line" and case.begins.hour not in p.MORNING]
    for group, share in ((morning, p.LOST_MORNING), (later, p.LOST_LATER),
                         ([case for case in cases if case.way != "phone_line"], p.LOST_ELSEWHERE)):
        _mark(rng, group, share, "lost")
    kept = [case for case in cases if not case.lost]
    for case in kept:
        case.appointment = _hour_of_the_visit(rng, case.begins)
        case.reminded = bool(rng.random() < p.REMINDED[case.patient.kind.id])
        case.remote = bool(rng.random() < p.REMOTE)
    young = [case for case in kept if case.patient.kind.id == "young"]
    _mark(rng, [case for case in young if not case.reminded], p.NO_SHOW_YOUNG_UNREMINDED, "missed")
    _mark(rng, [case for case in young if case.reminded], p.NO_SHOW_YOUNG_REMINDED, "missed")
    _mark(rng, [case for case in kept if case.patient.kind.id != "young"], p.NO_SHOW, "missed")
    _mark(rng, [case for case in kept if not case.missed], p.LATE_LETTER, "late")
    for case in cases:
        _before(rng, case)
        if case.appointment is not None and not case.missed:
            _during(rng, case)
            _after(rng, case)
    return sorted(cases, key=lambda case: (case.contacts[0][0], case.patient.id))


def _mark(rng: np.random.Generator, cases: list[Case], share: float, flag: str) -> None:
    for case, chosen in zip(cases, exactly(rng, len(cases), share), strict=True):
        setattr(case, flag, bool(chosen))


def _begin(rng: np.random.Generator, patients: list[Person]) -> Case:
    patient = patients[int(rng.integers(len(patients)))]
    way = one(rng, WAYS, p.BOOKING[patient.kind.id])
    day = p.START + timedelta(days=int(rng.integers(9, (p.END - p.START).days - 20)))
    if way == "phone_line":
        hour = int(rng.integers(8, 10)) if rng.random() < p.IN_THE_MORNING else int(rng.integers(10, 17))
    else:
        hour = int(rng.integers(7, 23)) if way == "web_booking" else int(rng.integers(9, 17))
    return Case(patient, day.replace(hour=hour, minute=int(rng.integers(60))), way)


def _hour_of_the_visit(rng: np.random.Generator, booked: datetime) -> datetime:
    day = booked + timedelta(days=int(rng.integers(6, 48)))
    day += timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
    return day.replace(hour=int(rng.integers(8, 17)), minute=15 * int(rng.integers(4)))


def _before(rng: np.random.Generator, case: Case) -> None:
    """From the need to the eve of the visit."""
    kind = case.patient.kind.id
    start = case.begins
    if rng.random() < {"worker": 0.75, "senior": 0.45, "chronic": 0.15}.get(kind, 0.25):
        case.meet(start - timedelta(hours=float(rng.uniform(20, 190))), "gp_letter")
    if kind in p.CONNECTED and rng.random() < 0.34:
        case.meet(start - timedelta(hours=float(rng.uniform(1, 15))), "review_page" if rng.random() < 0.45 else "private_platform")
    case.meet(start, case.way)
    if case.lost or case.appointment is None:
        return
    case.meet(start + timedelta(days=float(rng.uniform(1, 4))), "convocation")
    if kind in p.CONNECTED and rng.random() < 0.5:
        case.meet(case.appointment - timedelta(days=float(rng.uniform(2.2, 5))), "pre_admission")
    if case.reminded:
        case.meet((case.appointment - timedelta(days=2)).replace(hour=18, minute=0), "sms_reminder")


def _during(rng: np.random.Generator, case: Case) -> None:
    """The day of the visit, from half an hour before to the moment of leaving."""
    hour = case.appointment
    wait = timedelta(minutes=float(rng.gamma(3.0, 9.0)))
    if case.remote:
        case.meet(hour + wait / 3, "teleconsultation")
        case.meet(hour + wait / 3 + timedelta(minutes=18), "visit_kept")
        return
    kiosk = hour >= p.KIOSK and rng.random() < 0.6
    arrived = case.meet(hour - timedelta(minutes=float(rng.uniform(3, 35))), "arrival_kiosk" if kiosk else "arrival_desk")
    case.meet(arrived + timedelta(minutes=6), "waiting_room")
    seen = case.meet(max(hour, arrived + timedelta(minutes=8)) + wait, "consultation")
    case.meet(seen + timedelta(minutes=float(rng.uniform(12, 30))), "visit_kept")


def _after(rng: np.random.Generator, case: Case) -> None:
    """After the visit: the letter, and those who have to ask for it."""
    left = case.contacts[-1][0]
    if not case.remote and rng.random() < 0.42:
        case.meet(left + timedelta(minutes=float(rng.uniform(5, 25))), "billing_desk")
    if rng.random() < 0.22:
        case.meet(left + timedelta(days=2, hours=3), "survey_sms")
    days = float(rng.uniform(p.LATE_DAYS + 1, 41)) if case.late else float(rng.uniform(3, p.LATE_DAYS))
    case.letter = (left + timedelta(days=days)).replace(hour=11)
    asked = left + timedelta(days=float(rng.uniform(9, p.LATE_DAYS)))
    if case.patient.kind.id in p.CONNECTED and rng.random() < 0.4:
        case.meet(asked - timedelta(hours=2), "results_portal")
    if case.late and rng.random() < p.CALL_WHEN_LATE:
        case.meet(asked, "secretariat")
        step = pick(rng, [("records_office", p.SENT_ON), ("secretariat", 0.2), ("", 0.18)])
        if step:
            case.meet(asked + timedelta(hours=float(rng.uniform(1, 20))), step)
    case.meet(case.letter, "visit_letter")


LOG_HEADER = ["dossier", "patient", "horodatage", "point_de_contact", "canal", "rendez_vous_le"]
APPOINTMENT_HEADER = ["dossier", "patient", "service", "pris_le", "pris_par", "rendez_vous_le", "a_distance", "rappel_sms", "statut",
                      "compte_rendu_le"]


def log_rows(cases: list[Case]) -> list[list]:
    """The interaction log in order of time; what lies after the end of the period has not happened yet."""
    rows = [[f"D{rank:05d}", case.patient.id, when, touchpoint, CHANNEL[touchpoint], _minute(case.appointment)]
            for rank, case in enumerate(cases) for when, touchpoint in case.contacts if when <= p.END]
    rows.sort(key=lambda row: row[2])
    return [[*row[:2], _minute(row[2]), *row[3:]] for row in rows]


def appointment_rows(cases: list[Case]) -> list[list]:
    """The appointment book: one row an appointment of the period."""
    return [[f"D{rank:05d}", case.patient.id, SERVICES[case.patient.said["motif"]], _minute(case.begins), case.way, _minute(case.appointment),
             "oui" if case.remote else "non", "oui" if case.reminded else "non", case.status,
             f"{case.letter:%Y-%m-%d}" if case.letter and case.letter <= p.END else ""]
            for rank, case in enumerate(cases) if case.appointment is not None and case.appointment <= p.END]


def _minute(when: datetime | None) -> str:
    return f"{when:%Y-%m-%d %H:%M}" if when else ""
