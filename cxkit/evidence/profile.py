"""What a column seems to hold: its kind, probable scale, missing codes and suspicious values."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from cxkit import method
from cxkit.evidence.convert import Rejected, code, number_parser
from cxkit.evidence.dates import FIRST_YEAR, form_of
from cxkit.evidence.masking import mask, names_people
from cxkit.evidence.personal.sieve import fold

Kind = Literal["empty", "date", "score", "weight", "number", "identifier", "personal", "text", "yes_no", "category", "other"]
_YES_NO = ({"yes", "no"}, {"oui", "non"}, {"true", "false"}, {"0", "1"}, {"vrai", "faux"}, {"y", "n"}, {"o", "n"})
_ANCHORED = re.compile(r"(?P<number>\d{1,2})(?P<word>\s*[-–—=:.)]\s*[^\W\d].*)?", re.DOTALL)
_NUMBERS_OF_PEOPLE = frozenset({"phone", "card", "national_id", "iban"})


@dataclass(frozen=True)
class Profile:
    """A column as it looks.

    Parameters
    ----------
    name, kind : the column and what it seems to hold.
    role : role that its name suggests, or "".
    n, distinct : filled cells and distinct values.
    missing : codes that seem to mean "no answer".
    scale, metric : probable scale of a score and the metric that uses it.
    labels : values of a category, by frequency.
    forms : forms of dates and how many.
    answers : (answer in words, its number on the scale) of a score.
    odd : (value, how many) of cells that do not fit the kind; never of a personal column.
    """

    name: str
    kind: Kind
    role: str
    n: int
    distinct: int
    missing: tuple[str, ...] = ()
    scale: tuple[int, int] | None = None
    metric: str | None = None
    labels: tuple[str, ...] = ()
    forms: tuple[tuple[str, int], ...] = ()
    odd: tuple[tuple[str, int], ...] = ()
    answers: tuple[tuple[str, int], ...] = ()


def profile(name: str, cells: pd.Series, decimal: str) -> Profile:
    """Profile one column of text cells."""
    data = method.data("mapping")
    filled = [code(text) for text in cells if text.strip()]
    counts = Counter(filled)
    word = re.compile(data["missing_words"], re.IGNORECASE)
    missing = tuple(sorted(value for value in counts if word.match(value)))
    real = Counter({value: count for value, count in counts.items() if value not in missing})
    n, role = sum(real.values()), _role(name, data["roles"])
    base = {"name": name, "role": role, "n": n, "distinct": len(real)}
    if not n:
        return Profile(kind="empty", **base, missing=missing)
    if said := _said(base, real, missing, data):
        return said
    forms = Counter()
    for value, count in real.items():
        # a spreadsheet's time of the day without date stands on 30 December 1899
        year = re.search(r"(?<!\d)\d{4}(?!\d)", value)
        forms["other" if year and int(year.group()) < FIRST_YEAR else form_of(value)] += count
    dated = forms["iso"] + forms["iso_zoned"] + forms["day_month"]
    if dated >= 0.9 * n:
        return Profile(kind="date", **base, missing=missing, forms=tuple(sorted(forms.items())))
    numbers = _numbers(real, decimal)
    if sum(real[value] for value in numbers) >= 0.9 * n:
        odd = tuple(sorted(((mask(value).text, real[value]) for value in real if value not in numbers), key=lambda item: (-item[1], item[0]))[:5])
        return _numeric(base, numbers, real, missing, odd, data)
    return _words(base, cells, real, missing, data)


def _said(base: dict, real: Counter, missing: tuple[str, ...], data: dict) -> Profile | None:
    """A score whose answers come as words: numbers with what they mean ("10 - Extremely likely"), or the words of a usual scale alone."""
    if re.search(data["never_scores"], base["name"].strip(), re.IGNORECASE):
        return None
    anchored = {value: match for value in real if (match := _ANCHORED.fullmatch(value))}
    if len(anchored) == len(real) > 2 and any(match["word"] for match in anchored.values()):
        numbers = {value: int(match["number"]) for value, match in anchored.items()}
        if found := _scale(set(numbers.values()), data):
            worded = tuple(sorted(((value, number) for value, number in numbers.items() if anchored[value]["word"]), key=lambda item: item[1]))
            return Profile(kind="score", **base, scale=found[0], metric=found[1], missing=(*missing, *map(str, found[2])), answers=worded)
    plain = {value: fold(value.strip()).replace("\u2019", "'") for value in real}
    for row in data["likert"]:
        if len(real) > 2 and all(word in row["answers"] for word in plain.values()):
            worded = tuple(sorted(((value, row["answers"][word]) for value, word in plain.items()), key=lambda item: (item[1], item[0])))
            return Profile(kind="score", **base, scale=(1, 5), metric=row["metric"], missing=missing, answers=worded)
    return None


def _role(name: str, roles: dict[str, str]) -> str:
    return next((role for role, pattern in roles.items() if re.search(pattern, name.strip(), re.IGNORECASE)), "")


def _numbers(values: Counter, decimal: str) -> dict[str, float]:
    parse, found = number_parser(decimal), {}
    for value in values:
        try:
            found[value] = parse(value)
        except Rejected:
            continue
    return found


def _numeric(base: dict, numbers: dict[str, float], real: Counter, missing: tuple[str, ...], odd: tuple, data: dict) -> Profile:
    # grouped digits such as 06 12 34 56 78 read as a number; plain ones are told by their kind below
    grouped = [value for value in real if " " in value and any(kind in _NUMBERS_OF_PEOPLE for _, _, kind in mask(value).spans)]
    if sum(real[value] for value in grouped) > 0.3 * base["n"]:
        return Profile(kind="personal", **base)
    whole = all(value.is_integer() for value in numbers.values())
    if base["role"] == "weight" and min(numbers.values()) > 0:
        return Profile(kind="weight", **base, missing=missing, odd=odd)
    if whole and base["distinct"] == base["n"] and base["n"] > 30:
        return Profile(kind="identifier", **base, missing=missing)
    if whole and base["role"] in ("respondent", "episode", "conversation"):
        return Profile(kind="identifier", **base, missing=missing)
    found = _scale({int(value) for value in numbers.values()}, data) if whole else None
    if found and not re.search(data["never_scores"], base["name"].strip(), re.IGNORECASE):
        scale, metric, outside = found
        return Profile(kind="score", **base, scale=scale, metric=metric, odd=odd, missing=tuple(sorted((*missing, *map(str, outside)))))
    if set(real) <= {"0", "1"}:
        return Profile(kind="yes_no", **base, missing=missing, labels=tuple(sorted(real)))
    if whole and base["distinct"] <= data["most_labels"]:
        labels = tuple(sorted(numbers, key=lambda value: numbers[value]))
        return Profile(kind="category", **base, missing=missing, labels=labels, odd=odd)
    if whole and re.search(data["codes"], base["name"].strip(), re.IGNORECASE):
        return Profile(kind="other", **base, missing=missing)
    return Profile(kind="number", **base, missing=missing, odd=odd)


def _scale(values: set[int], data: dict) -> tuple[tuple[int, int], str, list[int]] | None:
    """The scale that the values fill, its metric, and the values outside that usually mean no answer."""
    fits = []
    for row in data["scales"]:
        low, high = row["scale"]
        inside = {value for value in values if low <= value <= high}
        outside = sorted(values - inside)
        if len(inside) >= row["least"] and high in inside and all(value in data["missing_numbers"] for value in outside):
            fits.append((len(inside) / (high - low + 1), (low, high), row["metric"], outside))
    return max(fits, key=lambda fit: (fit[0], fit[1]))[1:] if fits else None


def _words(base: dict, cells: pd.Series, real: Counter, missing: tuple[str, ...], data: dict) -> Profile:
    sample = [text for text in cells if text.strip()][:300]
    length = sum(map(len, sample)) / len(sample)
    personal = sum(any(end - start > 0.6 * len(text.strip()) for start, end, _ in mask(text.strip()).spans) for text in sample)
    if re.fullmatch(method.data("personal")["direct_columns"], base["name"].strip(), re.IGNORECASE) or personal > 0.3 * len(sample) or (
            base["role"] != "text" and names_people(real)):
        return Profile(kind="personal", **base)
    if base["distinct"] == base["n"] and length <= 40 and base["n"] > 1 and base["role"] != "text" and not any(" " in text for text in sample):
        return Profile(kind="identifier", **base, missing=missing)
    if {value.lower() for value in real} in _YES_NO:
        return Profile(kind="yes_no", **base, missing=missing, labels=tuple(sorted(real)))
    if (length > 25 and base["distinct"] > 0.3 * base["n"]) or (base["role"] == "text" and base["distinct"] > data["most_labels"]):
        return Profile(kind="text", **base)
    if base["role"] in ("respondent", "episode", "conversation"):
        return Profile(kind="identifier", **base, missing=missing)
    if base["distinct"] <= data["most_labels"]:
        frequent = sorted(real, key=lambda value: (-real[value], value))
        bare = tuple((value, real[value]) for value in frequent if value.isdigit())
        odd = bare if 0 < len(bare) <= 3 and 2 * len(bare) < len(real) else ()
        return Profile(kind="category", **base, missing=missing, labels=tuple(mask(value).text for value in frequent), odd=odd)
    return Profile(kind="other", **base, missing=missing)
