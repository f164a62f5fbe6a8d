"""The method's own sentences from which polarity is learnt, with their sector, and the long verbatims that they are joined to."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from cxkit import method

LANGUAGES = ("fr", "en")


@dataclass(frozen=True)
class Seeds:
    """Texts, labels (1 positive, 0 negative; shape (n,)), sectors (the groups of the cross-validation), weights (shape (n,)) and languages."""

    texts: tuple[str, ...]
    labels: np.ndarray
    sectors: tuple[str, ...]
    weights: np.ndarray
    languages: tuple[str, ...]


@cache
def seeds() -> Seeds:
    """All sentences of templates/method/seeds/, both languages."""
    rows = []
    for language in LANGUAGES:
        written = method.data(f"seeds/{language}")
        for side, label in (("positive", 1), ("negative", 0)):
            rows += [(text, label, sector, 1.0, language) for sector, sentences in written[side].items() for text in sentences]
    return _seeds(rows)


@cache
def taught() -> Seeds:
    """The sentences, then the long verbatims made of them (the same ones for the same sentences)."""
    known, draw = seeds(), np.random.default_rng(method.data("mining")["seed"])
    rows = list(zip(known.texts, known.labels, known.sectors, known.weights, known.languages, strict=True))
    joined = [row for language in LANGUAGES for label in (1, 0) for row in _joined(known, language, label, draw)]
    return _seeds(rows + joined)


def _joined(known: Seeds, language: str, label: int, draw: np.random.Generator) -> Iterator[tuple[str, int, str, float, str]]:
    settings = method.data("mining")["polarity"]["joined"]
    own: dict[str, list[int]] = {}
    other: dict[str, list[int]] = {}
    for place, sector in enumerate(known.sectors):
        if known.languages[place] == language and len(known.texts[place]) <= settings["longest"]:
            (own if known.labels[place] == label else other).setdefault(sector, []).append(place)
    sectors = [sector for sector in sorted(own) if len(own[sector]) >= settings["least"] and sector in other]
    shares = np.array([len(own[sector]) for sector in sectors], dtype=float)
    fewest, most = settings["sentences"]
    for _ in range(settings["each"] if sectors else 0):
        sector = sectors[draw.choice(len(sectors), p=shares / shares.sum())]
        parts = [int(place) for place in draw.choice(own[sector], draw.integers(fewest, most + 1), replace=False)]
        if draw.random() < settings["mixed"]:
            parts.insert(int(draw.integers(0, len(parts) + 1)), int(draw.choice(other[sector])))
        yield " ".join(known.texts[place] for place in parts), label, sector, settings["weight"], language


def _seeds(rows: list[tuple[str, int, str, float, str]]) -> Seeds:
    texts, labels, sectors, weights, languages = zip(*rows, strict=True)
    return Seeds(texts, np.array(labels), sectors, np.array(weights), languages)
