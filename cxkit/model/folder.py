"""A client folder as records: everything but the evidence files."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from cxkit import method
from cxkit.errors import CxError, Fault, did_you_mean, fault
from cxkit.model.client import Client
from cxkit.model.code_books import with_books
from cxkit.model.diagnostic import Diagnostic
from cxkit.model.improvement import Improvement
from cxkit.model.journey_map import JourneyMap
from cxkit.model.persona import Persona, Personas, Wave
from cxkit.model.quality import Quality
from cxkit.model.record import Record
from cxkit.model.record_rows import read_rows, repeated
from cxkit.model.touchpoint import Touchpoint
from cxkit.model.yaml_file import read_record
from cxkit.paths import inside

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class DatedMap:
    """A map with the name of its file, relative to the client folder."""

    file: str
    map: JourneyMap


@dataclass(frozen=True)
class ClientFolder:
    """The records of a client folder."""

    root: Path
    client: Client
    personas: tuple[Persona, ...] = ()
    touchpoints: tuple[Touchpoint, ...] = ()
    maps: tuple[DatedMap, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    quality: Quality | None = None
    diagnostic: Diagnostic | None = None
    previous_wave: Wave | None = None
    books: tuple[str, ...] = ()
    """Files of code books that client.yaml names."""

    def only(self, *maps: DatedMap) -> "ClientFolder":
        """The same folder with these maps alone."""
        return replace(self, maps=maps)

    def current_map(self, persona: str | None = None, kind: str = "as-is") -> DatedMap | None:
        """The latest map of a persona (None: the global one), or None."""
        mine = [dated for dated in self.maps if dated.map.persona == persona and dated.map.kind == kind]
        return max(mine, key=lambda dated: (dated.map.date, dated.map.version, dated.file), default=None)

    def previous_map(self, persona: str | None = None, kind: str = "as-is") -> DatedMap | None:
        """The map before the latest one, or None."""
        current = self.current_map(persona, kind)
        older = [dated for dated in self.maps
                 if dated.map.persona == persona and dated.map.kind == kind and dated is not current]
        return max(older, key=lambda dated: (dated.map.date, dated.map.version, dated.file), default=None)


def read_folder(root: Path) -> ClientFolder:
    """Read all records of a client folder.

    Raises
    ------
    CxError : every fault of every file in one go.
    """
    faults: list[Fault] = []
    if not root.is_dir():
        raise CxError(fault("CX-E001", root.name))
    if not (root / "client.yaml").is_file():
        raise CxError(fault("CX-E002", root.name))

    def attempt(read: Any, *args: Any) -> Any:
        try:
            return read(*args)
        except CxError as error:
            faults.extend(error.faults)
            return None

    def optional(name: str, record: type[R]) -> R | None:
        path = root / name
        return attempt(read_record, path, record, name) if path.exists() else None

    books: list[str] = []

    def prepared(plain: dict[str, Any]) -> dict[str, Any]:
        content, names = with_books(root, plain)
        books[:] = names
        return content

    client = attempt(read_record, root / "client.yaml", Client, "client.yaml", prepared)
    personas = optional("personas.yaml", Personas)
    maps = [(f"maps/{path.name}", attempt(read_record, path, JourneyMap, f"maps/{path.name}"))
            for path in sorted((root / "maps").glob("*.yaml"))]
    touchpoints = attempt(read_rows, root / "touchpoints.csv", Touchpoint)
    improvements = attempt(read_rows, root / "improvements.csv", Improvement)
    quality, diagnostic = optional("quality.yaml", Quality), optional("diagnostic.yaml", Diagnostic)
    wave = attempt(_read_wave, root, client.personas.previous) if client and client.personas.previous else None
    if faults:
        raise CxError(faults)
    folder = ClientFolder(root, client, personas.personas if personas else (), touchpoints,
                          tuple(DatedMap(name, map_) for name, map_ in maps), improvements, quality, diagnostic, wave, tuple(books))
    if unsound := [*_twice(folder), *_dangling(folder)]:
        raise CxError(unsound)
    return folder


def _read_wave(root: Path, name: str) -> Wave:
    path = inside(root, name)
    if path is None or not path.is_file():
        raise CxError(fault("CX-E240", "client.yaml", name=name))
    try:
        return Wave.model_validate_json(path.read_bytes())
    except ValidationError:
        raise CxError(fault("CX-E241", name)) from None


def _twice(folder: ClientFolder) -> Iterator[Fault]:
    """Ids that stand twice in one list, so that nothing could be joined to them."""
    lists = (("client.yaml", folder.client.stage_ids()), ("client.yaml", [source.id for source in folder.client.sources]),
             ("personas.yaml", [persona.id for persona in folder.personas]))
    for file, ids in lists:
        for name in repeated(ids):
            yield fault("CX-E176", file, name=name)


def _dangling(folder: ClientFolder) -> Iterator[Fault]:
    """Names that a map uses and nothing defines."""
    stages = set(folder.client.stage_ids())
    owners = {owner.id for owner in folder.client.owners}
    personas = {persona.id for persona in folder.personas}
    lanes = {lane["id"] for lane in method.data("lanes")}
    for lane in folder.client.map.lanes:
        if lane not in lanes:
            yield fault("CX-E130", "client.yaml", what="lane", name=lane, near=did_you_mean(lane, lanes), known=", ".join(sorted(lanes)))
    for dated in folder.maps:
        named = [("stage", stage.stage, stages) for stage in dated.map.stages if stages]
        named += [("owner", activity.owner, owners) for stage in dated.map.stages for activity in stage.activities
                  if activity.owner]
        if dated.map.persona and personas:
            named.append(("persona", dated.map.persona, personas))
        for what, name, known in named:
            if name not in known:
                yield fault("CX-E130", dated.file, what=what, name=name, near=did_you_mean(name, known),
                            known=", ".join(sorted(known)))
