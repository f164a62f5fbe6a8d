"""Polarity of texts: positive or negative, with a calibrated confidence.

Learnt from the method's own sentences; the client's scored texts, where there are enough, are weak labels beside them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from sklearn.model_selection import GroupKFold, StratifiedKFold

from cxkit import method
from cxkit.mining import calibration
from cxkit.mining.calibration import Platt, Quality
from cxkit.mining.embedding import Engine, engine
from cxkit.mining.seeds import Seeds, seeds, taught
from cxkit.mining.student import Student, teach
from cxkit.mining.views import View, learn

DECIMALS = 4
Weighted = tuple[tuple[View, float], ...]


@dataclass(frozen=True)
class Labels:
    """The client's own scored texts: texts and labels (1 positive, 0 negative; three-star and passive ones left out)."""

    texts: tuple[str, ...]
    sides: np.ndarray

    @property
    def enough(self) -> bool:
        """True where they can teach: the method's least number, and the least number on either side."""
        limits, positive = _settings(), int(self.sides.sum())
        return len(self.texts) >= limits["least_labels"] and min(positive, len(self.sides) - positive) >= limits["least_side"]


NO_LABELS = Labels((), np.zeros(0, dtype=int))


@dataclass(frozen=True)
class PolarityModel:
    """A fitted classifier.

    Attributes
    ----------
    engine : the embeddings it stands on.
    labels : how many of the client's own labels it learnt from; 0 without.
    held_out : its quality on the client's labels that each fold had kept aside; None without.
    """

    engine: Engine
    views: Weighted
    scale: Platt
    labels: int = 0
    held_out: Quality | None = None

    def decision(self, texts: Sequence[str]) -> np.ndarray:
        """Weighted sum of the views' log-odds, shape (n,)."""
        return _common([(view(texts), weight) for view, weight in self.views])

    def probability(self, texts: Sequence[str]) -> np.ndarray:
        """Calibrated probability that a text is positive, 0..1, shape (n,). Many texts are left to a student of a sample."""
        distinct = list(dict.fromkeys(texts))
        if not distinct:
            return np.zeros(0)
        large = method.data("mining")["large"]
        if self.engine == "words" or len(distinct) <= large["texts"]:
            found = self.scale(self.decision(distinct))
        else:
            found = self._student(tuple(distinct)).probability(distinct)
        value = dict(zip(distinct, np.round(found, DECIMALS), strict=True))
        return np.array([value[text] for text in texts])

    def beside(self, clauses: Sequence[str], known: Mapping[str, float]) -> np.ndarray:
        """Probability of clauses of texts that were read already, shape (n,).

        Few are read as texts are; of many a student of ``known`` (text → probability) reads them, without a further embedding by E5.
        """
        if not clauses:
            return np.zeros(0)
        large = method.data("mining")["large"]
        if self.engine == "words" or sum(map(len, clauses)) <= large["clause_characters"]:
            return np.round(self.scale(self.decision(clauses)), DECIMALS)
        seeded = seeds()
        student = teach(tuple(known), lambda sample: np.array([known[text] for text in sample]), seeded.texts, seeded.labels)
        return np.round(student.probability(clauses), DECIMALS)

    def _student(self, distinct: tuple[str, ...]) -> Student:
        known = seeds()
        return teach(distinct, lambda sample: self.scale(self.decision(sample)), known.texts, known.labels)


@cache
def seed_model(name: Engine) -> PolarityModel:
    """The classifier of the method's own sentences, calibrated on sectors that each fold had not seen."""
    known = taught()
    folds = list(GroupKFold(_settings()["folds"]).split(known.texts, groups=np.array(known.sectors)))
    views, unseen = _learn(known, NO_LABELS, name, folds)
    return PolarityModel(name, views, calibration.platt(unseen, known.labels, known.weights))


def client_model(labels: Labels, wanted: str = "auto") -> PolarityModel:
    """The classifier that also learns from the client's labels, with its quality on those each fold had kept aside.

    With too few labels it is the classifier of the seeds alone, and ``held_out`` says what that is worth on these labels.
    """
    name = engine(wanted)
    if not labels.enough:
        return seed_model(name)
    labels = _limited(labels)
    known = taught()
    parts = StratifiedKFold(_settings()["folds"], shuffle=True, random_state=method.data("mining")["seed"]).split(labels.texts, labels.sides)
    first = len(known.texts)
    folds = [(np.concatenate([np.arange(first), first + train]), first + test) for train, test in parts]
    views, unseen = _learn(known, labels, name, folds)
    scale = calibration.platt(unseen[first:], labels.sides)
    return PolarityModel(name, views, scale, len(labels.texts), calibration.quality(scale(unseen[first:]), labels.sides))


def _learn(known: Seeds, labels: Labels, name: Engine, folds: Sequence[tuple[np.ndarray, np.ndarray]]) -> tuple[Weighted, np.ndarray]:
    """The fitted views with their weights, and the common decision on rows that a fold had kept aside."""
    settings = _settings()
    texts = [*known.texts, *labels.texts]
    sides = np.concatenate([known.labels, labels.sides])
    share = settings["seed_weight"] if labels.texts else 1.0
    weights = np.concatenate([share * known.weights, np.ones(len(labels.texts))])
    chosen = settings["weights"][f"client_{name}" if labels.texts else name]
    learnt = [(learn(view, texts, sides, weights, folds), weight) for view, weight in chosen.items()]
    return tuple((one.view, weight) for one, weight in learnt), _common([(one.unseen, weight) for one, weight in learnt])


def _common(decisions: Sequence[tuple[np.ndarray, float]]) -> np.ndarray:
    return sum(weight * decision for decision, weight in decisions) / sum(weight for _, weight in decisions)


def _limited(labels: Labels) -> Labels:
    """At most the method's number of labels, drawn with its seed."""
    most = _settings()["most_labels"]
    if len(labels.texts) <= most:
        return labels
    rows = np.sort(np.random.default_rng(method.data("mining")["seed"]).permutation(len(labels.texts))[:most])
    return Labels(tuple(labels.texts[i] for i in rows), labels.sides[rows])


def _settings() -> dict[str, Any]:
    return method.data("mining")["polarity"]
