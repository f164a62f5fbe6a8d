"""Verbatims: hand-written texts first, then composed ones, each fitting its author's score, experience and voice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data.generator.retailer.calendar import NEW_CARRIER, SELF_CHECKOUT
from data.generator.retailer.profiles import BY_ID
from data.generator.shared.survey import NOT_USED, Answer
from data.generator.shared.tables import read_yaml
from data.generator.shared.texts import Line, least_used, read_lines

TEXTS = Path(__file__).parent / "texts"
HAND_WRITTEN = TEXTS / "verbatims.txt"
STAGE = {
    "magazine": "need", "newsletter": "need", "social_inspiration": "need", "search_engine": "research",
    "product_page": "research", "site_search": "research", "planner": "research", "store_aisle": "research",
    "plants": "use", "review_site": "comparison", "forum": "comparison", "store_adviser": "comparison",
    "price": "comparison", "chat": "comparison", "cart": "decision", "delivery_slot": "decision",
    "payment": "decision", "till": "decision", "self_checkout": "decision", "order_tracking": "delivery",
    "home_delivery": "delivery", "click_collect": "delivery", "cancelled": "delivery", "assembly_guide": "use",
    "workshop": "use", "help_form": "service", "phone_service": "service", "returns_desk": "service",
    "loyalty_card": "loyalty", "general": "",
}
# Topics that need a lived delivery, pick-up or call; the others may be written about by anyone who has nothing worse to tell.
LIVED = {"home_delivery", "click_collect", "phone_service", "help_form", "order_tracking", "delivery_slot", "cancelled"}
NOT_LIVED = set(STAGE) - LIVED
NOT_A_TOUCHPOINT = {"general", "price", "plants", "cancelled"}


@dataclass(frozen=True)
class Verbatim:
    """One verbatim as collected, with the planted topic and cause kept for the tests."""

    answer: Answer
    topic: str
    cause: str
    text: str


def draw_verbatims(rng: np.random.Generator, answers: list[Answer], n: int) -> list[Verbatim]:
    """Give ``n`` respondents a text of their own; no two texts are equal. Sorted by date."""
    clauses = read_yaml(TEXTS / "clauses.yaml")
    candidates = [answer for answer in answers if answer.recommend != NOT_USED]
    authors = [candidates[index] for index in rng.choice(len(candidates), size=n, replace=False)]
    unused, seen, verbatims, spent = read_lines(HAND_WRITTEN), set(), [], Counter()
    for author in authors:
        topic = _topic(rng, author)
        line = _fitting(unused, author, topic)
        if line is not None:
            unused.remove(line)
            found = Verbatim(author, line.topic, line.cause, line.text)
        else:
            found = _composed(rng, clauses, spent, author, topic)
            while found.text in seen:
                found = _composed(rng, clauses, spent, author, topic)
        seen.add(found.text)
        verbatims.append(found)
    return sorted(verbatims, key=lambda v: (v.answer.date, v.answer.id))


def _topic(rng: np.random.Generator, author: Answer) -> str:
    """Choose what the author writes about: what hurt, else what the type cares for."""
    lived = author.lived
    if "missed" in lived and rng.random() < 0.86:
        return "home_delivery"
    if "phone" in lived and rng.random() < 0.72:
        return ("phone_service", "phone_service", "help_form")[rng.integers(3)]
    if "incomplete" in lived and rng.random() < 0.5:
        return "click_collect"
    if "late" in lived and rng.random() < 0.4:
        return "order_tracking"
    if "delivered" in lived and rng.random() < 0.22:
        return "delivery_slot"
    cares = {
        "gardener": ["store_adviser", "store_adviser", "store_aisle", "workshop", "plants", "magazine", "general"],
        "new-owner": ["product_page", "planner", "assembly_guide", "store_adviser", "order_tracking", "general"],
        "urban": ["product_page", "click_collect", "store_aisle", "chat", "price", "general"],
        "bargain": ["price", "price", "loyalty_card", "cart", "returns_desk", "general"],
        "decor": ["store_aisle", "magazine", "store_adviser", "returns_desk", "assembly_guide", "general"],
        "handyman": ["product_page", "store_adviser", "click_collect", "order_tracking", "site_search", "general"],
    }[author.person.type]
    topic = cares[rng.integers(len(cares))]
    return "general" if topic == "click_collect" and "collected" not in lived else topic


def _fitting(unused: list[Line], author: Answer, topic: str) -> Line | None:
    """Return the first unused hand-written text on the topic that fits the score, the author's own voice first."""
    voice = BY_ID[author.person.type].voice
    missed = "missed" in author.lived
    fits = [line for line in unused if line.low <= author.recommend <= line.high + (line.high < 7) and line.voice in (voice, "*")
            and (line.topic == topic or (topic in NOT_LIVED and line.topic not in LIVED))
            and (line.topic != "home_delivery" or (line.cause == "missed") == missed)
            and (line.topic != "self_checkout" or author.date >= SELF_CHECKOUT)
            and ("changé de transporteur" not in line.text or author.date >= NEW_CARRIER)]
    return min(fits, key=lambda line: (line.topic != topic, line.voice != voice), default=None)


def _composed(rng: np.random.Generator, clauses: dict, spent: Counter, author: Answer, topic: str) -> Verbatim:
    """Put clauses together; the least used come first so that none wears out."""
    score = author.recommend
    mood = "bad" if score <= 6 else "good" if score >= 9 else ("good", "neutral", "bad")[rng.integers(3)]
    if topic == "home_delivery" and "missed" in author.lived:
        mood = "bad"
    key = f"{topic}/{mood}"
    if key not in clauses:
        key = {"help_form": "phone_service/bad"}.get(topic, "general/neutral")
        if key == "general/neutral" and mood == "good":
            key = ("general/good", "store_adviser/good", "store_aisle/good", "product_page/good", "price/good")[rng.integers(5)]
        elif key == "general/neutral" and mood == "bad" and score <= 6:
            key = ("product_page/bad", "price/bad", "store_adviser/bad", "returns_desk/bad",
                   "order_tracking/bad")[rng.integers(5)]
    topic, mood = key.split("/")
    bank = clauses[key]

    def one(items: list[str]) -> str:
        return least_used(rng, items, spent)

    length = rng.random()
    parts = [one(bank["what"])]
    if length < 0.80:
        parts.append(one(bank["so"]))
    joined = _join(rng, parts, mood)
    tone = "neutral" if mood == "bad" and score > 6 else mood
    if rng.random() < 0.30:
        joined = f"{one(clauses['openers'][tone])}, {joined}"
    sentences = [joined]
    if rng.random() < 0.48:
        sentences.append(one(clauses["closings"]["angry" if tone == "bad" and score <= 4 else tone]))
    text = " ".join(sentence[0].upper() + sentence[1:] + "." for sentence in sentences)
    voice = BY_ID[author.person.type].voice
    text = VOICES[voice](rng, text)
    if mood == "bad" and rng.random() < 0.2:
        text = f"{text} {_contact(rng, clauses)}"
    return Verbatim(author, topic, bank["cause"], text)


def _join(rng: np.random.Generator, parts: list[str], mood: str) -> str:
    if len(parts) == 1:
        return parts[0]
    links = {"bad": [", et ", ". ", ", résultat : ", " ; ", ", du coup "], "good": [", ", ". ", " et ", " ; "],
             "neutral": [", ", ". ", " ; "]}[mood]
    link = links[rng.integers(len(links))]
    second = parts[1].removeprefix("et ")
    return parts[0] + link + (second[0].upper() + second[1:] if link == ". " else second)


def _contact(rng: np.random.Generator, clauses: dict) -> str:
    name = clauses["names"][rng.integers(len(clauses["names"]))]
    a, b = (f"{rng.integers(10, 99)}" for _ in range(2))
    c, d = (f"{rng.integers(1000, 9999)}" for _ in range(2))
    template = clauses["contacts"][rng.integers(len(clauses["contacts"]))]
    mail = name.lower().replace(" ", "").replace("-", ".")
    return template.format(a=a, b=b, c=c, d=d, name=name, mail=mail)


def _gardener(rng: np.random.Generator, text: str) -> str:
    ends = ["", "", "", " Bien cordialement.", " Voilà ce que je voulais vous dire.", " Ma foi.", " Une fidèle cliente."]
    return text + ends[rng.integers(len(ends))]


def _owner(rng: np.random.Generator, text: str) -> str:
    ends = ["", "", "", " On est deux à le penser.", " Avec des enfants, ça compte !", " Bref.", " Voilà voilà."]
    return _slip(rng, text, 0.10) + ends[rng.integers(len(ends))]


def _urban(rng: np.random.Generator, text: str) -> str:
    for long, short in {"c'est": "c", "j'ai": "g", "parce que": "pcq", "toujours": "tjs", "beaucoup": "bcp", "rendez-vous": "rdv",
                        "quelqu'un": "qqun", "pour": "pr", "avant": "avt", "quand même": "qd même"}.items():
        if rng.random() < 0.55:
            text = re.sub(rf"\b{long}\b", short, text, flags=re.IGNORECASE)
    ends = ["", "", " lol", " 😅", " 🙃", " mdr", "..", " voila"]
    return text.lower().rstrip(".") + ends[rng.integers(len(ends))]


def _bargain(rng: np.random.Generator, text: str) -> str:
    if rng.random() < 0.6:
        text = text.translate(str.maketrans("éèêàçùôîâ", "eeeacuoia"))
    if rng.random() < 0.4:
        text = text.rstrip(".") + "!" * int(rng.integers(1, 5))
    if rng.random() < 0.12:
        text = text.upper()
    return _slip(rng, text, 0.25)


def _decor(rng: np.random.Generator, text: str) -> str:
    ends = ["", "", "", " À bon entendeur.", " Cela se remarque.", " Je le dis sans détour."]
    return text.replace(" ça ", " cela ") + ends[rng.integers(len(ends))]


def _handyman(rng: np.random.Generator, text: str) -> str:
    if rng.random() < 0.35:
        text = f"Constat : {text[0].lower()}{text[1:]}"
    return _slip(rng, text, 0.06)


def _slip(rng: np.random.Generator, text: str, rate: float) -> str:
    """Make the slips people make: a wrong ending, a lost apostrophe, a doubled or dropped letter."""
    for right, wrong in [("j'ai", "jai"), ("ce n'était", "c'était"), ("é ", "er "), ("ça", "sa"), ("qu'", "qu "),
                         ("elle", "ele"), ("problème", "probleme"), ("tt", "t"), ("dû", "du"), ("à ", "a ")]:
        if rng.random() < rate:
            text = text.replace(right, wrong, 1)
    return text


VOICES: dict[str, Callable[[np.random.Generator, str], str]] = {
    "g": _gardener, "o": _owner, "u": _urban, "b": _bargain, "d": _decor, "h": _handyman,
}
HEADER = ["id", "client", "date", "note", "canal", "point_de_contact", "etape", "texte"]


def rows(rng: np.random.Generator, verbatims: list[Verbatim]) -> list[list]:
    """Return the rows of verbatims.xlsx."""
    collected = ["e-mail après achat", "SMS", "tablette en magasin", "site"]
    return [[f"V{rank + 1:04d}", v.answer.person.id, v.answer.date.strftime("%d/%m/%Y"), v.answer.recommend,
             collected[rng.choice(4, p=[0.5, 0.2, 0.15, 0.15])], "" if v.topic in NOT_A_TOUCHPOINT else v.topic,
             STAGE[v.topic], v.text] for rank, v in enumerate(verbatims)]
