"""Words and expressions that the detectors of names share, from the method data."""

import re
from functools import cache
from typing import NamedTuple

from cxkit import method
from cxkit.evidence.personal.sieve import fold

Span = tuple[int, int, str]

CAP = r"[A-ZÀ-ÖØ-ÞŒ][\w'’]*(?:-[A-ZÀ-ÖØ-ÞŒ]?[\w'’]+)*"
PARTICLE = r"(?:de la|de|du|des|d'|d’|le|la|van der|van den|van|von|den|el|al|ben|ibn|bin|da|dos|di|della|Le|La|De|Du|El|Ben|Van|Mc|Mac|O')"
SURNAME = rf"(?:(?:{PARTICLE}[ ]?)*{CAP})"
_KIN = ("(?:mon|", "(?:my|")
_LOWER_NAME = r"[\w'’-]{2,}"


class NameWords(NamedTuple):
    """Lists and patterns. clear, ambiguous: first names; plain: those of clear that are words in lower case; things: those of ambiguous
    that are mostly no person; surname_words: surnames that are words, believed with a capital only; known: all other names; stop: no name."""

    clear: frozenset[str]
    ambiguous: frozenset[str]
    plain: frozenset[str]
    things: frozenset[str]
    surnames: frozenset[str]
    surname_words: frozenset[str]
    known: frozenset[str]
    stop: frozenset[str]
    companies: frozenset[str]
    title: re.Pattern
    sure: re.Pattern
    any_case: re.Pattern
    capital: re.Pattern
    introduced: re.Pattern
    said: re.Pattern
    people: re.Pattern
    joined: re.Pattern
    thanked: re.Pattern
    role: re.Pattern
    closing: re.Pattern
    thanks: re.Pattern
    brands: re.Pattern
    places: re.Pattern
    told: re.Pattern
    ticket: re.Pattern
    product_before: re.Pattern
    product_after: re.Pattern
    place_after: re.Pattern
    greeting: re.Pattern
    joined_before: re.Pattern
    kin: re.Pattern


@cache
def name_words() -> NameWords:
    """The words, compiled once."""
    data, first, last = method.data("personal"), method.data("first_names"), method.data("last_names")
    # "miss" in lower case is mostly the verb
    kin = "|".join(part for part in data["triggers"]["capital"] if part.startswith(_KIN))
    kinds = {"miss": "Miss|MISS"} | {title: f"(?i:{title})" if len(title) > 2 else f"(?:{title.capitalize()}|{title.upper()}(?=[ ][A-Z]{{3}}))"
                                     for title in data["titles"] if title != "miss"}
    titles = "|".join([*(kinds[title] for title in sorted(kinds, key=len, reverse=True)), "[Mm]r|[Dd]r|[Mm]s|(?:MR|DR|MS)(?=[ .]{1,2}[A-Z]{3})"])
    said = {part: "|".join(names) for part, names in data["triggers"].items() if isinstance(names, list)}
    lower = rf"(?:(?i:mme|mlle|mrs?|ms|dr|m)\.?[ ])?(?P<name>{_LOWER_NAME}(?:[ ]{_LOWER_NAME}){{0,3}})"
    initial = r"(?:[A-Z]\.[ ]?){0,2}"
    products = {side: "".join(alternatives.split("\n")).replace("| ", "|").strip() for side, alternatives in data["products"].items()}
    clear, ambiguous, surnames = (frozenset(part.split()) for part in (first["clear"], first["ambiguous"], last["clear"]))
    return NameWords(
        clear, ambiguous, frozenset(first["words"].split()), frozenset(first["things"].split()),
        surnames, frozenset(last["words"].split()), clear | ambiguous | surnames,
        frozenset(data["not_surnames"].split()), frozenset(data["companies"].split()),
        re.compile(rf"(?<!['’])\b(?P<title>{titles}|(?i:maître))\.?[ ]+(?:(?:et|and|&)[ ]+(?:{titles})\.?[ ]+)?"
                   rf"(?P<name>(?:[A-Z]\.[ ]?)*{SURNAME}(?:[ ]{SURNAME}){{0,2}}|(?<=[ ])[a-zà-ÿ'’-]{{3,}}(?:[ ][a-zà-ÿ'’-]{{3,}})?)"),
        re.compile(rf"\b(?i:{said['sure']})[ ]+{lower}"),
        re.compile(rf"\b(?i:{said['any_case']})[ ]+{lower}"),
        re.compile(rf"\b(?i:{said['capital']})[ ]+(?P<name>{initial}{SURNAME}(?:[ ]{SURNAME}){{0,2}})"),
        re.compile(rf"\b(?i:{said['introduced']})[ ]+(?P<name>{CAP}[ ]{SURNAME}(?:[ ]{SURNAME})?)"
                   r"(?=[,.;!?]|$|\n| (?:here|in|at|en|au|et|and|de|du|from|client|cliente|à|at|je|j'|i|the|le|la|votre|your|une?|an?)\b)"),
        re.compile(rf"\b(?i:{said['said']})[ ]+(?P<name>[a-zà-ÿ'’-]{{3,}}(?:[ ][a-zà-ÿ'’-]{{2,}}){{0,2}})"),
        re.compile(rf"(?<![\w-])(?i:{data['people']}|{'|'.join(data['roles'])})\b[^,.;:!?\n]{{0,30}}, (?P<name>{CAP}(?:[ ]{CAP})?)(?=,)"),
        re.compile(rf"(?:,?[ ](?:and|et|&|then|puis)(?: to| with| by| à| avec| par)?|,)[ ](?P<name>{CAP})(?=[ ,.!?]|$)"),
        re.compile(rf"\b(?i:thank you|thanks|thanks to|merci|merci [àa])[ ](?P<name>{CAP})"
                   r"(?=,? (?i:for|pour|de|d['’]|and|et)\b|,|(?P<end>[ ]?[!.]|$))"),
        re.compile(rf"(?<![\w-])(?<!entre )(?i:{'|'.join(data['roles'])}),?[ ](?P<name>{CAP}(?:[ ]{CAP})?)"),
        re.compile(rf"\b(?i:{said['closing']})[ ,.!:;\n-]+(?P<name>{initial}{CAP}(?:[ ]{SURNAME}|[ ][A-Z]\.){{0,2}})[ .!]*(?:\n|$)"),
        re.compile(rf"\b(?i:{said['thanks']})(?:[ ]?[,.!:;\n-]+[ \n]*)(?P<name>{initial}{CAP}(?:[ ]{SURNAME}|[ ][A-Z]\.){{0,2}})[ .!]*(?:\n|$)"),
        re.compile("|".join(rf"\b{re.escape(brand)}\b" for brand in sorted(data["brands"], key=len, reverse=True)), re.IGNORECASE),
        re.compile(rf"\b(?i:{data['places']})\.?[ -](?:de |du |d')?(?:[A-Z][\w.'-]* )*$"),
        re.compile(rf"\b(?i:it was|it's|was|c['’]est|c['’][ée]tait|c['’]est encore|que)[ ](?P<name>{CAP})(?=[ ](?:who|qui)\b)"),
        re.compile(r"\b[A-Z]{2,}(?:-[A-Z]{2,})?/[A-Z]{2,}(?:-[A-Z]{2,})?(?:[ ](?:MR|MRS|MS|MISS|MME|MLLE|M)\b)?"),
        re.compile(rf"\b(?i:{products['before']})[ ](?:{CAP}[ ])?$"),
        re.compile(rf"(?:['’]s)?[ ](?i:{products['after']})\b|['’]s[ ][A-Z][a-z]"),
        re.compile(rf"(?:['’]s)?[ ](?i:{data['places_after']})\b"),
        re.compile(rf"\b(?i:{data['triggers']['greeting']}),?[ ](?P<name>[a-zà-ÿ]{{3,}}(?:-[a-zà-ÿ]{{3,}})?)(?=[,!.]|[ ]?$)"),
        re.compile(rf"(?P<name>{CAP})[ ](?:and|et|&)[ ]$"),
        re.compile(rf"\b(?i:{kin})[ ](?P<name>[a-zà-ÿ]{{3,}})(?![\w'’-])"))


def titled(text: str) -> bool:
    """True for a text whose words mostly begin with a capital, as a headline: a capital then tells nothing."""
    words = re.findall(r"[^\W\d_]{4,}", text)
    return len(words) >= 3 and sum(word[0].isupper() for word in words) > 0.6 * len(words)


def is_stop(token: str, words: NameWords) -> bool:
    """True where a word, up to its apostrophe, is no name."""
    return fold(re.split(r"['’]", token, maxsplit=1)[0]) in words.stop
