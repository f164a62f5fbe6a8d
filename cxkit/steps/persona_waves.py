"""Personas of one wave known again in the next, so that names, ids and colours stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment
from scipy.stats import norm

from cxkit import method
from cxkit.model.persona import Answers, Wave, WavePersona
from cxkit.steps.persona_base import People
from cxkit.steps.persona_verdict import PreviousWave
from cxkit.steps.persona_view import PersonaProfile


@dataclass(frozen=True)
class Match:
    """For each segment in order: the persona of the previous wave that it continues (None: new) and their distance 0..1."""

    before: tuple[WavePersona | None, ...]
    distances: tuple[float | None, ...]


def match(wave: Wave | None, base: People, members: Sequence[np.ndarray]) -> Match:
    """Pair segments with the personas drawn from data in the previous wave.

    Pairs have the least sum of distances (Kuhn 1955); a pair farther apart than the method's limit is broken: the one is new, the
    other gone. The distance of two profiles is the mean total variation distance over the attributes that both have.
    """
    drawn = [one for one in wave.personas if one.origin == "data"] if wave else []
    if not drawn or not members:
        return Match((None,) * len(members), (None,) * len(members))
    profiles = [answers(base, mine) for mine in members]
    costs = np.array([[distance(mine, one.answers) for one in drawn] for mine in profiles])
    pairs = dict(zip(*linear_sum_assignment(costs), strict=True))
    limit = method.data("personas")["same_persona"]
    found = [pairs.get(i) if i in pairs and costs[i, pairs[i]] <= limit else None for i in range(len(members))]
    return Match(tuple(None if j is None else drawn[j] for j in found),
                 tuple(None if j is None else float(costs[i, j]) for i, j in enumerate(found)))


def answers(base: People, mine: np.ndarray) -> dict[str, Answers]:
    """How people answered: shares of the codes, mean and deviation of numbers; attributes that enough of them answered."""
    found = {}
    for item in base.questions:
        asked = mine & item.asked
        if item.attribute.role == "outcome" or asked.sum() < method.data("personas")["smallest"]:
            continue
        if item.attribute.type == "number":
            values = pd.to_numeric(base.table[item.attribute.id], errors="coerce").to_numpy(dtype=float)[asked]
            weights = base.weights[asked]
            mean = float(np.average(values, weights=weights))
            found[item.attribute.id] = Answers(mean=round(mean, 4),
                                               deviation=round(float(np.sqrt(np.average((values - mean) ** 2, weights=weights))), 4))
        else:
            shares = base.weights[asked] @ item.chosen[asked] / base.weights[asked].sum()
            found[item.attribute.id] = Answers(shares={choice.code: round(float(value), 3)
                                                       for choice, value in zip(item.choices, shares, strict=True)})
    return found


def distance(mine: Mapping[str, Answers], other: Mapping[str, Answers]) -> float:
    """Mean total variation distance 0..1 over shared attributes; of numbers, that of two normal curves; 1 where nothing is shared."""
    shared = sorted(set(mine) & set(other))
    return float(np.mean([_apart(mine[name], other[name]) for name in shared])) if shared else 1.0


def colours(ids: Sequence[str], wave: Wave | None) -> dict[str, int]:
    """Persona → colour: the one of the previous wave, else the first that neither wave uses."""
    kept = {one.id: one.colour for one in wave.personas} if wave else {}
    given = {id_: kept[id_] for id_ in ids if id_ in kept}
    free = (number for number in range(len(kept) + len(ids)) if number not in kept.values())
    return given | {id_: next(free) for id_ in ids if id_ not in kept}


def free_ids(found: Match, wave: Wave | None) -> tuple[str, ...]:
    """An id for each segment: the one it had, else ``segment-<n>`` with a number that no persona bore."""
    used = {one.id for one in wave.personas} if wave else set()
    numbers = (f"segment-{number}" for number in range(1, len(used) + len(found.before) + 1) if f"segment-{number}" not in used)
    return tuple(before.id if before else next(numbers) for before in found.before)


def against(wave: Wave | None, profiles: Sequence[PersonaProfile]) -> PreviousWave | None:
    """What became of the previous wave's personas."""
    if wave is None:
        return None
    before = {one.id: one.name for one in wave.personas}
    now = {one.id for one in profiles}
    return PreviousWave(as_of=wave.as_of, kept=tuple(one.name for one in profiles if one.id in before),
                        new=tuple(one.name for one in profiles if one.id not in before),
                        gone=tuple(name for id_, name in before.items() if id_ not in now))


def _apart(mine: Answers, other: Answers) -> float:
    if mine.mean is not None and other.mean is not None:
        spread = np.sqrt(((mine.deviation or 0) ** 2 + (other.deviation or 0) ** 2) / 2)
        gap = abs(mine.mean - other.mean)
        return float(2 * norm.cdf(gap / (2 * spread)) - 1) if spread else float(gap > 0)
    codes = sorted(set(mine.shares) | set(other.shares))
    return min(1.0, 0.5 * sum(abs(mine.shares.get(code, 0) - other.shares.get(code, 0)) for code in codes))
