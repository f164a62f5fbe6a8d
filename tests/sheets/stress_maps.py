"""Maps at the edge of what clients write: many stages, long cells, words of 60 characters, nobody asked, empty lanes."""

import datetime as dt
import random

from cxkit.steps.base import Mark
from cxkit.steps.journey_view import ActivityView, CurvePoint, IrritantView, JourneyMapView, PersonaCard, StageView

SYLLABLES = ("re", "com", "man", "der", "li", "vrai", "son", "ser", "vi", "ce", "ap", "pel", "four", "nis", "seur", "ga", "ran", "tie")
REACTIONS = (("delight", 2.0), ("satisfaction", 1.0), ("none", 0.0), ("irritant", -1.0), ("dissatisfaction", -2.0), ("rupture", -3.0))
NAME = "Marie-Antoinette de la Tour-Montgoméry-B"
"""40 characters."""


def words_of(length: int, dice: random.Random, longest: int = 14) -> str:
    """A text of exactly ``length`` characters in words of up to ``longest``."""
    text = ""
    while len(text) < length:
        word = ""
        while len(word) < dice.randint(2, longest):
            word += dice.choice(SYLLABLES)
        text += (" " if text else "") + word[:longest]
    return text[: length - 1].rstrip().ljust(length - 1, "e") + "." if length > 1 else "e"


def stress_map(stages: int, *, length: int = 60, word: int = 14, hypothesis: bool = False, sparse: bool = False, activities: int = 3,
               seed: int = 1, kind: str = "as-is", persona: str = NAME) -> JourneyMapView:  # fmt: skip
    """A map of ``stages`` stages whose cells hold ``length`` characters.

    Parameters
    ----------
    word : longest word; 60 for one that outruns its column.
    hypothesis : nobody was asked, all points hollow.
    sparse : most lanes empty.
    """
    dice = random.Random(seed)

    def say() -> str:
        return words_of(length, dice, word)

    def few(most: int) -> tuple[str, ...]:
        return () if sparse else tuple(say() for _ in range(dice.randint(0, most)))

    def point() -> CurvePoint:
        reaction, valence = dice.choice(REACTIONS)
        if hypothesis or dice.random() < 0.2:
            return CurvePoint(valence=valence, reaction=reaction, kind="hypothesis", solid=False)
        mean = round(valence + dice.uniform(-0.4, 0.4), 2)
        mean = min(2.0, max(-3.0, mean))
        n = dice.choice((7, 18, 64, 431, 12_846))
        base = "suppressed" if n < 10 else "counts_only" if n < 30 else "weak" if n < 100 else "full"
        return CurvePoint(valence=mean, low=max(-3.0, mean - 0.5), high=min(2.0, mean + 0.4), n=n, base=base, net_emotion=mean / 3,
                          reaction=reaction, kind=dice.choice(("measured", "reported", "observed")), solid=True,
                          distribution={"satisfaction": 8, "irritant": 10})  # fmt: skip

    def activity(at: int, number: int) -> ActivityView:
        return ActivityView(
            id=f"a{at}-{number}", action=say(), when=dice.choice((None, "before", "during", "after")), touchpoint=f"t{at}{number}",
            touchpoint_name=words_of(min(length, 40), dice, word), channel=dice.choice(("web", "store", "phone", "partner")),
            thought=None if sparse else say(), need=None if sparse else say(), expected=few(1), asked=few(1), transmitted=few(1),
            emotion=None if sparse else words_of(min(length, 24), dice, min(word, 24)), point=point(),
            mark=Mark(kind="hypothesis" if hypothesis else dice.choice(("measured", "internal"))),
            moment_of_truth=not sparse and dice.random() < 0.3, decision=dice.random() < 0.2, silo_break=not sparse and dice.random() < 0.4,
            irritants=tuple(IrritantView(text=text, severity=dice.randint(1, 3), kind="reported") for text in few(3)),
            delights=few(1), opportunities=few(2), owner_name=words_of(min(length, 40), dice, word), back_stage=few(2),
        )  # fmt: skip

    return JourneyMapView(
        title=words_of(min(length, 90), dice, word), client=NAME, kind=kind, version="12.4", date=dt.date(2026, 3, 1),
        sample=() if hypothesis else (Mark(kind="measured", n=12_846), Mark(kind="reported", n=1_204)), start=dt.date(2025, 3, 1),
        end=dt.date(2026, 2, 28),
        persona=PersonaCard(id="p", name=persona, tagline=words_of(60, dice), quote=say(), share=0.12, n=812) if persona else None,
        stages=tuple(StageView(id=f"s{at}", name=words_of(40, dice, word), goal=None if sparse else say(),
                               activities=tuple(activity(at, number) for number in range(activities))) for at in range(stages)),
    )  # fmt: skip


CASES = {
    "three-short": {"stages": 3, "length": 10},
    "nine-usual": {"stages": 9, "length": 60},
    "twelve-long": {"stages": 12, "length": 300},
    "twelve-words-of-60": {"stages": 12, "length": 110, "word": 60},
    "seven-nobody-asked": {"stages": 7, "length": 60, "hypothesis": True},
    "eight-empty-lanes": {"stages": 8, "length": 30, "sparse": True},
    "five-crowded": {"stages": 5, "length": 110, "activities": 6},
}
