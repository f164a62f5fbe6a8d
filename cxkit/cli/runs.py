"""Commands that execute notebooks: one client, a folder of clients, JupyterLab; and verify what a run left."""

import importlib.util
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from cxkit.cli.options import ClientFolder, Language, Out, Parameters, Shape, Steps, Timeout, request
from cxkit.cli.speak import Format, console, say, say_json, words
from cxkit.errors import CxError, fault
from cxkit.paths import find_folder
from cxkit.runner import manifest
from cxkit.runner.lab import START, prepare
from cxkit.runner.request import RunRequest
from cxkit.runner.run import RunReport, run_client

_ = words()


def run(client: ClientFolder, out: Out = Path("out"), language: Language = "", steps: Steps = "", parameter: Parameters = [],  # noqa: B006
        timeout: Timeout = 900, shape: Shape = Format.text) -> None:
    """Execute the notebooks of a client and publish its deliverables."""
    asked = request(client, out, language, steps, parameter, timeout)
    report = run_client(asked) if shape is Format.json else _with_progress(asked)
    if shape is Format.json:
        say_json(_as_data(report))
    else:
        _tell(report)
    raise typer.Exit(0 if report.done else 1)


def batch(
    folder: Annotated[Path, typer.Argument(help=_("cli.option.folder"), show_default=False)], out: Out = Path("out"), language: Language = "",
    steps: Steps = "", parameter: Parameters = [], timeout: Timeout = 900,  # noqa: B006
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help=_("cli.option.jobs"))] = 2, shape: Shape = Format.text,
) -> None:
    """Run every client folder inside a folder; one that fails stops no other."""
    root = find_folder(folder)
    clients = sorted(path.parent for path in root.glob("*/client.yaml"))
    if not clients:
        raise CxError(fault("CX-E002", root.name))
    asked = [request(client, out, language, steps, parameter, timeout) for client in clients]
    results = _all(asked, jobs)
    if shape is Format.json:
        say_json({"clients": results})
    else:
        _summary(results)
    raise typer.Exit(0 if all(result["done"] for result in results) else 1)


def verify(folder: Annotated[Path, typer.Argument(help=_("cli.option.output"), show_default=False)], shape: Shape = Format.text) -> None:
    """Compare every file of an output folder with its hash in the manifest."""
    verdict = manifest.verify(folder.expanduser().resolve())
    if shape is Format.json:
        say_json({"intact": verdict.intact, **asdict(verdict)})
    else:
        for kind in ("changed", "missing", "unknown"):
            for name in getattr(verdict, kind):
                say(words()(f"cli.verify.{kind}", name=name), style="red")
        say(words()("cli.verify.intact" if verdict.intact else "cli.verify.not_intact", n=verdict.files),
            style="bold green" if verdict.intact else "bold red")
    raise typer.Exit(0 if verdict.intact else 1)


def lab(client: ClientFolder, out: Out = Path("out")) -> None:
    """Open JupyterLab on working copies of the notebooks, filled in for this client."""
    if importlib.util.find_spec("jupyterlab") is None:
        raise CxError(fault("CX-E018", name="jupyterlab"))
    folder = prepare(find_folder(client), out.expanduser().resolve())
    say(words()("cli.lab.open", folder=_near(folder)))
    raise typer.Exit(subprocess.run([sys.executable, "-m", "jupyterlab", str(folder / START)], check=False).returncode)


def _with_progress(asked: RunRequest) -> RunReport:
    languages = max(len(asked.languages), 1)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(), disable=not console().is_terminal, transient=True) as progress:
        task = progress.add_task(asked.client.name, total=len(asked.steps) * languages)

        def show(event: str, language: str, step: str) -> None:
            label = words()("cli.run.step", language=language, title=words()(f"steps.{step}.title"))
            if event == "start":
                progress.update(task, description=label)
            else:
                progress.advance(task)
                if not console().is_terminal:
                    say(label)

        return run_client(asked, show)


def _tell(report: RunReport) -> None:
    for failed in report.failures:
        say(words()("cli.run.failed", notebook=failed.outcome.notebook, language=failed.language, cause=failed.outcome.cause), style="red")
    if not report.done:
        say(words()("cli.run.kept", folder=_near(report.kept or report.folder)))
        return
    say(words()("cli.run.done", client=report.client, seconds=words().number(report.seconds)), style="bold green")
    for language in report.languages:
        say(words()("cli.run.open", page=_near(report.folder / language / "index.html")))


def _near(path: Path) -> Path:
    """The path from here where it lies below, else in full."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _as_data(report: RunReport) -> dict[str, Any]:
    steps = [{"step": one.step, "language": one.language, "done": one.outcome.done, "cause": one.outcome.cause, "seconds": round(one.seconds, 2)}
             for one in report.steps]
    return {"client": report.client, "done": report.done, "languages": report.languages, "folder": str(report.folder),
            "seconds": round(report.seconds, 2), "cause": next((one["cause"] for one in steps if one["cause"]), ""), "steps": steps}


def _all(asked: list[RunRequest], jobs: int) -> list[dict[str, Any]]:
    """Run in worker processes; a client whose worker dies is told as failed."""
    results = []
    with ProcessPoolExecutor(max_workers=min(jobs, len(asked))) as pool:
        for one, future in [(one, pool.submit(_guarded, one)) for one in asked]:
            try:
                results.append(future.result())
            except BrokenProcessPool:
                results.append(_refused(one, words()("cli.batch.died")))
    return results


def _guarded(asked: RunRequest) -> dict[str, Any]:
    try:
        return _as_data(run_client(asked))
    except CxError as error:
        return _refused(asked, error.text(words().language).splitlines()[0])
    except Exception as error:
        return _refused(asked, type(error).__name__)


def _refused(asked: RunRequest, cause: str) -> dict[str, Any]:
    return {"client": asked.client.name, "done": False, "languages": asked.languages, "folder": "", "seconds": 0.0, "cause": cause, "steps": []}


def _summary(results: list[dict[str, Any]]) -> None:
    table = Table(*(words()(f"cli.batch.{key}") for key in ("client", "state", "seconds", "cause")))
    for result in results:
        table.add_row(result["client"], words()("cli.batch.done" if result["done"] else "cli.batch.failed"), words().number(result["seconds"]),
                      result["cause"])
    console().print(table)
