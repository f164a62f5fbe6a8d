"""One notebook, executed by papermill in a process of its own."""

import logging
import math
import os
import shutil
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import nbformat
import papermill
import psutil
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.reader import NotJSONError
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from cxkit.charts.drawing import ADDRESS, Draughtsman
from cxkit.errors import fault
from cxkit.paths import notebook
from cxkit.runner.engine import FORK, KERNEL
from cxkit.runner.full import FULL, no_space
from cxkit.runner.normalise import is_coded, is_done, normalise
from cxkit.runner.warm import can_fork
from cxkit.runner.warm.owner import ONE_THREAD, warm_parent
from cxkit.scratch import scratch, socket_place

_FIXED = {"TZ": "UTC", "PYTHONHASHSEED": "0", "CXKIT_STATIC": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1", "JUPYTER_PLATFORM_DIRS": "1", **ONE_THREAD}

_LEAST_SPACE = 256 * 1024  # with less than this, in bytes, whatever went wrong went wrong for lack of space


@dataclass(frozen=True)
class Outcome:
    """What became of one notebook; ``cause`` is one line, empty when it is done.

    ``usage``: peak memory ``peak_mb`` and processor time ``cpu_s`` of its process, where known.
    """

    notebook: str
    done: bool
    cause: str = ""
    usage: Mapping[str, float] = field(default_factory=dict)


class Executor:
    """Executes notebooks: forked from a warm parent where the system can, else in ordinary kernels; charts are drawn beside.

    The warm parent and the drawing process are started with it, started again where they were killed, and end with it.

    Parameters
    ----------
    fork : False for ordinary kernels.
    learn : see `WarmParent`.
    """

    def __init__(self, *, fork: bool = True, learn: bool = False) -> None:
        self._lock, self._closed, self._interrupted = threading.Lock(), False, False
        self._restored = fixed_environment()
        self._restored.__enter__()
        self._draughtsman = Draughtsman()
        os.environ[ADDRESS] = self._draughtsman.address
        self._learn = learn
        self._warm = warm_parent(learn=learn) if fork and can_fork() else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """End what was started, and every notebook that still runs in it."""
        if self._closed:
            return
        self._closed = True
        os.environ.pop(ADDRESS, None)
        self._draughtsman.close()
        if self._warm is not None:
            self._warm.close()
        self._restored.__exit__(None, None, None)

    def interrupt(self) -> None:
        """End every notebook that runs, so that whoever waits for one goes on; none starts any more."""
        with self._lock:
            self._interrupted = True
        if self._warm is not None:
            self._warm.close()
        for process in psutil.Process().children(recursive=True) if self._warm is None else ():
            with suppress(psutil.NoSuchProcess):
                process.kill()

    def execute(self, name: str, target: Path, parameters: Mapping[str, Any], shown: Mapping[str, Any], *, folder: Path,
                timeout: float) -> Outcome:
        """Execute a notebook of the kit and normalise what it leaves; a failed one is kept for reading.

        Parameters
        ----------
        name : file name of the notebook.
        target : where the executed notebook goes.
        parameters : what is injected.
        shown : what the executed notebook says was injected: without paths of this machine.
        folder : the folder that its process works in.
        timeout : seconds that the notebook may take.
        """
        target.parent.mkdir(parents=True, exist_ok=True)
        language = str(parameters.get("language", "en"))
        cause, end = "", time.monotonic() + timeout
        try:
            with _transport() as config:
                # papermill's own cwd= would change the folder of this whole process, and two run at once
                papermill.execute_notebook(notebook(name), target, dict(parameters), kernel_name="python3", progress_bar=False,
                                           request_save_on_cell_execute=False, start_timeout=120, config=config,
                                           timeout_func=lambda cell: max(1, math.ceil(end - time.monotonic())),
                                           resources={"metadata": {"path": str(folder)}}, **self._engine())
        except PapermillExecutionError as error:
            cause = _cause_of_cell(error, target, language)
        except Exception as error:
            cause = _cause(error, target, timeout, language)
            if hasattr(error, "notebook"):
                nbformat.write(error.notebook, target)
        try:
            executed = nbformat.read(target, as_version=4)
        except (FileNotFoundError, NotJSONError):  # a full disk leaves a file that is empty or cut
            return Outcome(name, False, cause or "no notebook was written")
        done = is_done(executed) and not cause
        cause = "" if done else cause or "a cell did not run"
        normalise(target, shown, cause)
        return Outcome(name, done, cause, executed.metadata.get("papermill", {}).get("usage", {}))

    def _engine(self) -> dict[str, Any]:
        with self._lock:
            if self._interrupted:
                raise DeadKernelError("interrupted")
            self._draughtsman.ensure()
            if self._warm is None:
                return {"engine_name": KERNEL, "extra_arguments": ["--IPKernelApp.log_level=50"]}
            if not self._warm.alive:
                self._warm.close()
                self._warm = warm_parent(learn=self._learn)
            return {"engine_name": FORK, "warm": self._warm}


class OnDemand:
    """An executor that starts when the first notebook has to run.

    Parameters
    ----------
    learn : see `WarmParent`.
    """

    def __init__(self, *, learn: bool = False) -> None:
        self._lock, self._learn = threading.Lock(), learn
        self._executor: Executor | None = None

    def __call__(self) -> Executor:
        with self._lock:
            if self._executor is None:
                self._executor = Executor(learn=self._learn)
            return self._executor

    def interrupt(self) -> None:
        """End every notebook that runs; none starts any more."""
        self().interrupt()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._executor is not None:
            self._executor.close()


def _cause_of_cell(error: PapermillExecutionError, target: Path, language: str) -> str:
    """The coded message of the kit; of other errors the kind and the cell only, since their text may quote personal data."""
    if is_coded(error.evalue):
        return error.evalue.strip().splitlines()[0]
    if "No space left on device" in (error.evalue or "") or _is_full(target):
        return no_space(target.parent, target.name).text(language)
    return f"{error.ename} [{error.exec_count}]"


def _cause(error: Exception, target: Path, timeout: float, language: str) -> str:
    if _is_full(target) or (isinstance(error, OSError) and error.errno in FULL):
        return no_space(target.parent, target.name).text(language)
    if isinstance(error, CellTimeoutError):
        return fault("CX-E280", target.name, seconds=f"{timeout:g}").text(language)
    if isinstance(error, DeadKernelError):
        return fault("CX-E281", target.name).text(language)
    return type(error).__name__


def _is_full(target: Path) -> bool:
    return shutil.disk_usage(target.parent).free < _LEAST_SPACE


@contextmanager
def _transport() -> Iterator[Config]:
    """Sockets of the file system instead of open ports, where the system has them.

    Each kernel has a folder of its own: by default kernels that start together would share their sockets' names.
    """
    if os.name != "posix":
        yield Config()
        return
    with scratch(socket_place()) as folder:
        yield Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/kernel"}})


@contextmanager
def fixed_environment() -> Iterator[None]:
    """What notebooks inherit: one time zone, one hash seed, one thread, static views; the logs of papermill are silenced."""
    before = {key: os.environ.get(key) for key in _FIXED}
    loggers = [logging.getLogger(name) for name in ("papermill", "papermill.translators", "traitlets")]
    levels = [logger.level for logger in loggers]
    os.environ.update(_FIXED)
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for key, value in before.items():
            os.environ.pop(key, None) if value is None else os.environ.__setitem__(key, value)
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
