"""A worker of a batch: a process that runs one client after the other, and the side that commands it.

The two sides exchange pickles over standard input and output: a request goes in, ``("step", …)`` events and one
``("result", …)`` come out. The worker ends when its input closes, however the other side ended.
"""

import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from cxkit.errors import CxError, fault
from cxkit.runner.execute import OnDemand
from cxkit.runner.journal import as_data
from cxkit.runner.request import RunRequest
from cxkit.runner.run import run_client

_PACKAGE = Path(__file__).resolve().parents[2]
_START = """
import signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
from cxkit.runner.worker import main
main(sys.argv[1])
"""
# Ctrl-C reaches the whole group: who commands us ends us, and an import that is interrupted would say so at length
Tell = Callable[[str, str, str, str], None]
"""Called with the client's folder name, the event, the language and the step id."""


class Worker:
    """A worker process; a new one is started where the last was killed."""

    def __init__(self, language: str):
        self._language = language
        self._process: subprocess.Popen[bytes] | None = None
        self._late = False

    def run(self, request: RunRequest, limit: float, tell: Tell) -> dict[str, Any]:
        """Run a client; where the process dies or takes longer than ``limit`` seconds, only this client is lost."""
        process = self._started()
        self._late = False
        clock = threading.Timer(limit, self._too_late, [process])
        clock.start()
        try:
            pickle.dump(request, process.stdin)
            process.stdin.flush()
            while True:
                kind, *content = pickle.load(process.stdout)
                if kind == "result":
                    return content[0]
                tell(request.client.name, *content)
        except (EOFError, OSError, pickle.UnpicklingError):
            self.kill()
            code, facts = ("CX-E282", {"seconds": f"{limit:g}"}) if self._late else ("CX-E283", {})
            return refused(request, fault(code, request.client.name, **facts).text(self._language))
        finally:
            clock.cancel()

    def kill(self) -> None:
        """End the process at once; what it started ends with it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def close(self) -> None:
        """Let the process end."""
        if self._process is not None and self._process.poll() is None:
            self._process.stdin.close()
            self._process.wait()

    def _too_late(self, process: subprocess.Popen[bytes]) -> None:
        self._late = True
        process.kill()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            path = os.pathsep.join(filter(None, (str(_PACKAGE), os.environ.get("PYTHONPATH"))))
            self._process = subprocess.Popen([sys.executable, "-c", _START, self._language], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                             env={**os.environ, "PYTHONPATH": path})
        return self._process


def refused(request: RunRequest, cause: str) -> dict[str, Any]:
    """What is told of a client that did not run to its end."""
    return {"client": request.client.name, "folder": "", "done": False, "languages": list(request.languages), "seconds": 0.0, "cause": cause,
            "peak_mb": 0.0, "steps": []}


def guarded(request: RunRequest, executor: OnDemand, language: str, tell: Callable[[str, str, str], None]) -> dict[str, Any]:
    """Run a client; faults become its cause, in one line, without a value of its evidence."""
    try:
        report = run_client(request, tell, executor)
        return {"folder": str(report.folder), **as_data(report)}
    except CxError as error:
        return refused(request, error.text(language).splitlines()[0])
    except Exception as error:
        return refused(request, type(error).__name__)


def main(language: str) -> None:
    """Serve requests until standard input closes."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    requests: queue.SimpleQueue[RunRequest | None] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(sys.stdin.buffer, requests), daemon=True).start()
    with OnDemand(learn=True) as executor:
        while (request := requests.get()) is not None:
            _send(answers, "result", guarded(request, executor, language, lambda *event: _send(answers, "step", *event)))


def _receive(source: IO[bytes], requests: "queue.SimpleQueue[RunRequest | None]") -> None:
    """Hand requests on; where the input closes while a client runs, whoever commanded us has died."""
    while True:
        try:
            requests.put(pickle.load(source))
        except (EOFError, pickle.UnpicklingError):
            break
    requests.put(None)
    threading.Timer(10, os._exit, [1]).start()


_sending = threading.Lock()


def _send(target: IO[bytes], *message: Any) -> None:
    with _sending:
        pickle.dump(message, target)
        target.flush()

