"""Words of rupture, by rules of the method data: the writer leaves, or tells others to keep away. Two flags, never a score.

Endings that the company started, praise by denial ("je n'irai pas voir ailleurs") and coming from a competitor do not count.
"""

import re
from dataclasses import dataclass
from functools import cache

from cxkit import method

_SENTENCE = re.compile(r"[.!?;…\n]+(?=\s|$)")


@dataclass(frozen=True)
class Rupture:
    """What a text says of rupture: the writer's own departure, and advice to others."""

    departure: bool
    advice: bool

    def __bool__(self) -> bool:
        return self.departure or self.advice


def rupture(text: str) -> Rupture:
    """Look for both flags sentence by sentence, after what is spared was taken out."""
    departure, advice, spared = _rules()
    sentences = [spared.sub(" ", sentence.strip()) for sentence in _split(text.lower())]
    return Rupture(any(departure.search(sentence) for sentence in sentences), any(advice.search(sentence) for sentence in sentences))


def _split(text: str) -> list[str]:
    """Sentences with their end mark: a rule may ask for it."""
    plain = re.sub(r"\s+", " ", text.replace("’", "'"))
    ends = [match.end() for match in _SENTENCE.finditer(plain)]
    return [plain[start:end] for start, end in zip([0, *ends], [*ends, len(plain)], strict=True) if plain[start:end].strip()]


@cache
def _rules() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    written = method.data("rupture")
    joined = ("|".join(f"(?:{item})" for language in sorted(written[part]) for item in written[part][language])
              for part in ("departure", "advice", "spared"))
    first, second, third = (re.compile(pattern) for pattern in joined)  # on lower case: twice as fast as ignoring case
    return first, second, third
