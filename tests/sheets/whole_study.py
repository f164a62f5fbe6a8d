"""The small study with all ten steps: declared personas, scores, verbatims in two languages and complaints beside its log."""

import importlib

import pandas as pd

from cxkit import method
from cxkit.evidence.tables import Evidence, SourceMark
from cxkit.model.persona import Persona
from cxkit.steps.base import Given

from . import small_study
from .stress_maps import NAME

PERSONAS = (
    {"id": "ada", "name": NAME, "tagline": "Knows what she wants", "quote": "Show me the price first.", "goals": [{"text": "Buy in ten minutes"}],
     "pains": [{"text": "Queues"}], "needs": [{"text": "A clear price"}], "channels": [{"channel": "web"}]},
    {"id": "bob", "name": "Bob Long", "tagline": "Wants advice", "goals": [{"text": "Talk to somebody"}], "delights": [{"text": "A smile"}]},
)
SAID = {"en": ("The queue at the desk was far too long and nobody told us why", "The advice at the desk was kind and very useful to me",
               "I will never come back after the way they answered at the desk"),
        "fr": ("L'attente au guichet est vraiment trop longue pour un simple achat", "Le conseil reçu au guichet était très clair et très utile",
               "Je ne reviendrai plus jamais après une telle réponse au guichet")}
"""By language: unhappy, happy, leaving."""


def given() -> Given:
    """Everything that the ten steps are given; the client speaks English."""
    study = small_study.given()
    people = [f"c{at}" for at in range(120)]
    scores = [{"source": "s", "respondent": who, "time": "2025-05-01", "metric": metric, "of": of, "touchpoint": place, "stage": stage,
               "persona": ("ada", "bob")[at % 2], "value": float(value), "low": low, "high": high, "reverse": False, "weight": 1.0,
               "reaction": reaction}
              for at, who in enumerate(people)
              for metric, of, place, stage, value, low, high, reaction in (
                  ("nps", "overall", None, None, (10, 8, 3, 9)[at % 4], 0.0, 10.0, ("delight", "none", "dissatisfaction", "satisfaction")[at % 4]),
                  ("csat", "desk", "desk", "need", (2, 4, 1)[at % 3], 1.0, 5.0, ("irritant", "satisfaction", "dissatisfaction")[at % 3]),
                  ("csat", "web", "web", "need", (5, 4)[at % 2], 1.0, 5.0, ("delight", "satisfaction")[at % 2]))]  # fmt: skip
    texts = [{"source": "s", "respondent": who, "time": "2025-05-01", "text": f"{SAID[language][at % 3]}, {at}", "language": language,
              "kind": "reported", "touchpoint": "desk", "stage": "need", "persona": ("ada", "bob")[at % 2], "score": float((2, 4, 1)[at % 3]),
              "reaction": ("irritant", "satisfaction", "rupture")[at % 3], "weight": 1.0}
             for at, who in enumerate(people[:90]) for language in [("en", "fr")[at % 2]]]  # fmt: skip
    complaints = [{"source": "k", "respondent": who, "time": "2025-06-01", "touchpoint": "desk", "stage": "need", "text": "The queue was too long",
                   "cause": "wait", "answered": "2025-06-05", "solved": "2025-06-20", "cost": 30.0} for who in people[:40]]  # fmt: skip
    respondents = [{"source": "s", "respondent": who, "time": "2025-05-01", "weight": 1.0, "persona": ("ada", "bob")[at % 2]}
                   for at, who in enumerate(people)]  # fmt: skip
    tables = {"scores": scores, "verbatims": texts, "complaints": complaints, "respondents": respondents}
    marks = [SourceMark(source=source, kind=kind, evidence=evidence, name=kind.upper(), start="2025-05-01", end="2025-06-01", n=n)
             for source, kind, evidence, n in (("s", "survey", "measured", 120), ("k", "complaints", "reported", 40))]  # fmt: skip
    personas = tuple(Persona.model_validate(one) for one in PERSONAS)
    folder = study.folder.__class__(**{**vars(study.folder), "personas": personas})
    found = study.evidence.tables | {name: _table(name, rows) for name, rows in tables.items()}
    return Given(folder, Evidence(found, (*study.evidence.sources, *marks)))


def results(study: Given) -> dict:
    """Results of all ten steps."""
    found: dict = {}

    def compute(step: str) -> None:
        needs = method.step(step).needs
        for name in needs:
            if name not in found:
                compute(name)
        module = importlib.import_module(f"cxkit.steps.{step}")
        found[step] = module.compute(Given(study.folder, study.evidence, {name: found[name] for name in needs}), module.Parameters())

    for row in method.steps():
        if row.id not in found:
            compute(row.id)
    return {row.id: found[row.id] for row in method.steps()}


def _table(name: str, rows: list[dict]) -> pd.DataFrame:
    return small_study._table(name, rows)
