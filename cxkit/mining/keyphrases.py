"""Keyphrases: the words and word groups that one set of texts says more than another, by weighted log-odds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from cxkit import method
from cxkit.mining.themes import fold
from cxkit.statistics.keyness import log_odds


@dataclass(frozen=True)
class Keyphrase:
    """A phrase, the texts that hold it in the first and the second set, its log-odds, z and two-sided p."""

    phrase: str
    first: int
    second: int
    delta: float
    z: float
    p: float


def keyphrases(first: Sequence[str], second: Sequence[str], least: int = 3) -> list[Keyphrase]:
    """Phrases of one to three words in at least ``least`` texts, those of the first set first, by z; grammatical words do not open or close one.

    A phrase counts once a text. A phrase inside a longer one that is said as often gives way to it.
    """
    texts = [*first, *second]
    stop = frozenset(method.data("stopwords")["words"])

    def analyse(text: str) -> list[str]:
        words = _words(fold(text).replace("'", " "))
        found = []
        for size in (1, 2, 3):
            for start in range(len(words) - size + 1):
                part = words[start:start + size]
                if part[0] not in stop and part[-1] not in stop and not all(word.isdigit() for word in part):
                    found.append(" ".join(part))
        return found

    try:
        vectorizer = CountVectorizer(analyzer=analyse, binary=True, min_df=least)
        counts = vectorizer.fit_transform(texts)
    except ValueError:
        return []
    a = np.asarray(counts[:len(first)].sum(axis=0)).ravel()
    b = np.asarray(counts[len(first):].sum(axis=0)).ravel()
    found = log_odds(a, b)
    terms = vectorizer.get_feature_names_out()
    order = sorted(range(len(terms)), key=lambda i: (-round(float(found.z[i]), 9), -len(terms[i].split()), terms[i]))
    phrases = [Keyphrase(str(terms[i]), int(a[i]), int(b[i]), float(found.delta[i]), float(found.z[i]), float(found.p[i])) for i in order]
    return _without_parts(phrases)


def _without_parts(phrases: list[Keyphrase]) -> list[Keyphrase]:
    longer = [(f" {other.phrase} ", other.first + other.second) for other in phrases if " " in other.phrase]
    return [one for one in phrases if not any(f" {one.phrase} " in text and one.phrase != text.strip() and n >= 0.8 * (one.first + one.second)
                                              for text, n in longer)]


def _words(text: str) -> list[str]:
    return re.findall(r"\w\w+", text)
