"""Numbers and addresses that are spelled out: "zéro six douze…", "jean point dupont arobase gmail point com"."""

import re

Span = tuple[int, int, str]

_UNITS = "z[ée]ro|zero|oh|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|one|two|three|four|five|seven|eight|nine|double|triple"
_TENS = ("dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante|septante|huitante|octante|nonante|ten|eleven|twelve|"
         "thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|cent")
_NUMBER = rf"(?:{_UNITS}|{_TENS}|\d{{1,2}})"
_RUN = re.compile(rf"\b{_NUMBER}(?:(?:[ ,.-]{{1,2}}|[ -]et[ -]){_NUMBER})*\b", re.IGNORECASE)
_WORD = re.compile(rf"\b(?:{_UNITS}|{_TENS})\b", re.IGNORECASE)
_ZERO = re.compile(r"(?:\+ ?|plus )?(?:z[ée]ro|oh)\b", re.IGNORECASE)
_REFERENCE = re.compile(r"(?:num[ée]ro|number|code|dossier|commande|contrat|order|reference|account|compte|policy)\W*(?:est|is|:)?\W*$",
                        re.IGNORECASE)
_DOT, _AT = r"(?:\.|\bpoint\b|\bdot\b|\(dot\)|\[dot\])", r"(?:@|\barobase\b|\bat\b|\(at\)|\[at\])"
_EMAIL = re.compile(rf"\b\w+(?:[ ]?(?:{_DOT}|\btiret\b|\bdash\b|\bunderscore\b|-|_)[ ]?\w+)*[ ]?{_AT}[ ]?\w+(?:-\w+)*(?:[ ]?{_DOT}[ ]?\w+)*"
                    r"[ ](?:point|dot)[ ](?:com|fr|net|org|uk|eu|be|ch|ca|de|co)\b", re.IGNORECASE)


def spelled_spans(text: str) -> list[Span]:
    """Spans of numbers in words: at least five groups that begin with zero, seven groups, or four after a word for a reference."""
    spans = [(match.start(), match.end(), "email") for match in _EMAIL.finditer(text)]
    for match in _RUN.finditer(text):
        said = len(_WORD.findall(match.group()))
        if said and re.match(r"0\d", match.group()) and 5 <= len(re.findall(_NUMBER, match.group(), re.IGNORECASE)) <= 7:
            spans.append((match.start(), match.end(), "phone"))
            continue
        groups = len(re.findall(_NUMBER, match.group(), re.IGNORECASE))
        if said >= 4 and ((groups >= 5 and _ZERO.match(match.group())) or groups >= 7):
            spans.append((match.start(), match.end(), "phone"))
        elif said >= 4 and groups >= 4 and _REFERENCE.search(text, max(0, match.start() - 60), match.start()):
            spans.append((match.start(), match.end(), "reference"))
    return spans
