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
from cxkit.model.folder import ClientFolder
from cxkit.model.yaml_file import read_values
from cxkit.paths import notebook
from cxkit.study.steps import known_step, parameters_of, step_module, unknown_parameters
from cxkit.words import Words

PARAMETERS = "parameters.yaml"
"""Parameters of one client, in its folder."""
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
    common : the same, from a file for several clients; ``parameters.yaml`` of the client wins over it, ``parameters`` over both.
    by_step : step id → parameters, in the place of all others: what a manifest says.
    timeout : seconds that one notebook may take.
    only_changed : False to run again what has not changed, too.
    at_once : notebooks that run at the same time.
    """

    client: Path
    out: Path
    languages: tuple[str, ...] = ()
    steps: tuple[MethodStep, ...] = field(default_factory=method.steps)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    common: Mapping[str, Any] = field(default_factory=dict)
    by_step: Mapping[str, Mapping[str, Any]] | None = None
    timeout: float = 900
    only_changed: bool = True
    at_once: int = 2


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


def languages_of(request: RunRequest, client: ClientFolder) -> tuple[str, ...]:
    """The languages of a run: those asked for, else those of the client.

    Raises
    ------
    CxError : CX-E010 for a language without catalog.
    """
    chosen = request.languages or client.client.languages or (client.client.language,)
    for language in chosen:
        Words(language)
    return tuple(chosen)


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


def chosen_parameters(request: RunRequest) -> dict[str, dict[str, Any]]:
    """The parameters of each chosen step: of the common file, of the client's own file and of the request, the later winning.

    Files may name parameters of steps that are not chosen.

    Raises
    ------
    CxError : CX-E012 for a name that no notebook knows, CX-E013 for a value of another kind or out of range.
    """
    if request.by_step is not None:
        return {step.id: dict(request.by_step.get(step.id, {})) for step in request.steps}
    own = request.client / PARAMETERS
    given = {**request.common, **(read_parameters(own) if own.is_file() else {})}
    everything = checked_parameters(method.steps(), given)
    asked = checked_parameters(request.steps, request.parameters)
    return {step: {**everything[step], **asked[step]} for step in asked}


def read_parameters(path: Path) -> dict[str, Any]:
    """A YAML file of ``name: value`` lines.

    Raises
    ------
    CxError : a file that is missing or no such mapping, with the position.
    """
    if not path.is_file():
        raise CxError(fault("CX-E100", path.name))
    return {str(name): value for name, value in read_values(path, path.name).items()}


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
