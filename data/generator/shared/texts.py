"""Texts of the people: hand-written lines that fit first, then clauses put together so that no two texts are equal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data.generator.shared.survey import NOT_USED, Answer


@dataclass(frozen=True)
class Line:
    """One hand-written text with the topic, cause, score range and voice that it fits."""

    topic: str
    cause: str
    low: int
    high: int
    voice: str
    text: str


def fields(path: Path) -> list[list[str]]:
    """The lines of a text file cut at ``|``; comments left out."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("|") for line in lines if line and not line.startswith("#")]


def read_lines(path: Path) -> list[Line]:
    """Read hand-written texts in file order: topic | cause | low-high | voice | text."""
    lines = []
    for topic, cause, span, voice, *text in fields(path):
        low, high = span.split("-")
        lines.append(Line(topic, cause, int(low), int(high), voice, "|".join(text)))
    return lines


def least_used(rng: np.random.Generator, items: Sequence[str], spent: Counter) -> str:
    """Draw one of the least used items and count its use, so that none wears out."""
    rested = min(spent[item] for item in items)
    fresh = [item for item in items if spent[item] == rested]
    chosen = fresh[rng.integers(len(fresh))]
    spent[chosen] += 1
    return chosen


@dataclass
class Writer:
    """Gives each author a text that fits: the own voice's line first, anybody's next, else a composed one."""

    rng: np.random.Generator
    unused: list[Line]
    clauses: Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]
    """Topic → mood (bad, good, neutral) → ``cause``, ``what`` and ``so``."""
    links: Mapping[str, Sequence[str]]
    """Mood → what joins two clauses."""

    def __post_init__(self) -> None:
        self.spent: Counter = Counter()
        self.seen: set[str] = set()

    def write(self, topic: str, score: int, voice: str) -> tuple[str, str]:
        """The cause and the text of an author who gives ``score`` of 10 and speaks of ``topic``."""
        fits = [line for line in self.unused if line.topic == topic and line.low <= score <= line.high and line.voice in (voice, "*")]
        if fits:
            line = min(fits, key=lambda one: one.voice != voice)
            self.unused.remove(line)
            self.seen.add(line.text)
            return line.cause, line.text
        mood = "bad" if score <= 6 else "good" if score >= 9 else "neutral"
        moods = self.clauses[topic]
        mood = next(one for one in (mood, "neutral", *moods) if one in moods)
        bank = moods[mood]
        while (text := self._composed(bank, mood)) in self.seen:
            pass
        self.seen.add(text)
        return str(bank["cause"]), text

    def _composed(self, bank: Mapping[str, Sequence[str]], mood: str) -> str:
        parts = [least_used(self.rng, bank["what"], self.spent)]
        if self.rng.random() < 0.85:
            parts.append(least_used(self.rng, bank["so"], self.spent))
        joined = _joined(parts, self.links[mood][self.rng.integers(len(self.links[mood]))])
        opener = self.clauses["openers"][mood]
        if self.rng.random() < 0.35:
            joined = f"{least_used(self.rng, opener['what'], self.spent)}, {joined}"
        sentences = [joined]
        if self.rng.random() < 0.6:
            sentences.append(least_used(self.rng, opener["so"], self.spent))
        return " ".join(sentence[0].upper() + sentence[1:] + ("" if sentence[-1] in "?!" else ".") for sentence in sentences)


def _joined(parts: Sequence[str], link: str) -> str:
    if len(parts) == 1:
        return parts[0]
    return parts[0] + link + (parts[1][0].upper() + parts[1][1:] if link == ". " else parts[1])


def verbatim_rows(rng: np.random.Generator, writer: Writer, answers: Sequence[Answer], n: int,
                  topic: Callable[[np.random.Generator, Answer], str], date_format: str) -> list[list]:
    """``n`` answers with a text of their own, by date: id, person, date, score, touchpoint, text.

    A topic is a touchpoint with or without its side (``teleconsultation_good``); ``general`` names none.
    """
    candidates = [answer for answer in answers if answer.recommend != NOT_USED]
    authors = [candidates[index] for index in rng.choice(len(candidates), size=n, replace=False)]
    rows = []
    for author in authors:
        about = topic(rng, author)
        _, text = writer.write(about, author.recommend, author.person.kind.voice)
        touchpoint = "" if about == "general" else about.removesuffix("_good").removesuffix("_bad")
        rows.append((author.date, author.id, [author.person.id, author.date.strftime(date_format), author.recommend, touchpoint, text]))
    return [[f"V{rank + 1:04d}", *row] for rank, (_, _, row) in enumerate(sorted(rows))]
