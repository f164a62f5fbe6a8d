"""The manifest of an output folder: what it was made from and the hash of every file."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cxkit.errors import CxError, fault
from cxkit.model.folder import ClientFolder
from cxkit.runner.crate import CRATE, write_crate
from cxkit.runner.records import Records, as_data
from cxkit.runner.warnings import warnings_of
from cxkit.study.files import canonical, sha256_of, write_whole
from cxkit.study.inputs import code_digest, input_hashes, kit_parts, versions

NAME = "manifest.json"


@dataclass(frozen=True)
class Verdict:
    """What became of the files since the run."""

    files: int
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def intact(self) -> bool:
        """True where every file is as the run left it."""
        return not (self.changed or self.missing or self.unknown)


def write_manifest(folder: Path, client: ClientFolder, records: Records, reading: Sequence[Mapping[str, Any]]) -> None:
    """Write manifest.json and its RO-Crate view. Times and durations stay out: they are in the log.

    Parameters
    ----------
    reading : what became of the rows of each source.
    """
    outputs = {name: sha256_of(folder / name) for name in files_of(folder)}
    parameters = {step: dict(record.parameters) for (step, _), record in sorted(records.items()) if record.parameters}
    manifest = {"client": client.client.id, "as_of": client.client.as_of.isoformat(), "languages": sorted({key[1] for key in records}),
                "parameters": parameters, "versions": versions(), "code": code_digest(), "kit": kit_parts(), "inputs": input_hashes(client),
                "steps": as_data(records), "warnings": warnings_of(folder, records, reading), "outputs": outputs}
    write_whole(folder / NAME, canonical(manifest))
    write_crate(folder, manifest, NAME, sha256_of(folder / NAME))


def read(folder: Path) -> dict[str, Any]:
    """The manifest of an output folder; empty where there is none that can be read."""
    try:
        return json.loads((folder / NAME).read_bytes())
    except (OSError, ValueError):
        return {}


def verify(folder: Path) -> Verdict:
    """Compare every file with its hash in the manifest.

    Raises
    ------
    CxError : CX-E015 where the folder holds no manifest.
    """
    expected: dict[str, str] | None = read(folder).get("outputs")
    if expected is None:
        raise CxError(fault("CX-E015", name=folder.name))
    found = set(files_of(folder))
    changed = tuple(name for name in sorted(found & set(expected)) if sha256_of(folder / name) != expected[name])
    return Verdict(len(expected), changed, tuple(sorted(set(expected) - found)), tuple(sorted(found - set(expected))))


def files_of(folder: Path) -> Sequence[str]:
    """Every file of an output folder but the manifest and its crate, in order."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return sorted(name for name in names if name not in {NAME, CRATE})
