"""No sheet points at a person: no cell under the minimum base, no combination of answers that only a few people share."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cxkit import method
from cxkit.steps.base import Estimate
from cxkit.steps.persona_base import People
from cxkit.steps.persona_view import Distinction, Fact


@dataclass(frozen=True)
class Shown:
    """Facts that may be shown together, ids of those withheld, and how many people share all that is shown (None: nothing measured)."""

    facts: tuple[Fact, ...]
    withheld: tuple[str, ...]
    shared_by: int | None


def shared(base: People, headline: Sequence[Distinction], facts: Sequence[Fact]) -> Shown:
    """Keep the facts that, with the answers of the headline, enough people of the base have in common (Sweeney's k-anonymity).

    Facts are tried in their order; one that would bring the number of people who share all that is shown under the minimum base is
    withheld. Declared facts are fiction and pass, unless the data put a figure beside them.
    """
    least = method.data("thresholds")["base"]["suppressed"]
    together = np.ones(len(base), dtype=bool)
    for one in headline:
        together &= _with(base, one.attribute, one.choice.code)
    kept, withheld, measured = [], [], bool(headline)
    for fact in facts:
        if fact.choice is None:
            kept.append(fact)
            continue
        narrower = together & _with(base, fact.id, fact.choice.code)
        if narrower.sum() < least:
            withheld.append(fact.id)
            continue
        together, measured = narrower, True
        kept.append(fact)
    return Shown(tuple(kept), tuple(withheld), int(together.sum()) if measured else None)


def headline(base: People, over: Sequence[Distinction], most: int = 3) -> tuple[Distinction, ...]:
    """The answers that name a persona: the strongest ones that, together, enough people share; one a question."""
    least = method.data("thresholds")["base"]["suppressed"]
    together = np.ones(len(base), dtype=bool)
    found: list[Distinction] = []
    for one in over:
        narrower = together & _with(base, one.attribute, one.choice.code)
        if len(found) < most and narrower.sum() >= least and one.attribute not in {other.attribute for other in found}:
            together = narrower
            found.append(one)
    return tuple(found)


def cell_shown(estimate: Estimate) -> bool:
    """True where enough people gave the answer for its share to be a figure."""
    return estimate.counts.get("yes", 0) >= method.data("thresholds")["base"]["suppressed"]


def bounded(one: Distinction, rest: int, rest_base: int) -> Distinction | None:
    """A difference of which a cell is too small, with the bound that the minimum base gives in its place; None where nothing is left.

    Parameters
    ----------
    rest, rest_base : how many outside the persona gave the answer, and of how many.
    """
    least = method.data("thresholds")["base"]["suppressed"]
    small, small_rest = not cell_shown(one.share), rest < least
    if not small and not small_rest:
        return one
    value = 100 * least / one.share.n if small else one.share.value
    others = max(one.others, 100 * least / rest_base) if small_rest else one.others
    if (value - others) * one.difference <= 0:
        return None
    shown = one.share.model_copy(update={"value": value, "low": None, "high": None, "counts": {}}) if small else one.share
    return one.model_copy(update={"share": shown, "others": others, "difference": value - others, "at_most": "share" if small else "others"})


def _with(base: People, attribute: str, code: str) -> np.ndarray:
    item = next(item for item in base.questions if item.attribute.id == attribute)
    return item.chosen[:, next(j for j, choice in enumerate(item.choices) if choice.code == code)]
