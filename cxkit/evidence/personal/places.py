"""Postal addresses: a number and a street, a street after "I live", a postcode with its town."""

import re
from functools import cache

from cxkit import method
from cxkit.evidence.personal.sieve import Found, sift

Span = tuple[int, int, str]

_CAP = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*"
_LINK = r"(?:(?:de la|de l'|de|du|des|d'|la|le|les|l'|à|aux|au|en|sur|sous) ?)*"
_BRITISH = re.compile(r"\b(?:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})\b")
_STATES = ("AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|"
           "VA|WA|WV|WI|WY|DC")
_AMERICAN = re.compile(rf"(?:\b{_CAP}(?: {_CAP})?,? )?\b(?:{_STATES}),? \d{{5}}(?:-\d{{4}})?\b")
_FRENCH = re.compile(rf"\b(?:F-)?(?:0[1-9]|[1-8]\d|9[0-8])\d{{3}},? (?!(?i:euros?|points?|miles|km|kms|clients|eur|dollars|ans|vues|pas)\b)"
                     rf"(?:{_CAP}(?:[ -](?:(?:sur|en|les|la|le|de|du|sous|lès)[ -])?{_CAP})*|[A-ZÀ-Þ]{{3,}})")
_NUMBER = r"\b\d{1,4} ?(?:bis|ter|quater|[A-Da-d])?,? "


@cache
def _patterns() -> tuple[re.Pattern, ...]:
    streets = method.data("personal")["streets"]
    before, plain, after, strong, no_name = ("".join(streets[part].split()) for part in ("before", "plain", "after", "strong", "no_name"))
    inside = r"(?:(?i:apt|apartment|appt|apart|appartement|flat|unit|suite|b[âa]t(?:iment)?|[ée]tage)\.? ?[\w-]+)"
    tail = rf"(?:,? {inside})?(?:,? (?:{_CAP}[ -]?){{1,4}})?(?:,? (?:{_STATES})\b)?(?:,? \d{{5}}(?:-\d{{4}})?)?(?: {_CAP}(?:-\w+)*)?"
    capital = rf"{_LINK}{_CAP}(?: (?:{_LINK}){_CAP})*"
    name = rf"{_LINK}(?:{_CAP}|[a-zà-ÿ][\w'’-]+)(?: (?:{_LINK}){_CAP})*"
    town = rf"(?:,? {inside})?(?:,? (?:à )?\d{{5}} {_CAP}(?:-\w+)*|" \
           rf",? (?:à|in) {_CAP}(?:-\w+)*|, {_CAP}(?:-\w+)*(?=[,.;]|$)|,? \d{{5}}\b(?: [a-zà-ÿ-]+)?)?"
    word = rf"(?!(?i:{no_name})\b)(?:{_CAP}|\d+(?:st|nd|rd|th))"
    part = "".join(streets["inside"].split())
    return (re.compile(rf"{_NUMBER}(?i:{before})\.? {name}{town}|{_NUMBER}(?i:{plain})\.? {capital}{town}"),
            re.compile(rf"(?:{inside},? )?\b\d{{1,5}}[A-Da-d]? (?:{word} ){{1,3}}(?i:{after})\b(?:{tail}|\.)"
                       rf"|\b\d{{1,5}}[A-Da-d]? (?!(?i:{no_name})\b)[a-z]{{3,}} (?:{strong})\b"),
            re.compile(rf"\b(?i:{streets['living']}) (?:au |à |in |at |on |the )*(?P<place>(?:\d{{1,5}},? ?)?"
                       rf"(?:(?i:{before})\.? {name}|(?i:{plain})\.? {capital})"
                       rf"|(?:\d{{1,5}} )?(?:{_CAP} ){{1,3}}(?i:{after})\b"
                       rf"|\d{{1,4}}[A-Da-d]? (?!(?i:{no_name})\b)(?:the )?(?:{_CAP}(?: {_CAP})?|[a-z]{{4,}})(?=[,.;]|$))"),
            re.compile(r"\b(?:P\.? ?O\.? Box|BP|B\.P\.|CS) \d{2,6}\b"),
            re.compile(rf"(?:(?<!\w)(?i:{part})\.? [^,;.:!?\n]{{1,30}}, ?)+$"),
            re.compile(rf"(?:,? (?i:{part})\.? [\w-]+)+(?:,? \d{{5}} {_CAP}(?:-\w+)*)?"))


def place_spans(text: str, found: Found | None = None) -> list[Span]:
    """Spans of postal addresses, possibly overlapping."""
    found = found or sift(text)
    numbered, english, living, box, before, after = _patterns()
    spans = []
    if "street" in found and found.digits:
        spans += [(m.start(), m.end(), "address") for pattern in (numbered, english, box) for m in pattern.finditer(text)]
    if found.digits >= 2:
        spans += [(m.start(), m.end(), "address") for m in _BRITISH.finditer(text)]
    if found.digits >= 5:
        spans += [(m.start(), m.end(), "address") for pattern in (_AMERICAN, _FRENCH) for m in pattern.finditer(text)]
    if "living" in found:
        spans += [(m.start("place"), m.end("place"), "address") for m in living.finditer(text)]
    return [(_begin(text, start, before), start + len(text[start:_end(text, end, after)].rstrip(" ,.;-")), kind) for start, end, kind in spans]


def _begin(text: str, start: int, inside: re.Pattern) -> int:
    """Where an address begins, with the building and the flat before its street."""
    match = inside.search(text[max(0, start - 120):start])
    return start - len(match.group()) if match else start


def _end(text: str, end: int, inside: re.Pattern) -> int:
    """Where an address ends, with the floor and the flat after its street."""
    match = inside.match(text, end)
    return match.end() if match else end
