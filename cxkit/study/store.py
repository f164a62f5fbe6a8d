"""Results on disk: one canonical JSON file a step, with the digest of all that it depends on."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cxkit.steps.base import StepParameters, StepResult
from cxkit.study.files import canonical, write_whole
from cxkit.study.steps import step_module


@dataclass(frozen=True)
class Stored:
    """A stored result and what it was computed from."""

    digest: str
    parameters: StepParameters
    result: StepResult


class ResultStore:
    """The folder ``<out>/<client>/results``."""

    def __init__(self, folder: Path):
        self.folder = folder

    def read(self, step: str) -> Stored | None:
        """The stored result; None where there is none or an older version of the kit wrote it in another form."""
        path = self.folder / f"{step}.json"
        if not path.is_file():
            return None
        module = step_module(step)
        try:
            content: dict[str, Any] = json.loads(path.read_bytes())
            return Stored(content["digest"], module.Parameters.model_validate(content["parameters"]),
                          module.Result.model_validate(content["result"]))
        except (ValueError, KeyError, TypeError, ValidationError):
            return None

    def write(self, step: str, digest: str, parameters: StepParameters, result: StepResult) -> StepResult:
        """Store a result and return it as later notebooks will read it."""
        content = {"step": step, "digest": digest, "parameters": parameters.model_dump(mode="json"), "result": result.model_dump(mode="json")}
        data = canonical(content)
        write_whole(self.folder / f"{step}.json", data)
        return step_module(step).Result.model_validate(json.loads(data)["result"])
