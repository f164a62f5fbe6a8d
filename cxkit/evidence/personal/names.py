"""Names of persons: after titles and triggers, by first names, at the close of a letter."""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from cxkit import method

Span = tuple[int, int, str]

_CAP = r"[A-ZÀ-ÖØ-ÞŒ][\w'’]*(?:-[A-ZÀ-ÖØ-ÞŒ]?[\w'’]+)*"
_PARTICLE = r"(?:de la|de|du|des|d'|d’|le|la|van der|van den|van|von|den|el|al|ben|ibn|bin|da|dos|di|della|Le|La|De|Du|El|Ben|Van|Mc|Mac|O')"
_SURNAME = rf"(?:(?:{_PARTICLE}[ ]?)*{_CAP})"
_TOKEN = re.compile(_CAP)
_NEXT = re.compile(rf"[ ]({_SURNAME})|[ ]([A-Z]\.)(?=[ ,.]|$)")
_INSIDE = re.compile(r"[\w:,.!;\n-][ \n]*[\s:,-][A-ZÀ-ÖØ-ÞŒ]")
_CLOSING = 120
_ABBREVIATED = frozenset({"mme", "mlle", "mr", "mrs", "ms"})
_LOWER_NAME = r"[\w'’-]{2,}"


class _Words(NamedTuple):
    clear: frozenset[str]
    ambiguous: frozenset[str]
    stop: frozenset[str]
    title: re.Pattern
    any_case: re.Pattern
    capital: re.Pattern
    closing: re.Pattern
    brands: re.Pattern
    places: re.Pattern


def fold(word: str) -> str:
    """A word without accents, in lower case."""
    return unicodedata.normalize("NFKD", word.replace("’", "'").replace("œ", "oe")).encode("ascii", "ignore").decode().lower()


@cache
def _words() -> _Words:
    data, lists = method.data("personal"), method.data("first_names")
    titles = "|".join([f"(?i:{title})" if len(title) > 2 else f"(?:{title.capitalize()}|{title.upper()}\\b(?=[ ][A-Z][a-z]))"
                       for title in sorted(data["titles"], key=len, reverse=True)] + ["(?i:mr|dr|ms)"])
    triggers = {part: "|".join(data["triggers"][part]) for part in data["triggers"]}
    return _Words(
        frozenset(lists["clear"].split()), frozenset(lists["ambiguous"].split()), frozenset(data["not_surnames"].split()),
        re.compile(rf"\b(?:{titles}|(?i:maître))\.?[ ]+(?:(?:et|and|&)[ ]+(?:{titles})\.?[ ]+)?"
                   rf"(?P<name>(?:[A-Z]\.[ ]?)*{_SURNAME}(?:[ ]{_SURNAME}){{0,2}}|(?<=[ ])[a-zà-ÿ]{{3,}})"),
        re.compile(rf"\b(?i:{triggers['any_case']})[ ]+(?P<name>{_LOWER_NAME}(?:[ ]{_LOWER_NAME}){{0,3}})"),
        re.compile(rf"\b(?i:{triggers['capital']})[ ]+(?P<name>(?:[A-Z]\.[ ]?)?{_SURNAME}(?:[ ]{_SURNAME}){{0,2}})"),
        re.compile(rf"\b(?i:{triggers['closing']})[ ,.!:;\n-]+(?P<name>(?:[A-Z]\.[ ]?)?{_CAP}(?:[ ]{_SURNAME}|[ ][A-Z]\.){{0,2}})[ .!]*$"),
        re.compile("|".join(rf"\b{re.escape(brand)}\b" for brand in sorted(data["brands"], key=len, reverse=True)), re.IGNORECASE),
        re.compile(rf"\b(?i:{data['places']})[ -](?:de |du |d')?(?:[A-Z][\w.'-]* )*$"))


def name_spans(text: str) -> list[Span]:
    """Spans of names, possibly overlapping."""
    words = _words()
    spans = [*_titled(text, words), *_triggered(text, words), *_listed(text, words)]
    guarded = [match.span() for match in words.brands.finditer(text)] if spans else []
    return [span for span in spans if not any(start < span[1] and span[0] < end for start, end in guarded)]


def _is_stop(token: str, words: _Words) -> bool:
    return fold(re.split(r"['’]", token)[0] if re.match(r"(?i)[cdjlmnst]['’]", token) else token) in words.stop


def _kept(text: str, start: int, end: int, words: _Words) -> int:
    """End of a name: it stops before the first word that is no name, 0 length where the first already is none."""
    last = start
    for token in re.finditer(r"\S+", text[start:end]):
        bare = token.group().strip(".,;:!?")
        if not re.fullmatch(_PARTICLE, bare) and _is_stop(bare, words):
            break
        last = start + token.start() + len(token.group().rstrip(".,;:!?") or token.group())
        if token.group()[-1] in ",;:!?":
            break
    return last


def _titled(text: str, words: _Words) -> list[Span]:
    spans = []
    for match in words.title.finditer(text):
        name = match.group("name")
        if name.islower():
            title = fold(match.group()[: match.start("name") - match.start()]).strip(" .")
            if len(title) < 2 or not _lower_surname(name, title, words):
                continue
        end = _kept(text, *match.span("name"), words)
        if end > match.start("name"):
            spans.append((match.start("name"), end, "name"))
    return spans


def _lower_surname(name: str, title: str, words: _Words) -> bool:
    """True where a word in lower case after a title is a name: any word that is no function word after an abbreviated title."""
    return fold(name) in words.clear or (title in _ABBREVIATED and len(name) > 3 and fold(name) not in words.stop)


def _triggered(text: str, words: _Words) -> list[Span]:
    spans = []
    for match in words.any_case.finditer(text):
        start, end = match.span("name")
        name = match.group("name")
        if name[0].isupper():
            capital = re.match(rf"{_CAP}(?:[ ]{_SURNAME}){{0,3}}", text[start:])
            limit = start + capital.end() if capital else start
        else:
            first = [fold(part) for part in name.split(" ")[:2]]
            limit = start + len(" ".join(name.split(" ")[:2])) if set(first) & (words.clear | words.ambiguous) else start
        end = _kept(text, start, limit, words)
        if end > start:
            spans.append((start, end, "name"))
    if not _INSIDE.search(text):
        return spans
    tail = max(0, len(text) - _CLOSING)
    for pattern, begin in ((words.capital, 0), (words.closing, tail)):
        for match in pattern.finditer(text, begin):
            end = _kept(text, *match.span("name"), words)
            if end > match.start("name"):
                spans.append((match.start("name"), end, "name"))
    return spans


def _listed(text: str, words: _Words) -> list[Span]:
    spans = []
    for match in _TOKEN.finditer(text):
        token = re.sub(r"['’]s?$", "", match.group())
        start, end = match.start(), match.start() + len(token)
        parts = [fold(part) for part in token.split("-")]
        if not any(part in words.clear or part in words.ambiguous for part in parts) or len(token) < 3 or _after_saint(text, start, words):
            continue
        clear = parts[0] in words.clear or (len(parts) > 1 and all(part in words.clear | words.ambiguous for part in parts))
        if len(parts) > 1 and not all(part in words.clear | words.ambiguous for part in parts):
            continue
        surname = _surname_end(text, end, words)
        before = re.search(r"\b([A-ZÀ-Þ]{3,}) $", text[:start])
        if before and not _is_stop(before.group(1), words) and not text.isupper() and clear:
            start = before.start(1)
        if clear or surname > end:
            spans.append((start, max(end, surname), "name"))
    return spans


def _surname_end(text: str, end: int, words: _Words) -> int:
    """Where the surname after a first name ends; ``end`` where none follows."""
    for _ in range(3):
        following = _NEXT.match(text, end)
        if not following:
            break
        surname = following.group(1) or following.group(2)
        bare = re.sub(r"['’]s$", "", surname)
        first = bare.split(" ")[-1]
        if following.group(1) and (_is_stop(first, words) or (first.isupper() and len(first) < 3)):
            break
        end = following.start() + 1 + len(bare)
    return end


def _after_saint(text: str, start: int, words: _Words) -> bool:
    """True where the name belongs to a place: Saint-Denis, rue Marie Curie, gare de Lyon."""
    return bool(words.places.search(text[:start]))
