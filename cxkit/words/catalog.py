"""The word catalogs and the formats of a language."""

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent, get_currency_symbol

from cxkit import plain_yaml
from cxkit.errors import CxError, did_you_mean, fault
from cxkit.paths import template
from cxkit.words.customer import said
from cxkit.words.text import Text, resolved
from cxkit.words.typography import NNBSP, typeset


@cache
def languages() -> tuple[str, ...]:
    """Languages that have a catalog, sorted."""
    return tuple(sorted(path.stem for path in template("words").glob("*.yaml") if "." not in path.stem))


@cache
def _catalog(language: str) -> Mapping[str, Any]:
    return plain_yaml.load(template("words", f"{language}.yaml").read_text(encoding="utf-8"))


@cache
def _spoken(language: str, customer_kind: str) -> Mapping[str, Any]:
    """The catalog with the customer called by the word of the kind."""
    catalog = _catalog(language)
    if customer_kind == "customer":
        return catalog
    words = {**catalog["customer_kinds"][customer_kind], "organisation": catalog["organisation_kinds"].get(customer_kind, "")}
    return {**said(catalog, _catalog("en"), words, language), "customer_kinds": catalog["customer_kinds"]}


class Words:
    """The words, numbers and dates of one language; the customer is called by the word of ``customer_kind``.

    ``words("sheet.sample", n=12)`` gives the catalog's text with its values filled in, typeset. An entry that is a
    mapping of plural categories (``one``, ``other``) is chosen by the value ``n``, as the language counts.
    """

    def __init__(self, language: str, customer_kind: str = "customer"):
        if language not in languages():
            known = ", ".join(languages())
            raise CxError(fault("CX-E010", language=language, known=known, near=did_you_mean(language, languages())))
        self.language = language
        self.customer_kind = customer_kind
        self.locale = Locale.parse(_catalog(language)["locale"])
        self._rule: str | None = _catalog(language)["typography"]
        self._format: Mapping[str, str] = _catalog(language)["format"]

    def __call__(self, key: str, **values: object) -> str:
        entry = self._entry(key)
        if isinstance(entry, Mapping):
            category = self.locale.plural_form(abs(float(values.get("n", 0))))
            entry = entry.get(category, entry["other"])
        filled = {k: self.number(v) if isinstance(v, int) and not isinstance(v, bool) else v for k, v in values.items()}
        return typeset(str(entry).format(**filled), self._rule)

    def section(self, key: str) -> dict[str, Any]:
        """A part of the catalog as nested dictionaries, typeset: what a template is given."""
        return self._typeset(self._entry(key))

    def has(self, key: str) -> bool:
        """True where the catalog holds the key."""
        try:
            self._entry(key)
        except KeyError:
            return False
        return True

    def text(self, text: Text | None) -> str:
        """A client's text in this language, typeset as the language that it is in."""
        shown, language = resolved(text, self.language)
        return typeset(shown, _catalog(language)["typography"] if language in languages() else None)

    def number(self, value: float | None, digits: int = 0, *, sign: bool = False) -> str:
        """A decimal number with the language's marks; a dash where there is none."""
        if value is None:
            return "–"
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        shown = self._spaces(format_decimal(round(value, digits) + 0.0, format=pattern, locale=self.locale))
        if sign and round(value, digits) > 0:
            shown = "+" + shown
        return shown.replace("-", "\u2212")

    def percent(self, share: float | None, digits: int = 0) -> str:
        """A share in 0..1 as a percentage."""
        if share is None:
            return "–"
        pattern = "0" + ("." + "0" * digits if digits else "") + self._format["percent"]
        return self._spaces(format_percent(share, format=pattern, locale=self.locale)).replace("-", "\u2212")

    def money(self, amount: float | None, currency: str) -> str:
        """An amount of whole currency units."""
        if amount is None:
            return "–"
        known = get_currency_symbol(currency, self.locale)
        # a study has one currency: £ and $ say enough, £GB and $US do not read as amounts
        symbol = "".join(char for char in known if not char.isalpha()) or known
        apart = "\u00a0" if symbol[-1].isalpha() and self._format["money"].startswith("¤") else ""
        return self._spaces(format_decimal(amount, format=self._format["money"].replace("¤", f"'{symbol}{apart}'"), locale=self.locale))

    def d3_locale(self) -> dict[str, object]:
        """The language's number marks as a d3-format locale: what charts write on their axes."""
        symbols = self.locale.number_symbols["latn"]
        return {"decimal": symbols["decimal"], "thousands": self._spaces(symbols["group"]), "grouping": [3], "currency": ["", ""],
                "percent": self._format["percent"], "minus": "\u2212"}

    def date(self, day: dt.date | str | None) -> str:
        """A day in words; ISO text is accepted."""
        if day is None:
            return "–"
        day = dt.date.fromisoformat(day) if isinstance(day, str) else day
        shown = format_date(day, format="long", locale=self.locale)
        return re.sub(r"\b1\b", self._format["first_day"], shown, count=1) if day.day == 1 else shown

    def month(self, month: str) -> str:
        """A month in words from ``YYYY-MM``."""
        return format_date(dt.date.fromisoformat(f"{month}-01"), format="MMM y", locale=self.locale)

    def language_name(self, code: str) -> str:
        """The name of a language in this one; the code where it has none."""
        return self.locale.languages.get(code, code)

    def interval(self, low: float | None, high: float | None, digits: int = 0, *, sign: bool = False) -> str:
        """An interval between brackets."""
        if low is None or high is None:
            return ""
        return self("format.interval", low=self.number(low, digits, sign=sign), high=self.number(high, digits, sign=sign))

    def listing(self, items: list[str]) -> str:
        """Items joined as the language enumerates."""
        if len(items) < 2:
            return "".join(items)
        return self("format.list_and", head=", ".join(items[:-1]), last=items[-1])

    def _entry(self, key: str) -> Any:
        entry: Any = _spoken(self.language, self.customer_kind)
        for part in key.split("."):
            if not isinstance(entry, Mapping) or part not in entry:
                raise KeyError(f"no word {key!r} in catalog {self.language!r}")
            entry = entry[part]
        return entry

    def _typeset(self, entry: Any) -> Any:
        if isinstance(entry, Mapping):
            return {str(key): self._typeset(value) for key, value in entry.items()}
        if isinstance(entry, list):
            return [self._typeset(value) for value in entry]
        return typeset(str(entry), self._rule)

    def _spaces(self, shown: str) -> str:
        return shown.replace("\u00a0", NNBSP) if self._rule == "french" else shown
