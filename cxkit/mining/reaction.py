"""Reaction of a text or clause: polarity × intensity, and rupture by its own rules."""

import re
from functools import cache

from cxkit import method
from cxkit.method import Reaction
from cxkit.mining.rupture import Rupture


def side(probability: float) -> str:
    """positive, negative, or neutral where the confidence is under the method's."""
    sure = method.data("mining")["polarity"]["sure"]
    return "positive" if probability >= sure else "negative" if probability <= 1 - sure else "neutral"


def reaction(text: str, probability: float, rupture: Rupture) -> Reaction:
    """Reaction that a text tells.

    Parameters
    ----------
    probability : of the positive side, 0..1, calibrated.
    rupture : what the rules found; it wins over everything.

    Notes
    -----
    A feeling is strong where the classifier is sure of its side and a strong word stands in the text: delight instead of satisfaction,
    dissatisfaction instead of irritant. Nothing else makes a reaction strong.
    """
    if rupture:
        return "rupture"
    told = side(probability)
    if told == "neutral":
        return "none"
    confident = max(probability, 1 - probability) >= method.data("mining")["reaction"]["strong_confidence"]
    strong = confident and bool(_strong().search(text.replace("’", "'")))
    if told == "positive":
        return "delight" if strong else "satisfaction"
    return "dissatisfaction" if strong else "irritant"


@cache
def _strong() -> re.Pattern[str]:
    return re.compile("|".join(method.data("mining")["reaction"]["strong_words"].values()), re.IGNORECASE)
