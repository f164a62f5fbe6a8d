"""Hôpital de Vallombre: put its evidence files together."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from data.generator.hospital import planted as p
from data.generator.hospital import survey, visits
from data.generator.shared.people import draw_people
from data.generator.shared.survey import draw_answers
from data.generator.shared.tables import (
    COMMENTS,
    OBSERVATIONS,
    comment_rows,
    complaint_rows,
    conversation_rows,
    experiment_rows,
    read_yaml,
)
from data.generator.shared.texts import Writer, read_lines, verbatim_rows
from data.generator.shared.writing import write_csv, write_xlsx

SEED = 20260504
TEXTS = Path(__file__).parent / "texts"
COMPLAINTS = ["id", "patient", "ouverte_le", "repondue_le", "resolue_le", "canal", "point_de_contact", "cause", "texte", "demande", "accorde",
              "cout_eur"]
CHANNELS = ("courrier", "téléphone", "formulaire", "accueil")
LINKS = {"bad": [", et ", ". ", " ; ", ", du coup "], "good": [", ", ". ", " et "], "neutral": [", ", ". ", " ; "]}


def write_hospital(folder: Path) -> None:
    """Write ``hopital-vallombre/evidence/`` and the hidden truth under ``folder``."""
    evidence, truth = folder / "hopital-vallombre" / "evidence", folder / "generator" / "truth" / "hopital-vallombre"

    def rng(stream: int) -> np.random.Generator:
        return np.random.default_rng([SEED, stream])

    patients = draw_people(rng(1), p.KINDS, p.QUESTIONS, p.N_PATIENTS, "P{:05d}")
    answers = draw_answers(rng(2), patients, p.N_ANSWERS, (p.START, p.END), survey.RATED, survey.live)
    cases = visits.draw_cases(rng(3), patients, p.N_CASES)
    writer = Writer(rng(4), read_lines(TEXTS / "verbatims.txt"), read_yaml(TEXTS / "clauses.yaml"), LINKS)

    write_csv(evidence / "survey.csv", survey.HEADER, survey.rows(rng(5), answers))
    write_csv(evidence / "patients.csv", ["patient", *(one.column for one in p.QUESTIONS)],
              [[one.id, *one.said.values()] for one in patients])
    write_csv(evidence / "contacts.csv", visits.LOG_HEADER, visits.log_rows(cases), separator=",", encoding="utf-8")
    write_csv(evidence / "appointments.csv", visits.APPOINTMENT_HEADER, visits.appointment_rows(cases), separator=",", encoding="utf-8")
    write_xlsx(evidence / "verbatims.xlsx", "Verbatims", ["id", "patient", "date", "note", "point_de_contact", "texte"],
               verbatim_rows(rng(6), writer, answers, p.N_VERBATIMS, survey.topic, "%d/%m/%Y"))
    write_csv(evidence / "complaints.csv", COMPLAINTS,
              complaint_rows(rng(7), TEXTS / "complaints.txt", patients, (p.START, p.END), CHANNELS, (12, 30), "%d/%m/%Y"))
    write_csv(evidence / "employees.csv", ["id", "date", *COMMENTS["fr"]],
              comment_rows(rng(8), TEXTS / "employees.txt", (p.START, p.END), "E", {"arrival_kiosk": p.KIOSK}, "%d/%m/%Y"))
    write_csv(evidence / "observations.csv", ["id", "date", *OBSERVATIONS["fr"]],
              comment_rows(rng(9), TEXTS / "observations.txt", (p.START, p.END), "O", {"arrival_kiosk": p.KIOSK}, "%d/%m/%Y"))
    write_csv(evidence / "conversations.csv", ["conversation", "date", "canal", "point_de_contact", "debut_s", "fin_s", "role", "texte"],
              conversation_rows(TEXTS / "conversations.yaml"))
    write_csv(evidence / "reminder-test.csv", ["rendez_vous", "date", "variante", "honore_ou_annule"],
              experiment_rows(rng(10), p.EXPERIMENT, p.EXPERIMENT_START, p.EXPERIMENT_DAYS), separator=",", encoding="utf-8")
    write_csv(truth / "people.csv", ["person", "type"], [[one.id, one.kind.id] for one in patients], encoding="utf-8")
