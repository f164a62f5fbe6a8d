"""Telling known classes apart: error of people not seen, probabilities by hand, rules that read off."""

import numpy as np
import pytest

from cxkit.statistics.classification import fit_classifier, holds, probabilities, rule_list


def told_apart(n: int = 90) -> tuple[np.ndarray, np.ndarray]:
    """Three classes, each with a column of its own and one that says nothing."""
    labels = np.repeat([0, 1, 2], n // 3)
    return np.column_stack([labels == 0, labels == 1, labels == 2, np.arange(n) % 2 == 0]), labels


def test_columns_that_name_the_class_make_no_error():
    table, labels = told_apart()
    found = fit_classifier(table, labels, classes=3, seed=1)
    assert (found.error, found.n) == (0, 90)
    assert found.naive == pytest.approx(2 / 3)
    assert found.interval.high == pytest.approx(0.0409, abs=1e-4)  # Wilson, 0 of 90: z²/(n + z²)
    assert (probabilities(table, found.coefficients, found.intercepts).argmax(axis=1) == labels).all()


def test_answers_that_say_nothing_leave_the_error_of_chance():
    rng = np.random.default_rng(1)
    found = fit_classifier(rng.random((400, 5)) < 0.5, rng.integers(0, 2, 400), classes=2, seed=1)
    assert found.interval.low < 0.5 < found.interval.high + 0.05


def test_two_classes_have_complementary_probabilities():
    table, labels = told_apart()
    found = fit_classifier(table[:60], labels[:60], classes=2, seed=1)
    assert found.coefficients.shape == (2, 4)
    assert probabilities(table[:60], found.coefficients, found.intercepts).sum(axis=1) == pytest.approx(np.ones(60))


def test_probabilities_are_those_of_the_logit():
    found = probabilities(np.array([[True]]), np.array([[np.log(3)], [0.0]]), np.array([0.0, 0.0]))
    assert found[0] == pytest.approx([0.75, 0.25])


def test_rules_cover_everyone_once_and_name_the_class():
    table, labels = told_apart()
    found = rule_list(table, labels, classes=3, smallest=10, seed=1)
    assert (found.error, len(found.rules)) == (0, 3)
    covered = np.array([holds(rule.conditions, table) for rule in found.rules])
    assert covered.sum(axis=0).tolist() == [1] * 90
    assert {rule.label: (rule.covered, rule.right) for rule in found.rules} == {0: (30, 30), 1: (30, 30), 2: (30, 30)}
