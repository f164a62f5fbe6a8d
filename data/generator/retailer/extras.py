"""The smaller sources: complaints, employee comments, observations, conversations, A/B test, Kano questionnaire."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from data.generator.retailer.calendar import END, NEW_CARRIER, SELF_CHECKOUT, START
from data.generator.retailer.customers import Customer
from data.generator.retailer.profiles import BY_ID
from data.generator.shared.survey import Answer
from data.generator.shared.tables import conversation_rows, experiment_rows, random_day
from data.generator.shared.texts import fields
from data.generator.shared.writing import write_csv

TEXTS = Path(__file__).parent / "texts"
NOT_A_TOUCHPOINT = {"plants", "cancelled", "price"}

# Visitors of the delivery-slot test and how many of them bought: the planted effect is +5.5 points.
EXPERIMENT = {"A": (3012, 911), "B": (2988, 1068)}
EXPERIMENT_START, EXPERIMENT_DAYS = datetime(2026, 3, 16), 28

# Kano counts by feature in the order M, O, A, I (must-be, one-dimensional, attractive, indifferent), R, Q.
KANO = {
    "creneau_fiche_produit": (38, 44, 22, 12, 2, 2),
    "rappel_30_minutes_avant": (58, 34, 12, 12, 2, 2),
    "dossier_unique": (50, 42, 10, 14, 2, 2),
    "conseiller_en_visio": (4, 12, 56, 42, 4, 2),
    "borne_en_magasin": (2, 4, 12, 92, 8, 2),
}
KANO_ANSWERS = {
    "M": ("neutre", "deplait"), "O": ("plait", "deplait"), "A": ("plait", "neutre"), "I": ("neutre", "tolere"),
    "R": ("deplait", "plait"), "Q": ("plait", "plait"),
}


def write_extras(rng: np.random.Generator, folder: Path, customers: list[Customer], answers: list[Answer]) -> None:
    """Write the smaller evidence files into ``folder``."""
    write_csv(folder / "complaints.csv",
              ["id", "client", "ouverte_le", "repondue_le", "resolue_le", "canal", "point_de_contact", "cause", "texte",
               "demande", "accorde", "cout_eur"], _complaints(rng, customers))
    write_csv(folder / "employees.csv", ["id", "date", "fonction", "contact_client", "point_de_contact", "texte"],
              _employees(rng))
    write_csv(folder / "observations.csv",
              ["id", "date", "lieu", "point_de_contact", "etape", "reaction", "texte"], _observations(rng))
    write_csv(folder / "conversations.csv",
              ["conversation", "date", "canal", "point_de_contact", "debut_s", "fin_s", "role", "texte"],
              conversation_rows(TEXTS / "conversations.yaml"))
    write_csv(folder / "experiment.csv", ["visiteur", "date", "variante", "achat"],
              experiment_rows(rng, EXPERIMENT, EXPERIMENT_START, EXPERIMENT_DAYS), separator=",", encoding="utf-8")
    write_csv(folder / "kano.csv", ["repondant", "fonctionnalite", "si_present", "si_absent"], _kano(rng, answers))


def _read(name: str) -> list[list[str]]:
    return fields(TEXTS / name)


def _day(rng: np.random.Generator, start: datetime = START) -> datetime:
    return random_day(rng, start, END)


def _complaints(rng: np.random.Generator, customers: list[Customer]) -> list[list]:
    """Every seventh complaint comes from the customer of the one before: the same person, again."""
    likely = [c for c in customers if BY_ID[c.type].home_delivery > 0.3]
    rows, previous = [], None
    for rank, (touchpoint, cause, asked, given, cost, text) in enumerate(_read("complaints.txt")):
        customer = previous if rank % 7 == 6 else likely[rng.integers(len(likely))]
        previous = customer
        late = touchpoint == "home_delivery" and rng.random() < 0.4
        opened = _day(rng, NEW_CARRIER if late or "nouveau transporteur" in text else START)
        answered = opened + timedelta(days=int(rng.integers(1, 20)))
        solved = answered + timedelta(days=int(rng.integers(1, 25)))
        settled = given != "rien" and solved <= END
        channel = ["téléphone", "formulaire", "courrier", "magasin"][rng.choice(4, p=[0.4, 0.35, 0.1, 0.15])]
        rows.append([opened, customer.id, answered if answered <= END else None, solved if settled else None, channel,
                     "" if touchpoint in NOT_A_TOUCHPOINT else touchpoint, cause, text, asked, given, cost])
    rows.sort(key=lambda row: (row[0], row[7]))
    return [[f"P{rank + 1:03d}", row[1], *(f"{d:%d/%m/%Y}" if d else "" for d in (row[0], row[2], row[3])), *row[4:]]
            for rank, row in enumerate(rows)]


def _employees(rng: np.random.Generator) -> list[list]:
    rows = sorted((_day(rng, datetime(2025, 10, 1)), line) for line in _read("employees.txt"))
    after = sorted((max(day, _earliest(line)), line) for day, line in rows)
    return [[f"E{rank + 1:02d}", f"{day:%d/%m/%Y}", *line] for rank, (day, line) in enumerate(after)]


def _earliest(line: list[str]) -> datetime:
    """Nobody speaks of the new carrier or of the self-service tills before they are there."""
    if line[2] == "self_checkout":
        return SELF_CHECKOUT + timedelta(days=20)
    return NEW_CARRIER + timedelta(days=20) if "en février" in line[3] or "nouveau transporteur" in line[3].lower() else START


def _observations(rng: np.random.Generator) -> list[list]:
    rows = sorted((_day(rng, SELF_CHECKOUT if line[1] == "self_checkout" else datetime(2025, 9, 1)), line)
                  for line in _read("observations.txt"))
    return [[f"O{rank + 1:02d}", f"{day:%d/%m/%Y}", *line] for rank, (day, line) in enumerate(rows)]


def _kano(rng: np.random.Generator, answers: list[Answer]) -> list[list]:
    rows = []
    for feature, counts in KANO.items():
        categories = [name for name, count in zip("MOAIRQ", counts, strict=True) for _ in range(count)]
        for rank, index in enumerate(rng.permutation(len(categories))):
            rows.append([answers[rank * 6].id, feature, *KANO_ANSWERS[categories[index]]])
    return sorted(rows)
