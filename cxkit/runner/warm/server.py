"""The warm parent itself: ``python -m cxkit.runner.warm.server ADDRESS`` imports, says ``ready`` and forks on request.

A request is one connection. For each, a keeper is forked that forks the process asked for: the keeper watches it and the
connection, and when either ends it kills whatever the process has started.
"""

import gc
import os
import random
import select
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, Listener
from typing import Any

from cxkit.runner.warm import cells, kernels, linux, preparation
from cxkit.runner.warm.owner import LEARN

_SERVE = {"cells": cells.serve, "kernel": kernels.serve}


def main(address: str, *, learn: bool = False) -> None:
    """Prepare, then fork a keeper for every connection until the owner closes our standard input.

    Parameters
    ----------
    learn : learn before the first notebook, too, what every client's step 02 would learn from the kit's own sentences.
    """
    linux.adopt_orphans()
    with _ending_with_owner():
        preparation.import_all()
        preparation.first_uses()
        if learn:
            preparation.learn()
    gc.collect()
    gc.freeze()
    wake, signalled = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(signalled)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    keepers: set[int] = set()
    with Listener(address, family="AF_UNIX", backlog=64) as listener:
        socket = listener._listener._socket
        try:
            sys.stdout.write("ready\n")
            sys.stdout.flush()
        except BrokenPipeError:  # the owner has gone meanwhile
            os._exit(0)
        while True:
            readable, _, _ = select.select([socket, wake, 0], [], [])
            if wake in readable:
                os.read(wake, 4096)
                _collect(keepers)
            if 0 in readable and not os.read(0, 1):
                break
            if socket in readable:
                keepers.add(_fork_keeper(listener.accept(), (socket.fileno(), wake, signalled)))
    linux.kill_descendants()
    os._exit(0)


@contextmanager
def _ending_with_owner() -> Iterator[None]:
    """End at once where the owner closes our standard input meanwhile; the thread that watches has ended before anything is forked."""
    here, done = os.pipe()

    def watch() -> None:
        readable, _, _ = select.select([0, here], [], [])
        if 0 in readable:
            os._exit(0)

    watching = threading.Thread(target=watch)
    watching.start()
    yield
    os.write(done, b".")
    watching.join()
    os.close(here)
    os.close(done)


def _fork_keeper(connection: Connection, ours: tuple[int, ...]) -> int:
    pid = os.fork()
    if pid:
        connection.close()
        return pid
    try:
        _keep(connection, ours)
    finally:
        os._exit(0)


def _keep(connection: Connection, ours: tuple[int, ...]) -> None:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for descriptor in ours:
        os.close(descriptor)
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(0, 1)
    linux.adopt_orphans()
    keeper = os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            linux.end_with(keeper)
            os.setsid()
            _serve(connection)
        finally:
            os._exit(1)
    linux.wait_for_end(pid, connection.fileno())
    linux.kill_descendants()


def _serve(connection: Connection) -> None:
    request: dict[str, Any] = connection.recv()
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    os.chdir(request["folder"])
    random.seed()
    sys.modules["numpy"].random.seed()
    _SERVE[request["kind"]](connection, request)


def _collect(keepers: set[int]) -> None:
    """Collect keepers that have ended; what a killed keeper left is ours now, and ends."""
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            break
        keepers.discard(pid)
    for pid in set(linux.children()) - keepers:
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1], learn=LEARN in sys.argv)
