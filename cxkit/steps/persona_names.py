"""Fictional names and looks that fit the country, the gender and the generation of a segment; never a respondent's."""

import re

import numpy as np

from cxkit import method
from cxkit.model.client import Client
from cxkit.model.persona import Persona, Portrait
from cxkit.steps.persona_base import People, Question
from cxkit.words.text import Text

DEFAULT = "US"


def names(client: Client, base: People, members: list[np.ndarray], texts: str, kept: tuple[str | None, ...] = ()) -> list[str]:
    """One name a segment, in order.

    Parameters
    ----------
    client : its country chooses the list.
    members : for each segment the rows of its people, boolean of shape (n,).
    texts : everything that customers wrote; a name that occurs there is passed over.
    kept : for each segment the name it bore in the previous wave, None for a new one.
    """
    book = method.data("names")
    country = book["as"].get(client.market.country, client.market.country)
    lists = book.get(country) if country not in {"gender", "age", "as"} else None
    lists = lists or book[DEFAULT]
    found: list[str] = []
    borne = [name for name in kept if name]
    for mine, name in zip(members, kept or (None,) * len(members), strict=True):
        gender, generation = _gender(base, mine, book["gender"]), _generation(base, mine, book["age"])
        found.append(name or _free(lists[gender][generation], lists["family"], list(dict.fromkeys([*borne, *found])), texts))
    return found


def drawn_look(base: People, mine: np.ndarray, style: str) -> Portrait:
    """What the data say of a portrait: gender and generation."""
    book = method.data("names")
    return Portrait(style=style, gender=_gender(base, mine, book["gender"]), generation=_generation(base, mine, book["age"]))


def declared_look(persona: Persona, style: str) -> Portrait:
    """The portrait of a declared persona: what the workshop chose, else by first name and age."""
    book = method.data("names")
    said = persona.portrait
    age = next((_number(value) for key, value in persona.identity.items() if key in book["age"]["attributes"]), None)
    return said.model_copy(update={
        "style": "monogram" if style == "monogram" else said.style,
        "gender": said.gender or _gender_of_name(persona.name, book),
        "generation": said.generation or _age_group(age, book["age"])})


def _gender_of_name(name: str, book: dict) -> str:
    first = name.split(" ", 1)[0]
    lists = [country for key, country in sorted(book.items()) if key not in {"gender", "age", "as"}]
    found = {gender for country in lists for gender in ("feminine", "masculine", "any")
             for names_ in country[gender].values() if first in names_}
    return found.pop() if len(found) == 1 else "any"


def _age_group(age: float | None, rule: dict) -> str:
    if age is None:
        return "middle"
    return "young" if age <= rule["young_until"] else "middle" if age <= rule["middle_until"] else "senior"


def _free(given: list[str], family: list[str], taken: list[str], texts: str) -> str:
    """The first pair whose parts are not taken and that no customer wrote."""
    used = {part for name in taken for part in name.split(" ", 1)}
    for offset in range(len(given) * len(family)):
        first = given[(offset // len(family)) % len(given)]
        last = family[(len(taken) + offset) % len(family)]
        if first not in used and last not in used and f"{first} {last}".casefold() not in texts:
            return f"{first} {last}"
    return f"{given[len(taken) % len(given)]} {family[len(taken) % len(family)]}"


def _gender(base: People, mine: np.ndarray, rule: dict) -> str:
    """The gender of a clear majority (two thirds); else names that fit whoever."""
    item = _question(base, rule["attributes"])
    if item is None:
        return "any"
    counts = {"feminine": 0, "masculine": 0}
    for j, choice in enumerate(item.choices):
        for gender in counts:
            if _strings(choice.label, choice.code) & set(rule[gender]):
                counts[gender] += int(item.chosen[mine, j].sum())
                break
    total = int(item.asked[mine].sum())
    return next((gender for gender, n in counts.items() if total and n >= 2 * total / 3), "any")


def _generation(base: People, mine: np.ndarray, rule: dict) -> str:
    item = _question(base, rule["attributes"])
    if item is None or not item.chosen[mine].any():
        return "middle"
    choice = item.choices[int(item.chosen[mine].sum(axis=0).argmax())]
    age = choice.low if choice.low is not None else _number(choice.label or choice.code)
    if age is None:
        return "middle"
    return "young" if age < rule["young_until"] - 5 else "middle" if age < rule["middle_until"] else "senior"


def _question(base: People, ids: list[str]) -> Question | None:
    return next((item for item in base.questions if item.attribute.id in ids), None)


def _number(label: Text) -> float | None:
    text = label if isinstance(label, str) else next(iter(label.values()), "")
    match = re.search(r"\d+", text)
    return float(match.group()) if match else None


def _strings(label: Text | None, code: str) -> set[str]:
    texts = [label] if isinstance(label, str) else list((label or {}).values())
    return {text.casefold().strip() for text in texts} or {code.casefold()}
