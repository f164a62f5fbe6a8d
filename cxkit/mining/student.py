"""Large files: a teacher labels a sample, a student that needs no transformer labels the rest.

The teacher's probabilities are soft labels: each sampled text stands twice, once a side, with the probability as its weight.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack, spmatrix, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold
from sklearn.pipeline import FeatureUnion
from threadpoolctl import threadpool_limits

from cxkit import method
from cxkit.mining.calibration import Platt, platt
from cxkit.mining.embedding import embed, installed
from cxkit.mining.views import word_features

USE_SCALE = 4.0
"""Weight of the unit-length USE vector beside the unit-length vectors of words."""


@dataclass(frozen=True)
class Student:
    """Texts of the sample keep what the teacher said; the others get the student's calibrated probability."""

    known: dict[str, float]
    words: FeatureUnion
    dense: bool
    classifier: LogisticRegression
    scale: Platt

    def probability(self, texts: Sequence[str]) -> np.ndarray:
        """Probability of the positive side, shape (n,), computed in chunks so that memory stays small."""
        size = method.data("mining")["large"]["chunk"]
        parts = []
        with threadpool_limits(1):
            for start in range(0, len(texts), size):
                part = texts[start:start + size]
                parts.append(self.scale(self.classifier.decision_function(_features(self.words, self.dense, part))))
        found = np.concatenate(parts)
        return np.array([self.known.get(text, value) for text, value in zip(texts, found, strict=True)])


def teach(texts: Sequence[str], teacher: Callable[[Sequence[str]], np.ndarray], seeds: Sequence[str], labels: np.ndarray) -> Student:
    """Draw the sample, let the teacher label it and fit the student on it and on the seeds.

    Parameters
    ----------
    texts : distinct texts of the file.
    teacher : texts → calibrated probability of the positive side.
    seeds, labels : sentences with labels 0 or 1.
    """
    large = method.data("mining")["large"]
    sample = _sample(texts, large["sample_characters"])
    said = teacher(sample)
    dense = len(texts) <= large["use_texts"] and installed("use")
    learnt, soft = [*sample, *seeds], np.concatenate([said, labels.astype(float)])
    words = word_features().fit(learnt)
    with threadpool_limits(1):
        features = _features(words, dense, learnt)
        decision = np.zeros(len(sample))
        for train, test in KFold(5, shuffle=True, random_state=method.data("mining")["seed"]).split(sample):
            rows = np.concatenate([train, np.arange(len(sample), len(learnt))])
            decision[test] = _fit(features[rows], soft[rows]).decision_function(features[test])
        scale = platt(np.tile(decision, 2), np.repeat([1, 0], len(sample)), np.concatenate([said, 1 - said]))
        return Student(dict(zip(sample, said.tolist(), strict=True)), words, dense, _fit(features, soft), scale)


def _fit(features: spmatrix, soft: np.ndarray) -> LogisticRegression:
    doubled = vstack([features, features]).tocsr()
    sides = np.repeat([1, 0], len(soft))
    return LogisticRegression(C=5.0, max_iter=1000).fit(doubled, sides, np.concatenate([soft, 1 - soft]))


def _features(words: FeatureUnion, dense: bool, texts: Sequence[str]) -> spmatrix:
    sparse = words.transform(texts)
    return hstack([sparse, csr_matrix(embed(texts, "use") * USE_SCALE)]).tocsr() if dense else sparse.tocsr()


def _sample(texts: Sequence[str], characters: int) -> list[str]:
    """Texts drawn with the method's seed until they hold that many characters."""
    order = np.random.default_rng(method.data("mining")["seed"]).permutation(len(texts))
    held, drawn = 0, []
    for place in order:
        held += len(texts[place])
        if held > characters and drawn:
            break
        drawn.append(texts[place])
    return drawn
