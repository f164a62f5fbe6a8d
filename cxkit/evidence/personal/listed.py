"""Names of persons by lists of first names and surnames."""

import re

from cxkit.evidence.personal.framed import acts
from cxkit.evidence.personal.sieve import fold, is_unknown
from cxkit.evidence.personal.words import CAP, SURNAME, NameWords, Span, is_stop

_TOKEN = re.compile(CAP)
_NEXT = re.compile(rf"[ ]([A-Z]\.)(?=[ ,.!?]|$)|[ ](?:[\"'«“(][ ]?{CAP}[ ]?[\"'»”)][ ])?({SURNAME})")
_LOWER = re.compile(r"(?<![\w@.'’-])[a-zà-ÿ]{3,}(?:-[a-zà-ÿ]{2,})?(?![\w@])")
_AFTER = re.compile(r"[ ]([a-zà-ÿ'’-]{4,})(?![\w@.])|[ ]([a-zà-ÿ'’-]{4,})(?=\.(?!\w))")
_UPPER_BEFORE = re.compile(r"\b([A-ZÀ-Þ]{3,}) $")
_WORD_BEFORE = re.compile(r"([\w-]+) $")
_BACK = 60
_LOWER_NEXT = re.compile(r"[ ]((?:(?:de|du|la|le|el|ben|van|von|da|di) )?[A-Za-zÀ-ÿ][\w'’-]{2,})")


def listed(text: str, words: NameWords) -> list[Span]:
    """Spans of first names, with the surname that follows or stands before in capitals."""
    return [*_capitals(text, words), *_lower(text, words)]


def _capitals(text: str, words: NameWords) -> list[Span]:
    spans, shouted = [], text.isupper()
    for match in _TOKEN.finditer(text):
        token = re.sub(r"['’]s?$", "", match.group())
        start, end = match.start(), match.start() + len(token)
        parts = [fold(part) for part in token.split("-")]
        if not any(part in words.clear or part in words.ambiguous for part in parts) or len(token) < 3 or _after_place(text, start, words):
            continue
        if token.isupper() and len(token) < 5 and not shouted and not re.match(r" [A-ZÀ-Þ]", text[end:end + 2]):
            continue
        if len(parts) > 1 and not all(part in words.clear or part in words.ambiguous for part in parts):
            continue
        clear = parts[0] in words.clear or len(parts) > 1
        surname = _surname_end(text, end, words)
        if not clear and surname > end and not _sure_surname(parts[0], text[end:surname], words):
            continue
        before = _UPPER_BEFORE.search(text, max(0, start - _BACK), start)
        if before and not is_stop(before.group(1), words) and fold(before.group(1)) not in words.companies and not shouted and clear:
            start = before.start(1)
        if words.place_after.match(text, end) or words.place_after.match(text, surname):
            continue
        if surname <= end and start == match.start() and _thing(text, start, end, words):
            continue
        if clear or surname > end:
            spans.append((start, max(end, surname), "name"))
    return spans


def _sure_surname(first: str, following: str, words: NameWords) -> bool:
    """True where what follows an ambiguous first name reads as a surname: listed, or a capital where the first name is mostly a person's."""
    name = following.strip()
    last = fold(name.split(" ")[-1])
    if last in words.surnames or last in words.surname_words or (len(last) > 3 and is_unknown(name.split(" ")[-1])):
        return True
    return first not in words.things and last not in words.companies and (not name.isupper() or len(name) == 2)


def _surname_end(text: str, end: int, words: NameWords) -> int:
    """Where the surname after a first name ends; ``end`` where none follows."""
    for _ in range(3):
        following = _NEXT.match(text, end)
        if not following:
            break
        surname = following.group(1) or following.group(2)
        bare = re.sub(r"['’]s$", "", surname)
        first = bare.split(" ")[-1]
        if following.group(2) and (is_stop(first, words) or re.fullmatch("[IVX]{1,4}", first) or (first.isupper() and len(first) < 3)):
            break
        end = following.end() - len(surname) + len(bare)
    lower = _AFTER.match(text, end)
    return lower.end() if lower and fold(lower.group(1) or lower.group(2)) in words.surnames else end


def _lower(text: str, words: NameWords) -> list[Span]:
    """First names in lower case: beside a listed surname, or alone where the name is no word."""
    spans = []
    for match in _LOWER.finditer(text):
        parts = [fold(part) for part in match.group().split("-")]
        if not all(part in words.clear or part in words.ambiguous for part in parts) or _after_place(text, match.start(), words):
            continue
        following = _LOWER_NEXT.match(text, match.end())
        surname = following is not None and fold(following.group(1).split(" ")[-1]) in words.surnames
        if surname:
            spans.append((match.start(), following.end(), "name"))
        elif len(parts) > 1 or (parts[0] in words.clear and (parts[0] not in words.plain or acts(text, match.end()))):
            spans.append((match.start(), match.end(), "name"))
    return spans


def _thing(text: str, start: int, end: int, words: NameWords) -> bool:
    """True where a first name alone names a product, a shop, a place or a machine by the word beside it."""
    before = _WORD_BEFORE.search(text, max(0, start - 20), start)
    of_company = before and (before.group(1) in ("in", "In") or fold(before.group(1)) in words.companies)
    return bool(of_company or words.product_after.match(text, end) or words.product_before.search(text, max(0, start - 40), start))


def _after_place(text: str, start: int, words: NameWords) -> bool:
    """True where the name belongs to a place: Saint-Denis, rue Marie Curie, gare de Lyon."""
    return bool(words.places.search(text, max(0, start - _BACK), start))
