"""Names that charts write at their marks, as mappings: an id without name stands for itself."""

from collections.abc import Callable, Mapping
from typing import Any

from cxkit.sheets.context import SheetContext


class Named(dict[str, str]):
    """Id → name, asked when needed."""

    def __init__(self, name: Callable[[str], str]):
        super().__init__()
        self._name = name

    def __missing__(self, key: str) -> str:
        return self._name(key)


def touchpoint_names(context: SheetContext) -> Named:
    """Touchpoint → the inventory's name."""
    return Named(context.touchpoint_name)


def stage_names(context: SheetContext) -> Named:
    """Stage → the client's name, else the method's."""
    return Named(context.stage_name)


def owner_names(context: SheetContext) -> Named:
    """Owner → name."""
    return Named(context.owner_name)


def persona_names(context: SheetContext, results: Mapping[str, Any]) -> Named:
    """Persona → its name: the one of step 03, else the declared one."""
    found = {item.id: item.name for item in getattr(results.get("personas"), "personas", ())}
    return Named(lambda key: context.words.text(found[key]) if key in found else context.persona_name(key))


def channel_names(context: SheetContext) -> Named:
    """Channel → label of the catalog."""
    words = context.words
    return Named(lambda key: words(f"channels.{key}") if words.has(f"channels.{key}") else key)
