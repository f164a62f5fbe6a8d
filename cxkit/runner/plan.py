"""What a run would do, without doing it."""

from collections.abc import Mapping
from dataclasses import dataclass

from cxkit import method
from cxkit.errors import CxError
from cxkit.model.folder import read_folder
from cxkit.runner import manifest
from cxkit.runner.changes import ASKED, NEW, parts_of, reasons
from cxkit.runner.records import records_of
from cxkit.runner.request import RunRequest, chosen_parameters, languages_of
from cxkit.runner.work import Task, tasks_of
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
    folder = request.out / client.client.id
    records = records_of(manifest.read(folder))
    own: dict[Task, tuple[str, ...]] = {}
    for step, language in tasks_of(request.steps, languages):
        before = records.get((step, language))
        study = Study(client, request.out, Words(language, client.client.customer_kind))
        try:
            now = parts_of(method.step(step), study, parameters[step], before)
            own[step, language] = reasons(before, now, before.damaged(folder) if before else []) if request.only_changed else (ASKED,)
        except CxError:
            own[step, language] = (NEW,)
    return [Planned(*task, (*why, *_upstream(task, own, languages[0]))) for task, why in own.items()]


def _upstream(task: Task, own: Mapping[Task, tuple[str, ...]], first: str) -> list[str]:
    """Steps that run before this one; none where it runs whatever they give."""
    if {NEW, ASKED} & set(own[task]):
        return []
    return [f"upstream {name}" for name in sorted(method.upstream(task[0])) if own.get((name, first))]
