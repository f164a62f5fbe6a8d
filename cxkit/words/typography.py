"""Typography of a language: French spaces before high punctuation and inside guillemets."""

import re

NBSP, NNBSP = "\u00a0", "\u202f"
_HIGH = re.compile(r"(?<=[^\s:;!?/])[ \u00a0]([;!?])")
_COLON = re.compile(r"(?<=\S)[ \u00a0]:(?=\s|$)")
_OPEN = re.compile(r"«[ \u00a0\u202f]?")
_CLOSE = re.compile(r"[ \u00a0\u202f]?»")
_UNIT = re.compile(r"(?<=\d)[ \u00a0](?=[%€$])")
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))")


def french(text: str) -> str:
    """Narrow no-break spaces before ``; ! ? %`` and ``€``, no-break before ``:`` and inside ``« »``."""
    text = _HIGH.sub(NNBSP + r"\1", text)
    text = _COLON.sub(NBSP + ":", text)
    text = _CLOSE.sub(NBSP + "»", _OPEN.sub("«" + NBSP, text))
    return _THOUSANDS.sub(NNBSP, _UNIT.sub(NNBSP, text)).replace("'", "’")


RULES = {"french": french}
"""The rules that a catalog may name under ``typography``; one that names none is left as written."""


def typeset(text: str, rule: str | None) -> str:
    """Apply the rule that a catalog names."""
    return RULES[rule](text) if rule in RULES else text
