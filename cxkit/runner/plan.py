"""What a run would do, without doing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cxkit import method
from cxkit.errors import CxError
from cxkit.model.folder import read_folder
from cxkit.runner import manifest
from cxkit.runner.changes import ASKED, NEW, parts_of, reasons
from cxkit.runner.records import read_records, records_of
from cxkit.runner.request import RunRequest, chosen_parameters, languages_of
from cxkit.runner.staging import Stage
from cxkit.runner.work import Task, Version, tasks_of
from cxkit.study import Study
from cxkit.words import Words


@dataclass(frozen=True)
class Planned:
    """A notebook of a run: why it would run, empty where nothing has changed.

    A reason ``upstream <step>`` says that a step runs before it whose result may change; where it does not change, the
    notebook is taken over after all.
    """

    step: str
    language: str
    why: tuple[str, ...]


def plan_client(request: RunRequest) -> list[Planned]:
    """What a run of this request would do.

    Raises
    ------
    CxError : refused client files, parameters, languages.
    """
    client = read_folder(request.client)
    languages = languages_of(request, client)
    parameters = chosen_parameters(request)
    stage = Stage(request.out, client.client.id)
    versions = [Version(stage.final, records_of(manifest.read(stage.final))), Version(stage.folder, read_records(stage.records)),
                Version(stage.left, read_records(stage.left_records))]
    own: dict[Task, tuple[str, ...]] = {}
    for task in tasks_of(request.steps, languages):
        study = Study(client, request.out, Words(task[1], client.client.customer_kind))
        own[task] = _why(task, study, parameters[task[0]], versions) if request.only_changed else (ASKED,)
    return [Planned(*task, (*why, *_upstream(task, own, languages[0]))) for task, why in own.items()]


def _why(task: Task, study: Study, parameters: Mapping[str, Any], versions: Sequence[Version]) -> tuple[str, ...]:
    """Why a notebook would run, beside the last version; nothing where that, or what an interrupted run left, holds it unchanged."""
    told: list[tuple[str, ...]] = []
    for version in versions:
        before = version.records.get(task)
        if told and before is None:
            continue
        try:
            told.append(reasons(before, parts_of(method.step(task[0]), study, parameters, before), before.damaged(version.folder) if before else []))
        except CxError:
            return (NEW,)
        if not told[-1]:
            return ()
    return told[0]


def _upstream(task: Task, own: Mapping[Task, tuple[str, ...]], first: str) -> list[str]:
    """Steps that run before this one; none where it runs whatever they give."""
    if {NEW, ASKED} & set(own[task]):
        return []
    return [f"upstream {name}" for name in sorted(method.upstream(task[0])) if own.get((name, first))]
