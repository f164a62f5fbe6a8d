"""Factor analysis of mixed answers with k-means: axes worth keeping, planted classes, noise, missing answers."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from cxkit.statistics.factor_classes import (
    FactorTrial,
    best_factor_number,
    compare_factor_classes,
    factor_classes,
    principal_axes,
)

RULE = {"stability": 0.6, "smallest": 30}


def planted(n: int, k: int, seed: int = 7) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Eight categorical questions and two numbers that follow the class; some answers missing."""
    rng = np.random.default_rng(seed)
    truth, favourite = rng.integers(0, k, n), rng.integers(0, 4, (k, 8))
    codes = np.where(rng.random((n, 8)) < 0.6, favourite[truth], rng.integers(0, 4, (n, 8)))
    numbers = rng.normal(truth[:, None] * np.array([1.0, -1.0]), 0.5)
    numbers[rng.random(numbers.shape) < 0.1] = np.nan
    return np.where(rng.random(codes.shape) < 0.1, -1, codes), numbers, truth


@pytest.mark.parametrize("k", [2, 4])
def test_planted_classes_come_back_with_their_number(k):
    codes, numbers, truth = planted(600, k)
    weights = np.ones(600)
    axes = principal_axes(codes, numbers, weights=weights, seed=1)
    found = best_factor_number(compare_factor_classes(axes, 6, weights=weights, seed=1, resamples=3), **RULE)
    assert found == k
    assert adjusted_rand_score(truth, factor_classes(axes, k, weights=weights, seed=1)) >= 0.8


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_noise_has_no_axis_and_no_class(seed):
    rng = np.random.default_rng(seed)
    axes = principal_axes(rng.integers(0, 3, (600, 8)), rng.normal(size=(600, 2)), weights=np.ones(600), seed=1)
    assert axes.explained.size == 0
    assert compare_factor_classes(axes, 6, weights=np.ones(600), seed=1) == ()
    assert best_factor_number((), **RULE) == 1


def test_two_yes_no_questions_that_always_agree_make_one_axis():
    answers = np.repeat([0, 1], 50)
    axes = principal_axes(np.column_stack([answers, answers]), np.zeros((100, 0)), weights=np.ones(100), seed=1)
    assert axes.coordinates.shape == (100, 1)
    assert axes.explained[0] == pytest.approx(1.0)
    assert len(np.unique(axes.coordinates.round(9))) == 2


def test_who_answered_nothing_lies_at_the_centre():
    codes, numbers, _ = planted(300, 3)
    codes[0], numbers[0] = -1, np.nan
    axes = principal_axes(codes, numbers, weights=np.ones(300), seed=1)
    assert axes.coordinates[0] == pytest.approx(np.zeros(axes.coordinates.shape[1]))


def test_the_widest_silhouette_wins_among_those_stable_and_large_enough():
    trials = (FactorTrial(2, 0.3, 0.9, 100), FactorTrial(3, 0.5, 0.4, 90), FactorTrial(4, 0.4, 0.8, 12))
    assert best_factor_number(trials, **RULE) == 2
    assert best_factor_number(trials, stability=0.3, smallest=30) == 3
    assert best_factor_number(trials[1:], **RULE) == 1
