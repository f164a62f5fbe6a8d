"""What a run remembers of each step and language: what it depended on and what it left. This is the kit's own done-mark."""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cxkit.study.files import canonical, sha256_of, write_whole


@dataclass(frozen=True)
class StepRecord:
    """A step that ran to its end in one language.

    Attributes
    ----------
    parts : name of each thing that it depended on → its hash; see `cxkit.runner.changes.Parts`.
    outputs : file, relative to the client's output folder → SHA-256.
    sheets : its deliverables, relative to the folder of the language.
    read : records and tables of the client that its notebook used.
    parameters : the parameters that were chosen, without those that were left at their default.
    """

    step: str
    language: str
    parts: Mapping[str, str]
    outputs: Mapping[str, str]
    sheets: tuple[str, ...]
    read: tuple[str, ...]
    parameters: Mapping[str, Any]

    def damaged(self, folder: Path) -> list[str]:
        """Its files that are missing in a folder or are not as it left them."""
        return [name for name, digest in sorted(self.outputs.items()) if not (folder / name).is_file() or sha256_of(folder / name) != digest]

    def carry(self, source: Path, target: Path) -> None:
        """Copy its files from one version of the client's folder to another."""
        for name in sorted(self.outputs):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, target / name)

    def write(self, folder: Path) -> None:
        """Keep it in a folder of records; only then is the step done."""
        write_whole(folder / f"{self.step}.{self.language}.json", canonical(asdict(self)))


Records = dict[tuple[str, str], StepRecord]
"""Records by step and language."""


def read_records(folder: Path) -> Records:
    """The records of a folder; those that cannot be read do not count."""
    return _by_key(path.read_bytes() for path in sorted(folder.glob("*.json")))


def records_of(manifest: Mapping[str, Any]) -> Records:
    """The records that a manifest holds."""
    return _by_key(json.dumps(record).encode() for record in manifest.get("steps", ()))


def as_data(records: Records) -> list[dict[str, Any]]:
    """The records in the form of the manifest, in order."""
    return [asdict(records[key]) for key in sorted(records)]


def _by_key(contents: Iterator[bytes]) -> Records:
    found: Records = {}
    for content in contents:
        try:
            record = StepRecord(**json.loads(content))
        except (ValueError, TypeError):
            continue
        found[record.step, record.language] = StepRecord(record.step, record.language, record.parts, record.outputs, tuple(record.sheets),
                                                         tuple(record.read), record.parameters)
    return found
