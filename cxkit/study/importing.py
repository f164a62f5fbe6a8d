"""A map that others wrote becomes a client folder that the kit reviews, with a list of all that could not be carried over."""

import csv
import datetime as dt
import io
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from cxkit.errors import CxError, fault
from cxkit.model.folder import read_folder
from cxkit.model.foreign_map import Document, ForeignAction, ForeignMap, is_foreign, read_foreign
from cxkit.model.foreign_map import Path as Place
from cxkit.model.journey_map import Activity, JourneyMap, MapStage
from cxkit.model.map_file import written
from cxkit.model.yaml_file import read_trees
from cxkit.paths import is_safe_id
from cxkit.sheets.assets import glyphs
from cxkit.study.files import write_whole
from cxkit.words import Words


@dataclass(frozen=True)
class Left:
    """A part of the file that was not carried over: the document's kind, the path, lines from 1."""

    document: str
    path: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Imported:
    """What an import made: the client folder, counts of what it holds, what is left, characters that print cannot show."""

    folder: Path
    counts: dict[str, int]
    left: tuple[Left, ...]
    unprintable: int


def looks_foreign(path: Path) -> bool:
    """True where a file is a journey map of the other schema, whatever else stands in it."""
    try:
        return any(is_foreign(tree) for tree in read_trees(path, path.name))
    except CxError:
        return False


def import_map(path: Path, into: Path, client: str, day: str, language: str) -> Imported:
    """Write a client folder from a journey map that others wrote.

    Parameters
    ----------
    path : the YAML file; several documents are read.
    into : the folder that receives the client folder.
    client : id of the client.
    day : ISO date of the map; files of that schema bear none.
    language : language of the deliverables; the texts stay as they are.

    Raises
    ------
    CxError : the file's faults; CX-E003 for an id that names no folder, CX-E016 where the folder is not empty, CX-E263 without a
        date, CX-E264 where no document is such a map.
    """
    trees = read_trees(path, path.name)
    documents = [Document(str(tree.get("kind", "")), tree) for tree in trees]
    if not any(is_foreign(tree) for tree in trees):
        raise CxError(fault("CX-E264", path.name))
    if not is_safe_id(client):
        raise CxError(fault("CX-E003", name=repr(client)))
    folder = into / client
    if folder.exists() and any(folder.iterdir()):
        raise CxError(fault("CX-E016", name=folder.name))
    found = read_foreign(documents)
    words = Words(language)
    drawn = _map(found, _day(path, day), words)
    left = tuple(one for document in documents for one in _left(document))
    extra = _further_touchpoints(found)
    _write(folder, path, found, drawn, client, words)
    counts = {"stages": len(drawn.stages), "activities": sum(len(stage.activities) for stage in drawn.stages),
              "touchpoints": len(_inventory(found)), "owners": len(found.teams), "further_touchpoints": extra}
    made = Imported(folder, counts, left, sum(ord(char) not in glyphs() and not char.isspace() for char in written(drawn)))
    write_whole(folder / "IMPORT.md", report(made, words).encode("utf-8"))
    read_folder(folder)
    return made


def report(made: Imported, words: Words) -> str:
    """What was carried over and every part that was not, with its lines."""
    said = [f"# {words('imported.title')}", words("imported.done", **made.counts), words("imported.evidence")]
    if made.counts["further_touchpoints"]:
        said.append(words("imported.further", n=made.counts["further_touchpoints"]))
    if made.unprintable:
        said.append(words("imported.unprintable", n=made.unprintable))
    said.append(f"## {words('imported.left')}")
    said.append(words("imported.left_lead") if made.left else words("imported.left_none"))
    if made.left:
        said.append("\n".join(f"- `{one.document}: {one.path}` — {_lines(one.lines, words)}" for one in made.left))
    said.append(words("imported.next", folder=made.folder.name))
    return "\n\n".join(said) + "\n"


def _day(path: Path, day: str) -> dt.date:
    try:
        return dt.date.fromisoformat(day)
    except ValueError:
        raise CxError(fault("CX-E263", path.name)) from None


def _map(found: ForeignMap, day: dt.date, words: Words) -> JourneyMap:
    touchpoints = _inventory(found)
    stages = tuple(MapStage(stage=id_, activities=tuple(_activity(one, touchpoints) for one in found.actions if one.stage == id_))
                   for id_ in found.stages)
    return JourneyMap(title=found.title, date=day, version=found.version, stages=stages, notes=(words("imported.note"),))


def _activity(one: ForeignAction, touchpoints: dict[str, tuple[str, str]]) -> Activity:
    return Activity(id=one.id, action=one.name, touchpoint=touchpoints[one.touchpoints[0]][0] if one.touchpoints else None,
                    thought=" / ".join(one.thoughts) or None, reaction=one.reaction, back_stage=one.back_stage)


def _inventory(found: ForeignMap) -> dict[str, tuple[str, str]]:
    """Name of each touchpoint → its id and the stage where it comes first."""
    known: dict[str, tuple[str, str]] = {}
    for one in found.actions:
        for name in one.touchpoints:
            known.setdefault(name, (f"touchpoint-{len(known) + 1}", one.stage))
    return known


def _further_touchpoints(found: ForeignMap) -> int:
    """Touchpoints beyond the first of an action: a cxkit activity has one, the others are in the inventory only."""
    return sum(max(len(one.touchpoints) - 1, 0) for one in found.actions)


def _left(document: Document) -> list[Left]:
    """What was not taken, one entry for each kind of place."""
    grouped: dict[str, list[int]] = {}
    for path, line in document.left():
        grouped.setdefault(_pattern(path), []).append(line)
    return [Left(document.kind, pattern, tuple(lines)) for pattern, lines in grouped.items()]


def _pattern(path: Place) -> str:
    return "".join("[]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def _lines(lines: tuple[int, ...], words: Words) -> str:
    return words("imported.lines", n=len(lines), lines=", ".join(map(str, lines)))


def _write(folder: Path, path: Path, found: ForeignMap, drawn: JourneyMap, client: str, words: Words) -> None:
    (folder / "maps").mkdir(parents=True, exist_ok=True)
    (folder / "documents").mkdir(exist_ok=True)
    shutil.copyfile(path, folder / "documents" / path.name)
    write_whole(folder / "maps" / f"{drawn.date.isoformat()}.as-is.global.yaml", written(drawn).encode("utf-8"))
    about: dict[str, Any] = {
        "client": client, "name": found.title or client, "language": words.language, "as_of": drawn.date, "offer": words("imported.offer"),
        "journey": found.title or client, "stages": [{"id": id_, "name": name or id_} for id_, name in found.stages.items()],
        "sources": [{"id": "imported", "kind": "documents", "file": f"documents/{path.name}", "name": path.name}]}
    if found.teams:
        about["owners"] = [{"id": id_, "name": name} for id_, name in found.teams.items()]
    if found.objectives:
        about["objectives"] = list(found.objectives)
    write_whole(folder / "client.yaml", _yaml(about, words("imported.head")))
    if found.persona:
        person = {"id": "persona-1", "name": found.persona, "tagline": words("imported.offer")}
        person |= {"story": found.persona_story} if found.persona_story else {}
        write_whole(folder / "personas.yaml", _yaml({"personas": [person]}, words("imported.head")))
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(["id", "name", "stage"])
    rows.writerows([id_, name, stage] for name, (id_, stage) in _inventory(found).items())
    write_whole(folder / "touchpoints.csv", table.getvalue().encode("utf-8"))


def _yaml(content: dict[str, Any], comment: str) -> bytes:
    yaml, text = YAML(), io.StringIO()
    yaml.width, yaml.allow_unicode = 1_000_000, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(content, text)
    return f"# {comment}\n{text.getvalue()}".encode()
