"""The editor of a step: a form of its choices that computes and draws again; a table of them under papermill."""

import os
from collections.abc import Sequence
from typing import Any

import ipywidgets as ipw
from IPython.display import display

from cxkit.errors import CxError
from cxkit.study import Study
from cxkit.study.door import Shown
from cxkit.widgets.fields import form, values


def is_interactive() -> bool:
    """True in a kernel that JupyterLab started for a person; papermill, nbval and batches show static views."""
    return "JPY_SESSION_NAME" in os.environ and "CXKIT_STATIC" not in os.environ


def editor(study: Study, step: str, charts: Sequence[str] = (), **options: Any) -> ipw.Widget | Shown:
    """Edit the choices of a step.

    Parameters
    ----------
    study : the open study.
    step : id of the step.
    charts : names of the charts to draw after each change, as in ``study.chart``.
    options : options of the charts.

    Returns
    -------
    widget or Shown
        The form when a person is there, else the choices as a table.
    """
    if not is_interactive():
        return study.choices(step)
    fields = form(study, step, study.parameters(step))
    personas = _personas(study, step, charts)
    button = ipw.Button(description=study.words("study.redraw"), button_style="primary", layout=ipw.Layout(width="20em"))
    view = ipw.Output()

    def redraw(_: Any = None) -> None:
        chosen = {**options, **({"persona": personas.value} if personas is not None else {})}
        with view:
            view.clear_output(wait=True)
            try:
                study.compute(step, **values(fields))
            except CxError as error:
                print(error.text(study.words.language))
                return
            display(study.gaps(step), *(study.chart(name, **chosen) for name in charts))

    button.on_click(redraw)
    if personas is not None:
        personas.observe(redraw, names="value")
    redraw()
    return ipw.VBox([*fields.values(), *([personas] if personas is not None else []), button, view])


def _personas(study: Study, step: str, charts: Sequence[str]) -> ipw.Dropdown | None:
    """A choice of the persona where the charts of the step can show one."""
    if not charts or not all(study.takes(name, "persona") for name in charts):
        return None
    found = getattr(study.results("personas")["personas"], "personas", ())
    return ipw.Dropdown(options=[(study.words("study.everyone"), None), *((item.name, item.id) for item in found)],
                        description=study.words("study.persona"), style={"description_width": "24em"}, layout=ipw.Layout(width="46em"))
