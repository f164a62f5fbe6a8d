"""How sure a classifier may be: Platt's calibration, and the figures that say how good a confidence is."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score


@dataclass(frozen=True)
class Platt:
    """Probability = logistic(slope · decision + offset) (Platt 1999)."""

    slope: float
    offset: float

    def __call__(self, decision: np.ndarray) -> np.ndarray:
        """Calibrated probability of the positive side, shape (n,)."""
        return expit(self.slope * decision + self.offset)


def platt(decision: np.ndarray, labels: np.ndarray, weights: np.ndarray | None = None) -> Platt:
    """Fit on decisions that were made for texts the classifier had not seen; labels 0 or 1, shapes (n,)."""
    fitted = LogisticRegression(C=1e3).fit(decision[:, None], labels, weights)
    return Platt(float(max(fitted.coef_[0, 0], 1e-3)), float(fitted.intercept_[0]))


@dataclass(frozen=True)
class Quality:
    """What a classifier is worth on labelled texts; all 0..1."""

    macro_f1: float
    accuracy_80: float
    ece: float
    n: int


def quality(probability: np.ndarray, labels: np.ndarray) -> Quality:
    """Macro-F1, accuracy on the most confident 80 %, expected calibration error (ten bins of equal width).

    Parameters
    ----------
    probability : shape (n,), of the positive side.
    labels : shape (n,), 0 or 1.
    """
    said = (probability >= 0.5).astype(int)
    confidence = np.maximum(probability, 1 - probability)
    right = said == labels
    most = np.argsort(-confidence, kind="stable")[: max(round(0.8 * len(labels)), 1)]
    bins = np.minimum((confidence * 10).astype(int), 9)
    error = sum(abs(confidence[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins))
    return Quality(float(f1_score(labels, said, average="macro", zero_division=0)), float(right[most].mean()), float(error), len(labels))
