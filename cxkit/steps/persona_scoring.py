"""Put a new respondent, or people of another source, into a persona: a classifier and a short list of rules, each with its error."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cxkit import method
from cxkit.model.record import Record, Text
from cxkit.statistics.classification import fit_classifier, probabilities, rule_list
from cxkit.steps.base import base_of
from cxkit.steps.persona_base import People, Question
from cxkit.steps.persona_view import Choice


class Answer(Record):
    """A yes/no column: the attribute has one of the codes, or a number from ``low`` to ``high``; ``onwards``: this answer or a higher one."""

    attribute: str
    name: Text
    choice: Choice
    codes: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    onwards: bool = False


class Condition(Record):
    """An answer that must, or must not, be given."""

    answer: Answer
    holds: bool


class ScoringRule(Record):
    """Conditions that must all hold, the persona they point to, people covered and how many of them belong to it."""

    conditions: tuple[Condition, ...]
    persona: str
    covered: int
    right: int


class Scorer(Record):
    """How to tell the personas apart. Errors in % of people put into the wrong persona, by models that did not see them."""

    personas: tuple[str, ...]
    n: int
    error: float
    low: float
    high: float
    naive: float
    """Error of always saying the largest persona."""
    columns: tuple[Answer, ...]
    coefficients: tuple[tuple[float, ...], ...]
    intercepts: tuple[float, ...]
    rules: tuple[ScoringRule, ...] = ()
    rules_error: float | None = None
    rules_low: float | None = None
    rules_high: float | None = None


class SourceScoring(Record):
    """People of a source whose answers leave their persona open, and how many of them the classifier could place."""

    source: str
    people: int
    scored: int
    attributes: tuple[str, ...]
    error: float | None = None
    low: float | None = None
    high: float | None = None
    naive: float | None = None


class Scored(Record):
    """Where a new respondent belongs: the persona, its probability, all probabilities, the first rule that holds."""

    persona: str
    probability: float
    probabilities: dict[str, float]
    rule: ScoringRule | None = None


@dataclass(frozen=True)
class Others:
    """People of other sources: pseudonym → persona, and the account by source."""

    scored: dict[str, str]
    accounts: tuple[SourceScoring, ...]


def scorer(base: People, labels: Mapping[str, np.ndarray]) -> Scorer | None:
    """Learn the personas from those who belong to them; None where fewer than two are large enough."""
    known = _learnable(labels)
    if len(known) < 2:
        return None
    settings = method.data("personas")
    rows, classes = _training(known)
    usable = [item for item in base.questions if item.attribute.role != "outcome"
              and item.asked[rows].mean() >= settings["attribute_answered"]]
    columns = [pair for item in usable for pair in _is(item)]
    steps = [pair for item in usable for pair in _tree_columns(item)]
    if not columns:
        return None
    fitted = fit_classifier(_table(columns, rows), classes, classes=len(known), seed=settings["seed"])
    tree = rule_list(_table(steps, rows), classes, classes=len(known), smallest=settings["smallest"], seed=settings["seed"])
    rules = tuple(ScoringRule(conditions=_plain([Condition(answer=steps[column][0], holds=held) for column, held in rule.conditions]),
                              persona=known[rule.label][0], covered=rule.covered, right=rule.right) for rule in tree.rules)
    return Scorer(personas=tuple(id_ for id_, _ in known), n=fitted.n, error=100 * fitted.error, low=100 * fitted.interval.low,
                  high=100 * fitted.interval.high, naive=100 * fitted.naive, columns=tuple(answer for answer, _ in columns),
                  coefficients=tuple(tuple(map(float, row)) for row in fitted.coefficients), intercepts=tuple(map(float, fitted.intercepts)),
                  rules=rules, rules_error=100 * tree.error, rules_low=100 * tree.interval.low, rules_high=100 * tree.interval.high)


def score(how: Scorer, answers: Mapping[str, object]) -> Scored:
    """Place one respondent.

    Parameters
    ----------
    answers : attribute → answer: a code or a label, a number, several codes for a multi-choice attribute. What is left out is unknown.
    """
    given = np.array([[_given(column, answers.get(column.attribute)) for column in how.columns]])
    chances = probabilities(given, np.array(how.coefficients), np.array(how.intercepts))[0]
    best = int(chances.argmax())
    rule = next((rule for rule in how.rules if all(_given(one.answer, answers.get(one.answer.attribute)) == one.holds
                                                   for one in rule.conditions)), None)
    return Scored(persona=how.personas[best], probability=float(chances[best]), rule=rule,
                  probabilities={id_: float(chance) for id_, chance in zip(how.personas, chances, strict=True)})


def score_others(base: People, labels: Mapping[str, np.ndarray], left_open: np.ndarray) -> Others:
    """Place people whose answers leave their persona open by the attributes that their source has, where the error there allows it.

    Parameters
    ----------
    labels : persona → its people, boolean (n,).
    left_open : whom to place, boolean (n,).
    """
    known = _learnable(labels)
    settings = method.data("personas")
    scored: dict[str, str] = {}
    accounts = []
    for source in sorted(set(base.table["source"][left_open])) if len(known) > 1 else []:
        mine = left_open & (base.table["source"] == source).to_numpy()
        usable = [item for item in base.questions if item.attribute.role != "outcome" and item.asked[mine].mean() >= 0.5]
        if base_of(int(mine.sum())) == "suppressed" or not usable:
            continue
        account, found = _by_source(base, source, mine, usable, known, settings)
        accounts.append(account)
        scored |= found
    return Others(dict(sorted(scored.items())), tuple(accounts))


def _by_source(base: People, source: str, mine: np.ndarray, usable: list[Question], known: list[tuple[str, np.ndarray]],
               settings: dict) -> tuple[SourceScoring, dict[str, str]]:
    rows, classes = _training(known)
    columns = [pair for item in usable for pair in _is(item)]
    fitted = fit_classifier(_table(columns, rows), classes, classes=len(known), seed=settings["seed"])
    limits = settings["scoring"]
    found: dict[str, str] = {}
    if fitted.error <= limits["most_error"] and fitted.interval.high < fitted.naive:
        people = np.flatnonzero(mine)
        chances = probabilities(_table(columns, people), fitted.coefficients, fitted.intercepts)
        found = {str(base.table.index[row]): known[int(chance.argmax())][0]
                 for row, chance in zip(people, chances, strict=True) if chance.max() >= limits["least_probability"]}
    account = SourceScoring(source=source, people=int(mine.sum()), scored=len(found), attributes=tuple(item.attribute.id for item in usable),
                            error=100 * fitted.error, low=100 * fitted.interval.low, high=100 * fitted.interval.high, naive=100 * fitted.naive)
    return account, found


def _learnable(labels: Mapping[str, np.ndarray]) -> list[tuple[str, np.ndarray]]:
    return [(id_, mine) for id_, mine in labels.items() if mine.sum() >= method.data("personas")["smallest"]]


def _training(known: Sequence[tuple[str, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the people to learn from, a fixed sample of at most so many, and their classes."""
    settings = method.data("personas")
    classes = np.full(len(known[0][1]), -1)
    for number, (_, mine) in enumerate(known):
        classes[mine] = number
    rows = np.flatnonzero(classes >= 0)
    if len(rows) > settings["selection_rows"]:
        rows = np.sort(np.random.default_rng(settings["seed"]).choice(rows, size=settings["selection_rows"], replace=False))
    return rows, classes[rows]


def _is(item: Question) -> list[tuple[Answer, np.ndarray]]:
    """One column an answer; those taken together as other have none."""
    return [(Answer(attribute=item.attribute.id, name=item.attribute.name, choice=choice, low=choice.low, high=choice.high,
                    codes=(choice.code,) if choice.low is None else ()), item.chosen[:, j])
            for j, choice in enumerate(item.choices) if not choice.other]


def _tree_columns(item: Question) -> list[tuple[Answer, np.ndarray]]:
    """Columns that read well in a rule: this answer; of numbers and ordered scales, this answer or a higher one."""
    climbs = item.attribute.type in {"number", "ordered"} and not any(choice.other for choice in item.choices)
    if not climbs:
        return _is(item)
    return [(Answer(attribute=item.attribute.id, name=item.attribute.name, choice=choice, low=choice.low, onwards=True,
                    codes=tuple(later.code for later in item.choices[j:]) if choice.low is None else ()), item.chosen[:, j:].any(axis=1))
            for j, choice in enumerate(item.choices) if j > 0]


def _table(columns: list[tuple[Answer, np.ndarray]], rows: np.ndarray) -> np.ndarray:
    return np.column_stack([chosen[rows] for _, chosen in columns])


def _plain(conditions: list[Condition]) -> tuple[Condition, ...]:
    """Without what other conditions imply: of two lower limits the higher, and no `not B` beside `A` of one question."""
    given = {one.answer.attribute for one in conditions if one.holds and not one.answer.onwards}
    kept: dict[tuple[str, bool, bool, str], Condition] = {}
    for one in conditions:
        if not one.holds and one.answer.attribute in given:
            continue
        key = (one.answer.attribute, one.holds, one.answer.onwards, "" if one.answer.onwards else one.answer.choice.code)
        kept[key] = one
    return tuple(kept.values())


def _given(column: Answer, answer: object) -> bool:
    if answer is None:
        return False
    if column.low is not None or column.high is not None:
        try:
            value = float(answer)  # type: ignore[arg-type]
        except (TypeError, ValueError):
            return False
        return (column.low is None or value >= column.low) and (column.high is None or value <= column.high)
    said = answer if isinstance(answer, list | tuple | set) else str(answer).split("|")
    names = {*column.codes, *(text.casefold() for text in _labels(column))}
    return any(str(one) in names or str(one).casefold() in names for one in said)


def _labels(column: Answer) -> list[str]:
    label = column.choice.label
    if label is None or column.onwards:
        return []
    return [label] if isinstance(label, str) else list(label.values())
