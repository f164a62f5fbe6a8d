"""Personal data out of texts: typed placeholders in place of what the detectors find. Anonymity is not promised."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

import pandas as pd

from cxkit import method
from cxkit.evidence.personal.names import name_spans
from cxkit.evidence.personal.numbers import number_spans
from cxkit.evidence.personal.places import place_spans
from cxkit.words.catalog import Words, languages

Span = tuple[int, int, str]
_ORDER = {kind: rank for rank, kind in enumerate(("email", "account", "iban", "national_id", "card", "ip", "address", "phone", "plate",
                                                  "birth_date", "reference", "name"))}


@dataclass(frozen=True)
class Masked:
    """A text with placeholders, and where in the original what was found: (start, end, kind)."""

    text: str
    spans: tuple[Span, ...] = ()


def mask(text: str, language: str = "fr") -> Masked:
    """Replace personal data by typed placeholders.

    Parameters
    ----------
    text : any text.
    language : language of the text; chooses how phone numbers are read and how placeholders are worded.
    """
    spans = _apart([*number_spans(text, language), *place_spans(text), *name_spans(text)])
    return Masked(_replaced(text, spans, language), tuple(spans))


def special_categories(text: str) -> tuple[str, ...]:
    """Special categories of personal data (health, union, religion…) that a text mentions, for the human check."""
    any_of, each = _special()
    plain = text.lower()
    return tuple(name for name, pattern in each if pattern.search(plain)) if any_of.search(plain) else ()


@cache
def _special() -> tuple[re.Pattern, tuple[tuple[str, re.Pattern], ...]]:
    """One pattern for all categories, which most texts fail at once, and one for each."""
    patterns = sorted(method.data("personal")["special"].items())
    return re.compile("|".join(pattern for _, pattern in patterns)), tuple((name, re.compile(pattern)) for name, pattern in patterns)


@cache
def _placeholders(language: str) -> dict[str, str]:
    words = Words(language if language in languages() else "en")
    return {kind: words(f"evidence.masked.{kind}") for kind in _ORDER}


def placeholders() -> dict[str, str]:
    """Every placeholder in every language, and its kind."""
    return {f"[{word}]": kind for language in languages() for kind, word in _placeholders(language).items()}


def _apart(spans: list[Span]) -> list[Span]:
    """Spans that do not overlap: the surer kind wins, then the longer span; touching spans of one kind become one."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (_ORDER[span[2]], span[0] - span[1], span[0])):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return sorted(kept)


def _replaced(text: str, spans: list[Span], language: str) -> str:
    for start, end, kind in reversed(spans):
        text = f"{text[:start]}[{_placeholders(language)[kind]}]{text[end:]}"
    return text


def mask_texts(texts: pd.Series, languages: pd.Series, default: str, counts: Counter) -> pd.Series:
    """Mask a column of texts; what was masked is added to ``counts`` by kind."""
    made: dict[tuple[str, str], Masked] = {}
    out = []
    for text, language in zip(texts, languages.fillna(default), strict=True):
        if pd.isna(text):
            out.append(None)
            continue
        key = (text, language)
        if key not in made:
            made[key] = mask(text, language)
        counts.update(kind for _, _, kind in made[key].spans)
        out.append(made[key].text)
    return pd.Series(out, index=texts.index, dtype="str")


def mask_codes(values: pd.Series, counts: Counter, language: str = "fr") -> pd.Series:
    """Mask what a code or category must never hold: identifiers with a form, and a first name with its surname."""
    places, texts = pd.factorize(values)
    made = [_code_mask(text, language) for text in texts]
    if not any(item.spans for item in made):
        return values
    for place in places[places >= 0]:
        counts.update(kind for _, _, kind in made[place].spans)
    return pd.Series(pd.array([item.text for item in made], dtype="str").take(places, allow_fill=True), index=values.index)


def _code_mask(text: str, language: str) -> Masked:
    names = [span for span in name_spans(text) if " " in text[span[0]:span[1]]]
    numbers = [span for span in number_spans(text, language) if span[2] != "reference"]
    spans = _apart([*numbers, *names])
    return Masked(_replaced(text, spans, language), tuple(spans))
