"""Commands on journey maps: review one like a linter, compare two revisions."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cxkit.cli.options import ClientFolder, Language, Out
from cxkit.cli.speak import say, say_json, words
from cxkit.errors import CxError, fault
from cxkit.model.journey_map import JourneyMap
from cxkit.model.yaml_file import read_record
from cxkit.sheets.map_diff import page
from cxkit.steps.map_diff import diff_text
from cxkit.steps.review import exit_status
from cxkit.steps.review_told import findings_json, findings_sarif, findings_text
from cxkit.study import open_study
from cxkit.study.compare import compared, write_comparison
from cxkit.words import Words

_ = words()
MapFile = Annotated[Path, typer.Argument(help=_("cli.option.map"), show_default=False)]


class ReviewFormat(StrEnum):
    """Text for people, JSON for scripts, SARIF for code-review tools."""

    text = "text"
    json = "json"
    sarif = "sarif"


class DiffFormat(StrEnum):
    """Text for people, JSON for scripts, a page for both maps side by side."""

    text = "text"
    json = "json"
    html = "html"


def review(client: ClientFolder, out: Out = Path("out"), language: Language = "",
           select: Annotated[str, typer.Option("--select", help=_("cli.option.select"))] = "",
           shape: Annotated[ReviewFormat, typer.Option("--format", "-f", help=_("cli.option.format"))] = ReviewFormat.text) -> None:
    """Review the maps of a client, or one map of it, by the rules; exit status 1 where an error is found."""
    folder, only = _subject(client)
    study = open_study(str(folder), str(out), language)
    result = study.compute("review", select=select)
    if only:
        result = result.model_copy(update={"findings": tuple(one for one in result.findings if one.place.file == only)})
    if shape is ReviewFormat.json:
        say_json(findings_json(result, study.words))
    elif shape is ReviewFormat.sarif:
        say_json(findings_sarif(result, study.words))
    else:
        say(findings_text(result, study.words))
    raise typer.Exit(exit_status(result))


def _subject(given: Path) -> tuple[Path, str]:
    """The client folder, and the map's file in it where a map was given."""
    if not given.is_file():
        return given, ""
    folder = given.resolve().parent.parent
    if not (folder / "client.yaml").is_file():
        read_record(given, JourneyMap, given.name)
        raise CxError(fault("CX-E019", given.name))
    return folder, given.resolve().relative_to(folder).as_posix()


def diff(old: MapFile, new: MapFile,
         out: Annotated[Path | None, typer.Option("--out", "-o", help=_("cli.option.diff_out"), show_default=False)] = None, language: Language = "",
         shape: Annotated[DiffFormat, typer.Option("--format", "-f", help=_("cli.option.format"))] = DiffFormat.text) -> None:
    """Tell what changed between two revisions of a map; exit status 1 where something did."""
    chosen = Words(language) if language else words()
    comparison = compared(old, new, chosen)
    if out is not None:
        written = write_comparison(comparison, chosen, out)
        if shape is DiffFormat.text:
            for path in written:
                say(chosen("cli.diff.written", file=path.name))
    if shape is DiffFormat.json:
        say_json(comparison.found.model_dump(mode="json"))
    elif shape is DiffFormat.text:
        say(diff_text(comparison.found, chosen))
    elif out is None:
        sys.stdout.write(page(comparison, chosen))
    raise typer.Exit(int(bool(comparison.found.changes)))
