"""The method's own sentences from which polarity is learnt, with their sector."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from cxkit import method

LANGUAGES = ("fr", "en")


@dataclass(frozen=True)
class Seeds:
    """Texts, labels (1 positive, 0 negative; shape (n,)) and sectors, the groups of the cross-validation."""

    texts: tuple[str, ...]
    labels: np.ndarray
    sectors: tuple[str, ...]


@cache
def seeds() -> Seeds:
    """All sentences of templates/method/seeds/, both languages."""
    texts: list[str] = []
    labels: list[int] = []
    sectors: list[str] = []
    for language in LANGUAGES:
        written = method.data(f"seeds/{language}")
        for side, label in (("positive", 1), ("negative", 0)):
            for sector, sentences in written[side].items():
                texts += sentences
                labels += [label] * len(sentences)
                sectors += [sector] * len(sentences)
    return Seeds(tuple(texts), np.array(labels), tuple(sectors))
