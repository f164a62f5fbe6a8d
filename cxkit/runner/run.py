"""Run a client: its notebooks in order, in each language, into an output folder that appears whole."""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from cxkit import method
from cxkit.method import MethodStep
from cxkit.model.folder import ClientFolder, read_folder
from cxkit.paths import HOUSE
from cxkit.runner.execute import Executor, Outcome
from cxkit.runner.index import write_index
from cxkit.runner.manifest import write_manifest
from cxkit.runner.request import RunRequest, checked_parameters
from cxkit.runner.staging import Stage, locked
from cxkit.study import Study
from cxkit.study.files import canonical, write_whole
from cxkit.words import Words

_AT_ONCE = 2


@dataclass(frozen=True)
class StepRun:
    """One notebook of a run: what became of it and how long it took, in seconds."""

    step: str
    language: str
    outcome: Outcome
    seconds: float


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


Progress = Callable[[Literal["start", "end"], str, str], None]
"""Called with the event, the language and the step id."""


def run_client(request: RunRequest, progress: Progress = lambda event, language, step: None, executor: Executor | None = None) -> RunReport:
    """Execute the chosen notebooks of a client and publish what they make.

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
    languages = request.languages or client.client.languages or (client.client.language,)
    for language in languages:
        Words(language)
    parameters = checked_parameters(request.steps, request.parameters)
    with locked(request.out, client.client.id), executor or Executor() as executing:
        stage = Stage(request.out, client.client.id)
        stage.open(_kept(request, languages, request.out / client.client.id))
        runs = _Runs(request, stage, client, parameters, progress, executing).all(languages)
        report = RunReport(client.client.id, tuple(languages), request.out / client.client.id, tuple(runs), 0)
        kept = None
        if report.done:
            _finish(stage, client, parameters)
        else:
            kept = _keep_failed(request.out, stage, report)
    report = RunReport(report.client, report.languages, report.folder, report.steps, time.monotonic() - began, kept)
    _log(request.out, report)
    return report


class _Runs:
    """The notebooks of one run."""

    def __init__(self, request: RunRequest, stage: Stage, client: ClientFolder, parameters: Mapping[str, Mapping[str, Any]],
                 progress: Progress, executor: Executor):
        self._request, self._stage, self._client, self._parameters, self._progress = request, stage, client, parameters, progress
        self._executor = executor

    def all(self, languages: Sequence[str]) -> list[StepRun]:
        """Run every step in every language, two at a time.

        A notebook waits for those whose results it needs; another language waits for the first one, which computes.
        """
        waiting = [(step, language) for step in self._request.steps for language in languages]
        done: dict[tuple[str, str], StepRun] = {}
        running: dict[Future[StepRun], tuple[str, str]] = {}
        with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
            while waiting or running:
                for task in [task for task in waiting if self._before(*task, languages[0]) <= set(done)][: _AT_ONCE - len(running)]:
                    waiting.remove(task)
                    running[pool.submit(self._one, *task)] = (task[0].id, task[1])
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    done[running.pop(future)] = future.result()
        return [done[step.id, language] for language in languages for step in self._request.steps]

    def _before(self, step: MethodStep, language: str, first: str) -> set[tuple[str, str]]:
        """What must have run before a notebook, among what this run does."""
        if language != first:
            return {(step.id, first)}
        return {(other.id, first) for other in self._request.steps if other.id in _upstream(step)}

    def _one(self, step: MethodStep, language: str) -> StepRun:
        self._progress("start", language, step.id)
        began = time.monotonic()
        chosen = self._parameters[step.id]
        outcome = self._executor.execute(step.notebook, self._stage.folder / language / "notebooks" / step.notebook,
                                         {"client": str(self._client.root), "out": str(self._stage.out), "language": language, **chosen},
                                         {"client": self._client.client.id, "out": "out", "language": language, **chosen},
                                         folder=self._stage.out, timeout=self._request.timeout)
        self._progress("end", language, step.id)
        return StepRun(step.id, language, outcome, time.monotonic() - began)


def _upstream(step: MethodStep) -> set[str]:
    """The steps whose results a step needs, near and far."""
    return set(step.needs).union(*(_upstream(method.step(need)) for need in step.needs))


def _kept(request: RunRequest, languages: Sequence[str], last: Path) -> set[str]:
    """Parts of the last version that this run builds on: results, and what it does not write again."""
    present = {path.name for path in last.iterdir() if path.is_dir()} if last.is_dir() else set()
    whole = len(request.steps) == len(RunRequest(request.client, request.out).steps)
    return present - set(languages) if whole else present


def _finish(stage: Stage, client: ClientFolder, parameters: Mapping[str, Mapping[str, Any]]) -> None:
    languages = sorted(path.parent.name for path in stage.folder.glob("*/notebooks"))
    for language in languages:
        study = Study(client, stage.out, Words(language, client.client.customer_kind))
        write_index(stage.folder / language, client, study.words, study.published(), languages)
    write_manifest(stage.folder, client, languages, {step: dict(chosen) for step, chosen in parameters.items() if chosen})
    stage.promote()


def _keep_failed(out: Path, stage: Stage, report: RunReport) -> Path:
    kept = out / HOUSE / "failed" / report.client
    for run in report.failures:
        notebook = stage.folder / run.language / "notebooks" / run.outcome.notebook
        if notebook.is_file():
            write_whole(kept / run.language / run.outcome.notebook, notebook.read_bytes())
    return kept


def _log(out: Path, report: RunReport) -> None:
    """Durations and causes, outside the compared tree."""
    steps = [{"step": run.step, "language": run.language, "done": run.outcome.done, "cause": run.outcome.cause,
              "seconds": round(run.seconds, 2)} for run in report.steps]
    write_whole(out / HOUSE / "logs" / f"{report.client}.json",
                canonical({"client": report.client, "done": report.done, "seconds": round(report.seconds, 2), "steps": steps}))
