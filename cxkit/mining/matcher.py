"""Match short texts to the nodes of a taxonomy by phrases: a few phrases a node are enough to teach a classifier on embeddings.

Every node is told from the others by multinomial logistic regression on the embedding and the words of its phrases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack, spmatrix
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion
from threadpoolctl import threadpool_limits

from cxkit import method
from cxkit.mining.embedding import Engine, embed
from cxkit.mining.views import word_features


@dataclass(frozen=True)
class Matcher:
    """A fitted matcher.

    Attributes
    ----------
    nodes : ids of the nodes, in order.
    """

    nodes: tuple[str, ...]
    engine: Engine
    centre: np.ndarray
    words: FeatureUnion
    classifier: LogisticRegression

    def shares(self, texts: Sequence[str]) -> np.ndarray:
        """Probability of each node, shape (n, nodes); rows sum to 1. A text about none of them has no high one."""
        if not len(texts):
            return np.zeros((0, len(self.nodes)))
        with threadpool_limits(1):
            return np.round(self.classifier.predict_proba(_features(texts, self.engine, self.centre, self.words)), 4)

    def best(self, texts: Sequence[str]) -> list[str]:
        """The most probable node of each text."""
        return [self.nodes[i] for i in self.shares(texts).argmax(axis=1)]


def learn_matcher(phrases: Mapping[str, Sequence[str]], engine: Engine) -> Matcher:
    """Fit a matcher on the phrases of each node.

    Parameters
    ----------
    phrases : node → phrases, in one or several languages.
    engine : ``use`` or ``e5``; ``words`` matches by words alone.
    """
    nodes = tuple(sorted(phrases))
    texts = [phrase for node in nodes for phrase in phrases[node]]
    labels = np.repeat(np.arange(len(nodes)), [len(phrases[node]) for node in nodes])
    words = word_features().fit(texts)
    centre = np.zeros(0) if engine == "words" else embed(texts, engine).mean(axis=0)
    with threadpool_limits(1):
        classifier = LogisticRegression(C=method.data("mining")["themes"]["strength"], max_iter=500, tol=1e-3, class_weight="balanced")
        return Matcher(nodes, engine, centre, words, classifier.fit(_features(texts, engine, centre, words), labels))


def _features(texts: Sequence[str], engine: Engine, centre: np.ndarray, words: FeatureUnion) -> spmatrix:
    """Centred unit embedding beside the words, each of about unit length."""
    sparse = words.transform(texts)
    if engine == "words":
        return sparse.tocsr()
    dense = embed(texts, engine) - centre
    dense /= np.maximum(np.linalg.norm(dense, axis=1, keepdims=True), 1e-9)
    return hstack([csr_matrix(np.round(dense, 4) * method.data("mining")["themes"]["dense_weight"]), sparse]).tocsr()
