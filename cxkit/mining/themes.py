"""Themes: touchpoint × cause. The cause is matched by phrases on embeddings, the touchpoint by the words that name it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from cxkit import method
from cxkit.mining.embedding import installed
from cxkit.mining.matcher import Matcher, learn_matcher

GENERAL = "general"
"""The node of what speaks of no cause: not a theme."""


@dataclass(frozen=True)
class Taxonomy:
    """A taxonomy ready to match: the method's with what a client adds.

    Attributes
    ----------
    matcher : clauses → probability of each cause.
    touchpoints : touchpoint id → pattern of the words that name it, the client's own first.
    """

    matcher: Matcher
    touchpoints: tuple[tuple[str, re.Pattern[str]], ...]

    def causes(self, clauses: Sequence[str]) -> list[str | None]:
        """The cause that each clause speaks of; None where none is probable enough."""
        least = method.data("mining")["themes"]["least_share"]
        shares = self.matcher.shares(clauses)
        best = shares.argmax(axis=1) if len(clauses) else []
        nodes = self.matcher.nodes
        return [nodes[node] if shares[row, node] >= least and nodes[node] != GENERAL else None for row, node in enumerate(best)]

    def named(self, clause: str) -> str | None:
        """The touchpoint that a clause names: the one named first, the client's before the generic ones."""
        plain = fold(clause)
        found = [(order, match.start(), name) for order, (name, words) in enumerate(self.touchpoints) if (match := words.search(plain))]
        return min(found)[2] if found else None


def taxonomy(causes: Mapping[str, Sequence[str]] = {}, touchpoints: Mapping[str, Sequence[str]] = {}) -> Taxonomy:
    """The method's taxonomy, extended.

    Parameters
    ----------
    causes : cause id → further phrases; an id of the method's is taught more, another is a new cause.
    touchpoints : the client's touchpoint id → words that name it. Only these are named where there are some.
    """
    taught = tuple((cause, tuple(phrases)) for cause, phrases in causes.items())
    words = {name: tuple(items) for name, items in touchpoints.items()} or {name: _both(items) for name, items in _written()["touchpoints"].items()}
    return Taxonomy(_matcher(taught), tuple((name, _pattern(items)) for name, items in words.items()))


def words_of(touchpoint: str) -> tuple[str, ...]:
    """Words of the generic touchpoint of that id; none where the method has none."""
    written = _written()["touchpoints"].get(touchpoint)
    return _both(written) if written else ()


def fold(text: str) -> str:
    """Lower case without accents, straight apostrophes."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("’", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@cache
def _matcher(taught: tuple[tuple[str, tuple[str, ...]], ...]) -> Matcher:
    phrases = {cause: list(_both(written)) for cause, written in _written()["causes"].items()}
    for cause, further in taught:
        phrases.setdefault(cause, []).extend(further)
    return learn_matcher(phrases, "use" if installed("use") else "words")


def _both(written: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    return tuple(item for language in sorted(written) for item in written[language])


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    parts = [re.escape(fold(word.rstrip("*"))) + (r"\w*" if word.endswith("*") else r"\b") for word in words]
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + ")")


def _written() -> Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]:
    return method.data("themes")
