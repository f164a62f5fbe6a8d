"""The papermill engine ``cxkit-fork``: the cells of a notebook run in a process forked from a warm parent.

What stock papermill does with a kernel's messages is done here by the same code of nbclient; only the kernel and its
sockets are left out.
"""

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbclient.util import run_sync
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines

from cxkit.runner.warm import WarmParent, can_fork
from cxkit.runner.warm.owner import shared_parent

FORK, KERNEL = "cxkit-fork", "cxkit-kernel"
_LANGUAGE = {
    "name": "python", "version": platform.python_version(), "mimetype": "text/x-python", "file_extension": ".py",
    "codemirror_mode": {"name": "ipython", "version": 3}, "pygments_lexer": "ipython3", "nbconvert_exporter": "python",
}


class ForkedClient(PapermillNotebookClient):
    """A notebook client whose kernel is a forked process."""

    def __init__(self, notebook: Any, process: Connection, **options: Any):
        super().__init__(notebook, record_timing=False, **options)
        self._process = process

    def execute(self, **kwargs: Any) -> NotebookNode:
        """Run every cell in one forked process, which ends with the last."""
        self.reset_execution_trackers()
        with self._process:
            self.papermill_execute_cells()
        self.nb.metadata["language_info"] = _LANGUAGE
        return self.nb

    def execute_cell(self, cell: NotebookNode, cell_index: int) -> NotebookNode:
        """Run a cell as nbclient would: the same cells are skipped, the same messages give the same outputs."""
        if cell.cell_type != "code" or not cell.source.strip() or self.skip_cells_with_tag in cell.metadata.get("tags", []):
            return cell
        answer = self._answer(cell)
        self.code_cells_executed += 1
        cell.outputs = []
        self.clear_before_next_output = False
        for message in answer["messages"]:
            self.process_message(message, cell, cell_index)
        self.nb.metadata.setdefault("papermill", {})["usage"] = answer["usage"]
        run_sync(self._check_raise_for_error)(cell, cell_index, {"content": answer["reply"]})
        return cell

    def _answer(self, cell: NotebookNode) -> dict[str, Any]:
        timeout = self._get_timeout(cell)
        try:
            self._process.send(cell.source)
            if not self._process.poll(timeout):
                raise CellTimeoutError.error_from_timeout_and_cell("the cell took too long", timeout, cell)
            return self._process.recv()
        except (EOFError, OSError) as error:
            if isinstance(error, TimeoutError):
                raise
            raise DeadKernelError("Kernel died") from None


class KernelEngine(NBClientEngine):
    """Stock papermill, except that whatever stops a notebook brings the unfinished notebook with it, as ``error.notebook``."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, *args: Any, **kwargs: Any) -> Any:
        """Execute a prepared notebook in an ordinary kernel."""
        with bringing(nb_man):
            return super().execute_managed_notebook(nb_man, *args, **kwargs)


class ForkEngine(NBClientEngine):
    """papermill's engine of this name; the ordinary kernel where processes cannot be forked."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, log_output: bool = False, stdout_file: Any = None, stderr_file: Any = None,
                                 start_timeout: int = 60, execution_timeout: int | None = None, warm: WarmParent | None = None,
                                 **kwargs: Any) -> Any:
        """Execute a prepared notebook.

        Parameters
        ----------
        warm : the warm parent to fork from; one shared by this process where None.
        """
        process = _forked(warm, kwargs.get("resources", {}))
        if process is None:
            return KernelEngine.execute_managed_notebook(nb_man, kernel_name, log_output, stdout_file, stderr_file, start_timeout,
                                                         execution_timeout, **kwargs)
        options = {key: value for key, value in kwargs.items() if key not in {"input_path", "timeout", "startup_timeout"}}
        with bringing(nb_man):
            return ForkedClient(nb_man, process, timeout=execution_timeout or kwargs.get("timeout"), kernel_name=kernel_name,
                                log_output=log_output, stdout_file=stdout_file, stderr_file=stderr_file, **options).execute()


def _forked(warm: WarmParent | None, resources: dict[str, Any]) -> Connection | None:
    """A process for the cells; None where the system cannot fork or the warm parent does not start."""
    folder = resources.get("metadata", {}).get("path") or os.getcwd()
    try:
        return (warm or shared_parent()).fork("cells", str(folder), os.environ) if can_fork() else None
    except ChildProcessError:
        if warm is not None and warm.closed:  # whoever closed it wants no further notebook
            raise DeadKernelError("Kernel died") from None
        return None


@contextmanager
def bringing(nb_man: Any) -> Iterator[None]:
    """An error that passes brings the notebook as far as it ran: papermill itself writes it after errors of cells only."""
    try:
        yield
    except Exception as error:
        error.notebook = nb_man.nb
        raise


papermill_engines.register(FORK, ForkEngine)
papermill_engines.register(KERNEL, KernelEngine)
