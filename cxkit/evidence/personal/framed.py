"""Names told by their sentence alone: where somebody works, who they are, what only people do; an initial, a short form, a surname nobody listed."""

import re
from functools import cache
from typing import NamedTuple

from cxkit import method
from cxkit.evidence.personal.sieve import Found, fold, is_unknown, of_kind
from cxkit.evidence.personal.words import SURNAME, NameWords, Span, is_stop

_WORD = r"(?:[OD]['’])?[A-ZÀ-ÖØ-ÞŒ][\w]*(?:-[A-ZÀ-ÖØ-ÞŒ]?\w+)*"
_NAME = rf"(?<![\w@.'’/-])(?P<name>{_WORD})(?P<more>(?:[ ]{SURNAME})?)"
_INITIAL = re.compile(rf"(?<![\w.&])(?P<name>[A-Z]\.[ ]?(?:[A-Z]\.[ ]?)?(?P<last>{SURNAME}))")
_SELF = re.compile(rf"\b(?:I['’]m|I am|[Jj]e suis)[ ](?P<name>{_WORD}(?:[ ]{SURNAME})?)(?=[,.!;]| (?:and|et|from|de) )")
_SHORT = re.compile(r"(?<![\w-])(?P<first>[A-ZÀ-Þ][a-zà-ÿ]{3,})-(?P<short>[A-ZÀ-Þ][a-zà-ÿ]{1,3})(?![\w-])")
_SIGNED = re.compile(r"(?:^|[.!?,\n][ ]?)(?P<name>[A-Za-zÀ-ÿ][\w'’-]+(?:[ ][A-Za-zÀ-ÿ][\w'’-]+){1,3})$")
_LEAST, _BACK = 4, 60


class _Frames(NamedTuple):
    sure: re.Pattern
    ambiguous: re.Pattern
    before: re.Pattern
    after: re.Pattern
    customer: re.Pattern
    nobody: re.Pattern


@cache
def _frames() -> _Frames:
    data = method.data("personal")
    roles = "|".join([*data["roles"], data["people"]])
    sure, ambiguous = ("|".join(data["frames"][kind]).replace("ROLE", roles) for kind in ("sure", "ambiguous"))
    return _Frames(re.compile(rf"{_NAME}(?=(?i:{sure}))"), re.compile(rf"{_NAME}(?=(?i:{ambiguous}))"),
                   re.compile(rf"\b(?i:{data['frames']['before']})(?P<name>{_WORD})(?P<more>(?:[ ]{SURNAME})?)"), re.compile(rf"(?i:{ambiguous})"),
                   re.compile(rf", (?i:{data['frames']['customer']})\b"),
                   re.compile(rf"(?i:{roles})"))


def framed(text: str, found: Found, words: NameWords) -> list[Span]:
    """Spans of names in a text that holds a first name that is a word, too, or a word with a capital that no list knows."""
    spans = []
    if "initial" in found:
        spans += [(m.start("name"), m.end("name"), "name") for m in _INITIAL.finditer(text) if fold(m.group("last").split(" ")[-1]) in words.surnames]
    if "-" in text and "name" in found:
        spans += [(m.start(), m.end(), "name") for m in _SHORT.finditer(text)
                  if fold(m.group("first")) in words.clear and fold(m.group("short")) not in words.known]
    frames, unknown = _frames(), "unknown" in found
    if ", " in text:
        spans += [span for m in frames.customer.finditer(text) for span in _customer(text, m.start(), words)]
    if not unknown and "ambiguous" not in found:
        return spans
    for match in frames.sure.finditer(text):
        spans += _span(match, words, unknown=True)
    if "ambiguous" in found:
        for match in (*frames.ambiguous.finditer(text), *frames.before.finditer(text)):
            spans += _span(match, words, unknown=False)
    if unknown:
        spans += [(m.start("name"), m.end("name"), "name") for m in _SELF.finditer(text) if is_unknown(m.group("name").split(" ")[0])]
    return spans


def acts(text: str, end: int) -> bool:
    """True where what follows tells that the word before is somebody."""
    return _frames().after.match(text, end) is not None


def _customer(text: str, end: int, words: NameWords) -> list[Span]:
    """The span of two to four words before "cliente depuis…" that begin the sentence: one is a first name, or no dictionary holds them."""
    match = _SIGNED.search(text, max(0, end - _BACK), end)
    parts = match.group("name").split(" ") if match else []
    if any(fold(part) in words.stop or fold(part) in words.companies for part in parts):
        return []
    named = parts and (fold(parts[0]) in words.clear or all(part[0].isupper() and is_unknown(part) for part in parts))
    return [(match.start("name"), end, "name")] if match and named else []


def _span(match: re.Match, words: NameWords, *, unknown: bool) -> list[Span]:
    """The span of a match whose words may be a name: a first name, with a surname where one follows, or the second word after a stop word."""
    name, more, start, end = match.group("name"), match.group("more").strip(), match.start("name"), match.end("more")
    if more and not _possible(name, words, unknown=unknown):
        name, more, start = more, "", end - len(more)
    if not _possible(name, words, unknown=unknown):
        return []
    if more and (is_stop(more, words) or not (is_unknown(more) or fold(more.split(" ")[-1]) in words.known)):
        return []
    return [(start, end, "name")]


def _possible(name: str, words: NameWords, *, unknown: bool) -> bool:
    """True for a first name that is a word, too, and where the frame is sure for a word that is in no list."""
    if _frames().nobody.fullmatch(name):
        return False
    return of_kind(name, "ambiguous") or (unknown and len(name) >= _LEAST and is_unknown(name) and not is_stop(name, words))
