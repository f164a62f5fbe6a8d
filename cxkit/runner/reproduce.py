"""Run what a manifest says again, in a clean folder, and compare every byte."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cxkit import method
from cxkit.errors import CxError, fault
from cxkit.model.folder import read_folder
from cxkit.runner import manifest
from cxkit.runner.crate import CRATE
from cxkit.runner.execute import OnDemand
from cxkit.runner.journal import client_of
from cxkit.runner.records import Records, records_of
from cxkit.runner.request import RunRequest
from cxkit.runner.run import run_client
from cxkit.scratch import scratch
from cxkit.study.files import sha256_of
from cxkit.study.inputs import input_hashes


@dataclass(frozen=True)
class Reproduction:
    """What a second run gave: files that differ, files of one run only, inputs that have changed since, the cause of a failure."""

    compared: int = 0
    different: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    cause: str = ""

    @property
    def reproduced(self) -> bool:
        """True where the same inputs gave the same bytes."""
        return not (self.different or self.missing or self.extra or self.inputs or self.cause)


def reproduce(folder: Path, client: Path | None = None) -> Reproduction:
    """Run the steps, languages and parameters of a manifest again and compare.

    Parameters
    ----------
    folder : the client's output folder.
    client : the client folder; where None, that of the last run.

    Raises
    ------
    CxError : CX-E015 where the folder holds no manifest, CX-E285 where the client folder is not known.
    """
    said = manifest.read(folder)
    if not said:
        raise CxError(fault("CX-E015", name=folder.name))
    client = client or client_of(folder)
    if client is None or not client.is_dir():
        raise CxError(fault("CX-E285", name=folder.name))
    now = input_hashes(read_folder(client))
    if changed := tuple(name for name in sorted({*now, *said["inputs"]}) if now.get(name) != said["inputs"].get(name)):
        return Reproduction(inputs=changed)
    with scratch() as place:
        cause = _run_again(client, place, records_of(said))
        return Reproduction(cause=cause) if cause else _compared(folder, place / said["client"])


def _run_again(client: Path, out: Path, records: Records) -> str:
    """Run language by language; the cause of the first failure, empty where there was none."""
    parameters: dict[str, dict[str, Any]] = {step: dict(record.parameters) for (step, _), record in records.items()}
    with OnDemand() as executor:
        for language in sorted({language for _, language in records}):
            steps = tuple(step for step in method.steps() if (step.id, language) in records)
            report = run_client(RunRequest(client, out, (language,), steps, by_step=parameters), executor=executor)
            if not report.done:
                return report.failures[0].outcome.cause
    return ""


def _compared(one: Path, other: Path) -> Reproduction:
    first, second = set(_all_files(one)), set(_all_files(other))
    different = tuple(name for name in sorted(first & second) if sha256_of(one / name) != sha256_of(other / name))
    return Reproduction(len(first | second), different, tuple(sorted(first - second)), tuple(sorted(second - first)))


def _all_files(folder: Path) -> list[str]:
    return [*manifest.files_of(folder), *(name for name in (manifest.NAME, CRATE) if (folder / name).is_file())]
