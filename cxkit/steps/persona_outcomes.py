"""What happened to a persona (left, renewed …), and to everyone who gave the answers that set it apart."""

from collections.abc import Sequence

import numpy as np

from cxkit import method
from cxkit.model.persona import BuyingPart
from cxkit.steps.base import Given, Mark, base_of
from cxkit.steps.persona_base import People, Question, mark_of, share
from cxkit.steps.persona_view import BuyingUse, Distinction, OutcomeRate, OutcomeRow


def outcomes(given: Given, base: People, mine: np.ndarray, apart: Sequence[Distinction]) -> tuple[OutcomeRate, ...]:
    """Each outcome attribute: its first answer's share in the persona, in the rest, and among all people with the telling answers.

    Telling answers set the persona apart; the one of each question, and those questions first, where the outcome is farthest from usual.
    """
    settings = method.data("personas")["outcome"]
    found = []
    for item in base.questions:
        if item.attribute.role != "outcome":
            continue
        asked, others = mine & item.asked, ~mine & item.asked
        if {base_of(int(asked.sum())), base_of(int(others.sum()))} & {"suppressed", "counts_only"}:
            continue
        happened, overall = item.chosen[:, 0], share(item.chosen[item.asked, 0], base.weights[item.asked])
        telling = [one for one in apart if one.difference > 0]
        rows = sorted((row for one in telling if (row := _row(base, item, mine, one))), key=lambda row: -abs(row.share.value - overall.value))
        first = {row.attribute: row for row in reversed(rows)}
        found.append(OutcomeRate(
            attribute=item.attribute.id, name=item.attribute.name, choice=item.choices[0], share=share(happened[asked], base.weights[asked]),
            others=100 * float(base.weights[others & happened].sum() / base.weights[others].sum()), everyone=overall.value,
            rows=tuple(row for row in rows if first[row.attribute] is row)[: settings["most"]],
            mark=mark_of(given, item.source, int(asked.sum()))))
    return tuple(found)


def buying(given: Given, base: People, mine: np.ndarray, declared: Sequence[BuyingPart]) -> tuple[BuyingUse, ...]:
    """Roles in the buying centre: those declared, with the share of contacts that play them where an attribute tells."""
    roles = method.data("personas")["buying_roles"]
    parts = {part.role: BuyingUse(role=part.role, mark=Mark(kind=part.evidence)) for part in declared}
    for item in base.questions:
        if item.attribute.role != "buying":
            continue
        asked = mine & item.asked
        for j, choice in enumerate(item.choices):
            estimate = share(item.chosen[asked, j], base.weights[asked])
            if choice.code in roles and estimate.value is not None and estimate.counts["yes"] >= method.data("thresholds")["base"]["suppressed"]:
                parts[choice.code] = BuyingUse(role=choice.code, share=estimate, mark=mark_of(given, item.source, estimate.n))
    return tuple(parts[role] for role in roles if role in parts)


def _row(base: People, outcome: Question, mine: np.ndarray, one: Distinction) -> OutcomeRow | None:
    item = next(item for item in base.questions if item.attribute.id == one.attribute)
    j = next(j for j, choice in enumerate(item.choices) if choice.code == one.choice.code)
    everyone, own = item.chosen[:, j] & outcome.asked, mine & item.asked
    rate = share(outcome.chosen[everyone, 0], base.weights[everyone])
    if rate.value is None:
        return None
    return OutcomeRow(attribute=one.attribute, name=one.name, choice=one.choice, share=rate, carried=share(item.chosen[own, j], base.weights[own]))
