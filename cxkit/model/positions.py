"""Where the parts of a YAML file stand, fast: for files that were read and checked before."""

from pathlib import Path
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Positions:
    """Line and column of every part of a YAML document, without its values.

    Reading with comments takes seconds over many maps; composing the nodes alone takes milliseconds.
    """

    def __init__(self, path: Path):
        self._root = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=_LOADER)

    def at(self, location: tuple[Any, ...]) -> tuple[int, int]:
        """Line and column, from 1, of the deepest part of ``location`` that the document holds."""
        node, mark = self._root, None
        for part in location:
            key, value = _child(node, part)
            if value is None:
                break
            node, mark = value, (key or value).start_mark
        return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


def _child(node: Any, part: Any) -> tuple[Any, Any]:
    """Key node and value node of a part; a part of a sequence has no key."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(part)), (None, None))
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return None, node.value[part]
    return None, None
