"""Words: catalogs hold the same keys, numbers and typography follow the language."""

from collections.abc import Mapping
from string import Formatter

import pytest
from ruamel.yaml import YAML

from cxkit.errors import CxError
from cxkit.paths import template
from cxkit.words import Words, languages

NN, NB = "\u202f", "\u00a0"


def flat(node, prefix=""):
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from flat(value, f"{prefix}.{key}" if prefix else str(key))
    else:
        yield prefix, node


def catalog(name):
    return dict(flat(YAML(typ="safe").load(template("words", name).read_text(encoding="utf-8"))))


@pytest.mark.parametrize("pattern", ["{}.yaml", "errors.{}.yaml"])
def test_catalogs_hold_the_same_keys_and_values(pattern):
    french, english = catalog(pattern.format("fr")), catalog(pattern.format("en"))
    assert sorted(french) == sorted(english)
    fields = {key: {f for _, f, _, _ in Formatter().parse(str(text)) if f} for key, text in english.items()}
    for key, text in french.items():
        assert {f for _, f, _, _ in Formatter().parse(str(text)) if f} == fields[key], key


@pytest.mark.parametrize(("language", "call", "expected"), [
    ("fr", lambda w: w.number(1234.5, 1), f"1{NN}234,5"),
    ("en", lambda w: w.number(1234.5, 1), "1,234.5"),
    ("fr", lambda w: w.percent(0.125, 1), f"12,5{NN}%"),
    ("en", lambda w: w.percent(0.125, 1), "12.5%"),
    ("fr", lambda w: w.number(-3.2, 1, sign=True), "−3,2"),
    ("en", lambda w: w.number(3.2, 1, sign=True), "+3.2"),
    ("fr", lambda w: w.money(2000, "EUR"), f"2{NN}000{NN}€"),
    ("en", lambda w: w.money(2000, "EUR"), "€2,000"),
    ("fr", lambda w: w.date("2026-03-01"), "1er mars 2026"),
    ("en", lambda w: w.date("2026-03-01"), "1 March 2026"),
    ("fr", lambda w: w.text("Vraiment ? « Oui » : 20 %"), f"Vraiment{NN}? «{NB}Oui{NB}»{NB}: 20{NN}%"),
    ("en", lambda w: w.text({"fr": "oui", "en": "yes"}), "yes"),
    ("en", lambda w: w.text("déjà"), "déjà"),
    ("fr", lambda w: w("customer_kinds.customer", n=0), "client"),
    ("en", lambda w: w("customer_kinds.customer", n=0), "customers"),
    ("fr", lambda w: w.number(None), "–"),
])
def test_formats(language, call, expected):
    assert call(Words(language)) == expected


def test_unknown_language_is_a_fault_with_the_known_ones():
    with pytest.raises(CxError, match=r"CX-E010.*en, fr"):
        Words("de")


def test_languages_are_the_catalog_files():
    assert languages() == ("en", "fr")
