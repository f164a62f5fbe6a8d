"""Latent classes of incomplete categorical answers: weighted EM, number of classes by fit and by stability.

The model is the latent class model (Lazarsfeld & Henry 1968; Goodman 1974): answers are independent within a class. A missing
answer leaves its likelihood out (missing at random). Own EM because every fit is repeated under resampling, and on large bases:
`python -m bench segmentation` prints the time of StepMix beside ours; a test holds our likelihood and classes to StepMix's.
"""

from dataclasses import dataclass

import numpy as np
from sklearn.metrics import adjusted_rand_score

from cxkit.statistics.shares import effective_n

TOLERANCE = 1e-6
SHORT, AGAIN, LONG = 15, 100, 500  # iterations of a trial start, of a resample's fit and of the kept fit
TRIAL_ROWS = 4000  # respondents on whom trial starts are compared; the best goes on with all
SMOOTHING = 0.5  # pseudo-respondents per class and question, so that no probability is zero


@dataclass(frozen=True)
class LatentClasses:
    """A fitted model of ``k`` classes, largest first.

    ``shares`` (k,): class sizes. ``posterior`` (n, k): membership probabilities. ``loglik``: on the effective base.
    ``parameters``: free parameters. ``base``: effective number of respondents.
    """

    k: int
    shares: np.ndarray
    profiles: np.ndarray
    posterior: np.ndarray
    loglik: float
    parameters: int
    base: float

    @property
    def labels(self) -> np.ndarray:
        """Most probable class of each respondent, shape (n,)."""
        return self.posterior.argmax(axis=1)

    @property
    def bic(self) -> float:
        """Bayesian information criterion (Schwarz 1978); lower is better."""
        return -2 * self.loglik + self.parameters * float(np.log(self.base))

    @property
    def aic(self) -> float:
        """Akaike information criterion (1974); lower is better."""
        return -2 * self.loglik + 2 * self.parameters

    @property
    def certainty(self) -> float:
        """Relative entropy 0..1: 1 when each respondent belongs to one class without doubt."""
        if self.k == 1:
            return 1.0
        p = np.clip(self.posterior, 1e-12, 1)
        return float(1 + (p * np.log(p)).sum() / (len(p) * np.log(self.k)))


@dataclass(frozen=True)
class Trial:
    """Fit and stability of one number of classes; ``stability`` is the mean adjusted Rand index under resampling."""

    k: int
    bic: float
    aic: float
    certainty: float
    stability: float | None
    smallest: int


def latent_classes(codes: np.ndarray, k: int, *, weights: np.ndarray | None = None, seed: int, starts: int = 10) -> LatentClasses:
    """Fit ``k`` latent classes.

    Parameters
    ----------
    codes : integers, shape (n, questions); categories 0, 1, …; −1 is missing.
    k : number of classes, 1 or more.
    weights : shape (n,), non-negative; scaled to the effective base so that weighting never feigns evidence.
    seed : of the random starts; same input and seed, same result.
    starts : trial starts; the best after a few iterations is run to convergence.

    Raises
    ------
    ValueError
        When ``k`` is under 1, or there are fewer respondents than classes.
    """
    if k < 1 or len(codes) < k:
        raise ValueError("k: between 1 and the number of respondents expected")
    grid, blocks = one_hot(codes)
    w = _scaled(weights, len(codes))
    return _fit(grid, blocks, w, k, np.random.default_rng([seed, k]), starts)


def compare(codes: np.ndarray, most: int, *, weights: np.ndarray | None = None, seed: int, resamples: int = 8,
            starts: int = 10) -> tuple[Trial, ...]:
    """Fit 1 to ``most`` classes and refit each on bootstrap resamples: the table behind the choice of the number.

    Stability of ``k`` is the mean adjusted Rand index (Hubert & Arabie 1985) between the classes of all respondents by the full
    fit and by fits to resamples drawn with replacement (Hennig 2007).
    """
    grid, blocks = one_hot(codes)
    w = _scaled(weights, len(codes))
    trials = []
    for k in range(1, min(most, len(codes)) + 1):
        rng = np.random.default_rng([seed, k])
        model = _fit(grid, blocks, w, k, rng, starts)
        scores = [_agreement(grid, blocks, w, model, rng) for _ in range(resamples)] if k > 1 else []
        sizes = np.bincount(model.labels, minlength=k)
        trials.append(Trial(k, model.bic, model.aic, model.certainty, float(np.mean(scores)) if scores else None, int(sizes.min())))
    return tuple(trials)


def best_number(trials: tuple[Trial, ...], *, stability: float, smallest: int) -> int:
    """Number of classes with the least BIC among those that are stable and large enough; 1 when none beats one class."""
    single = next(trial.bic for trial in trials if trial.k == 1)
    sound = [trial for trial in trials if trial.k > 1 and trial.bic < single and trial.stability is not None
             and trial.stability >= stability and trial.smallest >= smallest]
    return min(sound, key=lambda trial: (trial.bic, trial.k)).k if sound else 1


def one_hot(codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Indicator matrix (n, categories) with empty rows where missing, and the first column of each question."""
    columns, blocks, start = [], [], 0
    for answers in np.asarray(codes).T:
        size = int(answers.max(initial=0)) + 1
        columns.append(answers[:, None] == np.arange(size))
        blocks.append(start)
        start += size
    return np.hstack(columns).astype(np.float64), np.array(blocks)


def _scaled(weights: np.ndarray | None, n: int) -> np.ndarray:
    w = np.ones(n) if weights is None else np.asarray(weights, dtype=float)
    return w * effective_n(w) / w.sum()


def _fit(grid: np.ndarray, blocks: np.ndarray, w: np.ndarray, k: int, rng: np.random.Generator, starts: int,
         iterations: int = LONG) -> LatentClasses:
    few, mass = _trial_rows(grid, w, rng)
    tries = [_iterate(few, blocks, mass, *_start(few, blocks, mass, k, rng), SHORT) for _ in range(starts if k > 1 else 1)]
    if len(few) < len(grid):
        tries = [_iterate(few, blocks, mass, *max(tries, key=lambda found: found[2])[:2], AGAIN)]
    best = max(tries, key=lambda found: found[2])
    shares, profiles, loglik = _iterate(grid, blocks, w, best[0], best[1], iterations)
    order = np.argsort(-shares, kind="stable")
    shares, profiles = shares[order], profiles[order]
    categories = grid.shape[1]
    free = (k - 1) + k * (categories - len(blocks))
    return LatentClasses(k, shares, profiles, _posterior(grid, shares, profiles)[0], loglik, free, float(w.sum()))


def _trial_rows(grid: np.ndarray, w: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    if len(grid) <= TRIAL_ROWS:
        return grid, w
    rows = np.sort(rng.choice(len(grid), size=TRIAL_ROWS, replace=False))
    return grid[rows], w[rows]


def _start(grid, blocks, w, k, rng):
    """Profiles half-way between the base's and those of random respondents."""
    base = _profiles(w[None, :] @ grid, blocks, np.ones(grid.shape[1]))
    chosen = grid[rng.choice(len(grid), size=k, replace=False, p=w / w.sum())]
    return np.full(k, 1 / k), _profiles(chosen, blocks, base[0])


def _profiles(counts: np.ndarray, blocks: np.ndarray, prior: np.ndarray) -> np.ndarray:
    """Category probabilities by class, smoothed towards ``prior`` (which sums to one per question)."""
    sizes = np.diff([*blocks, counts.shape[1]])
    prior = prior / np.repeat(np.add.reduceat(prior, blocks), sizes)
    smoothed = counts + SMOOTHING * prior
    return smoothed / np.repeat(np.add.reduceat(smoothed, blocks, axis=1), sizes, axis=1)


def _posterior(grid, shares, profiles):
    joint = grid @ np.log(profiles).T + np.log(np.maximum(shares, 1e-300))
    top = joint.max(axis=1)
    parts = np.exp(joint - top[:, None])
    total = parts @ np.ones(len(shares))
    return parts / total[:, None], top + np.log(total)


def _iterate(grid, blocks, w, shares, profiles, iterations):
    prior = w @ grid + 1e-9
    before = -np.inf
    for _ in range(iterations):
        posterior, each = _posterior(grid, shares, profiles)
        loglik = float(w @ each)
        weighted = posterior * w[:, None]
        shares = weighted.sum(axis=0) / w.sum()
        profiles = _profiles(weighted.T @ grid, blocks, prior)
        if loglik - before < TOLERANCE * abs(loglik):
            break
        before = loglik
    return shares, profiles, loglik


def _agreement(grid, blocks, w, model, rng) -> float:
    drawn = rng.multinomial(len(grid), np.full(len(grid), 1 / len(grid)))
    kept = drawn > 0
    again = _fit(grid[kept], blocks, w[kept] * drawn[kept], model.k, rng, starts=4, iterations=AGAIN)
    return float(adjusted_rand_score(model.labels, _posterior(grid, again.shares, again.profiles)[0].argmax(axis=1)))
