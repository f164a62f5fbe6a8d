"""Names of persons told by what stands around them: titles, triggers, roles, the close of a letter."""

import re

from cxkit.evidence.personal.framed import framed
from cxkit.evidence.personal.listed import listed
from cxkit.evidence.personal.sieve import Found, fold, is_word, of_kind, sift
from cxkit.evidence.personal.words import CAP, PARTICLE, SURNAME, NameWords, Span, is_stop, name_words, titled

_INSIDE = re.compile(r"[\w:,.!;\n-][ \n]*[\s:,-][A-ZÀ-ÖØ-ÞŒ]")
_DIRECT = re.compile(r"(?:[\w:?]|[Aa]ttn\.) +[A-ZÀ-ÖØ-ÞŒ]")
_TWO = re.compile(r"[A-ZÀ-ÖØ-ÞŒ][\w'’-]+ [\w' ]{0,8}[A-ZÀ-ÖØ-ÞŒ]")
_CLOSING = 90
_BACK = 40
_ABBREVIATED = frozenset({"mme", "mlle", "mr", "mrs", "ms"})
_SPELLED = frozenset({"madame", "monsieur", "mademoiselle"})
_NO_NAME = re.compile(r"(?:ée?s?|er|ir|ed|ing|ly|ment|ible|able|eux|euse|ive|if|tion|age)$")


def name_spans(text: str, found: Found | None = None) -> list[Span]:
    """Spans of names, possibly overlapping."""
    found, words = found or sift(text), name_words()
    spans = [*_titled(text, words)] if "title" in found else []
    inside = "proper" in found and bool(_INSIDE.search(text))
    if "trigger" in found:
        spans += _triggered(text, words)
    if "/" in text:
        spans += [(m.start(), m.end(), "name") for m in words.ticket.finditer(text)
                  if any(fold(part) in words.clear or fold(part) in words.ambiguous for part in re.split(r"[/ ]", m.group())[:2])]
    if inside:
        spans += _capital(text, found, words)
    if "name" in found:
        spans += [*listed(text, words), *_said(text, words), *_greeted(text, words)]
    spans += framed(text, found, words)
    spans += _joined(text, spans, words) if spans else []
    guarded = [match.span() for match in words.brands.finditer(text)] if spans else []
    return [span for span in spans if not any(start < span[1] and span[0] < end for start, end in guarded)]


def _kept(text: str, start: int, end: int, words: NameWords) -> int:
    """End of a name: it stops before the first word that is no name, 0 length where the first already is none."""
    last = start
    for token in re.finditer(r"\S+", text[start:end]):
        bare = token.group().strip(".,;:!?")
        if not re.fullmatch(rf"{PARTICLE}|[A-Z]", bare) and is_stop(bare, words):
            break
        last = start + token.start() + len(token.group().rstrip(".,;:!?") or token.group())
        if token.group()[-1] in ",;:!?":
            break
    return last


def _titled(text: str, words: NameWords) -> list[Span]:
    spans = []
    for match in words.title.finditer(text):
        start, end = match.span("name")
        name = match.group("name")
        if name[0].islower() and not re.match(rf"{PARTICLE}[ ]?{CAP}", name):
            title = fold(match.group("title"))
            end = _lower_end(text, start, name, title, words)
        else:
            end = _kept(text, start, end, words)
        if end > start:
            spans.append((match.start("title"), end, "name"))
    return spans


def _lower_end(text: str, start: int, name: str, title: str, words: NameWords) -> int:
    """End of a name in lower case after a title: a known name, or any word that is no function word after an abbreviated title."""
    parts = name.split(" ")
    first = fold(parts[0])
    known = words.known
    if len(first) < 3 or (len(title) < 2 and first not in words.surnames):
        return start
    sure = title in _ABBREVIATED and len(first) > 3 and first not in words.stop
    sure |= title in _SPELLED and len(first) > 3 and parts[0].isalpha() and not is_word(first, "fr")
    if not (first in known or sure):
        return start
    two = len(parts) > 1 and fold(parts[1]) in known
    return start + len(parts[0]) + (1 + len(parts[1]) if two else 0)


def _triggered(text: str, words: NameWords) -> list[Span]:
    """Names after "je m'appelle", "my name is" and the like, in any case."""
    spans = []
    for pattern, sure in ((words.sure, True), (words.any_case, False)):
        for match in pattern.finditer(text):
            start = match.start("name")
            name = match.group("name")
            if name[0].isupper() and not (name.split(" ")[0].isupper() and len(name.split(" ")[0]) < 4):
                capital = re.match(rf"{CAP}(?:[ ]{SURNAME}){{0,3}}", text[start:])
                end = _kept(text, start, start + capital.end(), words) if capital else start
                end = _lower_follows(text, end, words)
            else:
                end = start + _lower_length(name, sure, words)
            if end > start:
                spans.append((start, end, "name"))
    return spans


def _said(text: str, words: NameWords) -> list[Span]:
    """First names in lower case after "my husband", and after "je suis", "i am" with the word that follows where it reads as a surname."""
    spans = [(m.start("name"), m.end("name"), "name") for m in words.kin.finditer(text) if fold(m.group("name")) in words.clear]
    for match in words.said.finditer(text):
        parts = match.group("name").split(" ")
        if fold(parts[0]) in words.clear:
            start = match.start("name")
            two = len(parts) > 1 and fold(parts[1]) not in words.stop and parts[1].isalpha() and _ends(parts[1:], words, named=True)
            spans.append((start, start + len(parts[0]) + (1 + len(parts[1]) if two else 0), "name"))
    return spans


def _joined(text: str, spans: list[Span], words: NameWords) -> list[Span]:
    """A word with a capital that "and" joins to a name."""
    after = [words.joined.match(text, end) for _, end, _ in spans]
    before = [words.joined_before.search(text, max(0, start - _BACK), start) for start, _, _ in spans]
    found = [m for m in after if m and _may_be_name(m.group("name"), words) and (m.group()[0] != "," or fold(m.group("name")) in words.known)]
    found += [m for m in before if m and fold(m.group("name")) in words.ambiguous]
    return [(m.start("name"), m.end("name"), "name") for m in found]


def _greeted(text: str, words: NameWords) -> list[Span]:
    """First names in lower case after a greeting or thanks, with a sign behind them."""
    def first(part: str) -> bool:
        return part in words.clear or (part in words.ambiguous and part not in words.things)

    return [(m.start("name"), m.end("name"), "name") for m in words.greeting.finditer(text)
            if fold(m.group("name")) not in words.stop and all(first(fold(part)) for part in m.group("name").split("-"))]


def _may_be_name(name: str, words: NameWords) -> bool:
    """True where no word of it is a stop word, a company or in capitals."""
    tokens = [token for token in name.split(" ") if not re.fullmatch(PARTICLE, token)]
    return not any(is_stop(token, words) or _company(token, words) or token.isupper() for token in tokens)


def _lower_follows(text: str, end: int, words: NameWords) -> int:
    """A known surname in lower case right after a name."""
    following = re.match(r"[ ]([a-zà-ÿ'’-]{3,})\b", text[end:])
    return end + following.end() if following and fold(following.group(1)) in words.surnames else end


def _lower_length(name: str, sure: bool, words: NameWords) -> int:
    """How many characters of a phrase in lower case are a name: one or two words."""
    parts = name.split(" ")
    first = fold(parts[0])
    known = words.known
    listed_first = first in known and first not in words.stop
    listed_first |= "-" in parts[0] and all(fold(part) in known for part in parts[0].split("-"))
    if not listed_first and not (len(parts) > 1 and (fold(parts[1]) in words.clear and fold(parts[1]) not in words.plain)):
        if first in words.stop or not parts[0].isalpha() or (not sure and _NO_NAME.search(parts[0])) or len(first) < 3:
            return 0
        if not sure and len(parts) > 1 and fold(parts[1]) not in known and not _ends(parts[1:], words):
            return 0
    if len(parts) > 1 and (fold(parts[1]) in known or _ends(parts[1:], words, named=True)) and fold(parts[1]) not in words.stop:
        return len(parts[0]) + 1 + len(parts[1])
    return len(parts[0])


def _ends(parts: list[str], words: NameWords, *, named: bool = False) -> bool:
    """True where the clause ends here or goes on with a function word: what stands before is a name of its own."""
    rest = parts[1:] if named else parts
    return not rest or fold(rest[0]) in words.stop or not rest[0][0].isalpha()


def _capital(text: str, found: Found, words: NameWords) -> list[Span]:
    """Names with a capital after words that often stand before one."""
    spans = []
    tail = max(0, len(text) - _CLOSING)
    chosen = [(words.capital, 0)] if "capital" in found and _DIRECT.search(text) else []
    if "closing" in found and not text[-50:].islower():
        chosen.append((words.closing, tail))
        spans += [(m.start("name"), m.end("name"), "name") for m in words.thanks.finditer(text, tail)
                  if _signs(m.group(), m.group("name"), words)]
    for pattern, begin in chosen:
        for match in pattern.finditer(text, begin):
            end = _kept(text, *match.span("name"), words)
            name = match.group("name")
            if end > match.start("name") and not _company(name, words) and not _shouted(name, text, pattern is words.closing):
                spans.append((match.start("name"), end, "name"))
    strict = [words.introduced] if _TWO.search(text) else []
    strict += [words.told] if " who" in text or " qui" in text else []
    strict += [words.role] if "role" in found else []
    strict += [words.thanked] if "closing" in found else []
    strict += [words.people] if "people" in found or "role" in found else []
    return spans + [(match.start("name"), match.end("name"), "name") for pattern in strict for match in pattern.finditer(text)
                    if _may_be_name(match.group("name"), words)
                    and (_known(match.group("name"), words) or not (match.groupdict().get("end") is not None or titled(text)))]


def _known(name: str, words: NameWords) -> bool:
    """True where the first word is a listed name."""
    return fold(name.split(" ")[0]) in words.known


def _signs(closing: str, name: str, words: NameWords) -> bool:
    """True where thanks are signed: a listed name, or words with a capital that are no stop words after a comma or a new line."""
    tokens = [token for token in name.split(" ") if token]
    if any(is_stop(token, words) or _company(token, words) for token in tokens):
        return False
    return bool(re.search(r"[,\n]", closing)) or of_kind(tokens[0], "name") or fold(tokens[0]) in words.surnames


def _company(name: str, words: NameWords) -> bool:
    return fold(name.split(" ")[0]) in words.companies


def _shouted(name: str, text: str, closing: bool) -> bool:
    """True for one word in capitals in a text that is not: an emphasis or an acronym, unless it signs."""
    return name.isupper() and not text.isupper() and " " not in name and not closing
