"""Placing new respondents into the personas of a study, from a notebook."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from cxkit.errors import CxError, fault
from cxkit.sheets.context import SheetContext
from cxkit.sheets.persona_compare import rule_text, scoring
from cxkit.steps.persona_scoring import Scorer, score
from cxkit.steps.personas import Result
from cxkit.study.door import Shown, show
from cxkit.study.steps import nearest


@dataclass(frozen=True, repr=False)
class Placement(Shown):
    """Where a respondent belongs: the persona's id, its name and its probability 0..1."""

    persona: str = ""
    name: str = ""
    probability: float = 0.0


def scoring_shown(result: Result, context: SheetContext) -> Shown:
    """The error of the classifier, the short rules with theirs, and how to place a respondent."""
    words, found = context.words, scoring(result, context)
    if found is None or result.scorer is None:
        return _notes(context, "", [words("personas.no_scorer")])
    lines = [f"{name} · {condition} ({right} · {words('base.n', n=people)})" for condition, name, people, right in found["rules"]]
    first = [one.answer for rule in result.scorer.rules[:1] for one in rule.conditions]
    example = {answer.attribute: answer.choice.code if answer.low is None else answer.low for answer in first}
    return _notes(context, found["lead"], [*lines, words("personas.score_call", call=f"study.score({json.dumps(example, ensure_ascii=False)})")])


def placed(result: Result, answers: Mapping[str, object] | pd.DataFrame, context: SheetContext) -> Placement | pd.DataFrame:
    """Place one respondent, or the rows of a table.

    Parameters
    ----------
    answers : attribute → answer (a code, a label, a number, or several codes), or a table with one column an attribute; the table comes
        back with the columns ``persona`` and ``probability``.

    Raises
    ------
    CxError : CX-E242 where no classifier could be learnt, CX-E243 for an unknown attribute.
    """
    how = _scorer(result, list(answers))
    names = {one.id: one.name for one in result.personas}
    if isinstance(answers, pd.DataFrame):
        rows = [score(how, {key: value for key, value in row.items() if not _missing(value)}) for row in answers.to_dict("records")]
        return answers.assign(persona=[row.persona for row in rows], probability=[row.probability for row in rows])
    found, words = score(how, answers), context.words
    line = words("personas.placed", name=names[found.persona], probability=words.percent(found.probability))
    lines = [words("personas.placed_rule", rule=rule_text(found.rule, words), name=names[found.rule.persona])] if found.rule else []
    shown = _notes(context, line, lines)
    return Placement(shown.html, shown.text, found.persona, names[found.persona], found.probability)


def _scorer(result: Result, given: list[str]) -> Scorer:
    if result.scorer is None:
        raise CxError(fault("CX-E242"))
    known = sorted({column.attribute for column in result.scorer.columns})
    if unknown := [name for name in given if name not in known]:
        raise CxError([fault("CX-E243", name=name, near=nearest(name, known), known=", ".join(known)) for name in unknown])
    return result.scorer


def _missing(value: object) -> bool:
    return value is None or (not isinstance(value, list | tuple | set) and bool(pd.isna(value)))


def _notes(context: SheetContext, title: str, lines: list[str]) -> Shown:
    return show("notes", "\n".join([title, *lines] if title else lines), {"language": context.words.language, "title": title, "lines": lines})
