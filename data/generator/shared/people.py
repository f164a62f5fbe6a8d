"""People of hidden types: attributes follow the type, never perfectly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from data.generator.shared.draw import one, scale, several, shuffled_types


@dataclass(frozen=True)
class Question:
    """One attribute as it is asked: a column, its answers in order, one or several of them."""

    column: str
    answers: tuple[str, ...] = ()
    """Empty: a scale of 1 to 5."""
    multiple: bool = False


@dataclass(frozen=True)
class Kind:
    """One hidden type: its share, its voice in the texts, and what its members answer.

    ``answers`` holds, by column, the weights of one answer, the shares of several, or the mean on a scale.
    """

    id: str
    share: float
    voice: str
    answers: Mapping[str, tuple[float, ...] | float]


@dataclass(frozen=True)
class Person:
    """One invented person; ``kind`` is the hidden truth and is never written beside the other fields."""

    id: str
    kind: Kind
    said: Mapping[str, str] = field(default_factory=dict)


def draw_people(rng: np.random.Generator, kinds: Sequence[Kind], questions: Sequence[Question], n: int, number: str) -> list[Person]:
    """Draw ``n`` people in random order; ``number`` formats the rank into an id."""
    types = shuffled_types(rng, [(kind, kind.share) for kind in kinds], n)
    return [Person(number.format(rank), kind, {question.column: _answer(rng, question, kind.answers[question.column]) for question in questions})
            for rank, kind in enumerate(types)]


def _answer(rng: np.random.Generator, question: Question, tendency: tuple[float, ...] | float) -> str:
    if not question.answers:
        return str(scale(rng, float(tendency)))
    if question.multiple:
        return "|".join(several(rng, question.answers, tendency))
    return one(rng, question.answers, tendency)


def with_blanks(rng: np.random.Generator, person: Person, questions: Sequence[Question], rate: float = 0.03) -> list[str]:
    """The answers in the order of the questions, a few left blank as respondents do; several choices never are."""
    return [person.said[one.column] if one.multiple or rng.random() >= rate else "" for one in questions]
