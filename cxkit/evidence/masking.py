"""Personal data out of texts: typed placeholders in place of what the detectors find. Anonymity is not promised."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import pandas as pd

from cxkit import method
from cxkit.evidence.personal.names import name_spans
from cxkit.evidence.personal.numbers import number_spans
from cxkit.evidence.personal.places import place_spans
from cxkit.evidence.personal.sieve import Found, fold, sift
from cxkit.evidence.personal.words import name_words
from cxkit.mining.rupture import rupture
from cxkit.words.catalog import Words, languages

Span = tuple[int, int, str]
_FREE = re.compile(rb"\0+")
_ORDER = {kind: rank for rank, kind in enumerate(("email", "account", "iban", "national_id", "card", "ip", "address", "phone", "plate",
                                                  "birth_date", "reference", "name"))}


@dataclass(frozen=True)
class Masked:
    """A text with placeholders, and where in the original what was found: (start, end, kind)."""

    text: str
    spans: tuple[Span, ...] = ()


def mask(text: str, language: str = "fr", found: Found | None = None) -> Masked:
    """Replace personal data by typed placeholders.

    Parameters
    ----------
    text : any text.
    language : language of the text; chooses how phone numbers are read and how placeholders are worded.
    """
    found = found or sift(text)
    spans = _apart(text, [*number_spans(text, language, found), *place_spans(text, found), *name_spans(text, found)])
    return Masked(_replaced(text, spans, language), tuple(spans))


def special_categories(text: str, found: Found | None = None) -> tuple[str, ...]:
    """Special categories of personal data (health, union, religion…) that a text mentions, for the human check."""
    plain = text.lower()
    return tuple(name for name, pattern in _special() if pattern.search(plain)) if "special" in (found or sift(text)) else ()


@cache
def _special() -> tuple[tuple[str, re.Pattern], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in sorted(method.data("personal")["special"].items()))


@cache
def _placeholders(language: str) -> dict[str, str]:
    words = Words(language if language in languages() else "en")
    return {kind: words(f"evidence.masked.{kind}") for kind in _ORDER}


def placeholders() -> dict[str, str]:
    """Every placeholder in every language, and its kind."""
    return {f"[{word}]": kind for language in languages() for kind, word in _placeholders(language).items()}


def _apart(text: str, spans: list[Span]) -> list[Span]:
    """Spans that do not overlap: those of one kind grow together; a less sure kind keeps what surer ones leave of it."""
    taken, kept = bytearray(len(text)), []
    for kind in sorted({span[2] for span in spans}, key=_ORDER.__getitem__):
        for start, end in _grown([(start, end) for start, end, of in spans if of == kind]):
            left = [(start + part.start(), start + part.end()) for part in _FREE.finditer(taken[start:end])]
            sign = str.isalnum if (len(left) == 1 and left[0] == (start, end)) or kind == "name" else str.isdigit
            kept += [(first, last, kind) for first, last in left if any(map(sign, text[first:last]))]
            taken[start:end] = b"\1" * (end - start)
    return sorted(kept)


def _grown(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Overlapping ranges joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return joined


def _replaced(text: str, spans: list[Span], language: str) -> str:
    for start, end, kind in reversed(spans):
        text = f"{text[:start]}[{_placeholders(language)[kind]}]{text[end:]}"
    return text


class Examined(NamedTuple):
    """A column of texts after one pass: masked, whether it speaks of rupture, and mentions of special categories by category."""

    masked: pd.Series
    leaving: pd.Series
    special: Counter


def examine(texts: pd.Series, languages: pd.Series, default: str, counts: Counter) -> Examined:
    """Mask a column of texts and look for departures and special categories; each distinct text is looked at once.

    Parameters
    ----------
    texts : texts; null stays null.
    languages : two-letter codes, ``default`` where null.
    counts : what was masked is added to it, by kind.
    """
    seen: dict[tuple[str, str], tuple[str, bool, tuple[str, ...], tuple[str, ...]]] = {}
    out, leaving, special = [], [], Counter()
    for text, language in zip(texts.tolist(), languages.fillna(default).tolist(), strict=True):
        if not isinstance(text, str):
            out.append(None)
            leaving.append(False)
            continue
        key = (text, language)
        if key not in seen:
            found = sift(text)
            masked = mask(text, language, found)
            left = "leaving" in found and bool(rupture(text))
            seen[key] = masked.text, left, special_categories(text, found), tuple(kind for _, _, kind in masked.spans)
        plain, left, categories, kinds = seen[key]
        out.append(plain)
        leaving.append(left)
        counts.update(kinds)
        special.update(categories)
    return Examined(pd.Series(out, index=texts.index, dtype="str"), pd.Series(leaving, index=texts.index, dtype=bool), special)


def mask_texts(texts: pd.Series, languages: pd.Series, default: str, counts: Counter) -> pd.Series:
    """Mask a column of texts; what was masked is added to ``counts`` by kind."""
    return examine(texts, languages, default, counts).masked


def mask_codes(values: pd.Series, counts: Counter, language: str = "fr", *, people: bool = False, place: bool = False) -> pd.Series:
    """Mask what a code or category must never hold: identifiers with a form, and a first name with its surname.

    With ``people``, a column whose values are mostly names of persons ("DUPONT", "julie") is masked value by value; a column that codes
    personas or touchpoints is not: an id may be a name. With ``place``, the column is one of places, and only what is surely a person counts.
    """
    places, texts = pd.factorize(values)
    made = [_code_mask(text, language, place=place) for text in texts]
    if people and names_people(texts, place=place):
        made = [Masked(f"[{_placeholders(language)['name']}]", ((0, len(text), "name"),)) for text in texts]
    if not any(item.spans for item in made):
        return values
    for place in places[places >= 0]:
        counts.update(kind for _, _, kind in made[place].spans)
    return pd.Series(pd.array([item.text for item in made], dtype="str").take(places, allow_fill=True), index=values.index)


def nameable(names: Iterable[str]) -> list[str]:
    """The names of columns or sheets that a message may say: none where one holds personal data, since a file without header begins with a person."""
    names = list(names)
    return [] if any(mask(name).spans for name in names) else names


def is_place(*names: str) -> bool:
    """True where a column or attribute is called like a place: town, ville, store…"""
    pattern = re.compile(rf"(?:.*[ _-])?(?:{method.data('personal')['place_columns']})(?:[ _-].*)?", re.IGNORECASE)
    return any(pattern.fullmatch(name.strip()) for name in names)


def names_people(texts: Iterable[str], *, place: bool = False) -> bool:
    """True for at least three distinct values of one to three words, a quarter of them with a listed first name or half with a listed name.

    Of places, half must begin with a listed first name before another word.
    """
    words = name_words()
    parts = [[fold(part) for part in re.split(r"[\s.,_-]+", text)] for text in texts]
    plain = [part for part in parts if len(part) <= 3 and not any(sign.isdigit() for word in part for sign in word)]
    if place:
        return len(parts) >= 3 and 2 * sum(len(part) > 1 and part[0] in words.clear for part in plain) >= len(parts)
    first = sum(any(word in words.clear for word in part) for part in plain)
    named = sum(any(word in words.clear or word in words.surnames for word in part) for part in plain)
    return len(parts) >= 3 and (4 * first >= len(parts) or 2 * named >= len(parts))


def _code_mask(text: str, language: str, *, place: bool = False) -> Masked:
    surnames = name_words().surnames
    names = [(start, end, kind) for start, end, kind in name_spans(text) if " " in text[start:end]
             and not (place and fold(text[start:end].rsplit(" ", 1)[-1]) not in surnames)]
    numbers = [span for span in number_spans(text, language) if span[2] != "reference"]
    spans = _apart(text, [*numbers, *names])
    return Masked(_replaced(text, spans, language), tuple(spans))
