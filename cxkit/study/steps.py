"""A step by its id: its module and its parameters."""

import difflib
import importlib
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from pydantic import ValidationError

from cxkit import method
from cxkit.errors import CxError, Fault, fault
from cxkit.steps.base import StepParameters


def known_step(step: str) -> method.MethodStep:
    """The row of a step.

    Raises
    ------
    CxError : CX-E011 for an unknown id.
    """
    rows = {row.id: row for row in method.steps()}
    if step not in rows:
        raise CxError(fault("CX-E011", name=step, near=nearest(step, rows), known=", ".join(rows)))
    return rows[step]


def step_module(step: str) -> ModuleType:
    """The module ``cxkit.steps.<id>``."""
    return importlib.import_module(f"cxkit.steps.{known_step(step).id}")


def parameters_of(step: str, given: Mapping[str, Any]) -> StepParameters:
    """The validated parameters of a step; those not given keep their default.

    Raises
    ------
    CxError : CX-E012 for an unknown name, CX-E013 for a value that does not fit.
    """
    model: type[StepParameters] = step_module(step).Parameters
    if unknown := unknown_parameters(given, model.model_fields):
        raise CxError(unknown)
    try:
        return model.model_validate(dict(given))
    except ValidationError as error:
        usual = model().model_dump()
        names = dict.fromkeys(str(item["loc"][0]) for item in error.errors())
        raise CxError([fault("CX-E013", name=name, expected=repr(usual[name])) for name in names]) from None


def unknown_parameters(given: Iterable[str], known: Iterable[str]) -> list[Fault]:
    """One fault for each name that is not known, with the nearest one that is."""
    known = sorted(known)
    return [fault("CX-E012", name=name, near=nearest(name, known), known=", ".join(known)) for name in given if name not in known]


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word nearest to ``word``, however far."""
    return next(iter(difflib.get_close_matches(word, sorted(known), n=1, cutoff=0)), "")
