"""What Linux offers to end a process with all that it started."""

import ctypes
import os
import select
import signal

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_libc = ctypes.CDLL(None, use_errno=True)


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends (``PR_SET_CHILD_SUBREAPER``)."""
    _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_with(parent: int) -> None:
    """Have the kernel kill this process when its parent ends (``PR_SET_PDEATHSIG``)."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def children() -> list[int]:
    """Process ids of the direct children of this process, adopted ones too."""
    found: list[int] = []
    for task in os.listdir("/proc/self/task"):
        try:
            with open(f"/proc/self/task/{task}/children", encoding="ascii") as file:
                found += map(int, file.read().split())
        except FileNotFoundError:
            continue
    return found


def wait_for_end(pid: int, connection: int) -> None:
    """Return when the process ends or the other side of the connection closes."""
    process = os.pidfd_open(pid)
    poller = select.poll()
    poller.register(process, select.POLLIN)
    poller.register(connection, 0)
    poller.poll()
    os.close(process)


def kill_descendants() -> None:
    """Kill every descendant and collect it; orphans arrive here as long as this process adopts them."""
    while alive := children():
        for pid in alive:
            os.kill(pid, signal.SIGKILL)
        for pid in alive:
            os.waitpid(pid, 0)
