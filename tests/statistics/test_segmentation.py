"""Latent classes: planted classes come back, noise gives one class, the likelihood is that of the reference library."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from cxkit.statistics.segmentation import Trial, best_number, compare, latent_classes, one_hot

RULE = {"stability": 0.6, "smallest": 30}


def planted(n: int, k: int, questions: int = 12, seed: int = 7, missing: float = 0.08) -> tuple[np.ndarray, np.ndarray]:
    """Classes that answer each of four-answer questions with one favourite answer, 70 % of the time."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, k, n)
    favourite = rng.integers(0, 4, (k, questions))
    codes = np.where(rng.random((n, questions)) < 0.6, favourite[truth], rng.integers(0, 4, (n, questions)))
    return np.where(rng.random((n, questions)) < missing, -1, codes), truth


@pytest.mark.parametrize("k", [2, 4, 5])
def test_planted_classes_come_back_with_their_number(k):
    codes, truth = planted(800, k)
    found = best_number(compare(codes, 7, seed=1, resamples=4), **RULE)
    assert found == k
    assert adjusted_rand_score(truth, latent_classes(codes, found, seed=1).labels) >= 0.8


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_noise_has_no_segment(seed):
    codes = np.random.default_rng(seed).integers(0, 3, (600, 8))
    trials = compare(codes, 5, seed=1, resamples=3)
    assert min(trials, key=lambda trial: trial.bic).k == 1
    assert best_number(trials, **RULE) == 1


def test_one_class_has_the_likelihood_of_its_margins():
    codes = np.array([[0], [0], [0], [1]])
    model = latent_classes(codes, 1, seed=1)
    assert model.loglik == pytest.approx(3 * np.log(0.75) + np.log(0.25), abs=1e-6)
    assert model.parameters == 1
    assert model.bic == pytest.approx(-2 * model.loglik + np.log(4))
    assert model.aic == pytest.approx(-2 * model.loglik + 2)


def test_weights_count_as_their_effective_base():
    codes, _ = planted(300, 2)
    model = latent_classes(codes, 2, weights=np.r_[np.ones(150), np.full(150, 3.0)], seed=1)
    assert model.base == pytest.approx(600**2 / (150 + 150 * 9))


def test_weights_of_zero_leave_respondents_out():
    codes, _ = planted(400, 2)
    weights = np.r_[np.ones(300), np.zeros(100)]
    alone = latent_classes(codes[:300], 1, seed=1)
    assert latent_classes(codes, 1, weights=weights, seed=1).loglik == pytest.approx(alone.loglik, rel=1e-3)


def test_same_seed_same_classes_largest_first():
    codes, _ = planted(300, 3)
    first, second = (latent_classes(codes, 3, seed=5) for _ in range(2))
    assert np.array_equal(first.posterior, second.posterior)
    assert list(first.shares) == sorted(first.shares, reverse=True)
    assert first.posterior.sum(axis=1) == pytest.approx(np.ones(300))


def test_missing_answers_have_empty_indicators():
    grid, blocks = one_hot(np.array([[0, 1], [-1, 0]]))
    assert grid.tolist() == [[1, 0, 1], [0, 1, 0]]
    assert blocks.tolist() == [0, 1]


def test_the_reference_library_reaches_no_better_likelihood():
    stepmix = pytest.importorskip("stepmix.stepmix")
    codes, _ = planted(300, 3, questions=6, missing=0.0)
    reference = stepmix.StepMix(n_components=3, measurement="categorical", n_init=3, random_state=1, verbose=0, progress_bar=0)
    reference.fit(codes)
    assert latent_classes(codes, 3, seed=1).loglik == pytest.approx(reference.score(codes) * len(codes), rel=2e-3)


def test_the_number_is_stable_and_large_enough_before_it_fits_best():
    trials = (Trial(1, 100, 90, 1, None, 100), Trial(2, 80, 60, 0.9, 0.9, 40), Trial(3, 70, 50, 0.9, 0.4, 35),
              Trial(4, 60, 40, 0.9, 0.8, 12))
    assert best_number(trials, stability=0.6, smallest=30) == 2
    assert best_number(trials, stability=0.3, smallest=30) == 3
    assert best_number(trials, stability=0.3, smallest=10) == 4
    assert best_number(trials[:1], **RULE) == 1


@pytest.mark.parametrize("k", [0, 5])
def test_an_impossible_number_is_refused(k):
    with pytest.raises(ValueError, match="k:"):
        latent_classes(np.zeros((4, 2), dtype=int), k, seed=1)
