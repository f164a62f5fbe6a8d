"""Pieces of the kit usable on their own: mask a text file, map a raw file, tell the paths of a log."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from cxkit import plain_yaml
from cxkit.cli.options import ClientFolder, Out, Shape
from cxkit.cli.speak import Format, console, say, say_json, words
from cxkit.errors import CxError, fault
from cxkit.evidence.events.report import Asked, paths_report
from cxkit.evidence.masking import mask as mask_text
from cxkit.evidence.propose import propose
from cxkit.model.record_rows import text_of
from cxkit.paths import find_folder
from cxkit.runner.purge import purge as purge_client

_ = words()
File = Annotated[Path, typer.Argument(help=_("cli.option.file"), show_default=False)]


def mask(file: File, language: Annotated[str, typer.Option("--language", "-l", help=_("cli.option.text_language"))] = "fr",
         shape: Shape = Format.text) -> None:
    """Mask personal data in a text file, line by line."""
    if not file.is_file():
        raise CxError(fault("CX-E100", file.name))
    # only line feeds end a line: other separators may stand inside a text
    lines = text_of(file, file.name).removesuffix("\n").split("\n") if file.stat().st_size else []
    masked = [mask_text(line.removesuffix("\r"), language) for line in lines]
    if shape is Format.json:
        say_json({"lines": [{"text": line.text, "spans": [{"start": start, "end": end, "kind": kind} for start, end, kind in line.spans]}
                            for line in masked]})
        return
    for line in masked:
        # as it is: neither wrapped nor read for emoji codes
        typer.echo(line.text)


def paths(
    log: Annotated[str, typer.Argument(help=_("cli.option.log"), show_default=False)],
    case: Annotated[str | None, typer.Option("--case", help=_("cli.option.case"))] = None,
    activity: Annotated[str | None, typer.Option("--activity", help=_("cli.option.activity"))] = None,
    time: Annotated[str | None, typer.Option("--time", help=_("cli.option.time"))] = None,
    outcome: Annotated[str | None, typer.Option("--outcome", help=_("cli.option.outcome"))] = None,
    lifecycle: Annotated[str | None, typer.Option("--lifecycle", help=_("cli.option.lifecycle"))] = None,
    step: Annotated[list[str], typer.Option("--step", help=_("cli.option.step"))] = [],  # noqa: B006 – typer reads it
    gap_days: Annotated[float | None, typer.Option("--gap-days", help=_("cli.option.gap_days"), min=0)] = None,
    order: Annotated[int, typer.Option("--order", help=_("cli.option.order"), min=1, max=2)] = 1,
    table: Annotated[str | None, typer.Option("--table", help=_("cli.option.table"))] = None,
    scheduler: Annotated[str | None, typer.Option("--scheduler", help=_("cli.option.scheduler"))] = None,
    shared: Annotated[Path | None, typer.Option("--shared", help=_("cli.option.shared"))] = None,
    shape: Shape = Format.text,
) -> None:
    """Count events, transitions, variants, funnel and exits of a log."""
    asked = Asked(case, activity, time, outcome, lifecycle, tuple(step), gap_days, order, table)
    found = paths_report(log, asked, scheduler=scheduler, shared=shared)
    if shape is Format.json:
        say_json(found)  # with its columns
        return
    if guessed := [f"--{field} {found['columns'][field]}" for field in ("case", "activity", "time")
                   if getattr(asked, field) is None and found.get("columns", {}).get(field)]:
        typer.echo(words()("cli.paths.read_as", columns=", ".join(guessed)), err=True)
    say(words()("cli.paths.counts", events=found["events"], cases=found["cases"], activities=found["activities"]), style="bold")
    _table(words()("cli.paths.transitions"), [[f"{first} › {second}", words().number(n)] for first, second, n in found["transitions"][:15]])
    _table(words()("cli.paths.variants"), [[" › ".join(variant), words().number(n)] for variant, n in found["variants"][:10]])
    _table(words()("cli.paths.funnel"), [[row["step"], f"{words().number(row['cases'])} · {words().percent(row['of_first'])}"]
                                         for row in found["funnel"]])
    _table(words()("cli.paths.exits"), [[name, words().number(n)] for name, n in list(found["exits"].items())[:10]])
    removal = sorted(((name, value) for name, value in found["removal"].items() if value is not None), key=lambda item: (-item[1], item[0]))
    _table(words()("cli.paths.removal"), [[name, words().percent(value, 1)] for name, value in removal[:10]])


def map_(file: File, shape: Shape = Format.text) -> None:
    """Propose the source of a raw file, to paste into client.yaml."""
    if not file.is_file():
        raise CxError(fault("CX-E100", file.name))
    proposal = propose(file, words().language)
    if shape is Format.json:
        say_json({"sources": plain_yaml.load(proposal)})
    else:
        say(proposal)


def purge(
    client: ClientFolder, out: Out = Path("out"),
    as_of: Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help=_("cli.option.as_of"), show_default=False)] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("cli.option.dry_run_purge"))] = False, shape: Shape = Format.text,
) -> None:
    """Remove the evidence whose retention has ended and what was made from it; exit status 1 where something could not be removed."""
    told = purge_client(find_folder(client), out.expanduser().resolve(), as_of.date() if as_of else None, dry_run=dry_run)
    if shape is Format.json:
        say_json(asdict(told))
    else:
        for item in told.removed:
            say(f"{item.sha256}  {item.path}")
        for name in told.left:
            say(words()("cli.purge.left", name=name), style="red")
        for name in told.elsewhere:
            say(words()("cli.purge.elsewhere", name=name))
        state = "none" if not told.sources else "would" if dry_run else "done"
        say(words()(f"cli.purge.{state}", n=len(told.removed), sources=", ".join(told.sources), as_of=words().date(told.as_of), record=told.record),
            style="bold")
    raise typer.Exit(1 if told.left else 0)


def _table(title: str, rows: list[list[str]]) -> None:
    if not rows:
        return
    table = Table(title=title, show_header=False, title_justify="left")
    table.add_column()
    table.add_column(justify="right")
    for row in rows:
        table.add_row(*map(escape, row))
    console().print(table)
