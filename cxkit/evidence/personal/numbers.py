"""Identifiers that have a form: e-mail, phone, bank account, card, national ids, references. Checksums where they exist."""

import re
from functools import cache

import phonenumbers
from stdnum import iban, luhn
from stdnum.be import nn
from stdnum.ch import ssn as ahv
from stdnum.es import nif
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.it import codicefiscale

from cxkit import method
from cxkit.evidence.personal.sieve import Found, sift
from cxkit.evidence.personal.spelled import spelled_spans

Span = tuple[int, int, str]
_BANKING = frozenset(["FR", "BE", "CH", "LU", "DE", "ES", "IT", "PT", "NL", "GB", "IE", "MC", "AT", "PL"])
REGIONS = {"fr": ("FR", "BE", "CH"), "en": ("US", "GB", "CA")}

_EMAIL = re.compile(r"(?=[\w.%+-]*[A-Za-z])[\w.%+-]+\s?(?:@|\(at\)|\[at\]|\barobase\b|\s@\s)\s?"
                    r"[\w-]+(?:\s?(?:\.|\(dot\)|\[dot\]|\bpoint\b)\s?[\w-]+)*"
                    r"(?:\.|\s?\(dot\)\s?|\s?\[dot\]\s?|\s?point\s)[A-Za-z]{2,}\b", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z](?:[\w.]*\w){3,}")
_PROFILE = re.compile(r"\b(?:insta(?:gram)?|snap(?:chat)?|twitter|tik ?tok|skype|telegram|pseudo|user ?name|linkedin)"
                      r"(?:(?: (?:est|is|name))?[ ]*[:=@]+[ ]*@?(?=[\w.-]*(?:[\d_]|\w\.\w))|(?: (?:est|is|name))?[ ]+@?(?=[\w.-]*[\d_]))"
                      r"(?P<value>[A-Za-z][\w.-]{2,}\w)", re.IGNORECASE)
_URL = re.compile(r"(?:https?://|www\.)\S+")
_URL_ID = re.compile(r"(?=(?:[A-Za-z_-]*\d){6})[A-Za-z0-9_-]+")
_LINK = re.compile(r"\b(?:https?://)?(?:www\.)?(?:facebook|instagram|linkedin|twitter|tiktok|x)\.com/[\w./?=-]+", re.IGNORECASE)
_IP = re.compile(r"(?<![\d.])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?!\.?\d)")
_IBAN = re.compile(r"\b[A-Z]{2}[ ]?\d{2}(?:[ .-]?[A-Z0-9]{4}){2,7}(?:[ .-]?[A-Z0-9]{1,4})?\b", re.IGNORECASE)
_CARD = re.compile(r"\b(?:\d{4}[ .-]\d{4}[ .-]\d{4}[ .-]\d{4}|3\d{3}[ .-]\d{6}[ .-]\d{5})\b")
_HIDDEN_CARD = re.compile(r"\b\d{4}[ .-]?(?:[\dXx*]{2,4}[ .-]?){2,3}[\dXx*]{3,4}(?![\w*])")
_LONG = re.compile(r"(?<![\w.,-])\d(?:[ .-]?\d){7,18}(?![\w]|[.,]\d)")
_NIR = re.compile(r"\b[12][ .]?\d{2}[ .]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .]?(?:\d{2}|2[AB])[ .]?\d{3}[ .]?\d{3}(?:[ ./-]?\d{2})?\b", re.IGNORECASE)
_SSN = re.compile(r"\b\d{3}[- ]\d{2}[- ]\d{4}\b")
_SIN = re.compile(r"\b\d{3}[ -]\d{3}[ -]\d{3}\b(?! ?(?:€|euros?|\$|dollars|£|pounds|%|habitants|clients|people))")
_NINO = re.compile(r"\b[A-Z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D]\b", re.IGNORECASE)
_ACCOUNT = re.compile(r"\b\d{2}-\d{2}-\d{2}[ /]+\d{8}\b")
_SORT_CODE = re.compile(r"\bsort code\W{0,3}(?:is )?(?P<value>\d{2}[- ]\d{2}[- ]\d{2})\b", re.IGNORECASE)
_PASSPORT = re.compile(r"\b\d{2}[A-Z]{2}\d{5}\b")
_BELGIAN = re.compile(r"\b\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}\b")
_SWISS = re.compile(r"\b756\.\d{4}\.\d{4}\.\d{2}\b")
_SPANISH = re.compile(r"\b[XYZ]?\d{7,8}-?[A-Z]\b")
_ITALIAN = re.compile(r"\b[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]\b", re.IGNORECASE)
_PLATE = re.compile(r"\b(?:[A-Z]{2}-\d{3}-[A-Z]{2}|[A-Z]{2}\d{2} [A-Z]{3})\b")
_PHONES = (re.compile(r"(?<![\w+])(?:\+|00)\d{1,3}[ .-]?(?:\(0\)[ .-]?)?\d(?:[ .-]?\d){6,12}(?!\d)"),
           re.compile(r"(?<![\d.,])0[1-9](?:[ .-]?\d{2}){4}(?!\d)"),
           re.compile(r"(?<![\d.,/])0[1-9](?P<mark>[ .-]|[ ]?[-./–][ ]?)\d{2}(?:(?P=mark)\d{2}){3}(?!\d)"),
           re.compile(r"(?<![\d.,])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\d)"),
           re.compile(r"(?<![\d.,])0\d{2,4}[ -]?\d{3,4}[ -]?\d{3,4}(?!\d)"))
_STANDALONE = re.compile(r"(?<![\w/.-])(?:[A-Z]{2,5}[-_]?\d{2,}(?:[-_/]\d+)*|[A-Z]{1,5}[-_]\d{4,}(?:[-_/]\d+)*)(?![\w-])")
_CODE = re.compile(r"(?<![\w/.-])(?=[0-9/_-]*[A-Z])(?=(?:[A-Z/_-]*\d){7})[A-Z0-9][A-Z0-9/_-]{6,}(?![\w-])")
_HASH = re.compile(r"(?<!\w)#\s?\d{4,}\b")
_NAMED_PLATE = re.compile(r"\b(?i:immatricul\w+|plaque|(?:number|license|licence|texas|california|florida)? ?plate|reg(?:istration)?)"
                          r"(?: (?i:est|is|number|num[ée]ro|n°|no\.?))*[ :]+"
                          r"(?P<value>(?=[A-Z0-9 -]*\d)[A-Z0-9]{1,4}(?:[ -]?[A-Z0-9]{1,4}){1,2})\b(?! ?€)")
_BIRTH = re.compile(r"(?:\bn[ée]e?(?: le)?|\bbirthday(?: is)?|\bborn(?: on)?"
                    r"|\b(?:date de naissance|date of birth|d\.?o\.?b\.?)(?: ?:| is| est(?: le)?| ?=)?)\s+"
                    r"(\d{1,2}[/. -]\w+[/. -]\d{2,4}|\w+ \d{1,2},? \d{4})", re.IGNORECASE)
_DATE = re.compile(r"(?:(?:0?[1-9]|[12]\d|3[01])[/. -](?:0?[1-9]|1[0-2])[/. -]|(?:19|20)\d\d[/.-](?:0?[1-9]|1[0-2])[/.-])\d{2,4}")
_COMPACT_DATE = re.compile(r"(?:(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d)")
_ZERO = re.compile(r"\b0\d\b")
_COORDINATES = re.compile(r"(?<![\w.,-])[+-]?[1-8]?\d\.\d{3,}°? ?[NS]?(?:, ?|; ?| )[+-]?1?\d?\d\.\d{3,}(?![\w.])(?:°? ?[EWO]\b)?")
_RUN = re.compile(r"(?<!\d)[(+]?\d(?:[ ./()\u00a0\u202f-]{0,3}\d){6,}")
_DENSE = re.compile(r"\d[ ./_-]{0,3}\d[ ./_-]{0,3}\d|[A-Za-z]\d|\d[A-Z]")
_COMPANY_HANDLE = re.compile(r"air|fly|support|help|care|service|client|official|news|shop|store|bank|mobile|france|group|team", re.IGNORECASE)
_LETTERS = re.compile(r"\b(?i:pnr|booking (?:reference|ref|code|number)|record locator|confirmation (?:code|number)|r[ée]servation|dossier)"
                      r"(?: (?i:est|is|number|code|num[ée]ro|n°))?[ :#]*(?P<value>(?=[A-Z]*[BCDFGHJKLMNPQRSTVWXZ]{2})[A-Z]{6})\b"
                      r"|\b(?i:confirmation|booking|reservation)[ :#]+(?P<sure>(?=[A-Z]*[BCDFGHJKLMNPQRSTVWXZ]{3})[A-Z]{6})\b")
_LOCATOR = re.compile(r"\b(?i:pnr|booking|record locator|confirmation|r[ée]servation|reservation|dossier|reference|r[ée]f[ée]rence)"
                      r"(?: (?i:est|is|number|ref|reference|code|num[ée]ro|n°))*[ :#]+(?P<value>(?=[A-Z0-9]*\d)(?=[0-9]*[A-Z])[A-Z0-9]{6})\b")


@cache
def _reference() -> re.Pattern:
    words = method.data("personal")["references"].replace("| ", "|")
    return re.compile(rf"\b(?:{words})\b(?P<mark>[ ]*(?:client|de suivi|de commande|de dossier|number|num[ée]ro|code|id)?[ ]*"
                      r"(?:n[°ºo]\.?|no\.?|num\.?|nr\.?|#|:|est(?: le)?|is)?[ ]*(?:est(?: le)?|is|:)?[ ]*(?:n[°ºo]|#)?[ ]*)"
                      r"(?P<value>(?-i:[A-Z]{1,4} (?=\d))?(?=[A-Z0-9/_.-]*\d)[A-Z0-9][A-Z0-9/_-]{3,}(?:[ -]\d{3,})*"
                      r"|\d{2,3}(?:\.\d{3}){2,})", re.IGNORECASE)


@cache
def _spaced() -> re.Pattern:
    """A reference in groups ("AUTO 556 781 02", "H 7781245 R"), up to two words after what it refers to."""
    words = method.data("personal")["references"].replace("| ", "|")
    return re.compile(rf"\b(?i:{words})(?: [a-zà-ÿ]+)?(?: [a-zà-ÿ]+)?\W{{0,3}}(?:(?i:n[°ºo]|no)\.? ?|# ?|: ?)?"
                      r"(?P<value>(?:[A-Z]{1,5}[ -])?\d{1,8}(?:[ ./-]\d{1,8}){0,4}(?: [A-Z]{1,2}(?![\w'’]))?)(?![\w%]|[.,]\d)"
                      r"(?! ?(?i:€|euros?|eur|\$|dollars?|£|pounds?|points?|miles|kms?|clients?|personnes|people|fois|times|jours?|days?|"
                      r"mois|months?|ans|years?|heures?|hours?|h|min)\b)")


def number_spans(text: str, language: str, found: Found | None = None) -> list[Span]:
    """Spans of identifiers with a form, possibly overlapping, the surest kinds first."""
    found = found or sift(text)
    spans = _addresses_on_line(text) if "@" in text or "com/" in text or "(at)" in text or "[at]" in text or "arobase" in text.lower() else []
    if "profile" in found:
        spans += [(m.start("value"), m.end("value"), "account") for m in _PROFILE.finditer(text)]
    if found.count("spelled") >= 4 or " dot " in text or " point " in text or ("spelled" in found and found.digits >= 4 and _ZERO.search(text)):
        spans += spelled_spans(text)
    spans += [(*m.span(m.lastgroup), "reference") for m in _LETTERS.finditer(text)] if any(map(_six_capitals, found.words)) else []
    if "reference" in found and found.digits:
        spans += [(m.start("value"), m.end("value"), "reference") for m in _LOCATOR.finditer(text)]
    if found.digits < 2:
        return spans
    if "birth" in found:
        spans += [(m.start(1), m.end(1), "birth_date") for m in _BIRTH.finditer(text)]
    spans += [(m.start(), m.end(), "plate") for m in _PLATE.finditer(text)]
    if "plate" in found:
        spans += [(m.start("value"), m.end("value"), "plate") for m in _NAMED_PLATE.finditer(text)]
    if not _DENSE.search(text):
        return spans
    spans += [*((m.start(), m.end(), "ip") for m in _IP.finditer(text)), *_references(text, found)]
    if found.digits < 6:
        return spans
    if "://" in text or "www." in text:
        spans += [(url.start() + m.start(), url.start() + m.end(), "reference") for url in _URL.finditer(text) for m in _URL_ID.finditer(url.group())]
    spans += [*_bank(text), *_national(text), *((m.start(), m.end(), "address") for m in _COORDINATES.finditer(text))]
    long = any(not _DATE.fullmatch(run.group()) for run in _RUN.finditer(text))
    return [*spans, *_phones(text, language)] if long else spans


def _six_capitals(word: str) -> bool:
    return len(word) == 6 and word.isupper()


def _addresses_on_line(text: str) -> list[Span]:
    return [*((m.start(), m.end(), "email") for m in _EMAIL.finditer(text)),
            *((m.start(), m.end(), "account") for m in _LINK.finditer(text)),
            *((m.start(), m.end(), "account") for m in _HANDLE.finditer(text) if _person_handle(m.group()))]


def _person_handle(handle: str) -> bool:
    """True where a handle is a person's: it holds a digit or ``_`` and names no company."""
    return bool(re.search(r"[\d_]", handle)) and not _COMPANY_HANDLE.search(handle)


def _bank(text: str) -> list[Span]:
    spans = []
    for match in _IBAN.finditer(text):
        compact = re.sub(r"[ .-]", "", match.group())
        digits = sum(sign.isdigit() for sign in compact)
        if iban.is_valid(compact) or (len(compact) >= 15 and digits >= 10 and (compact[:2].isupper() or compact[:2].upper() in _BANKING)):
            spans.append((match.start(), match.end(), "iban"))
    spans += [(m.start(), m.end(), "card") for m in _CARD.finditer(text)]
    if "XX" in text.upper() or "**" in text:
        spans += [(m.start(), m.end(), "card") for m in _HIDDEN_CARD.finditer(text)]
    return spans


def _national(text: str) -> list[Span]:
    checked = ((_BELGIAN, nn), (_SWISS, ahv), (_SPANISH, nif), (_ITALIAN, codicefiscale))
    spans = [(m.start(), m.end(), "national_id") for pattern, kind in checked for m in pattern.finditer(text) if kind.is_valid(m.group())]
    for match in _NIR.finditer(text):
        compact = re.sub(r"[ ./-]", "", match.group())
        if nir.is_valid(compact) or len(compact) == 13 or " " in match.group():
            spans.append((match.start(), match.end(), "national_id"))
    spans += [(m.start(), m.end(), "national_id") for pattern in (_SSN, _NINO, _PASSPORT) for m in pattern.finditer(text)]
    spans += [(m.start(), m.end(), "national_id") for m in _SIN.finditer(text) if luhn.is_valid(re.sub(r"\D", "", m.group()))]
    spans += [(m.start("value"), m.end("value"), "reference") for m in _SORT_CODE.finditer(text)]
    spans += [(m.start(), m.end(), "reference") for m in _ACCOUNT.finditer(text)]
    return spans


def _phones(text: str, language: str) -> list[Span]:
    spans = [(m.start(), m.end(), "phone") for pattern in _PHONES for m in pattern.finditer(text)]
    for region in REGIONS.get(language, REGIONS["en"]):
        spans += [(m.start, m.end, "phone") for m in phonenumbers.PhoneNumberMatcher(text, region)]
    return [span for span in spans if not text[max(0, span[0] - 1)].isalpha() or not span[0]]


def _references(text: str, found: Found) -> list[Span]:
    spans = []
    for match in _reference().finditer(text) if "reference" in found else ():
        value, mark = match.group("value"), match.group("mark").strip()
        digits = sum(sign.isdigit() for sign in value)
        if digits >= 5 or (digits >= 2 and len(value) >= 5 and not value.isdigit()) or (mark and digits >= 4):
            spans.append((match.start("value"), match.end("value"), "reference"))
    for match in _spaced().finditer(text) if "reference" in found and found.digits >= 6 else ():
        value = match.group("value")
        groups, digits = len(re.findall(r"\d+", value)), sum(sign.isdigit() for sign in value)
        if digits >= 6 and (groups > 1 or not value.isdigit()) and not _DATE.fullmatch(value):
            spans.append((match.start("value"), match.end("value"), "reference"))
    for match in (*_STANDALONE.finditer(text), *_CODE.finditer(text), *_HASH.finditer(text)):
        if sum(sign.isdigit() for sign in match.group()) >= 5:
            spans.append((match.start(), match.end(), "reference"))
    for match in _LONG.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if len(digits) >= 13 and luhn.is_valid(digits):
            spans.append((match.start(), match.end(), "card"))
        elif len(digits) == 10 and nhs.is_valid(digits):
            spans.append((match.start(), match.end(), "national_id"))
        elif match.group().isdigit() and not _COMPACT_DATE.fullmatch(digits):
            spans.append((match.start(), match.end(), "reference"))
    return spans
