"""Postal addresses: a number and a street, a street after "I live", a postcode with its town."""

import re
from functools import cache

from cxkit import method

Span = tuple[int, int, str]

_CAP = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*"
_LINK = r"(?:(?:de la|de l'|de|du|des|d'|la|le|les|l'|à|aux|au|en|sur|sous) ?)*"
_BRITISH = re.compile(r"\b(?:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})\b")
_AMERICAN = re.compile(rf"(?:\b{_CAP}(?: {_CAP})?, )?\b[A-Z]{{2}},? \d{{5}}(?:-\d{{4}})?\b")
_FRENCH = re.compile(rf"\b(?:F-)?\d{{5}},? (?:{_CAP}(?:[ -](?:(?:sur|en|les|la|le|de|du|sous|lès)[ -])?{_CAP})*|[A-ZÀ-Þ]{{3,}})")


@cache
def _patterns() -> tuple[re.Pattern, ...]:
    streets = method.data("personal")["streets"]
    before, after = ("".join(streets[part].split()) for part in ("before", "after"))
    tail = rf"(?:,? (?:apt|apartment|appt|apart|flat|unit|suite|b[âa]t(?:iment)?|[ée]tage)\.? ?[\w-]+)?(?:,? (?:{_CAP}[ -]?){{1,4}})?" \
           rf"(?:,? [A-Z]{{2}})?(?:,? \d{{5}}(?:-\d{{4}})?)?(?: {_CAP}(?:-\w+)*)?"
    name = rf"{_LINK}(?:{_CAP}|[a-zà-ÿ][\w'’-]+)(?: (?:{_LINK}){_CAP})*"
    town = rf"(?:,? (?:à )?\d{{5}} {_CAP}(?:-\w+)*|,? (?:à|in) {_CAP}(?:-\w+)*)?"
    return (re.compile(rf"\b\d{{1,4}} ?(?:bis|ter|quater|[A-Da-d])?,? (?i:{before})\.? {name}{town}"),
            re.compile(rf"\b\d{{1,5}}[A-Da-d]? (?:(?:{_CAP}|\d+(?:st|nd|rd|th)|(?<=\d )[a-z]+) ){{1,3}}(?i:{after})\b\.?{tail}"),
            re.compile(rf"\b(?i:{streets['living']}) (?:au |à |in |at |on |the )*(?P<place>(?:\d{{1,5}},? ?)?(?i:{before})\.? {name}"
                       rf"|(?:\d{{1,5}} )?(?:{_CAP} ){{1,3}}(?i:{after})\b)"),
            re.compile(r"\b(?:P\.? ?O\.? Box|BP|B\.P\.|CS) \d{2,6}\b"))


def place_spans(text: str) -> list[Span]:
    """Spans of postal addresses, possibly overlapping."""
    numbered, english, living, box = _patterns()
    coded = (numbered, english, box, _BRITISH, _AMERICAN, _FRENCH) if any(map(str.isdigit, text)) else ()
    spans = [(m.start(), m.end(), "address") for pattern in coded for m in pattern.finditer(text)]
    spans += [(m.start("place"), m.end("place"), "address") for m in living.finditer(text)]
    return [(start, start + len(text[start:end].rstrip(" ,.;-")), kind) for start, end, kind in spans]
