"""Classes of mixed answers by factor analysis and k-means: the method beside which latent classes are read.

Factor analysis of mixed data (Pagès 2004; multiple correspondence analysis where all is categorical), axes kept by parallel analysis
(Horn 1965), k-means on the coordinates. It assumes other things than latent classes do: order and distance of numbers count,
answers may depend on one another within a class. Where both find the same people together, the types are not an artefact of one.
"""

from dataclasses import dataclass

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score

PERMUTATIONS = 39
STARTS = 10


@dataclass(frozen=True)
class Axes:
    """Principal axes kept: ``coordinates`` (n, axes); ``explained`` (axes,) shares of the inertia, 0..1."""

    coordinates: np.ndarray
    explained: np.ndarray


@dataclass(frozen=True)
class FactorTrial:
    """Fit and stability of ``k`` classes: mean silhouette (−1..1), mean adjusted Rand index under resampling, least size."""

    k: int
    silhouette: float
    stability: float
    smallest: int


def principal_axes(categories: np.ndarray, numbers: np.ndarray, *, weights: np.ndarray, seed: int, most: int = 20) -> Axes:
    """Axes that carry more than the same answers shuffled between respondents.

    Parameters
    ----------
    categories : integers, shape (n, questions); −1 is missing.
    numbers : floats, shape (n, quantities); NaN is missing. Ordered scales come as their ranks.
    weights : shape (n,), non-negative.
    seed : of the shuffles.
    most : axes at most.

    Notes
    -----
    A missing answer lies at the centre of its question: it pulls nobody anywhere (Escofier's passive missing).
    """
    w = np.asarray(weights, dtype=float) / np.sum(weights)
    blocks = [_indicators(column, w) for column in categories.T] + [_standard(column, w) for column in numbers.T]
    blocks = [block for block in blocks if block.shape[1]]
    if not blocks:
        return Axes(np.zeros((len(w), 0)), np.zeros(0))
    table = np.hstack(blocks)
    values, vectors = _spectrum(table, w)
    rng = np.random.default_rng(seed)
    noise = np.max([_spectrum(np.hstack([block[rng.permutation(len(w))] for block in blocks]), w)[0] for _ in range(PERMUTATIONS)], axis=0)
    beats = values > noise
    kept = min(most, int(np.argmin(beats)) if not beats.all() else len(beats))
    return Axes(table @ vectors[:, :kept], values[:kept] / values.sum())


def factor_classes(axes: Axes, k: int, *, weights: np.ndarray, seed: int) -> np.ndarray:
    """Labels of ``k`` classes by k-means on the coordinates, shape (n,)."""
    return KMeans(k, n_init=STARTS, random_state=seed).fit(axes.coordinates, sample_weight=weights).labels_


def compare_factor_classes(axes: Axes, most: int, *, weights: np.ndarray, seed: int, resamples: int = 8) -> tuple[FactorTrial, ...]:
    """Fit 2 to ``most`` classes and refit each on bootstrap resamples; nothing where no axis stands out."""
    if not axes.coordinates.shape[1]:
        return ()
    trials = []
    different = len(np.unique(axes.coordinates.round(9), axis=0))
    for k in range(2, min(most, different - 1) + 1):
        labels = factor_classes(axes, k, weights=weights, seed=seed)
        rng = np.random.default_rng([seed, k])
        agreed = [_again(axes, k, labels, weights, rng) for _ in range(resamples)]
        trials.append(FactorTrial(k, float(silhouette_score(axes.coordinates, labels)), float(np.mean(agreed)),
                                  int(np.bincount(labels, minlength=k).min())))
    return tuple(trials)


def best_factor_number(trials: tuple[FactorTrial, ...], *, stability: float, smallest: int) -> int:
    """The number with the widest silhouette (Rousseeuw 1987) among those stable and large enough; 1 where there is none."""
    sound = [trial for trial in trials if trial.stability >= stability and trial.smallest >= smallest]
    return max(sound, key=lambda trial: (trial.silhouette, -trial.k)).k if sound else 1


def _indicators(codes: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Indicator columns, centred and divided by the root of their share: the metric of correspondence analysis."""
    answered = codes >= 0
    known = w[answered].sum()
    size = int(codes.max(initial=-1)) + 1
    columns = codes[:, None] == np.arange(size)
    shares = w @ columns / known if known else np.zeros(size)
    used = shares > 0
    return np.where(answered[:, None], (columns[:, used] - shares[used]) / np.sqrt(shares[used]), 0.0)


def _standard(values: np.ndarray, w: np.ndarray) -> np.ndarray:
    answered = np.isfinite(values)
    known = w[answered].sum()
    if not known:
        return np.zeros((len(values), 0))
    mean = w[answered] @ values[answered] / known
    spread = np.sqrt(w[answered] @ (values[answered] - mean) ** 2 / known)
    if not spread:
        return np.zeros((len(values), 0))
    return np.where(answered, (np.nan_to_num(values) - mean) / spread, 0.0)[:, None]


def _spectrum(table: np.ndarray, w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Eigenvalues, largest first, and vectors of the weighted cross-products; signs fixed so that bytes repeat."""
    values, vectors = np.linalg.eigh((table * w[:, None]).T @ table)
    values, vectors = values[::-1], vectors[:, ::-1]
    strongest = np.abs(vectors).argmax(axis=0)
    return values, vectors * np.sign(vectors[strongest, np.arange(vectors.shape[1])])


def _again(axes: Axes, k: int, labels: np.ndarray, weights: np.ndarray, rng: np.random.Generator) -> float:
    n = len(labels)
    drawn = rng.multinomial(n, np.full(n, 1 / n))
    kept = drawn > 0
    model = KMeans(k, n_init=4, random_state=int(rng.integers(2**31))).fit(axes.coordinates[kept], sample_weight=(weights * drawn)[kept])
    return float(adjusted_rand_score(labels, model.predict(axes.coordinates)))
