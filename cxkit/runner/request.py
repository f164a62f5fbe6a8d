"""What a run is asked to do: which client, steps, languages and parameters; checked before a kernel starts."""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import nbformat

from cxkit import method
from cxkit.errors import CxError, fault
from cxkit.method import MethodStep
from cxkit.paths import notebook
from cxkit.study.steps import known_step, parameters_of, step_module, unknown_parameters

PLACES = ("client", "out", "language")
"""Parameters of every notebook that the runner fills itself."""


@dataclass(frozen=True)
class RunRequest:
    """One run of one client.

    Attributes
    ----------
    client : the client folder.
    out : the folder that receives ``<client id>/``.
    languages : languages of the deliverables, the computing one first; the client's own where empty.
    parameters : name → value, given to every chosen notebook that knows the name.
    timeout : seconds that one cell may take.
    """

    client: Path
    out: Path
    languages: tuple[str, ...] = ()
    steps: tuple[MethodStep, ...] = field(default_factory=method.steps)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    timeout: int = 900


def chosen_steps(text: str) -> tuple[MethodStep, ...]:
    """Steps named as ``03``, ``personas``, ``03-05`` or several of these joined by commas; all where empty.

    Raises
    ------
    CxError : CX-E011 for what names no step.
    """
    rows = method.steps()
    if not text.strip():
        return rows
    chosen: set[str] = set()
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        low, high = _number(first), _number(last or first)
        chosen |= {row.number for row in rows if low <= row.number <= high}
    return tuple(row for row in rows if row.number in chosen)


def _number(name: str) -> str:
    name = name.strip()
    if name.isdigit() and name.zfill(2) in {row.number for row in method.steps()}:
        return name.zfill(2)
    return known_step(name).number


@cache
def notebook_parameters(name: str) -> Mapping[str, Any]:
    """Names and defaults of the ``parameters`` cell of a notebook; the defaults are flat literals."""
    cells = nbformat.read(notebook(name), as_version=4).cells
    source = next(cell.source for cell in cells if "parameters" in cell.metadata.get("tags", ()))
    return {statement.targets[0].id: ast.literal_eval(statement.value) for statement in ast.parse(source).body
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)}


def checked_parameters(steps: Sequence[MethodStep], given: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The parameters of each chosen step, converted to the kind of their default and accepted by the step.

    Raises
    ------
    CxError : CX-E012 for a name that no chosen notebook knows, CX-E013 for a value of another kind or out of range.
    """
    known = {step.id: {name: value for name, value in notebook_parameters(step.notebook).items() if name not in PLACES} for step in steps}
    if unknown := unknown_parameters(given, {name for names in known.values() for name in names}):
        raise CxError(unknown)
    chosen = {step: {name: _converted(name, value, known[step][name]) for name, value in given.items() if name in known[step]}
              for step in known}
    for step, parameters in chosen.items():
        fields = step_module(step).Parameters.model_fields
        parameters_of(step, {name: value for name, value in parameters.items() if name in fields})
    return chosen


def _converted(name: str, value: Any, default: Any) -> Any:
    """The value as the kind of the default; text from a command line is read as that kind."""
    if isinstance(value, str) and not isinstance(default, str):
        value = _literal(value)
    fits = type(value) is type(default) or (isinstance(default, float) and type(value) is int)
    if not fits:
        raise CxError(fault("CX-E013", name=name, expected=repr(default)))
    return float(value) if isinstance(default, float) else value


def _literal(text: str) -> Any:
    if text.lower() in {"true", "false"}:
        return text.lower() == "true"
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text
