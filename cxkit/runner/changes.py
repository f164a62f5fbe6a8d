"""Why a step runs: what it depends on now, against what it depended on when it last ran to its end."""

from collections.abc import Mapping
from typing import Any

from cxkit.method import MethodStep
from cxkit.paths import notebook
from cxkit.runner.records import StepRecord
from cxkit.study import Study
from cxkit.study.files import canonical, sha256_of
from cxkit.study.inputs import kit_parts

Parts = dict[str, str]
"""Name of each thing that a step depends on → its hash or its value. The first word of a name is its kind: ``file``, ``table``,
``result``, ``parameter``, ``notebook``, ``code``, ``method``, ``templates``, ``words``, ``version``."""

NEW, ASKED = "new", "asked"
"""Reasons without a part: the step never ran to its end; everything was asked to run again."""


def parts_of(step: MethodStep, study: Study, parameters: Mapping[str, Any], before: StepRecord | None) -> Parts:
    """What a step depends on now.

    Parameters
    ----------
    parameters : those that were chosen.
    before : what it did the last time; what it then read counts as an input.

    Raises
    ------
    CxError : every fault of the evidence.
    """
    language = study.words.language
    ours = {f"words {language}", f"words errors.{language}"}
    kit = {name: value for name, value in kit_parts().items() if not name.startswith("words ") or name in ours}
    chosen = {f"parameter {name}": canonical(value).decode().strip() for name, value in parameters.items()}
    return {**study.depends(step.id, before.read if before else ()), **kit, **chosen, "notebook": sha256_of(notebook(step.notebook))}


def reasons(before: StepRecord | None, now: Mapping[str, str], damaged: list[str]) -> tuple[str, ...]:
    """Why a step has to run, as names of parts; empty where nothing has changed.

    Parameters
    ----------
    damaged : its files that are no longer as it left them.
    """
    if before is None:
        return (NEW,)
    changed = [name for name in sorted({*before.parts, *now}) if before.parts.get(name) != now.get(name)]
    return (*changed, *(f"output {name}" for name in damaged))
