"""The manifest of an output folder: what it was made from and the hash of every file."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cxkit.errors import CxError, fault
from cxkit.model.folder import ClientFolder
from cxkit.study.files import canonical, sha256_of, write_whole
from cxkit.study.inputs import code_digest, input_hashes, versions

NAME, CRATE = "manifest.json", "ro-crate-metadata.json"


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


def write_manifest(folder: Path, client: ClientFolder, languages: Sequence[str], parameters: Mapping[str, Any]) -> None:
    """Write manifest.json and its RO-Crate view. Times and durations stay out: they are in the log."""
    outputs = {name: sha256_of(folder / name) for name in _files(folder)}
    manifest = {"client": client.client.id, "as_of": client.client.as_of.isoformat(), "languages": list(languages),
                "parameters": dict(parameters), "versions": versions(), "code": code_digest(), "inputs": input_hashes(client),
                "outputs": outputs}
    write_whole(folder / NAME, canonical(manifest))
    write_whole(folder / CRATE, canonical(_crate(client, [*outputs, NAME])))


def verify(folder: Path) -> Verdict:
    """Compare every file with its hash in the manifest.

    Raises
    ------
    CxError : CX-E015 where the folder holds no manifest.
    """
    if not (folder / NAME).is_file():
        raise CxError(fault("CX-E015", name=folder.name))
    expected: dict[str, str] = json.loads((folder / NAME).read_bytes())["outputs"]
    found = set(_files(folder))
    changed = tuple(name for name in sorted(found & set(expected)) if sha256_of(folder / name) != expected[name])
    return Verdict(len(expected), changed, tuple(sorted(set(expected) - found)), tuple(sorted(found - set(expected))))


def _files(folder: Path) -> list[str]:
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return sorted(name for name in names if name not in {NAME, CRATE})


def _crate(client: ClientFolder, names: Sequence[str]) -> dict[str, Any]:
    """RO-Crate 1.1: the folder as a dataset that others' tools can read."""
    day = client.client.as_of.isoformat()
    root = {"@id": "./", "@type": "Dataset", "name": f"{client.client.id} {day}", "datePublished": day,
            "description": "cxkit", "hasPart": [{"@id": name} for name in names]}
    about = {"@id": CRATE, "@type": "CreativeWork", "about": {"@id": "./"}, "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"}}
    return {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [about, root, *({"@id": name, "@type": "File"} for name in names)]}
