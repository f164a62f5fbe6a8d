"""The fast reading of YAML against ruamel.yaml: the same values of the same types, or a refusal to read."""

import datetime as dt

import pytest
from ruamel.yaml import YAML

from cxkit.paths import resources
from cxkit.plain_yaml import Rare, common, load

FILES = [path for folder in ("words", "method") for path in sorted((resources() / "templates" / folder).glob("*.yaml"))]


def typed(value):
    """Values with their types, in order: True is not 1, and 1 is not 1.0."""
    if isinstance(value, dict):
        return [(typed(key), typed(item)) for key, item in value.items()]
    return [typed(item) for item in value] if isinstance(value, list) else (type(value), value)


def test_every_method_file_is_read_as_ruamel_reads_it():
    for path in FILES:
        if path.parent.name == "method" and path.stat().st_size < 5000:
            text = path.read_text(encoding="utf-8")
            assert typed(load(text)) == typed(YAML(typ="safe").load(text)), path.name


@pytest.mark.slow
def test_every_catalog_is_read_as_ruamel_reads_it():
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        assert typed(common(text)) == typed(YAML(typ="safe").load(text)), path.name


@pytest.mark.parametrize(("text", "value"), [
    ("a: no", {"a": "no"}), ("a: yes", {"a": "yes"}), ("on: 1", {"on": 1}), ("a: 12:30", {"a": "12:30"}), ("a: 2025-03", {"a": "2025-03"}),
    ("a: 2025-03-04", {"a": dt.date(2025, 3, 4)}), ("a: -1.50", {"a": -1.5}), ("a:", {"a": None}), ("a: R&D *", {"a": "R&D *"}),
    ("a: 1.2.3", {"a": "1.2.3"}), ("a: 'true'", {"a": "true"}), ("1: true", {1: True}), ("a: [x, {b: ~}]", {"a": ["x", {"b": None}]}),
    ("a: 06 12", {"a": "06 12"}), ("", None),
])
def test_values_are_those_of_yaml_1_2(text, value):
    assert typed(common(text)) == typed(value) == typed(YAML(typ="safe").load(text))


@pytest.mark.parametrize("text", [
    "a: &x 1", "a: [1,*x]", "a: !!int '5'", "!!map {a: 1}", "%YAML 1.1\n---\na: 1", "a: 1\n---\nb: 2", "a: 1\na: 2", "a: 0o17", "a: 012",
    "a: 1_000", "a: 1e3", "a: .inf", "a: 2025-02-30", "a: 2025-03-04 10:00:00", "a: {<<: {b: 1}}", "a: =", "[a]: 1", "a: \u2028", "a: [", "\ta: 1",
    "[" * 31 + "]" * 31,
])
def test_what_is_rare_is_left_to_the_careful_reader(text):
    with pytest.raises(Rare):
        common(text)
