"""In a forked process: run the cells of a notebook in IPython's kernel shell, without sockets and without a kernel.

The shell, its display hook and its display publisher are those of ipykernel; what they would send on a socket is
collected, cell by cell, and goes back over the connection in the form of kernel messages.
"""

import io
import os
import resource
import sys
import threading
from multiprocessing.connection import Connection
from typing import Any

from ipykernel.compiler import XCachingCompiler
from ipykernel.jsonutil import json_clean
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.history import HistoryManager
from jupyter_client.session import Session

Message = dict[str, Any]


class Collector(Session):
    """Stands where a kernel's session stands: keeps messages instead of sending them."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Message] = []

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *args: Any, **kwargs: Any) -> None:
        """Keep a message in the form in which notebook clients read it."""
        kind, content = (msg_or_type, content) if isinstance(msg_or_type, str) else (msg_or_type["header"]["msg_type"], msg_or_type["content"])
        self.messages.append({"msg_type": kind, "header": {"msg_type": kind}, "parent_header": {}, "content": content})

    def take(self) -> list[Message]:
        """The messages so far; they are forgotten here."""
        taken, self.messages = self.messages, []
        return taken


class CollectedStream(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of a notebook: text becomes one message at the next display or at the cell's end.

    What other programs and C code write to the same file descriptor goes through a file in memory, and follows.
    """

    encoding = "utf-8"

    def __init__(self, session: Collector, name: str, descriptor: int):
        self._session, self.name, self._descriptor = session, name, descriptor
        self._parts: list[str] = []
        self._lock = threading.Lock()
        self._memory = os.memfd_create(name)
        self._read = 0
        os.dup2(self._memory, descriptor)

    def writable(self) -> bool:
        """Text may be written."""
        return True

    def isatty(self) -> bool:
        """A notebook is no terminal."""
        return False

    def fileno(self) -> int:
        """The descriptor that programs started by a cell write to."""
        return self._descriptor

    def write(self, text: str) -> int:
        """Keep some text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        with self._lock:
            self._parts.append(text)
        return len(text)

    def flush(self) -> None:
        """Turn what was written into a message."""
        with self._lock:
            text = "".join(self._parts) + self._from_descriptor()
            self._parts.clear()
        if text:
            self._session.send(None, "stream", {"name": self.name, "text": text})

    def _from_descriptor(self) -> str:
        size = os.fstat(self._memory).st_size
        written = os.pread(self._memory, size - self._read, self._read)
        self._read += len(written)
        return written.decode("utf-8", "replace")


class CellRunner:
    """A shell like that of a kernel, and what it would have sent."""

    def __init__(self) -> None:
        self.session = Collector()
        sys.stdout, sys.stderr = CollectedStream(self.session, "stdout", 1), CollectedStream(self.session, "stderr", 2)
        HistoryManager.enabled = False
        self.shell = ZMQInteractiveShell.instance(compiler_class=XCachingCompiler, profile_dir=None)
        self.shell.displayhook.session = self.shell.display_pub.session = self.session
        self.shell.displayhook.topic = b"execute_result"

    def run(self, source: str) -> Message:
        """Run a cell; its messages, its reply as a kernel gives it, and what the process has used so far."""
        count = self.shell.execution_count
        self.session.send(None, "execute_input", {"code": source, "execution_count": count})
        result = self.shell.run_cell(source, store_history=True)
        sys.stdout.flush()
        sys.stderr.flush()
        self.shell.payload_manager.clear_payload()
        return {"messages": self.session.take(), "reply": self._reply(result, count), "usage": _usage()}

    def _reply(self, result: Any, count: int) -> Message:
        if result.success and not self.shell._last_traceback_during_displayhook:
            return {"status": "ok", "execution_count": count}
        error = result.error_before_exec or result.error_in_exec
        return json_clean({"status": "error", "execution_count": count, "ename": type(error).__name__, "evalue": str(error),
                           "traceback": self.shell._last_traceback or []})


def serve(connection: Connection, request: Message) -> None:
    """Run the cells that arrive, one after the other, until the connection closes."""
    runner = CellRunner()
    while True:
        try:
            source = connection.recv()
        except EOFError:
            os._exit(0)
        connection.send(runner.run(source))


def _usage() -> dict[str, float]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {"peak_mb": used.ru_maxrss / 1024, "cpu_s": used.ru_utime + used.ru_stime}
