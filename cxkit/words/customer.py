"""The word for the person whose journey is mapped: customer, patient, user… said throughout a catalog.

The catalogs are written with "customer" and "client". English keeps the two apart (a client is the organisation under
study); French has one word for both, so a French text speaks of the organisation only where the English text of its key does.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

_ENGLISH = re.compile(r"(?<![{\w])customer(s?)(?![\w}])", re.IGNORECASE)
_ENGLISH_FIELD = re.compile(r"(?<![{\w])customer(s?)(?![\w}]|[ -](?:journey|experience))", re.IGNORECASE)
_CLIENT = r"(?:(?P<article>le|du|au|de|ce) )?client(?P<plural>s?)(?: final)?(?![\w}]|\.yaml)"
_FRENCH = re.compile(rf"(?<![{{\w]){_CLIENT}", re.IGNORECASE)
_FRENCH_FIELD = re.compile(rf"(?<![{{\w])(?<!parcours )(?<!expérience ){_CLIENT}", re.IGNORECASE)
_BRAND = {"fr": re.compile(r"(?<![{\w])(?P<article>la )?marque(?![\w}])", re.IGNORECASE),
          "en": re.compile(r"(?<![{\w])brand(?![\w}])", re.IGNORECASE)}
_COMPANY = re.compile(r"(?<![{\w])entreprise(?![\w}])", re.IGNORECASE)
_ELIDED = {"le": "l'", "du": "de l'", "au": "à l'", "de": "d'", "ce": "cet "}
_VOWELS = "aeiouyéèêh"


def said(entry: Any, english: Any, words: Mapping[str, str], language: str) -> Any:
    """A part of a catalog with the customer called by another word.

    Parameters
    ----------
    entry, english : the same part of the catalog in ``language`` and in English; nested mappings, lists and texts.
    words : plural category ``one`` and ``other`` → word, in ``language``; ``organisation`` → what the brand is called;
        ``field`` where the field's own terms stay: a business contact takes a customer journey.
    """
    if isinstance(entry, Mapping):
        return {key: said(value, english[key] if isinstance(english, Mapping) and key in english else english, words, language)
                for key, value in entry.items()}
    if isinstance(entry, list):
        pairs = zip(entry, english, strict=True) if isinstance(english, list) and len(english) == len(entry) else ((one, one) for one in entry)
        return [said(value, other, words, language) for value, other in pairs]
    if not isinstance(entry, str):
        return entry
    told = _all_text(english)
    entry = _organisation(entry, told, words.get("organisation", ""), language)
    if _of_the_client(told):
        return entry
    kept = "field" in words
    if language == "fr":
        return (_FRENCH_FIELD if kept else _FRENCH).sub(_french(words), entry)
    return (_ENGLISH_FIELD if kept else _ENGLISH).sub(_plain(words), entry)


def _organisation(entry: str, english: str, word: str, language: str) -> str:
    """A hospital is no brand and no company: both are called by the word, where there is one."""
    if not word:
        return entry
    if language == "fr" and "client" in english.lower():
        entry = _COMPANY.sub(lambda found: _as_written(found[0], word), entry)
    if language not in _BRAND or not _BRAND["en"].search(english):
        return entry
    return _BRAND[language].sub(lambda found: _as_written(found[0], f"l'{word}" if language == "fr" and found["article"] else word), entry)


def _of_the_client(english: str) -> bool:
    return "client" in english.lower() and not _ENGLISH.search(english)


def _all_text(english: Any) -> str:
    """The English text, or those of all plural categories: a language may count in more categories than English."""
    return " ".join(map(_all_text, english.values())) if isinstance(english, Mapping) else str(english)


def _plain(words: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    def word(found: re.Match[str]) -> str:
        return _as_written(found[0], words["other" if found[1] else "one"])
    return word


def _french(words: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    def word(found: re.Match[str]) -> str:
        article, new = found["article"], words["other" if found["plural"] else "one"]
        if article is None:
            return _as_written(found[0], new)
        if new[0] not in _VOWELS:
            return f"{article} {new}"
        return _as_written(article, _ELIDED[article.lower()]) + new
    return word


def _as_written(old: str, new: str) -> str:
    return new[0].upper() + new[1:] if old[0].isupper() else new
