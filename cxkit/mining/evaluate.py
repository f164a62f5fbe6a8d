"""How good polarity is on a labelled file: with the seeds alone, or with some of the file's labels given to the classifier."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import train_test_split

from cxkit import method
from cxkit.mining.calibration import Quality, quality
from cxkit.mining.embedding import Engine, embed, engine
from cxkit.mining.polarity import Labels, PolarityModel, client_model, seed_model

_WORDS = {"negative": 0, "positive": 1, "négatif": 0, "négative": 0, "positif": 1, "negatif": 0, "neg": 0, "pos": 1,
          "nég": 0, "-": 0, "+": 1, "n": 0, "p": 1, "bad": 0, "good": 1, "mauvais": 0, "bon": 1,
          "false": 0, "true": 1, "unsatisfied": 0, "satisfied": 1, "insatisfait": 0, "satisfait": 1, "mécontent": 0, "content": 1,
          "détracteur": 0, "promoteur": 1, "detractor": 0, "promoter": 1, "label_0": 0, "label_1": 1}

_NUMBER = re.compile(r"([+-]?\d+(?:[.,]\d+)?)\s*(?:/\s*\d+|\*|★|stars?|[ée]toiles?)?")


@dataclass(frozen=True)
class Evaluation:
    """Quality on the texts that were scored, and documents a second of processor time (embedding and deciding; learning apart)."""

    quality: Quality
    docs_per_s: float
    engine: Engine
    client_labels: int


def sides(labels: Sequence[str]) -> np.ndarray:
    """Labels as 1 (positive), 0 (negative) or −1 (neither: left out), shape (n,).

    Understood are words in French and English, 0 and 1, −1 and 1, and scores: 1–5 (3 left out) or 0–10 (0–6 negative, 9–10 positive).
    A column of which every value is 0 or 1 is read as two classes, never as stars.
    """
    values = [str(label).strip().lower() for label in labels]
    numbers = [_number(value) for value in values]
    present = {number for number in numbers if number is not None}
    if present - {0.0, 1.0, -1.0}:
        bounds = (2.0, 4.0) if max(present) <= 5 else (6.0, 9.0)
        return np.array([-1 if n is None else 0 if n <= bounds[0] else 1 if n >= bounds[1] else -1 for n in numbers])
    if present:
        return np.array([-1 if n is None or (n == 0 and -1.0 in present) else int(n > 0) for n in numbers])
    return np.array([_WORDS.get(value, -1) for value in values])


def evaluate(texts: Sequence[str], labels: np.ndarray, client_labels: int = 0, wanted: str = "auto") -> Evaluation:
    """Score the classifier on labelled texts.

    Parameters
    ----------
    labels : 1 positive, 0 negative, shape (n,).
    client_labels : how many texts are given to the classifier with their labels: drawn with the method's seed, both sides in
        their shares, and left out of the score.
    """
    name = engine(wanted)
    model, rest = seed_model(name), np.arange(len(texts))
    if client_labels:
        given, rest = train_test_split(rest, train_size=client_labels, stratify=labels, random_state=method.data("mining")["seed"])
        rest = np.sort(rest)
        model = _with_labels([texts[i] for i in given], labels[given], name)
    scored = [texts[i] for i in rest]
    if name != "words":
        embed(["warm"], name)
    before = time.process_time()
    probability = model.probability(scored)
    spent = max(time.process_time() - before, 1e-9)
    return Evaluation(quality(probability, labels[rest]), len(scored) / spent, name, model.labels)


def _with_labels(texts: Sequence[str], labels: np.ndarray, name: Engine) -> PolarityModel:
    return client_model(Labels(tuple(texts), labels), name)


def _number(value: str) -> float | None:
    found = _NUMBER.fullmatch(value)
    return float(found[1].replace(",", ".")) if found else None
