"""End of retention: a client's raw evidence and all that was made from it, removed and told with its hashes."""

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from cxkit.errors import CxError, fault
from cxkit.model.client import Client
from cxkit.model.folder import ClientFolder, read_folder
from cxkit.model.source import Source
from cxkit.paths import HOUSE, inside
from cxkit.runner.staging import locked
from cxkit.study.files import canonical, sha256_of, write_whole

RECORDS = "purges"
"""Folder of the client that keeps the record of each purge."""


@dataclass(frozen=True)
class Removed:
    """A file that a purge removes: ``evidence``, ``key`` or ``derived`` (outputs, results, kept evidence, working copies)."""

    path: str
    kind: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Purge:
    """What a purge removed, or would remove.

    Attributes
    ----------
    sources : ids of the sources whose retention has ended.
    elsewhere : sources that stand in a database or outside the client folder: the kit does not reach them.
    removed : the files; names begin with ``client/`` or ``out/``.
    left : files of ``removed`` that are still there; empty after a purge that did its work.
    record : where the record was written, inside the client folder; empty for a dry run.
    """

    client: str
    as_of: str
    retain_until: str
    retain_months: int | None
    dry_run: bool
    sources: tuple[str, ...]
    elsewhere: tuple[str, ...]
    removed: tuple[Removed, ...]
    left: tuple[str, ...] = ()
    record: str = ""


def purge(client: Path, out: Path, as_of: dt.date | None = None, *, dry_run: bool = False) -> Purge:
    """Remove the evidence whose retention has ended, the outputs and caches made from it, and the key of the pseudonyms with the last of it.

    Parameters
    ----------
    client : the client folder.
    out : the folder of the outputs.
    as_of : the day that decides; ``as_of`` of client.yaml where None. Evidence is due after ``retain_until``, or ``retain_months`` after
        the end of its period (of a source without period: after the client's ``as_of``).
    dry_run : tell, remove nothing.

    Raises
    ------
    CxError : CX-E174 where the client declares no retention; CX-E014 where a run is at work.
    """
    folder = read_folder(client)
    policy, day = folder.client.privacy, as_of or folder.client.as_of
    if policy.retain_until is None and policy.retain_months is None:
        raise CxError(fault("CX-E174", "client.yaml"))
    due = [source for source in folder.client.sources if _due(source, folder.client, day)]
    with locked(out, folder.client.id):
        found = sorted(_found(folder, out, due), key=lambda item: item[0]) if due else []
        removed = tuple(Removed(name, kind, path.stat().st_size, sha256_of(path)) for name, kind, path in found)
        told = Purge(folder.client.id, day.isoformat(), policy.retain_until.isoformat() if policy.retain_until else "", policy.retain_months,
                     dry_run, tuple(source.id for source in due),
                     tuple(source.id for source in due if source.table or _path(folder, source) is None), removed)
        if dry_run or not due:
            return told
        for _, _, path in found:
            path.unlink()
        for place in _derived(folder.client.id, out):
            shutil.rmtree(place, ignore_errors=True)
        told = Purge(**{**asdict(told), "removed": removed, "left": tuple(name for name, _, path in found if path.exists()),
                        "record": f"{RECORDS}/{day.isoformat()}.json"})
        write_whole(folder.root / told.record, canonical(asdict(told)))
        return told


def _due(source: Source, client: Client, day: dt.date) -> bool:
    policy = client.privacy
    if policy.retain_until and day > policy.retain_until:
        return True
    if policy.retain_months is None:
        return False
    end = source.period.end if source.period else client.as_of
    months = end.year * 12 + end.month - 1 + policy.retain_months
    first = dt.date(months // 12, months % 12 + 1, 1)
    last = dt.date((months + 1) // 12, (months + 1) % 12 + 1, 1) - first
    return day > first + dt.timedelta(days=min(end.day, last.days) - 1)


def _found(folder: ClientFolder, out: Path, due: list[Source]) -> Iterator[tuple[str, str, Path]]:
    """(name, kind, path) of every file to remove."""
    for path in {path for source in due if source.file and (path := _path(folder, source)) is not None}:
        yield f"client/{path.relative_to(folder.root.resolve()).as_posix()}", "evidence", path
    key = inside(folder.root, folder.client.privacy.key_file) if folder.client.privacy.key_file else None
    if key is not None and key.is_file() and len(due) == len(folder.client.sources):
        yield f"client/{key.relative_to(folder.root.resolve()).as_posix()}", "key", key
    for place in _derived(folder.client.id, out):
        for path in [place] if place.is_file() else sorted(place.rglob("*")):
            if path.is_file() or path.is_symlink():
                yield f"out/{path.relative_to(out).as_posix()}", "derived", path


def _path(folder: ClientFolder, source: Source) -> Path | None:
    """The file of a source where it stands inside the client folder."""
    path = inside(folder.root, source.file) if source.file else None
    return path if path is not None and path.is_file() else None


def _derived(client: str, out: Path) -> list[Path]:
    """Outputs, working copies, pages of several clients, and everything of the client in the house folder but its locks."""
    house = [path for kind in sorted((out / HOUSE).glob("*")) if kind.is_dir() and kind.name != "locks"
             for path in sorted(kind.iterdir()) if path.name in (client, f"{client}.json")]
    return [path for path in (out / client, out / "lab" / client, *sorted(out.glob("portfolio.*.html")), *house) if path.exists()]
