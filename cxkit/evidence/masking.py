"""Personal data out of texts: typed placeholders in place of what the detectors find."""

import re
from collections import Counter
from dataclasses import dataclass

import pandas as pd
import phonenumbers
from stdnum import iban, luhn
from stdnum.fr import nir

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+\s?@\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{2,4}){3,8}\b")
_DIGITS = re.compile(r"\b\d(?:[ .-]?\d){12,18}\b")
_HAS = re.compile(r"[@\d]")


@dataclass(frozen=True)
class Masked:
    """A text with placeholders, and where in the original what was found: (start, end, kind)."""

    text: str
    spans: tuple[tuple[int, int, str], ...] = ()


def mask(text: str, language: str = "fr") -> Masked:
    """Replace personal data by typed placeholders."""
    found = _apart(_patterns(text, language))
    return Masked(_replaced(text, found), tuple(found))


def _patterns(text: str, language: str) -> list[tuple[int, int, str]]:
    if not _HAS.search(text):
        return []
    found = [(m.start(), m.end(), "email") for m in _EMAIL.finditer(text)]
    found += [(m.start(), m.end(), "iban") for m in _IBAN.finditer(text) if iban.is_valid(m.group())]
    for match in _DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if nir.is_valid(digits):
            found.append((match.start(), match.end(), "national_id"))
        elif len(digits) >= 13 and luhn.is_valid(digits):
            found.append((match.start(), match.end(), "card"))
    for match in phonenumbers.PhoneNumberMatcher(text, "FR" if language == "fr" else "US"):
        found.append((match.start, match.end, "phone"))
    return found


def _apart(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for span in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _replaced(text: str, found: list[tuple[int, int, str]]) -> str:
    for start, end, kind in reversed(found):
        text = f"{text[:start]}[{kind}]{text[end:]}"
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


def mask_codes(values: pd.Series, counts: Counter) -> pd.Series:
    """Mask what a code or category must never hold: numbers with checksums, phones, e-mail addresses."""
    places, texts = pd.factorize(values)
    made = [mask(text) for text in texts]
    if not any(item.spans for item in made):
        return values
    for place in places:
        if place >= 0:
            counts.update(kind for _, _, kind in made[place].spans)
    return pd.Series(pd.array([item.text for item in made], dtype="str").take(places, allow_fill=True), index=values.index)
