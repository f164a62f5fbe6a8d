"""Maps in a client folder: drafted from the evidence or from the improvements, and written again with all that a person wrote."""

from pathlib import Path

from cxkit.errors import CxError, fault
from cxkit.evidence.read import read_evidence
from cxkit.model.folder import ClientFolder
from cxkit.model.journey_map import JourneyMap, MapKind
from cxkit.model.map_file import rewritten, written
from cxkit.steps.base import Given
from cxkit.steps.journey_draft import draft_map
from cxkit.steps.target_map import target_of
from cxkit.study.files import write_whole


def save_map(folder: ClientFolder, file: str, drawn: JourneyMap) -> Path:
    """Write a map to its file of the client folder; what stands there and did not change stays, comments included.

    Parameters
    ----------
    file : name relative to the client folder, as ``maps/2026-03-01.as-is.global.yaml``.
    """
    path = folder.root / file
    text = rewritten(path.read_bytes().decode("utf-8-sig"), drawn) if path.is_file() else written(drawn)
    write_whole(path, text.encode("utf-8"))
    return path


def draft(folder: ClientFolder, kind: MapKind = "as-is", persona: str | None = None) -> Path:
    """Write a first map for people to correct: as-is from the evidence, to-be from the as-is map and the improvements.

    The to-be map is the text of the as-is map changed, so that its comments and order are kept.

    Raises
    ------
    CxError : CX-E261 where the file is there already; CX-E262 where there is no as-is map to start a to-be map from.
    """
    day = folder.client.as_of
    path = folder.root / "maps" / f"{day.isoformat()}.{kind}.{persona or 'global'}.yaml"
    if path.exists():
        raise CxError(fault("CX-E261", path.name))
    if kind == "as-is":
        text = written(draft_map(Given(folder, read_evidence(folder))).map.model_copy(update={"persona": persona, "evidence_until": day}))
    else:
        current = folder.current_map(persona)
        if current is None:
            raise CxError(fault("CX-E262", "maps"))
        wanted = target_of(current.map, folder.improvements).model_copy(update={"kind": "to-be", "date": day, "version": "0.1", "review_by": None})
        text = rewritten((folder.root / current.file).read_bytes().decode("utf-8-sig"), wanted)
    write_whole(path, text.encode("utf-8"))
    return path
