"""What a reader of the outputs should know: rows that were rejected, what steps could not conclude, what they read undeclared."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cxkit import method
from cxkit.runner.records import Records
from cxkit.study.depends import missing_declarations


def warnings_of(folder: Path, records: Records, reading: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The warnings of a run, in order: keys of the word catalogs, sources, numbers of rows and lines, never a value.

    Parameters
    ----------
    folder : the client's output folder.
    reading : what became of the rows of each source.
    """
    results = {step.id: _result(folder / "results" / f"{step.id}.json") for step in method.steps()}
    gaps = [{"kind": "gap", "step": step, "key": gap["key"]} for step, result in results.items() for gap in result.get("gaps", ())]
    undeclared = [{"kind": "undeclared_input", "step": step, "language": language, "name": name}
                  for (step, language), record in sorted(records.items()) for name in _undeclared(step, record.read)]
    return [*_rejections(reading), *gaps, *undeclared]


def _undeclared(step: str, read: Sequence[str]) -> list[str]:
    """What neither the step declares nor those that it needs: where these do not run for themselves they are computed on its way."""
    for one in (step, *method.upstream(step)):
        read = missing_declarations(method.step(one), read)
    return list(read)


def _rejections(reading: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"kind": "rejected", "source": report["source"], "file": report["file"], "rows": report["rows_rejected"],
             "cells": report["cells_rejected"], "reasons": [{"reason": reason, "n": n, "lines": lines} for reason, n, lines in report["reasons"]]}
            for report in reading if report["rows_rejected"] or report["cells_rejected"]]


def _result(path: Path) -> dict[str, Any]:
    return json.loads(path.read_bytes())["result"] if path.is_file() else {}
