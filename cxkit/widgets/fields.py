"""One form field for each parameter of a step, chosen by the kind of the parameter."""

import typing
from collections.abc import Mapping
from typing import Any

import ipywidgets as ipw
from pydantic.fields import FieldInfo

from cxkit import method
from cxkit.steps.base import StepParameters
from cxkit.study import Study

_WIDE = {"description_width": "24em"}
_LAYOUT = ipw.Layout(width="46em")


def form(study: Study, step: str, parameters: StepParameters) -> dict[str, ipw.Widget]:
    """Name of each parameter → its field, filled with its present value."""
    fields = type(parameters).model_fields
    return {name: _field(study, step, name, fields[name], value) for name, value in parameters.model_dump().items()}


def values(widgets: Mapping[str, ipw.Widget]) -> dict[str, Any]:
    """What the form says, as the step's parameters; several choices are joined by commas."""
    return {name: ",".join(widget.value) if isinstance(widget, ipw.SelectMultiple) else widget.value for name, widget in widgets.items()}


def _field(study: Study, step: str, name: str, info: FieldInfo, value: Any) -> ipw.Widget:
    look = {"description": study.words(f"notebook.{step}.parameters.{name}"), "style": _WIDE, "layout": _LAYOUT}
    if typing.get_origin(info.annotation) is typing.Literal:
        options = [(study.words(f"notebook.{step}.options.{name}.{one or 'none'}"), one) for one in typing.get_args(info.annotation)]
        return ipw.Dropdown(options=options, value=value, **look)
    if name == "lanes":
        return _lanes(study, value, look)
    if name == "improvements":
        known = {study.words.text(item.name): item.id for item in study.folder.improvements}
        return ipw.SelectMultiple(options=list(known.items()), value=_chosen(value, known.values()), rows=min(len(known), 8) or 1, **look)
    if isinstance(value, bool):
        return ipw.Checkbox(value=value, indent=True, **look)
    if isinstance(value, int):
        return ipw.BoundedIntText(value=value, min=0, max=10**9, **look)
    if isinstance(value, float):
        return ipw.FloatText(value=value, step=0.01, **look)
    return ipw.Text(value=value, continuous_update=False, **look)


def _lanes(study: Study, value: str, look: Mapping[str, Any]) -> ipw.SelectMultiple:
    lanes = [lane["id"] for lane in method.data("lanes")]
    labels = [(study.words(key) if study.words.has(key := f"map.lanes.{lane}") else lane, lane) for lane in lanes]
    return ipw.SelectMultiple(options=labels, value=_chosen(value, lanes), rows=len(lanes), **look)


def _chosen(value: str, known: Any) -> tuple[str, ...]:
    parts = [part.strip() for part in value.split(",")]
    return tuple(part for part in parts if part in set(known))
