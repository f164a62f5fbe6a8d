"""Run a client: its notebooks in order, in each language, into an output folder that appears whole."""

import shutil
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from altair.utils.schemapi import debug_mode

from cxkit.model.folder import ClientFolder, read_folder
from cxkit.paths import HOUSE
from cxkit.runner import manifest
from cxkit.runner.execute import OnDemand
from cxkit.runner.full import told_when_full
from cxkit.runner.index import write_index
from cxkit.runner.journal import keep_failed, write_log
from cxkit.runner.records import Records, StepRecord, read_records, records_of
from cxkit.runner.request import RunRequest, chosen_parameters, languages_of
from cxkit.runner.staging import Stage, locked
from cxkit.runner.work import Progress, StepRun, Task, Version, Work, tasks_of
from cxkit.study.inputs import input_hashes


@dataclass(frozen=True)
class RunReport:
    """What a run did. ``folder`` is the client's output; ``kept`` holds the failed notebooks."""

    client: str
    languages: tuple[str, ...]
    folder: Path
    steps: tuple[StepRun, ...]
    seconds: float
    kept: Path | None = None

    @property
    def done(self) -> bool:
        """True where every notebook ran to its end; only then the output folder was replaced."""
        return all(step.outcome.done for step in self.steps)

    @property
    def failures(self) -> tuple[StepRun, ...]:
        """Notebooks that did not run to their end."""
        return tuple(step for step in self.steps if not step.outcome.done)


def run_client(request: RunRequest, progress: Progress = lambda event, language, step: None, executor: OnDemand | None = None) -> RunReport:
    """Execute the notebooks of a client whose inputs have changed and publish what they make; the others are taken over.

    The first language computes; the others follow and only draw. When a notebook fails, the later ones
    still run, the output folder keeps its last version and the failed notebooks are kept beside it.

    Parameters
    ----------
    executor : executes the notebooks of several runs; one for this run where None.

    Raises
    ------
    CxError : refused client files, parameters, languages; another run at work; no space left.
    """
    began = time.monotonic()
    client = read_folder(request.client)
    languages = languages_of(request, client)
    parameters = chosen_parameters(request)
    with told_when_full(request.out), locked(request.out, client.client.id), ExitStack() as stack:
        executing = executor or stack.enter_context(OnDemand())
        stage = Stage(request.out, client.client.id)
        stage.open()
        last = Version(stage.final, records_of(manifest.read(stage.final)))
        left = Version(stage.left, _chosen(read_records(stage.left_records), request, languages))
        tasks, parameters = _tasks(request, languages, parameters, last)
        if (stage.final / "results").is_dir():
            shutil.copytree(stage.final / "results", stage.folder / "results")
        work = Work(request, stage, client, parameters, (last, left), executing, progress)
        steps = tuple(work.all(tasks, languages[0]))
        report = RunReport(client.client.id, languages, stage.final, steps, time.monotonic() - began,
                           None if all(step.outcome.done for step in steps) else request.out / HOUSE / "failed" / client.client.id)
        if not report.done:
            keep_failed(report.kept, stage.folder, report.failures)
        elif _unchanged(stage, client, steps):
            stage.clear()
        else:
            _finish(stage, client, work)
        report = RunReport(report.client, report.languages, report.folder, steps, time.monotonic() - began, report.kept)
        write_log(request, report)
    return report


def _tasks(request: RunRequest, languages: tuple[str, ...], parameters: Mapping[str, Mapping[str, Any]],
           last: Version) -> tuple[list[Task], dict[str, Mapping[str, Any]]]:
    """What this run does, and the parameters of each step: what was chosen, and the rest of the last version as it was made."""
    asked = list(tasks_of(request.steps, languages))
    rest = [key for key in sorted(last.records) if key not in asked]
    before = {step: last.records[step, language].parameters for step, language in rest}
    return [*asked, *rest], {**before, **parameters}


def _chosen(records: Records, request: RunRequest, languages: tuple[str, ...]) -> Records:
    """What a killed run left counts for the steps that this run was asked for only."""
    return {key: record for key, record in records.items() if key in set(tasks_of(request.steps, languages))}


def _unchanged(stage: Stage, client: ClientFolder, steps: tuple[StepRun, ...]) -> bool:
    """True where every step was taken over from the version that is shown, which is intact."""
    said = manifest.read(stage.final)
    same: dict[tuple[str, str], StepRecord] = records_of(said)
    return (all(not step.why for step in steps) and same == read_records(stage.records) and said["inputs"] == input_hashes(client)
            and manifest.verify(stage.final).intact)


def _finish(stage: Stage, client: ClientFolder, work: Work) -> None:
    """What comes after the last step: the whole study and the index of each language, the manifest, the exchange of the folders."""
    records = read_records(stage.records)
    languages = sorted({language for _, language in records})
    for language in languages:
        study = work.study(language)
        with debug_mode(False):
            study.publish_study()
        write_index(stage.folder / language, client, study.words, study.published(), languages)
    manifest.write_manifest(stage.folder, client, records, work.study(languages[0]).accounting)
    stage.promote()
