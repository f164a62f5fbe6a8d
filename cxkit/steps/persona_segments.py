"""Segments from data: attributes as codes, the number by fit and stability, each respondent's segment."""

from dataclasses import dataclass

import numpy as np

from cxkit import method
from cxkit.statistics.segmentation import best_number, compare, latent_classes
from cxkit.statistics.shares import effective_n
from cxkit.steps.persona_base import People, Question
from cxkit.steps.persona_view import Segmentation, SegmentTrial


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
    trials = compare(codes[picked], max(limits["most"], asked_for), weights=weights[picked], seed=settings["seed"],
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
    return Segments(verdict, labels)


def _verdict(carried: int, least_bic: int, asked_for: int, limits: dict) -> str:
    if asked_for:
        return "asked_same" if asked_for == carried else "asked_other"
    if carried == 1:
        return "none" if least_bic == 1 else "unstable"
    return "fewer" if carried < limits["least"] else "carried"


def _segments(item: Question, attributes: tuple[str, ...]) -> bool:
    wanted = item.attribute.id in attributes if attributes else item.attribute.segments
    return wanted and item.asked.mean() >= method.data("personas")["attribute_answered"] and len(item.choices) > 1


def _matrix(questions: list[Question], n: int) -> np.ndarray:
    """Codes of shape (n, questions): a multi-choice question gives one yes/no column an option; −1 is missing."""
    columns: list[np.ndarray] = []
    for item in questions:
        if item.attribute.type == "multi":
            columns += [np.where(item.asked, item.chosen[:, j], -1) for j in range(len(item.choices))]
        else:
            columns.append(np.where(item.asked & item.chosen.any(axis=1), item.chosen.argmax(axis=1), -1))
    together = [_without_rare(column) for column in columns]
    varied = [column for column in together if column.max(initial=-1) > 0]
    return np.column_stack(varied).astype(int) if varied else np.zeros((n, 0), dtype=int)


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
