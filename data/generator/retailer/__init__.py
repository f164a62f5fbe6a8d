"""Maison Verdier: put its evidence files together."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from data.generator.retailer import customers, extras, paths, survey, verbatims
from data.generator.shared.writing import write_csv, write_xlsx

SEED = 20260430
N_CUSTOMERS, N_ANSWERS, N_EVENTS, N_VERBATIMS = 2000, 800, 20_000, 600


def write_retailer(folder: Path) -> None:
    """Write ``maison-verdier/evidence/`` and the hidden truth ``generator/truth/`` under ``folder``."""
    evidence, truth = folder / "maison-verdier" / "evidence", folder / "generator" / "truth"
    people = customers.draw_customers(np.random.default_rng([SEED, 1]), N_CUSTOMERS)
    answers = survey.draw_survey(np.random.default_rng([SEED, 2]), people, N_ANSWERS)
    log = paths.draw_log(np.random.default_rng([SEED, 3]), people, N_EVENTS)
    words = verbatims.draw_verbatims(np.random.default_rng([SEED, 4]), answers, N_VERBATIMS)

    write_csv(evidence / "customers.csv", customers.HEADER, customers.rows(people))
    write_csv(evidence / "survey.csv", survey.HEADER, survey.rows(np.random.default_rng([SEED, 5]), answers),
              encoding="cp1252")
    write_csv(evidence / "interactions.csv", paths.HEADER, log, separator=",", encoding="utf-8")
    write_xlsx(evidence / "verbatims.xlsx", "Verbatims", verbatims.HEADER,
               verbatims.rows(np.random.default_rng([SEED, 6]), words))
    extras.write_extras(np.random.default_rng([SEED, 7]), evidence, people, answers)

    write_csv(truth / "customers.csv", ["client", "type"], [[c.id, c.type] for c in people], encoding="utf-8")
    write_csv(truth / "verbatims.csv", ["id", "sujet", "cause"],
              [[f"V{rank + 1:04d}", v.topic, v.cause] for rank, v in enumerate(words)], encoding="utf-8")
