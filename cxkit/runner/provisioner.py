"""The kernel provisioner ``cxkit-fork``: real kernels, with sockets, forked from a warm parent.

JupyterLab, nbval, nbconvert and stock papermill use it through the kernel ``cxkit``. Where processes cannot be forked,
or the kernel's command is not that of ipykernel, the kernel starts in the ordinary way.
"""

import asyncio
import contextlib
import os
import pathlib
import signal
import subprocess
from multiprocessing.connection import Connection
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from cxkit.runner.warm import can_fork
from cxkit.runner.warm.owner import shared_parent

_LAUNCHERS = (["-m", "ipykernel_launcher"], ["-m", "ipykernel"])


class ForkedProcess:
    """A forked kernel with the methods of `subprocess.Popen` that provisioners call.

    Its keeper closes the connection when it has ended with all that it started.
    """

    stdin = stdout = stderr = None

    def __init__(self, connection: Connection):
        self._connection = connection
        self.pid: int = connection.recv()
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """None as long as it lives, then 0: how a process that is not our child ended is not told."""
        if self.returncode is None and self._connection.poll():
            self._connection.close()
            self.returncode = 0
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended."""
        if self.returncode is None and not self._connection.poll(timeout):
            raise subprocess.TimeoutExpired("kernel", timeout or 0)
        return self.poll() or 0

    def send_signal(self, number: int) -> None:
        """Signal it, unless it has ended."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


class ForkProvisioner(LocalProvisioner):
    """Starts kernels by forking; everything else is as for local kernels."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel that has the kit's libraries; start one in the ordinary way where that is not possible."""
        if not can_fork() or cmd[1:3] not in _LAUNCHERS:
            return await super().launch_kernel(cmd, **kwargs)
        environment = kwargs.get("env") or os.environ
        folder = str(kwargs.get("cwd") or pathlib.Path.cwd())
        try:
            # the warm parent is shared by the kernels of this server and takes seconds to start the first time
            self.process = await asyncio.to_thread(lambda: ForkedProcess(shared_parent().fork("kernel", folder, environment, arguments=cmd[3:])))
        except (ChildProcessError, EOFError):
            return await super().launch_kernel(cmd, **kwargs)
        self.pid = self.pgid = self.process.pid
        self.cwd = pathlib.Path(folder)
        return self.connection_info
