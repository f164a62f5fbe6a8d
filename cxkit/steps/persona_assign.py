"""Who belongs to which declared persona: by what the evidence says, else by the declared rules."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxkit.evidence.tables import Evidence
from cxkit.model.persona import Persona, Rule
from cxkit.steps.persona_base import People, Question
from cxkit.steps.persona_verdict import Coverage

_NAMED_IN = (("scores", "respondent"), ("verbatims", "respondent"), ("complaints", "respondent"), ("interactions", "customer"))


@dataclass(frozen=True)
class Declared:
    """Pseudonym → persona id, how the rules cover the people, and whom missing answers leave open, boolean (n,)."""

    assignments: dict[str, str]
    coverage: Coverage
    left_open: np.ndarray


def assign(personas: Sequence[Persona], base: People, evidence: Evidence) -> Declared:
    """Assign each person to one declared persona, or to none.

    What a source states goes first. Else the persona whose rules all hold; of several, the one with most rules; a tie is left
    unassigned. A person whose answers leave a rule open, and who matches no persona, is counted as unknown.
    """
    ids = [persona.id for persona in personas]
    ruled = [persona for persona in personas if persona.rules]
    held = [_all([_holds(rule, base) for rule in persona.rules], len(base)) for persona in ruled]
    matches = np.column_stack(held) if ruled else np.zeros((len(base), 0))
    count, unknown = (matches == 1).sum(axis=1), np.isnan(matches).any(axis=1)
    assignments = {}
    for row, pseudonym in enumerate(base.table.index):
        chosen = _most_specific([persona for j, persona in enumerate(ruled) if matches[row, j] == 1])
        if chosen:
            assignments[pseudonym] = chosen
    stated = _stated(ids, base, evidence)
    ruled_out = count == 0
    coverage = Coverage(respondents=len(base), one=int((count == 1).sum()), several=int((count > 1).sum()),
                        none=int((ruled_out & ~unknown).sum()) if ruled else 0,
                        unknown=int((ruled_out & unknown).sum()) if ruled else 0,
                        stated=sum(pseudonym in base.table.index for pseudonym in stated))
    left_open = ruled_out & unknown & ~base.table.index.isin(list(stated))
    return Declared(dict(sorted((assignments | stated).items())), coverage, left_open)


def _stated(ids: list[str], base: People, evidence: Evidence) -> dict[str, str]:
    """The persona that the evidence names most often for a pseudonym; the respondents table goes first."""
    stated: dict[str, str] = {}
    for table, key in _NAMED_IN:
        rows = evidence[table]
        rows = rows[rows["persona"].isin(ids) & rows[key].notna()]
        counts = rows.groupby([key, "persona"], sort=True).size().reset_index(name="n")
        for row in counts.sort_values([key, "n", "persona"], ascending=[True, False, True], kind="stable").itertuples():
            stated.setdefault(getattr(row, key), row.persona)
    if "persona" in base.table:
        own = base.table["persona"][base.table["persona"].isin(ids)]
        stated |= own.to_dict()
    return stated


def _holds(rule: Rule, base: People) -> np.ndarray:
    """1 where the rule holds, 0 where it does not, NaN where the answer is missing."""
    item = next((q for q in base.questions if q.attribute.id == rule.attribute), None)
    if item is None:
        return np.full(len(base), np.nan)
    return np.where(item.asked, _answers(rule, item, base.table[rule.attribute]).astype(float), np.nan)


def _answers(rule: Rule, item: Question, answers: pd.Series) -> np.ndarray:
    holds = np.ones(len(answers), dtype=bool)
    if rule.values:
        wanted = set(rule.values)
        if item.attribute.type == "multi":
            holds &= answers.astype("string").fillna("").map(lambda text: bool(wanted & set(text.split("|")))).to_numpy(dtype=bool)
        else:
            holds &= answers.map(_text).isin(wanted).to_numpy(dtype=bool)
    if rule.least is not None or rule.most is not None:
        numbers = pd.to_numeric(answers, errors="coerce").to_numpy(dtype=float)
        least, most = (-np.inf if rule.least is None else rule.least), (np.inf if rule.most is None else rule.most)
        with np.errstate(invalid="ignore"):
            holds &= (numbers >= least) & (numbers <= most)
    return holds


def _text(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _all(rules: Sequence[np.ndarray], n: int) -> np.ndarray:
    """Three-valued conjunction: false beats unknown beats true."""
    grid = np.array([np.asarray(rule, dtype=float) for rule in rules]).reshape(-1, n)
    return np.where((grid == 0).any(axis=0), 0.0, np.where(np.isnan(grid).any(axis=0), np.nan, 1.0))


def _most_specific(personas: list[Persona]) -> str | None:
    if not personas:
        return None
    most = max(len(persona.rules) for persona in personas)
    first = [persona.id for persona in personas if len(persona.rules) == most]
    return first[0] if len(first) == 1 else None
