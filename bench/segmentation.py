"""Personas from 100,000 respondents with 30 attributes, pure noise, and one fit beside the reference library."""

import time

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_rand_score
from stepmix.stepmix import StepMix
from threadpoolctl import threadpool_limits

from cxkit.model.source import Attribute
from cxkit.statistics.segmentation import latent_classes
from cxkit.steps.persona_base import People, question
from cxkit.steps.persona_segments import segment

RESPONDENTS, ATTRIBUTES, TYPES = 100_000, 30, 6


def main() -> None:
    """Print times, the number found and the agreement with the planted types."""
    rng = np.random.default_rng(1)
    truth = rng.integers(0, TYPES, RESPONDENTS)
    for name, answers in (("planted types", _planted(rng, truth)), ("pure noise", rng.integers(0, 4, (RESPONDENTS, ATTRIBUTES)))):
        base = _people(np.where(rng.random(answers.shape) < 0.1, -1, answers))
        start = time.perf_counter()
        with threadpool_limits(1):
            found = segment(base, (), 0)
        verdict = found.verdict
        print(f"{name}: {time.perf_counter() - start:.1f} s, {verdict.verdict}, latent classes {verdict.carried}, second method "
              f"{verdict.second_carried}, agreement with the plan {adjusted_rand_score(truth, found.labels):.3f}")
    few = _planted(rng, truth)[:2831, :10]
    _timed("own EM, 2,831 × 10, 5 classes, 10 starts", lambda: latent_classes(few, 5, seed=1, starts=10).loglik)
    reference = StepMix(n_components=5, measurement="categorical", n_init=10, random_state=1, verbose=0, progress_bar=0)
    _timed("StepMix, the same", lambda: reference.fit(few).score(few) * len(few))


def _planted(rng: np.random.Generator, truth: np.ndarray) -> np.ndarray:
    favourite = rng.integers(0, 4, (TYPES, ATTRIBUTES))
    shape = (RESPONDENTS, ATTRIBUTES)
    return np.where(rng.random(shape) < 0.35, favourite[truth], rng.integers(0, 4, shape))


def _people(codes: np.ndarray) -> People:
    """Questions of categories, ordered scales and numbers by turns."""
    types = ("category", "ordered", "number")
    table = pd.DataFrame({f"q{j}": pd.Series(column).where(column >= 0) for j, column in enumerate(codes.T)})
    questions = []
    for j, name in enumerate(table):
        attribute = Attribute(id=name, column=name, name=name, type=types[j % 3], labels={str(i): f"answer {i}" for i in range(4)})
        if attribute.type != "number":
            table[name] = table[name].map("{:.0f}".format, na_action="ignore")
        questions.append(question(table, attribute, "survey"))
    return People(table, np.ones(len(table)), tuple(questions))


def _timed(name: str, work) -> None:
    start = time.perf_counter()
    value = work()
    print(f"{name}: {time.perf_counter() - start:.1f} s, log-likelihood {value:.1f}")


if __name__ == "__main__":
    main()
