"""Known classes told from yes/no answers: a multinomial logit with its cross-validated error, and a short list of rules."""

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.tree import DecisionTreeClassifier

from cxkit.statistics.shares import Interval, wilson

FOLDS = 5
MOST_RULES = 12


@dataclass(frozen=True)
class Classifier:
    """``coefficients`` (classes, columns) and ``intercepts`` (classes,) of a multinomial logit over yes/no columns.

    ``error``: share of people put into a wrong class by models that did not see them, 0..1, with its interval; ``naive``: the error of
    always saying the largest class; ``n`` people.
    """

    coefficients: np.ndarray
    intercepts: np.ndarray
    error: float
    interval: Interval
    naive: float
    n: int


@dataclass(frozen=True)
class Rule:
    """A path of the tree: ``conditions`` as (column, holds); its class; people it covers and how many of them are of the class."""

    conditions: tuple[tuple[int, bool], ...]
    label: int
    covered: int
    right: int


@dataclass(frozen=True)
class RuleList:
    """Rules that do not overlap, purest first, with their cross-validated error."""

    rules: tuple[Rule, ...]
    error: float
    interval: Interval


def fit_classifier(table: np.ndarray, labels: np.ndarray, *, classes: int, seed: int) -> Classifier:
    """Fit the logit and its error.

    Parameters
    ----------
    table : booleans, shape (n, columns); a missing answer is False in all columns of its question.
    labels : integers 0 … classes − 1, each at least ``FOLDS`` times.
    """
    model = LogisticRegression(C=1.0, max_iter=500)
    data = np.asarray(table, dtype=float)
    guessed = cross_val_predict(model, data, labels, cv=_folds(seed))
    fitted = model.fit(data, labels)
    coefficients, intercepts = fitted.coef_, fitted.intercept_
    if classes == 2:
        coefficients, intercepts = np.vstack([-coefficients / 2, coefficients / 2]), np.r_[-intercepts / 2, intercepts / 2]
    wrong = int((guessed != labels).sum())
    return Classifier(np.round(coefficients, 4), np.round(intercepts, 4), wrong / len(labels), wilson(wrong, len(labels)),
                      1 - np.bincount(labels).max() / len(labels), len(labels))


def probabilities(table: np.ndarray, coefficients: np.ndarray, intercepts: np.ndarray) -> np.ndarray:
    """Probability of each class, shape (n, classes)."""
    scores = np.asarray(table, dtype=float) @ np.asarray(coefficients).T + np.asarray(intercepts)
    parts = np.exp(scores - scores.max(axis=1, keepdims=True))
    return parts / parts.sum(axis=1, keepdims=True)


def rule_list(table: np.ndarray, labels: np.ndarray, *, classes: int, smallest: int, seed: int) -> RuleList:
    """Rules read off a small tree of two leaves a class at most (Breiman et al. 1984), leaves of ``smallest`` people at least."""
    model = DecisionTreeClassifier(max_leaf_nodes=min(2 * classes, MOST_RULES), max_depth=5, min_samples_leaf=smallest, random_state=seed)
    guessed = cross_val_predict(model, table, labels, cv=_folds(seed))
    wrong = int((guessed != labels).sum())
    tree = model.fit(table, labels).tree_
    leaves = model.apply(table)
    found = [_rule(path, labels[leaves == leaf]) for leaf, path in _paths(tree)]
    ordered = sorted(found, key=lambda rule: (-rule.right / rule.covered, -rule.covered, rule.conditions))
    return RuleList(tuple(ordered), wrong / len(labels), wilson(wrong, len(labels)))


def holds(rule: tuple[tuple[int, bool], ...], table: np.ndarray) -> np.ndarray:
    """Rows that meet all conditions of a rule, shape (n,)."""
    return np.all([table[:, column] == wanted for column, wanted in rule], axis=0) if rule else np.ones(len(table), dtype=bool)


def _folds(seed: int) -> StratifiedKFold:
    return StratifiedKFold(FOLDS, shuffle=True, random_state=seed)


def _rule(path: tuple[tuple[int, bool], ...], members: np.ndarray) -> Rule:
    counts = np.bincount(members)
    return Rule(path, int(counts.argmax()), len(members), int(counts.max()))


def _paths(tree, node: int = 0, path: tuple[tuple[int, bool], ...] = ()):
    """Each leaf with the conditions on the way to it; a question is yes/no, so the threshold says nothing more."""
    if tree.children_left[node] < 0:
        yield node, path
        return
    column = int(tree.feature[node])
    yield from _paths(tree, tree.children_left[node], (*path, (column, False)))
    yield from _paths(tree, tree.children_right[node], (*path, (column, True)))
