"""What is promised and decided in a conversation: commitments with who and when, hand-overs, questions."""

import re
from dataclasses import dataclass
from functools import cache

from cxkit import method

_QUESTION = re.compile(
    r"\?|^(?:may|can|could|would|do|did|does|is|are|what|where|when|which|how|who|why|est-ce|pouvez|pourriez|avez|quel|quelle|o[uù]|quand|comment|qui|pourquoi)\b[^.!]*$",
    re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True)
class Commitment:
    """One promise: its sentence and, where one is said, when."""

    text: str
    when: str | None


def commitments(turn: str) -> list[Commitment]:
    """Sentences of a turn that promise something; a question promises nothing, and "I can … if you like" is an offer."""
    found = []
    sentences = [part for part in _SENTENCE.split(_plain(turn)) if part]
    for place, sentence in enumerate(sentences):
        if is_question(sentence) or not _rules("commitment").search(sentence):
            continue
        when = _rules("when").search(sentence)
        if when is None and place + 1 < len(sentences) and len(sentences[place + 1].split()) < 8:
            when = _rules("when").search(sentences[place + 1])
        found.append(Commitment(sentence.strip(), when[0].strip() if when else None))
    return found


def is_question(text: str) -> bool:
    """True where a sentence or turn asks something, with or without its mark."""
    return bool(_QUESTION.search(text.strip()))


def questions(turn: str) -> list[str]:
    """Sentences of a turn that ask something."""
    return [part.strip() for part in _SENTENCE.split(_plain(turn)) if part and is_question(part)]


def hands_over(turn: str) -> bool:
    """True where the speaker passes the customer on to somebody else."""
    return bool(_rules("hand_over").search(_plain(turn)))


def _plain(text: str) -> str:
    return text.replace("’", "'")


@cache
def _rules(name: str) -> re.Pattern[str]:
    written = method.data("conversations")[name]
    return re.compile("|".join(f"(?:{rule})" for language in sorted(written) for rule in written[language]), re.IGNORECASE)
