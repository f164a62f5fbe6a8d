"""The values of a YAML document, fast: nodes from libyaml where it is there, values by the rules of YAML 1.2.

Only what every reader of YAML understands alike is read here; whatever is rare in a document (tags, aliases, octal numbers, times
of day, doubled keys…) is left to ruamel.yaml, which is ten times slower and knows where things stand.
"""

import datetime as dt
import re
from typing import Any

import yaml
from ruamel.yaml import YAML

_LIBYAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 30
_RARE = re.compile(r"(?:^[ ]*|[\[{,]\s*|[-:?]\s+)[&*!]\S|^%|[\x85\u2028\u2029]", re.MULTILINE)
"""Anchors, aliases, tags and directives; characters that YAML 1.1 takes for the end of a line and 1.2 does not."""
_CANONICAL = {
    "int": re.compile(r"[-+]?(?:0|[1-9][0-9]*)"), "float": re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+"),
    "bool": re.compile(r"true|True|TRUE|false|False|FALSE"), "null": re.compile(r"~|null|Null|NULL|"),
    "timestamp": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}
_VALUE = {"int": int, "float": float, "bool": lambda text: text.lower() == "true", "null": lambda text: None,
          "timestamp": dt.date.fromisoformat}


class Rare(Exception):
    """The document holds something that is not read here."""


class _Loader(_LIBYAML):  # type: ignore[misc, valid-type]
    """Plain scalars are numbers, dates… where YAML 1.2 may take them for such; ``yes`` and ``no`` are words."""

    yaml_implicit_resolvers: dict[str, Any] = {}


for _kind, _pattern, _first in (
    ("bool", _CANONICAL["bool"].pattern, "tTfF"), ("null", _CANONICAL["null"].pattern, ["~", "n", "N", ""]),
    ("merge", "<<", "<"), ("value", "=", "="), ("timestamp", r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?", "0123456789"),
    ("int", r"[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9_]+)", "-+0123456789"),
    ("float", r"[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)|\.(?:[0-9_]+(?:[eE][-+][0-9]+)?|inf|Inf|INF|nan|NaN|NAN))",
     "-+.0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(f"(?:{_pattern})$"), list(_first))


def load(text: str) -> Any:
    """The values of one document of the kit."""
    try:
        return common(text)
    except Rare:
        return YAML(typ="safe").load(text)


def common(text: str) -> Any:
    """The values of one document that holds nothing rare.

    Raises
    ------
    Rare : it does, or it is no document at all.
    """
    if _RARE.search(text):
        raise Rare
    try:
        root = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, RecursionError):
        raise Rare from None
    return _value(root, 0) if root is not None else None


def _value(node: yaml.Node, depth: int) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if depth == _DEEPEST:
        raise Rare
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, depth + 1) for item in node.value]
    made = {_scalar(key): _value(value, depth + 1) for key, value in node.value}
    if len(made) != len(node.value):
        raise Rare
    return made


def _scalar(node: yaml.Node) -> Any:
    kind = node.tag.rpartition(":")[2]
    if kind == "str":
        return node.value
    if not isinstance(node, yaml.ScalarNode) or kind not in _CANONICAL or not _CANONICAL[kind].fullmatch(node.value):
        raise Rare
    try:
        return _VALUE[kind](node.value)
    except ValueError:  # the 30th of February
        raise Rare from None
