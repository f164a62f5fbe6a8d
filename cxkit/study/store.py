"""Results on disk: one canonical JSON file a step, with the digest of all that it depends on."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cxkit.steps.base import StepParameters, StepResult
from cxkit.study.files import canonical, sha256, write_whole
from cxkit.study.steps import step_module


@dataclass(frozen=True)
class Stored:
    """A stored result, what it was computed from, what of the client was read for it, and the hash of the result alone."""

    digest: str
    parameters: StepParameters
    result: StepResult
    content: str
    read: tuple[str, ...] = ()


class ResultStore:
    """The folder ``<out>/<client>/results``. A file is read once until it is replaced."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._seen: dict[str, tuple[tuple[int, ...], Stored | None]] = {}

    def read(self, step: str) -> Stored | None:
        """The stored result; None where there is none or an older version of the kit wrote it in another form."""
        path = self.folder / f"{step}.json"
        try:
            status = path.stat()
        except OSError:
            return None
        sign = status.st_ino, status.st_mtime_ns, status.st_size
        if step not in self._seen or self._seen[step][0] != sign:
            self._seen[step] = sign, _parsed(step, path.read_bytes())
        return self._seen[step][1]

    def content(self, step: str) -> str:
        """Hash of a stored result without what it was computed from; empty where there is none."""
        stored = self.read(step)
        return stored.content if stored else ""

    def write(self, step: str, digest: str, parameters: StepParameters, result: StepResult, read: Iterable[str]) -> StepResult:
        """Store a result and return it as later notebooks will read it."""
        content = {"step": step, "digest": digest, "parameters": parameters.model_dump(mode="json"), "read": sorted(read),
                   "result": result.model_dump(mode="json")}
        data = canonical(content)
        write_whole(self.folder / f"{step}.json", data)
        return step_module(step).Result.model_validate(json.loads(data)["result"])


def _parsed(step: str, data: bytes) -> Stored | None:
    module = step_module(step)
    try:
        content: dict[str, Any] = json.loads(data)
        return Stored(content["digest"], module.Parameters.model_validate(content["parameters"]),
                      module.Result.model_validate(content["result"]), sha256(canonical(content["result"])), tuple(content["read"]))
    except (ValueError, KeyError, TypeError, ValidationError):
        return None
