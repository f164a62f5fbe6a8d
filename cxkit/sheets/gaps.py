"""What a step could not conclude, in the reader's language."""

from cxkit.steps.base import Gap
from cxkit.words import Words


def gap_text(step: str, gap: Gap, words: Words) -> str:
    """The sentence of a gap; facts that name a word of the catalogs (``@key``) are told by it."""
    return words(f"{step}.gaps.{gap.key}", **{name: _fact(value, words) for name, value in gap.facts.items()})


def _fact(value: str, words: Words) -> str:
    key = value.removeprefix("@")
    return words(key) if value.startswith("@") and words.has(key) else value
