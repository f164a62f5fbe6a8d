"""The command that runs a folder of clients, here or on a cluster."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table

from cxkit.cli.asked import request
from cxkit.cli.options import Changed, DryRun, Explain, Language, Out, Parameters, ParametersFile, Shape, Steps, Timeout
from cxkit.cli.reasons import say_plan, say_reasons
from cxkit.cli.speak import Format, console, say, say_json, words
from cxkit.errors import CxError, fault
from cxkit.model.folder import read_folder
from cxkit.paths import find_folder
from cxkit.runner.batch import run_batch, steps_summary
from cxkit.runner.cluster import run_on_cluster
from cxkit.runner.full import told_when_full
from cxkit.runner.portfolio import portfolio_row, write_portfolio
from cxkit.runner.request import RunRequest
from cxkit.words import Words, languages

_ = words()


def batch(
    folder: Annotated[Path, typer.Argument(help=_("cli.option.folder"), show_default=False)], out: Out = Path("out"), language: Language = "",
    steps: Steps = "", parameter: Parameters = [], parameters: ParametersFile = None, timeout: Timeout = 900,  # noqa: B006
    client_timeout: Annotated[int, typer.Option("--client-timeout", min=1, help=_("cli.option.client_timeout"))] = 7200,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help=_("cli.option.jobs"))] = 2, only_changed: Changed = True,
    explain: Explain = False, dry_run: DryRun = False,
    scheduler: Annotated[str, typer.Option("--scheduler", help=_("cli.option.batch_scheduler"), show_default=False)] = "", shape: Shape = Format.text,
) -> None:
    """Run every client folder inside a folder; one that fails stops no other."""
    root = find_folder(folder)
    clients = sorted(path.parent for path in root.glob("*/client.yaml"))
    if not clients:
        raise CxError(fault("CX-E002", root.name))
    # each client runs one notebook at a time: the workers fill the machine
    asked = [request(client, out, language, steps, parameter, timeout, parameters, only_changed=only_changed, at_once=1) for client in clients]
    if dry_run:
        _plan(asked, shape)
        return
    began = time.monotonic()
    with _progress(asked, quiet=shape is Format.json) as (tell, done):
        if scheduler:
            results = run_on_cluster(scheduler, asked, limit=client_timeout, language=words().language, done=done)
        else:
            results = run_batch(asked, jobs=jobs, limit=client_timeout, language=words().language, tell=tell, done=done)
    pages = _portfolio(asked, results)
    failed = sum(not result["done"] for result in results)
    if shape is Format.json:
        say_json({"clients": results, "steps": steps_summary(results), "done": len(results) - failed, "failed": failed,
                  "seconds": round(time.monotonic() - began, 2), "portfolio": [str(page) for page in pages]})
    else:
        _summary(results, explain)
        say(words()("cli.batch.end", done=len(results) - failed, failed=failed, seconds=words().number(time.monotonic() - began)),
            style="bold red" if failed else "bold green")
        for page in pages:
            say(words()("cli.run.open", page=page))
    raise typer.Exit(1 if failed else 0)


def _plan(asked: Sequence[RunRequest], shape: Format) -> None:
    """What the batch would do; refused clients are told and make it exit with 1."""
    from cxkit.runner.plan import plan_client  # with all the steps, which only the workers need otherwise

    plans, refused = {}, {}
    for one in asked:
        try:
            plans[one.client.name] = plan_client(one)
        except CxError as error:
            refused[one.client.name] = error.text(words().language).splitlines()[0]
    if shape is Format.json:
        say_json({"clients": [{"client": name, "steps": [{"step": row.step, "language": row.language, "why": list(row.why)} for row in plan]}
                              for name, plan in plans.items()] + [{"client": name, "cause": cause} for name, cause in refused.items()]})
    else:
        for name, plan in plans.items():
            say(name, style="bold")
            say_plan(plan)
        for name, cause in refused.items():
            say(f"{name}: {cause}", style="red")
    if refused:
        raise typer.Exit(1)


@contextmanager
def _progress(asked: Sequence[RunRequest], *, quiet: bool) -> Iterator[tuple[Any, Any]]:
    """Clients and steps done and the time left; one line a client where nobody watches."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    watched = console().is_terminal and not quiet
    with Progress(*columns, console=console(), disable=not watched, transient=True) as progress:
        clients = progress.add_task(words()("cli.batch.clients"), total=len(asked))
        expected = {one.client.name: len(one.steps) * max(1, len(one.languages)) for one in asked}
        ended = dict.fromkeys(expected, 0)
        steps = progress.add_task(words()("cli.batch.steps"), total=sum(expected.values()))

        def tell(client: str, event: str, language: str, step: str) -> None:
            if event == "start":
                label = words()("cli.run.step", language=language, title=words()(f"steps.{step}.title"))
                progress.update(steps, description=f"{client} · {label}")
                return
            ended[client] += 1
            expected[client] = max(expected[client], ended[client])  # a client's own languages are known when it runs
            progress.update(steps, completed=sum(ended.values()), total=sum(expected.values()))

        def done(result: dict[str, Any]) -> None:
            if (name := result["client"]) in expected:  # what a failed client did not reach is not waited for
                expected[name] = ended[name]
                progress.update(steps, completed=sum(ended.values()), total=sum(expected.values()))
            progress.advance(clients)
            if not watched and not quiet:
                say(words()("cli.batch.line", client=result["client"], state=_state(result), seconds=words().number(result["seconds"])))

        yield tell, done


def _state(result: dict[str, Any]) -> str:
    if not result["done"]:
        return words()("cli.batch.failed")
    return words()("cli.batch.done" if any(step["state"] == "run" for step in result["steps"]) else "cli.batch.unchanged")


def _summary(results: Sequence[dict[str, Any]], explain: bool) -> None:
    table = Table(*(words()(f"cli.batch.{key}") for key in ("client", "state", "ran", "kept", "seconds", "memory", "cause")))
    for result in results:
        states = [step["state"] for step in result["steps"]]
        table.add_row(result["client"], _state(result), words().number(states.count("run") + states.count("failed")),
                      words().number(states.count("kept")), words().number(result["seconds"]), words().number(result["peak_mb"]), result["cause"])
    console().print(table)
    by_step = Table(*(words()(f"cli.batch.{key}") for key in ("step", "ran", "kept", "failures", "mean_seconds", "longest", "memory")))
    for row in steps_summary(results):
        by_step.add_row(words()(f"steps.{row['step']}.title"), *(words().number(row[key]) for key in ("run", "kept", "failed")),
                        words().number(row["seconds"], 1), words().number(row["longest"], 1), words().number(row["peak_mb"]))
    console().print(by_step)
    for result in results if explain else ():
        say(result["client"], style="bold")
        say_reasons(result["steps"])


def _portfolio(asked: Sequence[RunRequest], results: Sequence[dict[str, Any]]) -> list[Path]:
    """The portfolio in each language of the batch, beside the outputs of the clients."""
    out = asked[0].out
    out.mkdir(parents=True, exist_ok=True)
    rows = [portfolio_row(out, _id(one, result), done=result["done"], cause=result["cause"]) for one, result in zip(asked, results, strict=True)]
    chosen = sorted({language for result in results for language in result["languages"]} & set(languages())) or [words().language]
    with told_when_full(out):
        return [write_portfolio(out, rows, Words(language), [other for other in chosen if other != language]) for language in chosen]


def _id(request: RunRequest, result: dict[str, Any]) -> str:
    """The client's id; the name of its folder where its files were refused."""
    try:
        return read_folder(request.client).client.id if not result["done"] else result["client"]
    except CxError:
        return request.client.name
