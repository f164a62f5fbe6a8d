"""Commands on journey maps: review one like a linter, compare two revisions."""

from pathlib import Path
from typing import Annotated

import typer

from cxkit.cli.options import ClientFolder, Language, Out, Shape
from cxkit.cli.speak import Format, say, say_json, words
from cxkit.model.journey_map import JourneyMap
from cxkit.model.yaml_file import read_record
from cxkit.study import open_study
from cxkit.words import Words

_ = words()
MapFile = Annotated[Path, typer.Argument(help=_("cli.option.map"), show_default=False)]


def review(client: ClientFolder, out: Out = Path("out"), language: Language = "",
           select: Annotated[str, typer.Option("--select", help=_("cli.option.select"))] = "", shape: Shape = Format.text) -> None:
    """Review the maps of a client by the rules; exit status 1 where an error is found."""
    from cxkit.steps import review as rules

    study = open_study(str(client), str(out), language)
    result = study.compute("review", select=select)
    if shape is Format.json:
        say_json(rules.findings_json(result))
    else:
        say(rules.findings_text(result, study.words))
    raise typer.Exit(rules.exit_status(result))


def diff(old: MapFile, new: MapFile, language: Language = "", shape: Shape = Format.text) -> None:
    """Tell what changed between two revisions of a map; exit status 1 where something did."""
    from cxkit.steps.map_diff import diff as difference
    from cxkit.steps.map_diff import diff_text

    found = difference(read_record(old, JourneyMap, old.name), read_record(new, JourneyMap, new.name))
    if shape is Format.json:
        say_json(found.model_dump(mode="json"))
    else:
        say(diff_text(found, Words(language) if language else words()))
    raise typer.Exit(int(bool(found.changes)))
