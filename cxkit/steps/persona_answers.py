"""What a persona answered: typical facts, lines of the sheet, scales, and what sets it apart."""

from dataclasses import dataclass

import numpy as np

from cxkit import method
from cxkit.statistics.multiple import benjamini_hochberg
from cxkit.statistics.shares import Difference, effective_n, two_proportions
from cxkit.steps.base import Estimate, Given, base_of
from cxkit.steps.persona_base import People, Question, mark_of, share
from cxkit.steps.persona_privacy import bounded, cell_shown
from cxkit.steps.persona_view import Distinction, Fact, Line, TraitLevel


def facts(given: Given, base: People, mine: np.ndarray, show: tuple[str, ...]) -> tuple[Fact, ...]:
    """The most frequent answer of each identity attribute with its share, in the client's order."""
    found = []
    for item in in_order(base, show):
        if item.attribute.role != "identity" or is_scale(item) or (show and item.attribute.id not in show):
            continue
        first = next(iter(ranked(item, base, mine)), None)
        if first and first[1].value is not None and cell_shown(first[1]):
            choice, estimate = first
            found.append(Fact(id=item.attribute.id, name=item.attribute.name, choice=choice, share=estimate,
                              mark=mark_of(given, item.source, estimate.n)))
    return tuple(found)


def in_order(base: People, show: tuple[str, ...]) -> list[Question]:
    """All questions, those that the client shows first and in the client's order."""
    rank = {name: i for i, name in enumerate(show)}
    return sorted(base.questions, key=lambda item: rank.get(item.attribute.id, len(rank)))


def attribute_lines(given: Given, base: People, mine: np.ndarray, show: tuple[str, ...]) -> dict[str, tuple[Line, ...]]:
    """The frequent answers of attributes that have a role (goals, needs, habits …), most frequent first."""
    settings = method.data("personas")
    lines: dict[str, list[Line]] = {}
    for item in in_order(base, show):
        section = settings["roles"].get(item.attribute.role)
        if section is None or is_scale(item):
            continue
        single = item.attribute.type == "ordered" or (section == "habits" and item.attribute.type != "multi")
        most = 1 if single else settings["listed"]["most"]
        for choice, estimate in ranked(item, base, mine)[:most]:
            if estimate.value is not None and estimate.value >= settings["listed"]["share"] and cell_shown(estimate):
                lines.setdefault(section, []).append(Line(attribute=item.attribute.name, choice=choice, share=estimate,
                                                          named=item.attribute.type == "ordered",
                                                          mark=mark_of(given, item.source, estimate.n)))
    return {section: tuple(found) for section, found in lines.items()}


def is_scale(item: Question) -> bool:
    """True for ordered answers that are bare numbers (1, 2, 3 …): a scale of which the mean is told, as a trait."""
    labels = [label if isinstance(label, str) else next(iter(label.values())) for label in item.attribute.labels.values()]
    codes = list(item.attribute.labels)
    return (item.attribute.type == "ordered" and len(codes) >= 3 and all(code.isdigit() for code in codes)
            and sum(code == label for code, label in zip(codes, labels, strict=True)) >= len(codes) - 2)


def scale_traits(given: Given, base: People, mine: np.ndarray) -> tuple[TraitLevel, ...]:
    """The mean answer on each numbered scale."""
    found = []
    for item in filter(is_scale, base.questions):
        asked = mine & item.asked & item.chosen.any(axis=1)
        if base_of(int(asked.sum())) in {"weak", "full"}:
            levels = np.array([float(choice.code) for choice in item.choices])[item.chosen[asked].argmax(axis=1)]
            mean = float(np.average(levels, weights=base.weights[asked]))
            found.append(TraitLevel(name=item.attribute.name, level=mean, most=int(max(item.attribute.labels, key=int)),
                                    n=int(asked.sum()), mark=mark_of(given, item.source, int(asked.sum()))))
    return tuple(found)


def distinctions(base: People, labels: dict[str, np.ndarray], formed: tuple[str, ...]) -> tuple[dict[str, tuple[Distinction, ...]], int]:
    """Each persona's answers against the rest of the base, largest first, and how many tests were run.

    All tests are one family for Benjamini–Hochberg. Cells under the minimum base give way to the bound that it gives.
    """
    limits = method.data("personas")["distinctive"]
    tests = []
    for persona, mine in labels.items():
        for item in base.questions:
            for j, choice in enumerate(item.choices):
                if not choice.other and item.attribute.role != "outcome" and (test := _against(item, j, base, mine)):
                    tests.append((persona, item, choice, test))
    found: dict[str, list[Distinction]] = {persona: [] for persona in labels}
    q_values = benjamini_hochberg([test.result.p for *_, test in tests]).q
    for (persona, item, choice, test), q in zip(tests, q_values, strict=True):
        if q is not None and q < limits["level"] and abs(test.result.value) * 100 >= limits["points"]:
            one = Distinction(attribute=item.attribute.id, name=item.attribute.name, choice=choice, share=test.share, others=100 * test.others,
                              difference=100 * test.result.value, p=test.result.p, q=q, formed=item.attribute.id in formed)
            if shown := bounded(one, test.rest, test.rest_base):
                found[persona].append(shown)
    return {persona: tuple(sorted(mine, key=lambda one: (-abs(one.difference), one.attribute, one.choice.code)))
            for persona, mine in found.items()}, len(tests)


def ranked(item: Question, base: People, mine: np.ndarray) -> list[tuple]:
    """Answers of the persona with their shares, most frequent first; answers taken together are left out."""
    asked = mine & item.asked
    found = [(choice, share(item.chosen[asked, j], base.weights[asked])) for j, choice in enumerate(item.choices) if not choice.other]
    return sorted(found, key=lambda pair: (-(pair[1].value or 0), pair[0].code))


@dataclass(frozen=True)
class _Test:
    """An answer in the persona against the rest; ``rest`` people of ``rest_base`` gave it outside."""

    share: Estimate
    result: Difference
    others: float
    rest: int
    rest_base: int


def _against(item: Question, j: int, base: People, mine: np.ndarray) -> _Test | None:
    inside, outside = mine & item.asked, ~mine & item.asked
    if {base_of(int(inside.sum())), base_of(int(outside.sum()))} & {"suppressed", "counts_only"}:
        return None
    estimate = share(item.chosen[inside, j], base.weights[inside])
    n_in, n_out = effective_n(base.weights[inside]), effective_n(base.weights[outside])
    gave = outside & item.chosen[:, j]
    rest = float(base.weights[gave].sum() / base.weights[outside].sum())
    return _Test(estimate, two_proportions(estimate.value / 100 * n_in, n_in, rest * n_out, n_out), rest, int(gave.sum()), int(outside.sum()))
