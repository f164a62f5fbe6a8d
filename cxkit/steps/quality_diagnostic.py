"""The relation diagnostic: maturity by axis, wave after wave."""

import datetime as dt

from cxkit import method
from cxkit.model.diagnostic import Diagnostic, DiagnosticWave
from cxkit.model.record import Record


class AxisScore(Record):
    """Maturity of one axis, 0..5: the mean of its answered questions; None where none was answered."""

    axis: str
    value: float | None = None
    answered: int
    questions: int


class Wave(Record):
    """One wave of the questionnaire: how many people answered, the axes, and the mean of the axes."""

    date: dt.date
    respondents: int
    axes: tuple[AxisScore, ...]
    mean: float | None = None


class QuestionScore(Record):
    """The latest answer to a question and its change since the wave before."""

    question: str
    axis: str
    value: float
    change: float | None = None


class DiagnosticView(Record):
    """Waves in order of date, and the questions of the latest one from the weakest."""

    waves: tuple[Wave, ...]
    questions: tuple[QuestionScore, ...]


def diagnostic_view(diagnostic: Diagnostic | None) -> tuple[DiagnosticView | None, tuple[str, ...]]:
    """The diagnostic by axis, and the questions answered that the method does not know."""
    if diagnostic is None or not diagnostic.waves:
        return None, ()
    axes = {axis["id"]: tuple(axis["questions"]) for axis in method.data("diagnostic")["axes"]}
    axis_of = {question: axis for axis, questions in axes.items() for question in questions}
    waves = sorted(diagnostic.waves, key=lambda wave: wave.date)
    latest, before = waves[-1].answers, waves[-2].answers if len(waves) > 1 else {}
    questions = [QuestionScore(question=id_, axis=axis_of[id_], value=value, change=value - before[id_] if id_ in before else None)
                 for id_, value in latest.items() if id_ in axis_of]
    order = list(axis_of)
    questions.sort(key=lambda one: (one.value, order.index(one.question)))
    unknown = sorted({id_ for wave in waves for id_ in wave.answers} - set(axis_of))
    return DiagnosticView(waves=tuple(_wave(wave, axes) for wave in waves), questions=tuple(questions)), tuple(unknown)


def _wave(wave: DiagnosticWave, axes: dict[str, tuple[str, ...]]) -> Wave:
    scores = []
    for axis, questions in axes.items():
        answers = [wave.answers[id_] for id_ in questions if id_ in wave.answers]
        value = sum(answers) / len(answers) if answers else None
        scores.append(AxisScore(axis=axis, value=value, answered=len(answers), questions=len(questions)))
    known = [score.value for score in scores if score.value is not None]
    return Wave(date=wave.date, respondents=wave.respondents, axes=tuple(scores), mean=sum(known) / len(known) if known else None)
