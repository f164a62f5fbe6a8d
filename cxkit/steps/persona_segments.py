"""Segments from data: attributes as codes, the number by fit and stability, each respondent's segment, a second method beside."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_rand_score

from cxkit import method
from cxkit.statistics.factor_classes import best_factor_number, compare_factor_classes, factor_classes, principal_axes
from cxkit.statistics.segmentation import best_number, compare, latent_classes
from cxkit.statistics.shares import effective_n
from cxkit.steps.persona_base import People, Question
from cxkit.steps.persona_verdict import SecondTrial, Segmentation, SegmentTrial


@dataclass(frozen=True)
class Segments:
    """The verdict and the segment of each person, 0 the largest; −1 not assigned. Shape (n,)."""

    verdict: Segmentation
    labels: np.ndarray


def segment(base: People, attributes: tuple[str, ...], asked_for: int) -> Segments:
    """Draw segments from the people's attributes.

    Parameters
    ----------
    base : the people and their questions.
    attributes : ids that segment; all that may when empty.
    asked_for : how many the analyst wants; 0 lets the data decide.
    """
    settings, limits = method.data("personas"), method.data("thresholds")["personas"]
    used = [item for item in base.questions if _segments(item, attributes)]
    codes = _matrix(used, len(base))
    enough = (codes >= 0).mean(axis=1) >= settings["least_answered"] if codes.size else np.zeros(len(base), dtype=bool)
    labels = np.full(len(base), -1)
    if len(used) < settings["least_attributes"] or enough.sum() < 2 * settings["smallest"]:
        return Segments(Segmentation(verdict="no_data", n=int(enough.sum())), labels)
    codes, weights = codes[enough], base.weights[enough]
    picked = _sample(len(codes), settings["selection_rows"], settings["seed"])
    most = max(limits["most"], asked_for)
    trials = compare(codes[picked], most, weights=weights[picked], seed=settings["seed"],
                     resamples=settings["resamples"], starts=settings["starts"])
    carried = best_number(trials, stability=settings["stability"], smallest=settings["smallest"])
    drawn = asked_for or (carried if carried > 1 else 0)
    if drawn:
        labels[enough] = latent_classes(codes, drawn, weights=weights, seed=settings["seed"], starts=settings["starts"]).labels
        labels = _by_size(labels)
    least_bic = min(trials, key=lambda trial: trial.bic).k
    verdict = Segmentation(
        verdict=_verdict(carried, least_bic, asked_for, limits), carried=carried, drawn=len(set(labels[labels >= 0].tolist())),
        n=int(enough.sum()), n_eff=effective_n(weights), attributes=tuple(item.attribute.id for item in used),
        trials=tuple(SegmentTrial(**vars(trial)) for trial in trials))
    rows = np.flatnonzero(enough)[picked]
    return Segments(verdict.model_copy(update=_second_opinion(used, base, rows, labels[rows], most)), labels)


def _second_opinion(used: list[Question], base: People, rows: np.ndarray, labels: np.ndarray, most: int) -> dict:
    """What factor analysis and k-means say of the same people: their number, their table, and whether they draw the same types."""
    settings = method.data("personas")
    weights = base.weights[rows]
    categories, numbers = _mixed(used, base, rows)
    axes = principal_axes(categories, numbers, weights=weights, seed=settings["seed"])
    trials = compare_factor_classes(axes, most, weights=weights, seed=settings["seed"], resamples=settings["resamples"])
    carried = best_factor_number(trials, stability=settings["stability"], smallest=settings["smallest"])
    drawn = len(set(labels.tolist()))
    agreement = None
    if trials and drawn > 1:
        agreement = float(adjusted_rand_score(labels, factor_classes(axes, drawn, weights=weights, seed=settings["seed"])))
    return {"second": tuple(SecondTrial(**vars(trial)) for trial in trials), "second_carried": carried, "second_axes": axes.explained.size,
            "methods_agreement": agreement}


def _verdict(carried: int, least_bic: int, asked_for: int, limits: dict) -> str:
    if asked_for:
        return "asked_same" if asked_for == carried else "asked_other"
    if carried == 1:
        return "none" if least_bic == 1 else "unstable"
    return "fewer" if carried < limits["least"] else "carried"


def _segments(item: Question, attributes: tuple[str, ...]) -> bool:
    if item.attribute.role == "outcome":
        return False
    wanted = item.attribute.id in attributes if attributes else item.attribute.segments
    return wanted and item.asked.mean() >= method.data("personas")["attribute_answered"] and len(item.choices) > 1


def _matrix(questions: list[Question], n: int) -> np.ndarray:
    """Codes of shape (n, questions): a multi-choice question gives one yes/no column an option; −1 is missing."""
    together = [_without_rare(column) for item in questions for column in _columns(item)]
    varied = [column for column in together if column.max(initial=-1) > 0]
    return np.column_stack(varied).astype(int) if varied else np.zeros((n, 0), dtype=int)


def _mixed(questions: list[Question], base: People, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same answers with their nature kept: categories as codes; numbers and the ranks of ordered scales as numbers."""
    codes: list[np.ndarray] = []
    numbers: list[np.ndarray] = []
    for item in questions:
        if item.attribute.type == "number":
            numbers.append(pd.to_numeric(base.table[item.attribute.id], errors="coerce").to_numpy(dtype=float)[rows])
        elif item.attribute.type == "ordered" and not any(choice.other for choice in item.choices):
            ranks = _columns(item)[0][rows]
            numbers.append(np.where(ranks >= 0, ranks, np.nan))
        else:
            codes += [_without_rare(column[rows]) for column in _columns(item)]
    varied = [column for column in codes if column.max(initial=-1) > 0]
    return (np.column_stack(varied).astype(int) if varied else np.zeros((len(rows), 0), dtype=int),
            np.column_stack(numbers) if numbers else np.zeros((len(rows), 0)))


def _columns(item: Question) -> list[np.ndarray]:
    if item.attribute.type == "multi":
        return [np.where(item.asked, item.chosen[:, j], -1) for j in range(len(item.choices))]
    return [np.where(item.asked & item.chosen.any(axis=1), item.chosen.argmax(axis=1), -1)]


def _without_rare(column: np.ndarray) -> np.ndarray:
    """Codes renumbered from 0; rare ones share the last number."""
    answered = column[column >= 0]
    counts = np.bincount(answered) if answered.size else np.zeros(1, dtype=int)
    frequent = np.flatnonzero(counts >= method.data("personas")["rare_share"] * max(1, answered.size))
    numbers = np.full(len(counts), len(frequent))
    numbers[frequent] = np.arange(len(frequent))
    return np.where(column >= 0, numbers[np.maximum(column, 0)], -1)


def _sample(n: int, most: int, seed: int) -> np.ndarray:
    if n <= most:
        return np.arange(n)
    return np.sort(np.random.default_rng(seed).choice(n, size=most, replace=False))


def _by_size(labels: np.ndarray) -> np.ndarray:
    """Segments renumbered by respondents, largest first; empty ones go."""
    found, counts = np.unique(labels[labels >= 0], return_counts=True)
    order = {int(label): rank for rank, label in enumerate(found[np.argsort(-counts, kind="stable")])}
    return np.array([order.get(int(label), -1) for label in labels])
