"""A chart by its name, and the names that it writes at its marks: the client's words for stages, touchpoints, personas."""

import importlib
import inspect
from collections.abc import Callable, Mapping
from typing import Any

from cxkit import method
from cxkit.sheets.context import SheetContext
from cxkit.steps.base import StepResult
from cxkit.study.steps import known_step


class Names(dict[str, str]):
    """Id → name; an id without name stands for itself."""

    def __missing__(self, key: str) -> str:
        return key


def chart_function(name: str) -> tuple[str, Callable[..., Any]]:
    """The step of a chart named ``<step>.<function>`` and the function that draws it."""
    step, _, function = name.partition(".")
    return step, getattr(importlib.import_module(f"cxkit.charts.{known_step(step).id}"), function)


def chart_arguments(draw: Callable[..., Any], context: SheetContext, results: Mapping[str, StepResult],
                    options: Mapping[str, Any]) -> dict[str, Any]:
    """What a chart asks for beyond its result and the words: ``names``, ``<kind>_names``, ``context``, ``results``."""
    offered: dict[str, Any] = {"context": context, "results": results}
    wanted = [name for name in inspect.signature(draw).parameters if name not in options]
    for name in wanted:
        if name == "names" or name.endswith("_names"):
            offered[name] = names(context, results, str(options.get("dimension", name.removesuffix("_names"))))
    return {name: offered[name] for name in wanted if name in offered}


def names(context: SheetContext, results: Mapping[str, StepResult], first: str = "") -> Names:
    """All names of the study in one mapping; those of the kind ``first`` win where ids meet."""
    words, client = context.words, context.folder.client
    personas = getattr(results.get("personas"), "personas", ())
    kinds = {
        "persona": {item.id: words.text(item.name) for item in (*context.folder.personas, *personas)},
        "owner": {item.id: words.text(item.name) for item in client.owners},
        "channel": {item: words(f"channels.{item}") for item in method.data("channels")},
        "touchpoint": {item: context.touchpoint_name(item) for item in _touchpoints(context)},
        "stage": {item: context.stage_name(item) for item in client.stage_ids() or method.data("stages")},
    }
    merged = Names()
    for kind in sorted(kinds, key=lambda kind: kind == first):
        merged.update(kinds[kind])
    return merged


def _touchpoints(context: SheetContext) -> tuple[str, ...]:
    outcome = context.folder.client.outcome
    return (*(item.id for item in context.folder.touchpoints), *((outcome.event,) if outcome else ()))
