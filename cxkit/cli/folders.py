"""Commands on client folders: write a new one, check one."""

import re
import secrets
import shutil
from pathlib import Path
from typing import Annotated

import typer

from cxkit.cli.options import ClientFolder, Shape
from cxkit.cli.speak import Format, faults_json, said_faults, say, say_json, words
from cxkit.errors import CxError, fault
from cxkit.evidence.read import read_evidence
from cxkit.model.folder import read_folder
from cxkit.paths import find_folder, is_safe_id, template

_ = words()
_SCHEMA = re.compile(r"(?m)^(# yaml-language-server: \$schema=)(?:\.\./)+(?:templates/)?schemas/")


def new(
    client: Annotated[str, typer.Argument(help=_("cli.option.id"), show_default=False)],
    into: Annotated[Path, typer.Option("--into", help=_("cli.option.into"))] = Path("data"),
) -> None:
    """Write a commented client folder that runs at once on a sample."""
    if not is_safe_id(client):
        raise CxError(fault("CX-E003", name=repr(client)))
    folder = into.expanduser() / client
    if folder.exists() and any(folder.iterdir()):
        raise CxError(fault("CX-E016", name=folder.name))
    skeleton = template("client")
    for source in sorted(path for path in skeleton.rglob("*") if path.is_file()):
        _write(source, folder / source.relative_to(skeleton), folder, client)
    shutil.copytree(template("schemas"), folder / ".schemas")
    (folder / "pseudonym.key").write_text(secrets.token_hex(32) + "\n", encoding="utf-8")
    say(words()("cli.new.done", folder=folder))
    say(words()("cli.new.next", folder=folder))


def _write(source: Path, target: Path, folder: Path, client: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix not in {".yaml", ".md"}:
        shutil.copyfile(source, target)
        return
    text = source.read_text(encoding="utf-8").replace("client: sample-client", f"client: {client}")
    up = "../" * (len(target.relative_to(folder).parts) - 1)
    target.write_text(_SCHEMA.sub(rf"\1{up}.schemas/", text), encoding="utf-8")


def check(client: ClientFolder, shape: Shape = Format.text) -> None:
    """Validate the files of a client and account for every row of its evidence."""
    try:
        folder = read_folder(find_folder(client))
        evidence = read_evidence(folder)
    except CxError as error:
        if shape is Format.json:
            say_json({"valid": False, **faults_json(error)})
            raise typer.Exit(2) from None
        raise
    if shape is Format.json:
        sources = [report.model_dump(mode="json") for report in evidence.reading]
        say_json({"valid": True, "client": folder.client.id, "faults": [], "warnings": said_faults(evidence.warnings), "sources": sources})
        return
    say(words()("cli.check.valid", name=folder.client.name), style="bold green")
    for report in evidence.reading:
        say(words()("cli.check.source", source=report.source, file=report.file, read=report.rows_read, kept=report.rows_kept,
                    rejected=report.rows_rejected, missing=report.cells_missing))
    for warning in evidence.warnings:
        say(warning.text(words().language), style="yellow")
