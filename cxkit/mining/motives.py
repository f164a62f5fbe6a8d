"""Needs, motivations and objections: clauses in which a customer says what is wished for, why it was chosen, what holds back. By rules."""

import re
from functools import cache
from typing import Literal

from cxkit import method
from cxkit.mining.clauses import clauses

Motive = Literal["needs", "motivations", "objections"]
MOTIVES: tuple[Motive, ...] = ("needs", "motivations", "objections")


def motives(text: str) -> tuple[tuple[Motive, str], ...]:
    """The clauses of a text that voice something, in order, each with the first motive whose rules it meets."""
    fewest, most = method.data("motives")["limits"]["words"]
    found = []
    for clause in clauses(text):
        plain = _rules("spared").sub(" ", clause.replace("’", "'").lower())
        motive = next((one for one in MOTIVES if _rules(one).search(plain)), None)
        if motive is not None and fewest <= len(clause.split()) <= most:
            found.append((motive, clause))
    return tuple(found)


@cache
def _rules(name: str) -> re.Pattern[str]:
    written = method.data("motives")[name]
    return re.compile("|".join(f"(?:{rule})" for language in sorted(written) for rule in written[language]))
