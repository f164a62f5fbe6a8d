"""Pieces of the kit usable on their own: mask a text file, map a raw file, tell the paths of a log."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from ruamel.yaml import YAML

from cxkit.cli.options import Shape
from cxkit.cli.speak import Format, console, say, say_json, words
from cxkit.errors import CxError, fault
from cxkit.evidence.events.report import paths_report
from cxkit.evidence.masking import mask as mask_text
from cxkit.evidence.propose import propose

_ = words()
File = Annotated[Path, typer.Argument(help=_("cli.option.file"), show_default=False)]


def mask(file: File, language: Annotated[str, typer.Option("--language", "-l", help=_("cli.option.text_language"))] = "fr",
         shape: Shape = Format.text) -> None:
    """Mask personal data in a text file, line by line."""
    if not file.is_file():
        raise CxError(fault("CX-E100", file.name))
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        raise CxError(fault("CX-E105", f"{file.name}:{line}")) from None
    masked = [mask_text(line, language) for line in lines]
    if shape is Format.json:
        say_json({"lines": [{"text": line.text, "spans": [{"start": start, "end": end, "kind": kind} for start, end, kind in line.spans]}
                            for line in masked]})
        return
    for line in masked:
        say(line.text)


def paths(
    file: File,
    case: Annotated[str | None, typer.Option("--case", help=_("cli.option.case"))] = None,
    activity: Annotated[str | None, typer.Option("--activity", help=_("cli.option.activity"))] = None,
    time: Annotated[str | None, typer.Option("--time", help=_("cli.option.time"))] = None,
    outcome: Annotated[str | None, typer.Option("--outcome", help=_("cli.option.outcome"))] = None,
    lifecycle: Annotated[str | None, typer.Option("--lifecycle", help=_("cli.option.lifecycle"))] = None,
    shape: Shape = Format.text,
) -> None:
    """Count events, transitions, variants, funnel and exits of a log."""
    if not file.is_file():
        raise CxError(fault("CX-E100", file.name))
    found = paths_report(file, case, activity, time, outcome, lifecycle)
    if shape is Format.json:
        say_json(found)
        return
    say(words()("cli.paths.counts", events=found["events"], cases=found["cases"], activities=found["activities"]), style="bold")
    _table(words()("cli.paths.transitions"), [[f"{first} › {second}", n] for first, second, n in found["transitions"][:15]])
    _table(words()("cli.paths.variants"), [[" › ".join(variant), n] for variant, n in found["variants"][:10]])


def map_(file: File, shape: Shape = Format.text) -> None:
    """Propose the source of a raw file, to paste into client.yaml."""
    if not file.is_file():
        raise CxError(fault("CX-E100", file.name))
    proposal = propose(file, words().language)
    if shape is Format.json:
        say_json({"sources": YAML(typ="safe").load(proposal)})
    else:
        say(proposal)


def _table(title: str, rows: list[list[object]]) -> None:
    table = Table(title=title, show_header=False, title_justify="left")
    table.add_column()
    table.add_column(justify="right")
    for label, n in rows:
        table.add_row(str(label), words().number(n))
    console().print(table)
