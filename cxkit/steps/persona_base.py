"""The base of the personas: one row a person, and the attributes as questions with their answers."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxkit import method
from cxkit.evidence.tables import COLUMNS
from cxkit.model.attribute_books import attributes_of
from cxkit.model.source import Attribute
from cxkit.statistics.shares import effective_n, wilson
from cxkit.steps.base import Estimate, Given, Mark, base_of
from cxkit.steps.persona_view import Choice


@dataclass(frozen=True)
class Question:
    """An attribute over the people: who was asked, shape (n,), and what each chose, shape (n, choices)."""

    attribute: Attribute
    source: str
    choices: tuple[Choice, ...]
    asked: np.ndarray
    chosen: np.ndarray


@dataclass(frozen=True)
class People:
    """The base: one row a person, ordered by pseudonym; weights of shape (n,)."""

    table: pd.DataFrame
    weights: np.ndarray
    questions: tuple[Question, ...]

    def __len__(self) -> int:
        return len(self.table)


def people(given: Given) -> People:
    """One row a person from the ``respondents`` table; what several sources say is brought together by pseudonym."""
    rows = given.evidence["respondents"]
    rows = rows[rows["respondent"].notna()].sort_values(["respondent", "source", "row"], kind="stable")
    table = rows.groupby("respondent", sort=True).first()
    weights = table["weight"].astype(float).fillna(1.0).to_numpy() if len(table) else np.ones(0)
    found = [question(table, attribute, source) for attribute, source in attributes_of(given.folder.client).values()
             if attribute.id in table.columns and attribute.id not in COLUMNS["respondents"]]
    return People(table, weights, tuple(item for item in found if item.asked.any() and item.choices))


def question(table: pd.DataFrame, attribute: Attribute, source: str) -> Question:
    """The answers to an attribute: by code, by range of numbers, or one choice an option."""
    answers = table[attribute.id]
    asked = answers.notna().to_numpy()
    if attribute.type == "number":
        choices, chosen = _ranges(pd.to_numeric(answers, errors="coerce").to_numpy(dtype=float))
    elif attribute.type == "multi":
        choices, chosen = _options(answers.astype("string").fillna(""), attribute)
    else:
        choices, chosen = _codes(answers.astype("string"), attribute)
    return Question(attribute, source, choices, asked, chosen & asked[:, None])


def share(chosen: np.ndarray, weights: np.ndarray) -> Estimate:
    """Weighted share in % of the chosen among those given, Wilson interval on the effective base; small bases suppressed."""
    n, base = len(chosen), base_of(len(chosen))
    n_eff = effective_n(weights) if n else 0.0
    counts = {"yes": int(chosen.sum())} if base != "suppressed" else {}
    if base in {"suppressed", "counts_only"} or not n_eff:
        return Estimate(metric="share", n=n, n_eff=n_eff, base=base, counts=counts)
    value = float(weights[chosen].sum() / weights.sum())
    bounds = wilson(value * n_eff, n_eff)
    return Estimate(metric="share", value=100 * value, low=100 * bounds.low, high=100 * bounds.high, n=n, n_eff=n_eff, base=base,
                    counts=counts)


def mark_of(given: Given, source: str | None, n: int) -> Mark:
    """The mark of a source for ``n`` answers; measured where the source is not listed."""
    for mark in given.evidence.sources:
        if mark.source == source:
            return Mark(kind=mark.evidence, n=n, start=mark.start, end=mark.end, sources=(mark.source,))
    return Mark(kind="measured", n=n, start=given.evidence.start, end=given.evidence.end)


def _codes(answers: pd.Series, attribute: Attribute) -> tuple[tuple[Choice, ...], np.ndarray]:
    counts = answers.value_counts()
    known = [code for code in attribute.labels if code in counts.index]
    order = known + sorted(set(counts.index) - set(known), key=lambda code: (-counts[code], code))
    limit = method.data("personas")["most_options"]
    kept = order if len(order) <= limit else sorted(order, key=lambda code: (-counts[code], order.index(code)))[: limit - 1]
    kept = [code for code in order if code in set(kept)]
    choices = [Choice(code=code, label=attribute.labels.get(code, code)) for code in kept]
    chosen = [(answers == code).fillna(False).to_numpy(dtype=bool) for code in kept]
    if len(kept) < len(order):
        choices.append(Choice(code="other", other=True))
        chosen.append((answers.notna() & ~answers.isin(kept)).to_numpy(dtype=bool))
    return tuple(choices), np.column_stack(chosen) if chosen else np.zeros((len(answers), 0), dtype=bool)


def _options(answers: pd.Series, attribute: Attribute) -> tuple[tuple[Choice, ...], np.ndarray]:
    sets = [set(answer.split("|")) - {""} for answer in answers]
    labels = attribute.labels or attribute.columns
    order = list(labels) + sorted(set().union(*sets) - set(labels)) if sets else []
    chosen = [np.array([code in picked for picked in sets]) for code in order]
    used = [index for index, column in enumerate(chosen) if column.any()]
    choices = tuple(Choice(code=order[index], label=labels.get(order[index], order[index])) for index in used)
    return choices, np.column_stack([chosen[index] for index in used]) if used else np.zeros((len(answers), 0), dtype=bool)


def _ranges(values: np.ndarray) -> tuple[tuple[Choice, ...], np.ndarray]:
    """Ranges that hold about as many people each; few different values stand alone."""
    known = values[np.isfinite(values)]
    if not known.size:
        return (), np.zeros((len(values), 0), dtype=bool)
    bins = method.data("personas")["number_bins"]
    single = np.unique(known)
    if len(single) <= bins:
        lows, highs = single, single
    else:
        cuts = np.unique(np.quantile(known, np.arange(1, bins) / bins, method="higher"))
        lows = np.unique([known.min(), *cuts])
        highs = np.array([known[known < following].max() for following in lows[1:]] + [known.max()])
    choices = tuple(Choice(code=f"{low:g}-{high:g}", low=float(low), high=float(high)) for low, high in zip(lows, highs, strict=True))
    with np.errstate(invalid="ignore"):
        return choices, np.column_stack([(values >= low) & (values <= high) for low, high in zip(lows, highs, strict=True)])
