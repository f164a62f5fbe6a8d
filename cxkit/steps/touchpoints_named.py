"""Touchpoints that customers name in their own words and that stand on no list."""

import re
import unicodedata
from collections.abc import Iterable

from cxkit import method
from cxkit.model.record import Text
from cxkit.steps.base import Given, base_of
from cxkit.steps.touchpoints_view import Mention

CUSTOMERS = ("reported", "observed")
NEGATIVE = frozenset({"irritant", "dissatisfaction", "rupture"})


def mentions(given: Given, listed: Iterable[str]) -> tuple[Mention, ...]:
    """Touchpoints of the method's vocabulary in the texts of customers, by falling number of people.

    A word counts once a person, as whole words, whatever case and accents. What the inventory holds, by its id, its name or one of its words,
    is on a list and no discovery; nor is a touchpoint that the evidence has under an id of its own (``listed``).
    """
    texts = given.evidence["verbatims"]
    texts = texts[texts["kind"].isin(CUSTOMERS) & texts["text"].notna()]
    plain = texts["text"].map(_plain)
    people = texts["respondent"].where(texts["respondent"].notna(), texts["source"] + texts.index.astype(str))
    known = _known(given, listed)
    found = []
    for row in method.data("mentions"):
        said = {language: [_plain(word) for word in row[language]] for language in ("fr", "en")}
        every = sorted({word for words in said.values() for word in words})
        if row["id"] in listed or any(_whole(every).search(name) for name in known):
            continue
        hit = plain.str.contains(_whole(every), regex=True)
        n = people[hit].nunique()
        if n < method.data("touchpoints")["least_mentions"]:
            continue
        told = texts[hit & texts["reaction"].notna()]
        negative = int(told["reaction"].isin(NEGATIVE).sum())
        base = base_of(len(told))
        name: Text = {language: row[language][0] for language in ("fr", "en")}
        found.append(Mention(id=row["id"], name=name, channel=row["channel"], people=int(n), base=base,
                             negative=negative / len(told) if base in {"weak", "full"} else None))
    return tuple(sorted(found, key=lambda item: (-item.people, item.id)))


def _known(given: Given, listed: Iterable[str]) -> list[str]:
    """Ids and names of what is deployed or seen, plain."""
    names = [name.replace("_", " ").replace("-", " ") for name in listed]
    for item in given.folder.touchpoints:
        names += [item.name] if isinstance(item.name, str) else list(item.name.values())
    return [_plain(name) for name in names]


def _plain(text: str) -> str:
    """Lower case, without accents, typographic apostrophes made plain."""
    letters = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _whole(words: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(word) for word in words) + r")(?!\w)")

