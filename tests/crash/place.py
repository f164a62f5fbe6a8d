"""A client to run and to kill: commands of the kit in processes that can be found again, and what they leave."""

import hashlib
import os
import select
import subprocess
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

import psutil

from cxkit.runner.warm.owner import BORROWED, ONE_THREAD, WarmParent

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "from cxkit.cli import main; main()"]
MARK = "CXKIT_CAMPAIGN"
STEPS = ("--steps", "01,07", "--language", "en")


class Forked:
    """A command of the kit in a process forked from this one, in a session of its own, with what the campaign uses of `subprocess.Popen`."""

    def __init__(self, arguments: Sequence[str], folder: Path, environment: dict[str, str]):
        self.returncode: int | None = None
        self._told, written = os.pipe()
        self._text = b""
        self.pid = os.fork()
        if self.pid == 0:
            os.setsid()
            for target in (1, 2):
                os.dup2(written, target)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.chdir(folder)
            os.environ.clear()
            os.environ.update(environment)
            _call(arguments)
        os.close(written)

    def poll(self) -> int | None:
        """The exit status where it has ended."""
        if self.returncode is None and (ended := os.waitpid(self.pid, os.WNOHANG))[0]:
            self.returncode = os.waitstatus_to_exitcode(ended[1])
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[str, None]:
        """What it has written until its end; `subprocess.TimeoutExpired` where that is later."""
        end = None if timeout is None else time.monotonic() + timeout
        while select.select([self._told], [], [], None if end is None else max(0.0, end - time.monotonic()))[0]:
            if not (piece := os.read(self._told, 65536)):
                os.close(self._told)
                if self.returncode is None:
                    self.returncode = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
                return self._text.decode(), None
            self._text += piece
        raise subprocess.TimeoutExpired("cxkit", timeout or 0)


def _call(arguments: Sequence[str]) -> None:
    """Be the command and end with its exit status."""
    from cxkit.cli import main

    sys.argv, status = ["cxkit", *arguments], 0
    try:
        main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _parent(environment: dict[str, str]) -> WarmParent:
    """The shared warm parent; this process imports what commands use, with one thread."""
    os.environ.update({**ONE_THREAD, "CXKIT_LANGUAGE": "en"})
    before = dict(os.environ)
    os.environ.update(environment)
    parent = WarmParent()
    os.environ.clear()
    os.environ.update(before)
    from cxkit.cli import batches, commands, runs  # noqa: F401
    from cxkit.runner.warm import preparation

    preparation.import_all()
    parent.wait_until_ready()
    return parent


class Place:
    """A folder with a small client in two versions, and the commands of the kit, whose processes carry our mark.

    Parameters
    ----------
    warm : prepared processes: commands are forked from this one, which has imported the kit, and their notebooks from one warm parent.
        Three times as many cases in the same time; what is killed and what is looked at is the same. For processes with one thread only.
    """

    def __init__(self, folder: Path, client: str = "acme", *, warm: bool = False):
        self.folder, self.client, self.out = folder, client, folder / "out"
        self.environment = {**os.environ, "PYTHONPATH": str(ROOT), "CXKIT_LANGUAGE": "en", MARK: str(folder)}
        self.parent = _parent(self.environment) if warm else None
        self.call("new", client, "--into", "clients")
        self.trees: dict[str, dict[str, str]] = {}
        self.steps, self.seconds = STEPS, 0.0

    def start(self, *arguments: str) -> "subprocess.Popen[str] | Forked":
        """A command, in a process group of its own."""
        if self.parent is not None:
            return Forked(arguments, self.folder, {**self.environment, BORROWED: self.parent.address})
        return subprocess.Popen([*COMMAND, *arguments], cwd=self.folder, env=self.environment, text=True, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, start_new_session=True)

    def call(self, *arguments: str) -> tuple[int, str]:
        """The exit status and the output of a command."""
        process = self.start(*arguments)
        told, _ = process.communicate()
        return process.returncode, told

    def start_run(self, *more: str) -> "subprocess.Popen[str] | Forked":
        """Start a run of the client."""
        return self.start("run", f"clients/{self.client}", "--out", str(self.out), *self.steps, *more)

    def run(self, *more: str) -> tuple[int, str]:
        """Run the client."""
        process = self.start_run(*more)
        told, _ = process.communicate()
        return process.returncode, told

    def set(self, version: str) -> None:
        """Give the client's files one of two contents."""
        path = self.folder / "clients" / self.client / "client.yaml"
        lines = [f"name: Version {version}" if line.startswith("name: ") else line for line in path.read_text(encoding="utf-8").splitlines()]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def reference(self) -> None:
        """The trees that runs without interruption leave."""
        for version in ("A", "B"):
            self.set(version)
            began = time.monotonic()
            status, told = self.run()
            assert status == 0, told
            self.trees[version], self.seconds = self.tree(), time.monotonic() - began
        assert self.trees["A"] != self.trees["B"]

    def tree(self) -> dict[str, str]:
        """Every visible file of the client and its hash."""
        folder = self.out / self.client
        return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
                for path in sorted(folder.rglob("*")) if path.is_file()}

    def different(self, version: str) -> list[str]:
        """Files that are not as an uninterrupted run leaves them."""
        found, expected = self.tree(), self.trees[version]
        return sorted(name for name in {*found, *expected} if found.get(name) != expected.get(name))

    def processes(self) -> list[psutil.Process]:
        """Living processes that carry our mark; zombies too."""
        found = []
        for process in psutil.process_iter():
            try:
                zombie = process.status() == psutil.STATUS_ZOMBIE and process.ppid() == os.getpid()
                ours = self.parent is not None and process.pid == self.parent.pid
                if not ours and (zombie or process.environ().get(MARK) == str(self.folder)):
                    found.append(process)
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
        return found

    def notebooks(self) -> list[psutil.Process]:
        """Processes in which a notebook runs: two below a warm parent."""
        found = []
        for process in self.processes():
            try:
                if "cxkit.runner.warm.server" in process.cmdline() and "cxkit.runner.warm.server" in process.parent().parent().cmdline():
                    found.append(process)
            except (psutil.NoSuchProcess, AttributeError):
                continue
        return found


def gone(place: Place, seconds: float = 15) -> None:
    """Nothing that was started is left."""
    end = time.monotonic() + seconds
    while left := place.processes():
        assert time.monotonic() < end, [(process.pid, process.status()) for process in left]
        time.sleep(0.1)
