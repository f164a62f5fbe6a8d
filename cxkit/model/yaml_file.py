"""Read a YAML file into a record; every fault carries file, line and column."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import AliasEvent, DocumentStartEvent
from ruamel.yaml.reader import ReaderError

from cxkit.errors import CxError, Fault, did_you_mean, fault
from cxkit.model.record import Record
from cxkit.plain_yaml import Rare, common

R = TypeVar("R", bound=Record)
MAX_BYTES = 2_000_000
MAX_DEPTH = 30


def read_record(path: Path, record: type[R], where: str, prepare: Callable[[dict[str, Any]], dict[str, Any]] = lambda plain: plain) -> R:
    """Read ``path`` as one ``record``.

    Parameters
    ----------
    path : the file.
    record : the record that it must be.
    where : name of the file as the user knows it (relative to the client folder).
    prepare : what is done to the plain content before it is validated.

    Raises
    ------
    CxError : all faults of the file, with positions.
    """
    try:
        return record.model_validate(prepare(_mapping(path, where)))
    except (Rare, ValidationError):
        pass  # where its faults stand takes ten times as long to read
    tree = read_tree(path, where)
    plain = prepare(_plain(tree))
    try:
        return record.model_validate(plain)
    except ValidationError as error:
        raise CxError([_fault(tree, item, where, record) for item in error.errors()]) from None


def read_tree(path: Path, where: str) -> CommentedMap:
    """Read one YAML document as a mapping with positions and comments; tags, aliases and duplicate keys are refused."""
    text = _text(path, where)
    _refuse_structure(text, where)
    yaml = YAML(typ="rt")
    yaml.allow_duplicate_keys = False
    try:
        tree = yaml.load(text)
    except DuplicateKeyError as error:
        raise CxError(fault("CX-E103", _mark(where, error.problem_mark), key=_key_at(text, error.problem_mark))) from None
    except MarkedYAMLError as error:
        raise CxError(fault("CX-E107", _mark(where, error.problem_mark), problem=error.problem or "")) from None
    except ValueError:
        raise CxError(fault("CX-E107", where, problem="value")) from None
    if not isinstance(tree, CommentedMap):
        raise CxError(fault("CX-E108", f"{where}:1:1"))
    return tree


def read_values(path: Path, where: str) -> dict[str, Any]:
    """The same document as plain values, without positions."""
    try:
        return _mapping(path, where)
    except Rare:
        return _plain(read_tree(path, where))


def _mapping(path: Path, where: str) -> dict[str, Any]:
    """The same document read fast; `Rare` where it is no mapping or holds what only :func:`read_tree` tells apart."""
    values = common(_text(path, where))
    if not isinstance(values, dict):
        raise Rare
    return values


def read_trees(path: Path, where: str) -> list[CommentedMap]:
    """Every document of a file that others wrote, as mappings with positions; refused as :func:`read_tree` refuses, but for their number."""
    text = _text(path, where)
    _refuse_structure(text, where, most=None)
    try:
        trees = list(YAML(typ="rt").load_all(text))
    except MarkedYAMLError as error:
        raise CxError(fault("CX-E107", _mark(where, error.problem_mark), problem=error.problem or "")) from None
    except ValueError:
        raise CxError(fault("CX-E107", where, problem="value")) from None
    return [tree for tree in trees if isinstance(tree, CommentedMap)]


def _text(path: Path, where: str) -> str:
    if not path.is_file():
        raise CxError(fault("CX-E100", where))
    if path.stat().st_size > MAX_BYTES:
        raise CxError(fault("CX-E109", where, limit=MAX_BYTES))
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise CxError(fault("CX-E105", f"{where}:{line}")) from None
    if not text.strip():
        raise CxError(fault("CX-E101", where))
    for number, line in enumerate(text.splitlines(), 1):
        if line[: len(line) - len(line.lstrip())].count("\t"):
            raise CxError(fault("CX-E106", f"{where}:{number}:1"))
    return text


def _refuse_structure(text: str, where: str, most: int | None = 1) -> None:
    documents = depth = 0
    try:
        for event in YAML(typ="rt", pure=True).parse(text):
            if isinstance(event, DocumentStartEvent):
                documents += 1
            if most is not None and documents > most:
                raise CxError(fault("CX-E102", _mark(where, event.start_mark)))
            if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
                raise CxError(fault("CX-E104", _mark(where, event.start_mark)))
            if getattr(event, "tag", None) is not None and getattr(event, "implicit", None) not in (True, (True, False)):
                tag = str(event.tag)
                if not tag.startswith("tag:yaml.org,2002:str") and tag != "!":
                    raise CxError(fault("CX-E110", _mark(where, event.start_mark)))
            depth += {"MappingStartEvent": 1, "SequenceStartEvent": 1, "MappingEndEvent": -1,
                      "SequenceEndEvent": -1}.get(type(event).__name__, 0)
            if depth > MAX_DEPTH:
                raise CxError(fault("CX-E111", _mark(where, event.start_mark), limit=MAX_DEPTH))
    except MarkedYAMLError as error:
        raise CxError(fault("CX-E107", _mark(where, error.problem_mark), problem=error.problem or "")) from None
    except ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise CxError(fault("CX-E107", f"{where}:{line}", problem="control character")) from None


def _plain(node: Any) -> Any:
    if isinstance(node, CommentedMap):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return [_plain(value) for value in node]
    if isinstance(node, bool) or node is None:
        return node
    for kind in (int, float, str):
        if isinstance(node, kind):
            return kind(node)
    return node


def _mark(where: str, mark: Any) -> str:
    return f"{where}:{mark.line + 1}:{mark.column + 1}" if mark is not None else where


def _key_at(text: str, mark: Any) -> str:
    lines = text.splitlines()
    line = lines[mark.line] if mark is not None and mark.line < len(lines) else ""
    return line.strip().split(":", 1)[0].lstrip("- ").strip("'\"{} ")


def position(tree: Any, location: tuple, where: str) -> str:
    """``file:line:column`` of the deepest part of ``location`` that the tree holds."""
    line, column = 0, 0
    for part in location:
        try:
            if isinstance(tree, CommentedMap) and part in tree:
                line, column = tree.lc.key(part)
            elif isinstance(tree, CommentedSeq) and isinstance(part, int) and part < len(tree):
                line, column = tree.lc.item(part)
            else:
                continue
            tree = tree[part]
        except (KeyError, TypeError, AttributeError):
            break
    return f"{where}:{line + 1}:{column + 1}"


def _fault(tree: CommentedMap, item: dict, where: str, record: type[Record]) -> Fault:
    location = tuple(part for part in item["loc"])
    place = position(tree, location, where)
    name = ".".join(str(part) for part in location)
    if item["type"] == "extra_forbidden":
        near = did_you_mean(str(location[-1]), _fields_at(record, location[:-1]))
        code = "CX-E121" if near else "CX-E120"
        return fault(code, place, key=location[-1], near=near)
    if item["type"] == "missing":
        return fault("CX-E122", place, key=name)
    if item["type"] == "value_error" and "not an id" in item["msg"]:
        return fault("CX-E123", place, key=name)
    if item["type"] in {"literal_error", "enum"}:
        expected = str(item.get("ctx", {}).get("expected", ""))
        return fault("CX-E124", place, key=name, expected=expected)
    return fault("CX-E125", place, key=name, problem=item["type"])


def _fields_at(record: Any, location: tuple) -> list[str]:
    """Field names of the record that stands at ``location``, as far as it can be followed."""
    schema = record.model_json_schema()
    node = schema
    for part in location:
        node = _follow(schema, node, part)
        if node is None:
            return []
    return list(_resolve(schema, node).get("properties", {}))


def _resolve(schema: dict, node: dict) -> dict:
    for choice in [node, *node.get("anyOf", [])]:
        if "$ref" in choice:
            return schema["$defs"][choice["$ref"].rsplit("/", 1)[-1]]
    return node


def _follow(schema: dict, node: dict, part: Any) -> dict | None:
    node = _resolve(schema, node)
    if isinstance(part, int):
        return node.get("items") or next((c["items"] for c in node.get("anyOf", []) if "items" in c), None)
    return node.get("properties", {}).get(part)
