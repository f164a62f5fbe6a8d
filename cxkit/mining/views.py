"""Views of a text for a classifier: its embedding (E5, USE) or its words, each with its own logistic regression."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import spmatrix
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion
from threadpoolctl import threadpool_limits

from cxkit import method
from cxkit.mining.embedding import embed


@dataclass(frozen=True)
class View:
    """A fitted view: texts in, decisions (log-odds of the positive side, shape (n,)) out."""

    name: str
    features: Callable[[Sequence[str]], object]
    classifier: LogisticRegression

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        """Decisions, positive where the text is; shape (n,)."""
        with threadpool_limits(1):
            return self.classifier.decision_function(self.features(texts))


@dataclass(frozen=True)
class Learnt:
    """A view fitted on all texts, and what views fitted on a part of them decided on the others; NaN where no fold tested."""

    view: View
    unseen: np.ndarray


def learn(name: str, texts: Sequence[str], labels: np.ndarray, weights: np.ndarray, folds: Sequence[tuple[np.ndarray, np.ndarray]]) -> Learnt:
    """Fit one view on labelled texts; both sides weigh the same whatever their numbers.

    Parameters
    ----------
    name : ``e5``, ``use`` or ``words``.
    labels, weights : shape (n,); labels 0 or 1.
    folds : (rows to learn from, rows to decide on), for the calibration. Centre and word weights stand on all texts, labels unseen.
    """
    with threadpool_limits(1):
        features = word_features().fit(texts).transform if name == "words" else _dense(name, texts)
        matrix = features(texts)
        unseen = np.full(len(texts), np.nan)
        for train, test in folds:
            unseen[test] = _fit(name, matrix[train], labels[train], weights[train]).decision_function(matrix[test])
        return Learnt(View(name, features, _fit(name, matrix, labels, weights)), unseen)


def _fit(name: str, matrix: np.ndarray | spmatrix, labels: np.ndarray, weights: np.ndarray) -> LogisticRegression:
    strength = method.data("mining")["polarity"]["strength"][name]
    return LogisticRegression(C=strength, max_iter=2000, class_weight="balanced").fit(matrix, labels, weights)


def _dense(name: str, texts: Sequence[str]) -> Callable[[Sequence[str]], np.ndarray]:
    """Embeddings about the centre of those that are learnt from, of unit length again."""
    centre = embed(texts, name).mean(axis=0)

    def features(given: Sequence[str]) -> np.ndarray:
        vectors = embed(given, name) - centre
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)

    return features


def word_features() -> FeatureUnion:
    """Words, pairs of words and stretches of letters, which forgive typing mistakes."""
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, strip_accents="unicode", token_pattern=r"(?u)\b\w+\b", max_features=60_000)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True, strip_accents="unicode", max_features=40_000)
    return FeatureUnion([("words", words), ("letters", letters)], transformer_weights={"words": 1.0, "letters": 0.6})
