"""The notebooks of one run: which of them run, in which order, and what is taken over from the last version."""

import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from cxkit import method
from cxkit.errors import CxError
from cxkit.method import MethodStep
from cxkit.model.folder import ClientFolder
from cxkit.runner.changes import ASKED, NEW, Parts, parts_of, reasons
from cxkit.runner.execute import OnDemand, Outcome
from cxkit.runner.records import Records, StepRecord
from cxkit.runner.request import RunRequest
from cxkit.runner.staging import Stage
from cxkit.study import Study
from cxkit.study.files import sha256_of
from cxkit.words import Words

Task = tuple[str, str]
"""A step id and a language."""
Progress = Callable[[Literal["start", "end"], str, str], None]
"""Called with the event, the language and the step id."""


@dataclass(frozen=True)
class StepRun:
    """One notebook of a run: why it ran, what became of it and how long it took, in seconds.

    ``why`` is empty where nothing had changed: its files are those of the last version.
    """

    step: str
    language: str
    outcome: Outcome
    seconds: float
    why: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """``run``, ``kept`` or ``failed``."""
        return "failed" if not self.outcome.done else "run" if self.why else "kept"


@dataclass(frozen=True)
class Version:
    """A version of the client's folder that steps may be taken over from."""

    folder: Path
    records: Records


class Work:
    """The notebooks of one run, taken over or executed into a stage.

    Parameters
    ----------
    parameters : step id → the parameters chosen for it.
    versions : where unchanged steps may stand, the one to compare with first.
    """

    def __init__(self, request: RunRequest, stage: Stage, client: ClientFolder, parameters: Mapping[str, Mapping[str, Any]],
                 versions: Sequence[Version], executor: OnDemand, progress: Progress):
        self._request, self._stage, self._client, self._parameters = request, stage, client, parameters
        self._versions, self._executor, self._progress = versions, executor, progress
        self._studies: dict[str, Study] = {}
        self._steps: set[str] = set()

    def all(self, tasks: Sequence[Task], first: str) -> list[StepRun]:
        """Do every task, some at a time.

        A notebook waits for those whose results it needs; another language waits for the first one, which computes.
        """
        self._steps = {step for step, _ in tasks}
        waiting, done = list(tasks), {}
        running: dict[Future[StepRun], Task] = {}
        with ThreadPoolExecutor(max_workers=self._request.at_once) as pool:
            try:
                while waiting or running:
                    for task in [task for task in waiting if _before(task, tasks, first) <= set(done)][: self._request.at_once - len(running)]:
                        waiting.remove(task)
                        if why := self._look(task):
                            running[pool.submit(self._execute, task, why)] = task
                        else:
                            done[task] = StepRun(*task, Outcome(method.step(task[0]).notebook, True), 0.0)
                            self._progress("end", task[1], task[0])
                    for future in wait(running, return_when=FIRST_COMPLETED).done if running else ():
                        done[running.pop(future)] = future.result()
            except BaseException:
                # the pool waits for its threads: end what they wait for
                self._executor.interrupt()
                raise
        return [done[task] for task in tasks]

    def study(self, language: str) -> Study:
        """The client's study in the stage."""
        if language not in self._studies:
            self._studies[language] = Study(self._client, self._stage.out, Words(language, self._client.client.customer_kind))
        return self._studies[language]

    def _look(self, task: Task) -> tuple[str, ...]:
        """Why the task has to run; where nothing has changed its files are taken over and there is no reason."""
        told: list[tuple[str, ...]] = []
        for version in self._versions:
            before = version.records.get(task)
            damaged = before.damaged(version.folder) if before else []
            why = reasons(before, self._parts(task, before), damaged) if self._request.only_changed else (ASKED,)
            if before and not why:
                self._take_over(before, version)
                return ()
            told.append(why)
        return next((why for why in told if why != (NEW,)), (NEW,))

    def _parts(self, task: Task, before: StepRecord | None) -> Parts:
        step, language = task
        try:
            return parts_of(method.step(step), self.study(language), self._parameters[step], before)
        except CxError:
            return {}  # the notebook will tell the faults of the evidence

    def _take_over(self, record: StepRecord, version: Version) -> None:
        record.carry(version.folder, self._stage.folder)
        if version is not self._versions[0]:
            self._bring_along(record.step, version.folder / "results")
        self.study(record.language).note(record.step, record.sheets, record.read)
        record.write(self._stage.records)

    def _bring_along(self, step: str, source: Path) -> None:
        """What an interrupted run computed on the way to a step: results of steps that do not run for themselves, and the prepared log."""
        target = self._stage.folder / "results"
        for need in method.upstream(step):
            if need not in self._steps and (source / f"{need}.json").is_file():
                shutil.copyfile(source / f"{need}.json", target / f"{need}.json")
        logs = {path.name for path in source.glob("log-*")}
        for path in target.glob("log-*"):
            if path.name not in logs:
                shutil.rmtree(path)
        for name in logs:
            if not (target / name).exists():
                shutil.copytree(source / name, target / name)

    def _execute(self, task: Task, why: tuple[str, ...]) -> StepRun:
        step, language = method.step(task[0]), task[1]
        self._progress("start", language, step.id)
        began = time.monotonic()
        chosen = self._parameters[step.id]
        outcome = self._executor().execute(step.notebook, self._stage.folder / language / "notebooks" / step.notebook,
                                           {"client": str(self._client.root), "out": str(self._stage.out), "language": language, **chosen},
                                           {"client": self._client.client.id, "out": "out", "language": language, **chosen},
                                           folder=self._stage.out, timeout=self._request.timeout)
        if outcome.done:
            self._done(step, language, chosen).write(self._stage.records)
        self._progress("end", language, step.id)
        return StepRun(step.id, language, outcome, time.monotonic() - began, why)

    def _done(self, step: MethodStep, language: str, chosen: Mapping[str, Any]) -> StepRecord:
        study = self.study(language)  # it has hashed the inputs before the notebook ran: a file that changed meanwhile runs the step again
        sheets, read = study.published().get(step.id, []), study.read_by(step.id, set(method.upstream(step.id)) - self._steps)
        study.note(step.id, sheets, read)
        names = [f"results/{step.id}.json", f"{language}/notebooks/{step.notebook}", *(f"{language}/{name}" for name in sheets)]
        outputs = {name: sha256_of(self._stage.folder / name) for name in sorted(names)}
        record = StepRecord(step.id, language, {}, outputs, tuple(sheets), tuple(read), dict(chosen))
        return StepRecord(step.id, language, parts_of(step, study, chosen, record), outputs, record.sheets, record.read, record.parameters)


def _before(task: Task, tasks: Sequence[Task], first: str) -> set[Task]:
    """What must be done before a task, among the tasks of this run."""
    step, language = task
    needs = {(step, first)} if language != first else {(other, first) for other in method.upstream(step)}
    return needs & set(tasks)


def tasks_of(steps: Sequence[MethodStep], languages: Sequence[str]) -> Iterator[Task]:
    """Every step in every language, language by language."""
    return ((step.id, language) for language in languages for step in steps)
