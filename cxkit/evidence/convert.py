"""Text to numbers, codes and booleans by what is declared; nothing is guessed, and what does not fit is told apart."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

_SPACES = dict.fromkeys(map(ord, " \u00a0\u2009\u202f\u2007"), None)
_NUMBER = {".": re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?([eE][+-]?\d{1,2})?$|[+-]?\.\d+$"),
           ",": re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d*)?([eE][+-]?\d{1,2})?$|[+-]?,\d+$")}
_WHOLE = re.compile(r"([+-]?\d+)\.0+$")
_TRUE = frozenset({"1", "yes", "oui", "true", "vrai", "y", "o", "x"})
_FALSE = frozenset({"0", "no", "non", "false", "faux", "n"})


class Rejected(ValueError):
    """A cell that does not fit what is declared; the argument is the reason id."""


@dataclass(frozen=True)
class Converted:
    """A column after conversion: value, and for each cell one state: valid, missing or a reason for rejection.

    Parameters
    ----------
    values : one value a row, null where the cell is not valid.
    states : "" valid, "missing", else the reason id.
    """

    values: pd.Series
    states: pd.Series

    @property
    def rejected(self) -> pd.Series:
        """True where the cell was rejected."""
        return ~self.states.isin(["", "missing"])


def code(text: str) -> str:
    """A cell as a code: no outer spaces, whole numbers without decimals, so that 6.0 is the code 6."""
    text = text.strip()
    whole = _WHOLE.match(text)
    return whole.group(1) if whole else text


def convert(cells: pd.Series, missing: Iterable[str], parse: Callable[[str], Any], dtype: str) -> Converted:
    """Convert a column value by value; each distinct text is parsed once.

    Parameters
    ----------
    cells : the column as text.
    missing : codes for no answer, compared as codes; the empty cell is always one.
    parse : text to value; raises :class:`Rejected`.
    dtype : dtype of the values.
    """
    gone = {code(item) for item in missing} | {""}
    places, texts = pd.factorize(cells)
    values: list[Any] = [None] * len(texts)
    states = [""] * len(texts)
    for place, text in enumerate(texts):
        if code(text) in gone:
            states[place] = "missing"
            continue
        try:
            values[place] = parse(text)
        except Rejected as error:
            states[place] = str(error)
    column = pd.Series(values, dtype=dtype)
    return Converted(pd.Series(column.array.take(places, allow_fill=False), index=cells.index),
                     pd.Series(np.array(states, dtype=object)[places] if len(texts) else [], index=cells.index, dtype="str"))


def number_parser(decimal: str) -> Callable[[str], float]:
    """Parser of numbers with this decimal sign; spaces of any width may group thousands."""
    pattern, group = _NUMBER[decimal], "," if decimal == "." else "."

    def parse(text: str) -> float:
        plain = text.translate(_SPACES).replace("\u2212", "-")
        if not pattern.match(plain):
            raise Rejected("number")
        return float(plain.replace(group, "").replace(decimal, "."))

    return parse


def scale_parser(decimal: str, low: float, high: float, answers: Mapping[str, float] | None = None) -> Callable[[str], float]:
    """Parser of scores: numbers from ``low`` to ``high``, and answers in words by their number, in any case."""
    number, said = number_parser(decimal), {code(word).casefold(): value for word, value in (answers or {}).items()}

    def parse(text: str) -> float:
        value = said.get(code(text).casefold()) if said else None
        value = number(text) if value is None else value
        if not low <= value <= high:
            raise Rejected("scale")
        return value

    return parse


def positive_parser(decimal: str) -> Callable[[str], float]:
    """Parser of weights: numbers above zero."""
    number = number_parser(decimal)

    def parse(text: str) -> float:
        value = number(text)
        if value <= 0:
            raise Rejected("weight")
        return value

    return parse


def label_parser(labels: Iterable[str]) -> Callable[[str], str]:
    """Parser of codes: those of the code book where there is one, else any."""
    known = {code(label) for label in labels}

    def parse(text: str) -> str:
        value = code(text)
        if known and value not in known:
            raise Rejected("code")
        return value

    return parse


def truth(text: str) -> bool:
    """Yes or no, in the usual spellings."""
    word = code(text).lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise Rejected("truth")
