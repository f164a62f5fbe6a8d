"""Which families of rules a text can trigger at all, by the words in it: most texts trigger none and cost a few microseconds."""

import re
import unicodedata
from functools import cache

from cxkit import method

_WORDS = re.compile(r"[^\W\d_]+")
_MOST = 500_000
_SHORT = frozenset({"mr", "ms", "dr"})
FAMILIES = ("name", "title", "trigger", "capital", "closing", "people", "role", "street", "living", "reference", "birth", "spelled", "plate",
            "profile", "special", "leaving", "unknown", "ambiguous", "initial", "proper")
_BIT = {family: 1 << place for place, family in enumerate(FAMILIES)}


def fold(word: str) -> str:
    """A word without accents, in lower case."""
    word = word.lower()
    if word.isascii():
        return word
    plain = word.replace("’", "'").replace("œ", "oe")
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()


class Found:
    """Families that a text can trigger."""

    __slots__ = ("bits", "digits", "words")

    def __init__(self, bits: int, digits: int, words: list[str]):
        self.bits, self.digits, self.words = bits, digits, words

    def __contains__(self, family: str) -> bool:
        return bool(self.bits & _BIT[family])

    def count(self, family: str) -> int:
        """How many words of the text belong to a family."""
        bit, kinds = _BIT[family], _kinds()
        return sum(1 for word in self.words if kinds[word] & bit) if self.bits & bit else 0


class _Kinds(dict[str, int]):
    """Word as written → the families that it belongs to; each distinct word is looked at once."""

    def __init__(self) -> None:
        super().__init__()
        data, first = method.data("personal"), method.data("first_names")
        self._stems: dict[str, int] = {}
        for family, stems in (*data["stems"].items(), ("leaving", method.data("rupture")["stems"])):
            for stem in stems:
                self._stems[stem] = self._stems.get(stem, 0) | _BIT[family]
        self._longest = max(map(len, self._stems))
        self._names = frozenset(f"{first['clear']} {first['ambiguous']}".split())
        self._ambiguous = frozenset(first["ambiguous"].split())
        self._titles = frozenset(data["titles"])
        self._stop = frozenset(data["not_surnames"].split())
        dictionary, last = method.data("dictionary"), method.data("last_names")
        self._told = frozenset(" ".join([*dictionary.values(), *last.values(), first["clear"], first["ambiguous"], data["not_surnames"],
                                         data["companies"]]).split())

    def __missing__(self, word: str) -> int:
        plain, bits = fold(word), 0
        for length in range(1, min(len(plain), self._longest) + 1):
            bits |= self._stems.get(plain[:length], 0) if length > 3 or length == len(plain) else 0
        if plain in self._names:
            bits |= _BIT["name"]
        if word[0].isupper() and len(word) > (3 if word.isupper() else 1) and plain not in self._stop:
            bits |= _BIT["proper"]
        if word[0].isupper() and len(word) > 2 and not word.isupper():
            bits |= _BIT["ambiguous"] if plain in self._ambiguous else 0 if plain in self._told else _BIT["unknown"]
        elif len(word) == 1 and word.isupper():
            bits |= _BIT["initial"]
        if plain in self._titles and (len(plain) > 2 or word[0].isupper() or plain in _SHORT):
            bits |= _BIT["title"]
        if len(self) >= _MOST:
            self.clear()
        self[word] = bits
        return bits


@cache
def _kinds() -> _Kinds:
    return _Kinds()


def sift(text: str) -> Found:
    """The families of rules that can hold in a text. A stem of three letters or fewer counts as a whole word only."""
    words, kinds, bits = _WORDS.findall(text), _kinds(), 0
    for word in words:
        bits |= kinds[word]
    return Found(bits, sum(map(text.count, "0123456789")), words)


@cache
def _dictionary(language: str) -> frozenset[str]:
    data = method.data("personal")
    return frozenset(f"{method.data('dictionary')[language]} {data['not_surnames']}".split())


def is_word(word: str, language: str) -> bool:
    """True for a word of this language's dictionary, given without accents."""
    return word in _dictionary(language)


def is_unknown(word: str) -> bool:
    """True where a word bears a capital and is no word of the dictionary, no listed name and no company."""
    return of_kind(word, "unknown")


def of_kind(word: str, family: str) -> bool:
    """True where a word belongs to a family."""
    return bool(_kinds()[word] & _BIT[family])
