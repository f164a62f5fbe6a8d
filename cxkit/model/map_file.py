"""Write a map into its file again: what a person wrote stays as it is, byte by byte, where the map did not change."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from cxkit.model.journey_map import JourneyMap

SCHEMA = "# yaml-language-server: $schema=../.schemas/map.json\n"
"""First line of a new map, so that editors complete and check it."""

_KEYS = ("id", "stage", "function", "text")
"""Fields by which the items of a list are known again."""


def written(drawn: JourneyMap) -> str:
    """A map as the text of a new file, fields in the order of the record, defaults left out."""
    text = io.StringIO()
    _yaml().dump(_content(drawn), text)
    return SCHEMA + text.getvalue()


def rewritten(text: str, drawn: JourneyMap) -> str:
    """The text of a map's file changed to say ``drawn``.

    Comments, order of keys, quotes, long lines and blank lines stay; lines that say nothing new are the same bytes.

    Parameters
    ----------
    text : a valid map, as it stands in its file.
    drawn : what the file shall say.

    Notes
    -----
    The tree is changed and printed; the difference between the tree printed before and after is then applied to the lines of
    the file, so that the printer's taste touches changed lines only. Where that would not say ``drawn``, the printed tree is taken.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n")
    yaml = _yaml(lines)
    tree = yaml.load(lines)
    before = _printed(yaml, tree)
    old = JourneyMap.model_validate(_plain(tree))
    _update(tree, _content(old), _content(drawn), list(JourneyMap.model_fields))
    after = _printed(yaml, tree)
    merged = _merged(lines, before, after)
    chosen = merged if _says(merged, drawn) else after
    return chosen.replace("\n", newline)


def _content(drawn: JourneyMap) -> dict[str, Any]:
    """A map as plain data without its defaults; dates stay dates."""
    return _undated(drawn.model_dump(mode="python", exclude_defaults=True))


def _undated(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {key: _undated(value) for key, value in node.items()}
    return [_undated(value) for value in node] if isinstance(node, list | tuple) else node


def _says(text: str, drawn: JourneyMap) -> bool:
    """True where a text is a map that says exactly this."""
    try:
        return JourneyMap.model_validate(_plain(YAML(typ="rt").load(text))) == drawn
    except Exception:  # any fault of a merge means that it is not taken
        return False


def _yaml(text: str = "") -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.representer.ignore_aliases = lambda _: True
    yaml.allow_unicode = True
    lists = re.search(r"(?m)^( *)[\w-]+:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*( *)- ", text)
    offset = len(lists[2]) - len(lists[1]) if lists else 2
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    return yaml


def _printed(yaml: YAML, tree: Any) -> str:
    text = io.StringIO()
    yaml.dump(tree, text)
    return text.getvalue()


def _plain(node: Any) -> Any:
    if isinstance(node, CommentedMap):
        return {key: _plain(value) for key, value in node.items()}
    return [_plain(value) for value in node] if isinstance(node, CommentedSeq) else node


def _update(tree: CommentedMap, old: Mapping[str, Any], new: Mapping[str, Any], order: Sequence[str]) -> None:
    """Change a mapping where its new content differs from its old one."""
    for key in [key for key in old if key not in new]:
        tree.pop(key, None)
    for key in new:
        if old.get(key) == new[key] and key in old:
            continue
        if isinstance(tree.get(key), CommentedMap) and isinstance(new[key], Mapping):
            _update(tree[key], old.get(key) or {}, new[key], list(new[key]))
        elif isinstance(tree.get(key), CommentedSeq) and isinstance(new[key], list):
            _items(tree[key], old.get(key) or [], new[key])
        elif key in tree:
            tree[key] = new[key]
        else:
            tree.insert(_place(tree, key, list(new) if key not in order else list(order)), key, new[key])


def _place(tree: CommentedMap, key: str, order: Sequence[str]) -> int:
    """Where a new key goes: after the keys that come before it in the record."""
    ahead = set(order[: order.index(key)]) if key in order else set(tree)
    return max((at + 1 for at, known in enumerate(tree) if known in ahead), default=0)


def _items(tree: CommentedSeq, old: Sequence[Any], new: Sequence[Any]) -> None:
    """Change a list; items that are known by a name are kept with their comments, wherever they go."""
    named = [_name(item) for item in old]
    if None in named or len(set(named)) != len(named) or len(tree) != len(old):
        for at, item in enumerate(new):
            if at >= len(tree):
                tree.append(item)
            elif at >= len(old) or old[at] != item:
                tree[at] = item
        del tree[len(new):]
        return
    known = dict(zip(named, zip(list(tree), old, strict=True), strict=True))
    wanted = []
    for item in new:
        node, was = known.get(_name(item), (None, None))
        if node is None or not isinstance(node, CommentedMap):
            wanted.append(item if node is None or item != was else node)
        else:
            _update(node, was, item, list(item))
            wanted.append(node)
    if [id(node) for node in wanted] == [id(node) for node in tree]:
        return
    # comments at the end of an item stand in the list, by place: they follow their item
    comments = {id(node): tree.ca.items[at] for at, node in enumerate(tree) if at in tree.ca.items}
    tree[:] = wanted
    tree.ca.items.clear()
    tree.ca.items.update({at: comments[id(node)] for at, node in enumerate(wanted) if id(node) in comments})


def _name(item: Any) -> str | None:
    if isinstance(item, Mapping):
        return next((str(item[key]) for key in _KEYS if key in item), None)
    return None


def _merged(mine: str, before: str, after: str) -> str:
    """The lines of the file with the difference from ``before`` to ``after`` applied to them."""
    lines, base, made = (text.splitlines(keepends=True) for text in (mine, before, after))
    edges = _edges(lines, base)
    out: list[str] = []
    done = 0
    for start, end, new in _hunks(base, made):
        first, last = edges(start, end)
        first = max(first, done)
        out += lines[done:first]
        removed = lines[first:last]
        out += [_spaced(*pair) for pair in zip(removed, new, strict=True)] if len(removed) == len(new) else new
        # a comment before what follows stays, though what it followed is gone
        trailing = [line for line in removed if line.lstrip().startswith("#") and line not in new]
        out += trailing
        done = max(last, done)
    return "".join([*out, *lines[done:]])


def _spaced(mine: str, made: str) -> str:
    """The printed line, its comment as far away as in the file."""
    there, here = (re.search(r"[ \t]+(#.*)\n?$", line) for line in (mine, made))
    return made[: here.start()] + there[0] if there and here and there[1] == here[1] else made


def _hunks(base: list[str], made: list[str]) -> Iterator[tuple[int, int, list[str]]]:
    for kind, i1, i2, j1, j2 in SequenceMatcher(a=base, b=made, autojunk=False).get_opcodes():
        if kind != "equal":
            yield i1, i2, made[j1:j2]


def _edges(lines: list[str], base: list[str]):
    """A function from lines of the printed tree to lines of the file: whole blocks where the printer writes them otherwise."""
    same = SequenceMatcher(a=[_bare(line) for line in base], b=[_bare(line) for line in lines], autojunk=False).get_opcodes()

    def edges(start: int, end: int) -> tuple[int, int]:
        first = last = None
        for kind, i1, i2, j1, j2 in same:
            if kind == "equal":
                if i1 <= start <= i2 and first is None:
                    first = j1 + start - i1
                if i1 <= end <= i2 and (last is None or end > i1 or start == end):
                    last = j1 + end - i1
            else:
                if first is None and i1 <= start < i2:
                    first = j1
                if i1 < end <= i2:
                    last = j2
        first = len(lines) if first is None else first
        return first, max(first, first if last is None else last)

    return edges


def _bare(line: str) -> str:
    """A line as its meaning: without spaces, which the printer sets its own way."""
    return re.sub(r"\s+", "", line)
