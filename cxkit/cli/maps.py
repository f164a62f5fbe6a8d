"""Commands on journey maps: review one like a linter, compare two revisions."""

import re
import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cxkit.cli.options import ClientFolder, Language, Out
from cxkit.cli.speak import Format, say, say_json, words
from cxkit.errors import CxError, fault
from cxkit.model.folder import read_folder
from cxkit.model.journey_map import JourneyMap
from cxkit.model.yaml_file import read_record
from cxkit.paths import find_folder
from cxkit.sheets.map_diff import page
from cxkit.steps.map_diff import diff_text
from cxkit.steps.review import exit_status
from cxkit.steps.review_told import findings_json, findings_sarif, findings_text
from cxkit.study import open_study
from cxkit.study.compare import compared, write_comparison
from cxkit.study.importing import import_map, looks_foreign
from cxkit.study.importing import report as import_report
from cxkit.study.maps import draft as draft_map
from cxkit.words import Words

_ = words()
MapFile = Annotated[Path, typer.Argument(help=_("cli.option.map"), show_default=False)]


class ReviewFormat(StrEnum):
    """Text for people, JSON for scripts, SARIF for code-review tools."""

    text = "text"
    json = "json"
    sarif = "sarif"


class DraftKind(StrEnum):
    """The journey lived today, or the one aimed at."""

    as_is = "as-is"
    to_be = "to-be"


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


def draft(client: ClientFolder, kind: Annotated[DraftKind, typer.Option("--kind", help=_("cli.option.kind"))] = DraftKind.as_is,
          persona: Annotated[str, typer.Option("--persona", help=_("cli.option.persona"), show_default=False)] = "") -> None:
    """Write a first map into the client folder, for people to correct."""
    say(words()("cli.diff.written", file=f"maps/{draft_map(read_folder(find_folder(client)), kind.value, persona or None).name}"))


def import_(
    file: MapFile, into: Annotated[Path, typer.Option("--into", help=_("cli.option.into"))] = Path("data"),
    client: Annotated[str, typer.Option("--client", help=_("cli.option.id"), show_default=False)] = "",
    date: Annotated[str, typer.Option("--date", help=_("cli.option.map_date"), show_default=False)] = "", language: Language = "",
    shape: Annotated[Format, typer.Option("--format", "-f", help=_("cli.option.format"))] = Format.text,
) -> None:
    """Make a client folder of a map that others wrote, and say what could not be carried over."""
    name = client or re.sub(r"[^a-z0-9-]+", "-", file.stem.lower()).strip("-")
    made = import_map(file, into.expanduser(), name, date, language or words().language)
    if shape is Format.json:
        say_json({"folder": str(made.folder), "counts": made.counts, "unprintable": made.unprintable, "left": [asdict(one) for one in made.left]})
    else:
        say(import_report(made, words()))


def _read_map(path: Path) -> JourneyMap:
    """A map, or why it is none; a map of another schema is told as such, with the way to import it."""
    try:
        return read_record(path, JourneyMap, path.name)
    except CxError as error:
        if looks_foreign(path):
            raise CxError([fault("CX-E265", path.name), *error.faults]) from None
        raise


def _subject(given: Path) -> tuple[Path, str]:
    """The client folder, and the map's file in it where a map was given."""
    if not given.is_file():
        return given, ""
    folder = given.resolve().parent.parent
    if not (folder / "client.yaml").is_file():
        _read_map(given)
        raise CxError(fault("CX-E019", given.name))
    return folder, given.resolve().relative_to(folder).as_posix()


def diff(old: MapFile, new: MapFile,
         out: Annotated[Path | None, typer.Option("--out", "-o", help=_("cli.option.diff_out"), show_default=False)] = None, language: Language = "",
         shape: Annotated[DiffFormat, typer.Option("--format", "-f", help=_("cli.option.format"))] = DiffFormat.text) -> None:
    """Tell what changed between two revisions of a map; exit status 1 where something did."""
    chosen = Words(language) if language else words()
    for path in (old, new):
        _read_map(path)
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
