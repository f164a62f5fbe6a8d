"""What a step depends on: its declared inputs, and the hash of each."""

from collections.abc import Collection, Mapping
from pathlib import Path

from cxkit.evidence.read import tables_of
from cxkit.method import MethodStep
from cxkit.model.folder import ClientFolder
from cxkit.model.journey_map import JourneyMap

_FILES = {"personas": "personas.yaml", "touchpoints": "touchpoints.csv", "improvements": "improvements.csv", "quality": "quality.yaml",
          "diagnostic": "diagnostic.yaml"}
_MAPS = {"maps.as-is": "as-is", "maps.to-be": "to-be"}
_DOCUMENTS = "documents"


def files_of(step: MethodStep, folder: ClientFolder, also: Collection[str] = ()) -> list[str]:
    """The client's files that a step reads, by its declaration: names relative to the client folder.

    ``client.yaml``, the key of the pseudonyms and the pictures that it names belong to every step; then the records that the
    step declares, and the sources that feed its tables.

    Parameters
    ----------
    also : further records and tables that the step was seen to read.
    """
    client = folder.client
    wanted = {*step.reads, *step.evidence, *also}
    names = {"client.yaml", *common_files(folder)}
    names |= {file for record, file in _FILES.items() if record in wanted}
    names |= {dated.file for dated in folder.maps if "maps" in wanted or _is_wanted(dated.map, wanted)}
    names |= {client.personas.previous} - {None} if "previous" in wanted else set()
    names |= {source.place for source in client.sources if (tables_of(source) or {_DOCUMENTS}) & wanted}
    return sorted(names)


def common_files(folder: ClientFolder) -> list[str]:
    """Files that client.yaml and personas.yaml name besides sources: code books, the key of the pseudonyms, logo, pictures of personas."""
    client = folder.client
    named = [*folder.books, client.privacy.key_file, client.identity.logo, *(persona.picture for persona in folder.personas)]
    return sorted({name for name in named if name})


def missing_declarations(step: MethodStep, read: Collection[str]) -> list[str]:
    """Records and tables that a step was seen to read and does not declare."""
    declared = {name.partition(".")[0] for name in (*step.reads, *step.evidence)}
    return sorted(set(read) - declared)


def input_parts(step: MethodStep, folder: ClientFolder, files: Mapping[str, str], tables: Mapping[str, str],
                also: Collection[str] = ()) -> dict[str, str]:
    """Name of each input of a step → its hash.

    Parameters
    ----------
    files : hash of each file of the client that the study reads.
    tables : hash of each evidence table, and of what is known of the sources as ``sources``. A table depends on more than the
        files of its sources: stages of touchpoints come from maps and from the inventory.
    """
    wanted = {"sources", *step.evidence, *also}
    return {**{f"file {Path(name).as_posix()}": files.get(name, "") for name in files_of(step, folder, also)},
            **{f"table {name}": tables[name] for name in sorted(wanted & set(tables))}}


def _is_wanted(map_: JourneyMap, wanted: Collection[str]) -> bool:
    return any(kind == map_.kind and name in wanted for name, kind in _MAPS.items())
