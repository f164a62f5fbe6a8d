"""Folders for a moment. Their names say whose they are, so that what a killed process left is removed by the next that needs one."""

import hashlib
import os
import platform
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

_LONGEST = 60
_NAME = re.compile(r"cxkit-(?P<house>[0-9a-f]{6})-(?P<process>\d+)-")


@contextmanager
def scratch(parent: Path | None = None) -> Iterator[Path]:
    """A folder that only this user reads and that goes in the end, in the system's folder for temporary files or in ``parent``."""
    with tempfile.TemporaryDirectory(prefix=scratch_prefix(parent), dir=parent) as folder:
        yield Path(folder)


def scratch_prefix(parent: Path | None = None) -> str:
    """How the names of this process's folders begin; those of processes that have ended are removed first."""
    _sweep(parent or Path(tempfile.gettempdir()), os.getpid())
    return f"cxkit-{_house()}-{os.getpid()}-"


def socket_place() -> Path:
    """Where the folders of sockets stand: their paths have 103 characters at the most, which a long folder for temporary files would exceed."""
    place = Path(tempfile.gettempdir())
    return place if len(str(place)) <= _LONGEST or os.name != "posix" else Path("/tmp")


@cache
def _sweep(parent: Path, process: int) -> None:
    """Once a process, which is why it is named."""
    ended = [path for path in parent.glob("cxkit-*-*-*") if (name := _NAME.match(path.name)) and _is_over(name["house"], int(name["process"]))]
    for path in ended:
        shutil.rmtree(path, ignore_errors=True)


def _is_over(house: str, process: int) -> bool:
    import psutil  # takes a while to import, and is needed only where something was left

    return house == _house() and not psutil.pid_exists(process)


@cache
def _house() -> str:
    """Where numbers of processes are told apart: the machine, and on Linux the container, which may share folders with others."""
    space = Path("/proc/self/ns/pid")
    return hashlib.sha256(f"{platform.node()} {os.readlink(space) if space.is_symlink() else ''}".encode()).hexdigest()[:6]
