"""Commands that execute notebooks: one client, JupyterLab; and verify what a run left."""

import importlib.util
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cxkit.cli.asked import request
from cxkit.cli.options import Changed, ClientFolder, DryRun, Explain, Language, Out, Parameters, ParametersFile, Shape, Steps, Timeout
from cxkit.cli.reasons import say_plan, say_reasons
from cxkit.cli.speak import Format, console, say, say_json, words
from cxkit.errors import CxError, fault
from cxkit.paths import find_folder
from cxkit.runner import manifest
from cxkit.runner.journal import as_data
from cxkit.runner.lab import START, prepare
from cxkit.runner.plan import plan_client
from cxkit.runner.reproduce import Reproduction, reproduce
from cxkit.runner.request import RunRequest
from cxkit.runner.run import RunReport, run_client

_ = words()


def run(client: ClientFolder, out: Out = Path("out"), language: Language = "", steps: Steps = "", parameter: Parameters = [],  # noqa: B006
        parameters: ParametersFile = None, timeout: Timeout = 900, only_changed: Changed = True, explain: Explain = False,
        dry_run: DryRun = False, shape: Shape = Format.text) -> None:
    """Execute the notebooks of a client that have to run and publish its deliverables."""
    asked = request(client, out, language, steps, parameter, timeout, parameters, only_changed=only_changed)
    if dry_run:
        _plan(asked, shape)
        return
    report = run_client(asked) if shape is Format.json else _with_progress(asked)
    if shape is Format.json:
        say_json(_as_data(report))
    else:
        _tell(report)
        if explain:
            say_reasons(as_data(report)["steps"])
    raise typer.Exit(0 if report.done else 1)


def verify(
    folder: Annotated[Path, typer.Argument(help=_("cli.option.output"), show_default=False)],
    rerun: Annotated[bool, typer.Option("--rerun", help=_("cli.option.rerun"))] = False,
    client: Annotated[Path | None, typer.Option("--client", help=_("cli.option.rerun_client"), show_default=False)] = None,
    shape: Shape = Format.text,
) -> None:
    """Compare every file of an output folder with its hash in the manifest; run it again elsewhere and compare every byte."""
    place = folder.expanduser().resolve()
    verdict = manifest.verify(place)
    again = reproduce(place, find_folder(client) if client else None) if rerun else None
    if shape is Format.json:
        found = {"rerun": {"reproduced": again.reproduced, **asdict(again)}} if again else {}
        say_json({"intact": verdict.intact, **asdict(verdict), **found})
    else:
        _tell_verdict(verdict)
        if again:
            _tell_reproduction(again)
    raise typer.Exit(0 if verdict.intact and (again is None or again.reproduced) else 1)


def _tell_verdict(verdict: manifest.Verdict) -> None:
    for kind in ("changed", "missing", "unknown"):
        for name in getattr(verdict, kind):
            say(words()(f"cli.verify.{kind}", name=name), style="red")
    say(words()("cli.verify.intact" if verdict.intact else "cli.verify.not_intact", n=verdict.files),
        style="bold green" if verdict.intact else "bold red")


def _tell_reproduction(again: Reproduction) -> None:
    for kind in ("inputs", "different", "missing", "extra"):
        for name in getattr(again, kind):
            say(words()(f"cli.rerun.{kind}", name=name), style="red")
    if again.cause:
        say(words()("cli.rerun.cause", cause=again.cause), style="red")
    say(words()("cli.rerun.same" if again.reproduced else "cli.rerun.not_same", n=again.compared),
        style="bold green" if again.reproduced else "bold red")


def lab(client: ClientFolder, out: Out = Path("out")) -> None:
    """Open JupyterLab on working copies of the notebooks, filled in for this client."""
    if importlib.util.find_spec("jupyterlab") is None:
        raise CxError(fault("CX-E018", name="jupyterlab"))
    folder = prepare(find_folder(client), out.expanduser().resolve())
    say(words()("cli.lab.open", folder=_near(folder)))
    raise typer.Exit(subprocess.run([sys.executable, "-m", "jupyterlab", str(folder / START)], check=False).returncode)


def _plan(asked: RunRequest, shape: Format) -> None:
    plan = plan_client(asked)
    if shape is Format.json:
        say_json({"client": asked.client.name, "steps": [{"step": row.step, "language": row.language, "why": list(row.why)} for row in plan]})
    else:
        say_plan(plan)


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
    return {"folder": str(report.folder), **as_data(report)}
