"""The kit's own results on a demonstration client, and its hidden truth by pseudonym."""

from importlib import import_module
from types import SimpleNamespace

import pandas as pd
from sklearn.metrics import adjusted_rand_score

from cxkit.evidence.pseudonyms import client_pseudonyms
from cxkit.evidence.read import read_evidence
from cxkit.model.folder import read_folder
from cxkit.steps.base import Given
from tests.data.conftest import DATA


def computed(client: str, *steps: str) -> SimpleNamespace:
    """Results of the steps, in their order, with their default parameters."""
    folder = read_folder(DATA / client)
    evidence = read_evidence(folder)
    results: dict = {}
    for step in steps:
        module = import_module(f"cxkit.steps.{step}")
        results[step] = module.compute(Given(folder, evidence, dict(results)), module.Parameters())
    return SimpleNamespace(folder=folder, evidence=evidence, **results)


def hidden_types(client: str, folder) -> dict[str, str]:
    """Pseudonym → hidden type of everybody in the truth of the client."""
    truth = pd.read_csv(DATA / "generator" / "truth" / client / "people.csv", sep=";").set_index("person")["type"]
    pseudonyms, _ = client_pseudonyms(folder)
    return {pseudonyms.of(person): kind for person, kind in truth.items()}


def agreement(assignments: dict[str, str], types: dict[str, str]) -> tuple[int, float]:
    """How many people are assigned, and the adjusted Rand index of the assignment with the hidden types."""
    pairs = [(types[who], persona) for who, persona in assignments.items() if who in types]
    return len(pairs), adjusted_rand_score(*zip(*pairs, strict=True))


def by_severity(review, severity: str) -> set[str]:
    """The rules that found something of this severity."""
    return {finding.rule for finding in review.findings if finding.severity == severity}


def places(review, rule: str, what: str = "touchpoint") -> set:
    """Where the findings of a rule are."""
    return {getattr(finding.place, what) for finding in review.findings if finding.rule == rule}
