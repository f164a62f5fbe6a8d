"""Faults in what a user gave: a stable code, where it is, what it is and what to do, in the reader's language."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from cxkit import plain_yaml
from cxkit.paths import template


@cache
def _catalog(language: str) -> Mapping[str, Mapping[str, str]]:
    path = template("words", f"errors.{language}.yaml")
    if not path.exists():
        return _catalog("en")
    return plain_yaml.load(path.read_text(encoding="utf-8"))


@dataclass(frozen=True, order=True)
class Fault:
    """One fault in an input.

    Parameters
    ----------
    code : stable code, ``CX-E`` and three digits; its texts are in templates/words/errors.<language>.yaml.
    where : ``file:line:column`` or the best known part of it; never a machine's absolute path.
    facts : what fills the texts. Never a value from a personal column.
    """

    code: str
    where: str = ""
    facts: tuple[tuple[str, str], ...] = field(default=())

    def text(self, language: str = "en") -> str:
        """One line: ``CX-E123 file:line:column — what — what to do``."""
        entry = _catalog(language)[self.code]
        facts = dict(self.facts)
        place = f"{self.code} {self.where}".strip()
        return f"{place} — {entry['what'].format(**facts)} — {entry['cure'].format(**facts)}"


def fault(code: str, where: str = "", **facts: object) -> Fault:
    """Make a :class:`Fault`; the facts are kept as text."""
    return Fault(code, where, tuple((key, str(value)) for key, value in facts.items()))


class CxError(Exception):
    """Refused input: one or more faults, told together, without a traceback for the user."""

    def __init__(self, faults: Fault | Iterable[Fault], language: str = "en"):
        self.faults = (faults,) if isinstance(faults, Fault) else tuple(faults)
        self.language = language
        super().__init__(self.text())

    def text(self, language: str | None = None) -> str:
        """All faults, one a line."""
        return "\n".join(fault.text(language or self.language) for fault in self.faults)

    def __reduce__(self):
        return (type(self), (self.faults, self.language))

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in a notebook instead of a traceback."""
        return self.text().splitlines()


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The known word nearest to ``word``, or an empty string."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return near[0] if near else ""
