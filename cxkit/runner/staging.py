"""An output folder that appears whole or not at all: one lock a client, a stage beside it, a rename at the end."""

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from cxkit.errors import CxError, fault
from cxkit.paths import HOUSE


@contextmanager
def locked(out: Path, client: str) -> Iterator[None]:
    """Hold the client's lock.

    Raises
    ------
    CxError : CX-E014 where another run holds it.
    """
    folder = out / HOUSE / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"{client}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise CxError(fault("CX-E014", name=client)) from None
    try:
        yield
    finally:
        lock.release()


class Stage:
    """The folder in which a run prepares the next version of ``<out>/<client>``.

    Attributes
    ----------
    out : what the notebooks are given as their output folder.
    folder : ``out/<client>``.
    """

    def __init__(self, out: Path, client: str):
        self._final, self._old = out / client, out / HOUSE / "old" / client
        self.out = out / HOUSE / "stage" / client
        self.folder = self.out / client

    def open(self, keep: Collection[str]) -> None:
        """Sweep what a killed run left, then begin with the kept parts of the last version.

        Parameters
        ----------
        keep : names inside the client's output (``results``, a language) that the next version starts from. Results of a
            killed run are kept too: each is whole, and read back only if nothing it depends on has changed.
        """
        if not self._final.exists() and self._old.exists():
            os.replace(self._old, self._final)
        shutil.rmtree(self._old, ignore_errors=True)
        unfinished = self.folder / "results"
        rescued = {path.name: path.read_bytes() for path in sorted(unfinished.glob("*.json"))} if unfinished.is_dir() else {}
        shutil.rmtree(self.out, ignore_errors=True)
        self.folder.mkdir(parents=True)
        for name in sorted(keep):
            if (self._final / name).is_dir():
                shutil.copytree(self._final / name, self.folder / name)
        for name, content in rescued.items():
            (self.folder / "results").mkdir(exist_ok=True)
            (self.folder / "results" / name).write_bytes(content)

    def promote(self) -> None:
        """Flush the stage to disk and put it in the place of the last version."""
        for path in sorted(self.folder.rglob("*")):
            _flush(path)
        self._old.parent.mkdir(parents=True, exist_ok=True)
        if self._final.exists():
            os.replace(self._final, self._old)
        os.replace(self.folder, self._final)
        _flush(self._final.parent)
        shutil.rmtree(self._old, ignore_errors=True)
        shutil.rmtree(self.out, ignore_errors=True)


def _flush(path: Path) -> None:
    if os.name != "posix" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
