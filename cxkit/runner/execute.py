"""One notebook, executed by papermill in a kernel of its own."""

import logging
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from cxkit.paths import notebook
from cxkit.runner.normalise import is_done, normalise

_FIXED = {"TZ": "UTC", "PYTHONHASHSEED": "0", "CXKIT_STATIC": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1", "JUPYTER_PLATFORM_DIRS": "1"}
_CODE = re.compile(r"CX-E\d{3}")


@dataclass(frozen=True)
class Outcome:
    """What became of one notebook; ``cause`` is one line, empty when it is done."""

    notebook: str
    done: bool
    cause: str = ""


def execute(name: str, target: Path, parameters: Mapping[str, Any], shown: Mapping[str, Any], *, folder: Path, timeout: int) -> Outcome:
    """Execute a notebook of the kit and normalise what it leaves; a failed one is kept for reading.

    Parameters
    ----------
    name : file name of the notebook.
    target : where the executed notebook goes.
    parameters : what is injected.
    shown : what the executed notebook says was injected: without paths of this machine.
    folder : the folder that the kernel works in.
    timeout : seconds that one cell may take.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    cause = ""
    try:
        with _transport() as config:
            papermill.execute_notebook(notebook(name), target, dict(parameters), kernel_name="python3", progress_bar=False,
                                       request_save_on_cell_execute=False, execution_timeout=timeout, start_timeout=120, config=config,
                                       extra_arguments=["--IPKernelApp.log_level=50"],
                                       # papermill's own cwd= would change the folder of this whole process, and two run at once
                                       resources={"metadata": {"path": str(folder)}})
    except PapermillExecutionError as error:
        cause = _cause(error.ename, error.evalue)
    except Exception as error:
        cause = type(error).__name__
    if not target.is_file():
        return Outcome(name, False, cause or "no notebook was written")
    done = is_done(nbformat.read(target, as_version=4)) and not cause
    normalise(target, shown)
    return Outcome(name, done, "" if done else cause or "a cell did not run")


def _cause(name: str, value: str) -> str:
    """The coded message of the kit; of other errors the kind only, since their text may quote personal data."""
    return value.strip().splitlines()[0] if _CODE.match(value or "") else name


@contextmanager
def _transport() -> Iterator[Config]:
    """Sockets of the file system instead of open ports, where the system has them.

    Each kernel has a folder of its own: by default kernels that start together would share their sockets' names.
    """
    if os.name != "posix":
        yield Config()
        return
    with tempfile.TemporaryDirectory(prefix="cxkit-") as folder:
        yield Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/kernel"}})


@contextmanager
def fixed_environment() -> Iterator[None]:
    """What kernels inherit: one time zone, one hash seed, static views; the logs of papermill are silenced."""
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
