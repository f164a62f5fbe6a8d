"""An output folder that appears whole or not at all: one lock a client, a stage beside it, one exchange at the end."""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from cxkit.errors import CxError, fault
from cxkit.paths import HOUSE

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


@contextmanager
def locked(out: Path, client: str) -> Iterator[None]:
    """Hold the client's lock. The system gives it back when the process ends, however it ends.

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
    records : what is done so far, one file a step and language.
    final : ``<out>/<client>``, the version that is shown.
    left, left_records : what a run that did not reach its end has left, to be taken up.
    """

    def __init__(self, out: Path, client: str):
        house = out / HOUSE
        self.final, self._old = out / client, house / "old" / client
        self.out, self._left = house / "stage" / client, house / "left" / client
        self.folder, self.records = self.out / client, self.out / "records"
        self.left, self.left_records = self._left / client, self._left / "records"

    def open(self) -> None:
        """Sweep what a killed run left, keep what it had done, and begin empty."""
        if not self.final.exists() and self._old.exists():
            os.replace(self._old, self.final)
        shutil.rmtree(self._old, ignore_errors=True)
        if self.out.exists() and not (any(self.records.glob("*")) or not self._left.exists()):
            shutil.rmtree(self.out)  # killed before it had done a step: what the run before it left is more
        if self.out.exists():
            shutil.rmtree(self._left, ignore_errors=True)
            self._left.parent.mkdir(parents=True, exist_ok=True)
            os.replace(self.out, self._left)
        self.folder.mkdir(parents=True)

    def promote(self) -> None:
        """Flush the stage to disk and put it in the place of the last version, at once where the system can exchange folders."""
        for path in sorted(self.folder.rglob("*")):
            _flush(path)
        self._old.parent.mkdir(parents=True, exist_ok=True)
        if not self.final.exists():
            os.replace(self.folder, self.final)
        elif _exchange(self.folder, self.final):
            os.replace(self.folder, self._old)
        else:
            os.replace(self.final, self._old)
            os.replace(self.folder, self.final)
        _flush(self.final.parent)
        self.clear()

    def clear(self) -> None:
        """Remove what is not shown."""
        for folder in (self._old, self.out, self._left):
            shutil.rmtree(folder, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step of the file system (Linux); False where that is not offered."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:
        return False
    return rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0


def _flush(path: Path) -> None:
    if os.name != "posix" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
