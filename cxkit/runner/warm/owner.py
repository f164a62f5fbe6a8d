"""The side that owns a warm parent: start it, ask it for processes, end it."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Mapping
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import Any

from cxkit.paths import resources
from cxkit.scratch import scratch_prefix, socket_place

_PACKAGE = Path(__file__).resolve().parents[3]
LEARN = "--learn"
BORROWED = "CXKIT_WARM"
"""Environment variable: the address of a warm parent that another process owns, for whoever starts many runs."""
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false"}
"""What keeps numpy, scikit-learn and pyarrow from starting threads at import; with one thread sums add in one order too."""


def can_fork() -> bool:
    """True where the system offers what a warm parent needs: fork, process descriptors, adoption of orphans."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open")


class WarmParent:
    """A process that has imported the kit and its libraries, and forks.

    It lives until `close` or until this process ends, however it ends. What it forked ends with it.

    Parameters
    ----------
    learn : learn once what step 02 of every client learns from the kit's own sentences: worth it for several clients.
    """

    def __init__(self, *, learn: bool = False) -> None:
        self.closed, self._is_ready = False, False
        self._folder = tempfile.mkdtemp(prefix=scratch_prefix(socket_place()), dir=socket_place())
        self.address = str(Path(self._folder) / "warm")
        environment = {**ONE_THREAD, **os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(_PACKAGE), os.environ.get("PYTHONPATH"))))
        command = [sys.executable, "-m", "cxkit.runner.warm.server", self.address, *([LEARN] if learn else [])]
        self._process = subprocess.Popen(command, env=environment, cwd=resources(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         start_new_session=True)

    @property
    def pid(self) -> int:
        """Process id of the warm parent."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """True as long as it can fork."""
        return self._process.poll() is None

    def fork(self, kind: str, folder: str, environment: Mapping[str, str], **request: Any) -> Connection:
        """Ask for a process; it lives as long as the connection.

        Parameters
        ----------
        kind : ``cells`` or ``kernel``.
        folder : where it works.
        environment : its whole environment.
        request : what else the kind takes.

        Raises
        ------
        ChildProcessError : where the warm parent has ended.
        """
        self.wait_until_ready()
        return _asked(self.address, kind, folder, environment, request)

    def close(self) -> None:
        """End the warm parent and all that it forked."""
        self.closed = True
        with contextlib.suppress(OSError):  # closing twice is fine
            self._process.stdin.close()
        if not self._is_ready:  # it imports, and has forked nothing yet
            self._process.kill()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> "WarmParent":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def wait_until_ready(self) -> None:
        with _ready:
            if not self._process.stdout.closed and not self._is_ready:
                if self._process.stdout.readline() != b"ready\n":
                    raise ChildProcessError("the warm parent did not start")
                self._is_ready = True


def _asked(address: str, kind: str, folder: str, environment: Mapping[str, str], request: Mapping[str, Any]) -> Connection:
    try:
        connection = Client(address, family="AF_UNIX")
        connection.send({"kind": kind, "folder": folder, "environment": dict(environment), **request})
    except OSError:
        raise ChildProcessError("the warm parent has ended") from None
    return connection


class BorrowedParent:
    """A warm parent that another process owns: what is forked through this ends with `close`, the parent does not."""

    def __init__(self, address: str):
        self.closed, self._address = False, address
        self._given: weakref.WeakSet[Connection] = weakref.WeakSet()

    @property
    def alive(self) -> bool:
        """True as long as it can fork."""
        return not self.closed and Path(self._address).exists()

    def fork(self, kind: str, folder: str, environment: Mapping[str, str], **request: Any) -> Connection:
        """See `WarmParent.fork`."""
        connection = _asked(self._address, kind, folder, environment, request)
        self._given.add(connection)
        return connection

    def close(self) -> None:
        """End what was forked: its keeper sees the connection end."""
        self.closed = True
        for connection in list(self._given):
            with contextlib.suppress(OSError), socket.socket(fileno=os.dup(connection.fileno())) as one:  # a thread may be reading from it
                one.shutdown(socket.SHUT_RDWR)


def warm_parent(*, learn: bool = False) -> WarmParent | BorrowedParent:
    """The warm parent that the environment names where it lives, else a new one; ``learn``: see `WarmParent`."""
    borrowed = BorrowedParent(os.environ.get(BORROWED, ""))
    return borrowed if BORROWED in os.environ and borrowed.alive else WarmParent(learn=learn)


_ready = threading.Lock()
_shared: WarmParent | None = None


def shared_parent() -> WarmParent:
    """The warm parent of this process, started at first use and again where it was killed."""
    global _shared
    with _ready:
        if _shared is None or not _shared.alive:
            _shared = WarmParent()
        return _shared


def end_shared_parent() -> None:
    """End the warm parent of this process, if there is one."""
    global _shared
    with _ready:
        if _shared is not None:
            _shared.close()
            _shared = None
