"""The fork engine against stock papermill: the same outputs, errors, time limits; nothing is left behind."""

import os
import signal
import threading
import time

import nbformat
import papermill
import psutil
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from papermill.exceptions import PapermillExecutionError

from cxkit.runner.engine import FORK, KERNEL
from cxkit.runner.warm import WarmParent, can_fork
from cxkit.runner.warm.owner import BorrowedParent

pytestmark = pytest.mark.skipif(not can_fork(), reason="processes are forked on Linux only")

CELLS = [
    "x = 0",
    "1 + 1",
    "print('first')\nimport sys\nprint('second', file=sys.stderr)\nprint('third')",
    "from IPython.display import HTML, display, clear_output\nprint('before')\ndisplay(HTML('<b>é</b>'))\nprint('after')\n'result'",
    "handle = display('one', display_id='fixed')\nhandle.update('two')",
    "print('gone')\nclear_output()\nprint('stays')",
    "print('gone later')\nclear_output(wait=True)\ndisplay('replaces')",
    "import pandas as pd\npd.DataFrame({'a': [1, 2]})",
    # a kernel reads what programs write from a thread of its own: it is given the time
    "import os, time\nos.system('echo from a program')\ntime.sleep(0.5)",
    "!echo from the shell",
    "%pwd;",
    "class Shown:\n    def _repr_mimebundle_(self, include=None, exclude=None):\n"
    "        return {'text/html': '<i>1</i>', 'text/plain': '1', 'image/png': b'\\x89PNG'}\nShown()",
    "import warnings\nwarnings.simplefilter('always')\nwarnings.warn('careful')",
    "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "",
    "raise RuntimeError('skipped')",
    "1/0",
    "x = 2",
]


def notebook(*sources):
    cells = [new_code_cell(source, id=f"c{number}") for number, source in enumerate(sources)]
    return new_notebook(cells=[new_markdown_cell("# t", id="title"), *cells],
                        metadata={"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}})


@pytest.fixture(scope="module")
def warm():
    with WarmParent() as parent:
        yield parent


@pytest.fixture
def execute(warm, tmp_path):
    """Execute cells with an engine; what came out, and the error."""
    def call(engine, *sources, **options):
        written = tmp_path / f"{engine}.ipynb"
        given = notebook(*sources)
        for cell in given.cells:
            if "skipped" in cell.source:
                cell.metadata["tags"] = ["skip-execution"]
        nbformat.write(given, tmp_path / "given.ipynb")
        error = None
        extra = {"warm": warm} if engine == FORK else {}
        try:
            papermill.execute_notebook(tmp_path / "given.ipynb", written, engine_name=engine, kernel_name="python3", progress_bar=False,
                                       request_save_on_cell_execute=False, **extra, **options)
        except Exception as caught:
            error = caught
        shown = nbformat.read(written, as_version=4) if written.is_file() else error.notebook
        return [(cell.get("execution_count"), cell.get("outputs")) for cell in shown.cells], error
    return call


def test_outputs_are_those_of_stock_papermill(execute, monkeypatch):
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # ipykernel listens to no program where it is set
    expected, stock_error = execute(KERNEL, *CELLS)
    shown, error = execute(FORK, *CELLS)
    assert len(expected) == len(CELLS) + 3  # the title, and papermill's two marks of the error
    for one, other in zip(expected, shown, strict=True):
        assert one == other
    assert type(error) is type(stock_error) is PapermillExecutionError
    assert (error.ename, error.evalue, error.exec_count) == (stock_error.ename, stock_error.evalue, stock_error.exec_count)


def test_the_parent_has_one_thread_and_each_notebook_a_process_of_its_own(execute, warm):
    assert len(os.listdir(f"/proc/{warm.pid}/task")) == 1
    first, _ = execute(FORK, "import os, altair as alt\nalt.theme.enable('dark')\nos.environ['LEAK'] = '1'\nleak = 1\nos.getpid()")
    second, _ = execute(FORK, "import os, altair as alt\n'leak' in globals(), 'LEAK' in os.environ, alt.theme.active", "os.getpid()")
    assert second[1][1][0]["data"]["text/plain"] == "(False, False, 'default')"
    assert first[1][1][0]["data"]["text/plain"] != second[2][1][0]["data"]["text/plain"]


def test_drawn_numbers_differ_from_process_to_process(execute):
    cell = "import random, numpy\nrandom.random(), float(numpy.random.random())"
    (first, _), (second, _) = execute(FORK, cell), execute(FORK, cell)
    one, other = (eval(shown[1][1][0]["data"]["text/plain"]) for shown in (first, second))
    assert one[0] != other[0]
    assert one[1] != other[1]


def test_a_cell_that_takes_too_long_is_stopped_with_the_notebook_so_far(execute):
    shown, error = execute(FORK, "'ran'", "import time\ntime.sleep(60)", execution_timeout=1)
    assert isinstance(error, CellTimeoutError)
    assert shown[1][0] == 1
    assert shown[2][0] is None


def test_a_killed_process_is_told_and_the_parent_serves_on(execute):
    shown, error = execute(FORK, "'ran'", "import os\nos.kill(os.getpid(), 9)", "'never'")
    assert isinstance(error, DeadKernelError)
    assert [count for count, _ in shown] == [None, 1, None, None]
    assert execute(FORK, "'again'")[1] is None


def test_what_a_notebook_started_ends_with_it(execute, warm):
    start = ("import subprocess, sys\n"
             "subprocess.Popen(['sleep', '71.25'])\nsubprocess.Popen(['sleep', '71.25'], start_new_session=True)\n"
             "_ = subprocess.run([sys.executable, '-c', 'import subprocess; subprocess.Popen([\"sleep\", \"71.25\"], start_new_session=True)'])")
    for ending in ("'done'", "1/0", "import os\nos.kill(os.getpid(), 9)"):
        execute(FORK, start, ending)
        assert _gone(lambda: _sleepers(warm)), ending


def test_what_a_killed_keeper_leaves_ends_too(warm):
    connection = warm.fork("cells", "/", dict(os.environ))
    connection.send("import subprocess\nsubprocess.Popen(['sleep', '71.25'], start_new_session=True)")
    connection.recv()
    keeper, = psutil.Process(warm.pid).children()
    os.kill(keeper.pid, signal.SIGKILL)
    assert _gone(lambda: psutil.Process(warm.pid).children(recursive=True) or _sleepers(warm))


def test_a_borrowed_parent_forks_and_its_end_ends_what_it_forked_only(warm, tmp_path):
    warm.wait_until_ready()
    borrowed = BorrowedParent(warm.address)
    cells = "import os, pathlib\npathlib.Path('pid').write_text(str(os.getpid()))", "import time\ntime.sleep(60)"
    nbformat.write(notebook(*cells), tmp_path / "given.ipynb")
    threading.Thread(target=lambda: (_until((tmp_path / "pid").is_file), borrowed.close())).start()
    began = time.monotonic()
    with pytest.raises(DeadKernelError):
        papermill.execute_notebook(tmp_path / "given.ipynb", tmp_path / "out.ipynb", engine_name=FORK, kernel_name="python3", progress_bar=False,
                                   warm=borrowed, resources={"metadata": {"path": str(tmp_path)}})
    assert time.monotonic() - began < 50
    pid = int((tmp_path / "pid").read_text())
    assert _until(lambda: not psutil.pid_exists(pid))
    assert (borrowed.alive, warm.alive) == (False, True)


def test_all_ends_with_the_owner(warm):
    """The last test of this parent."""
    connection = warm.fork("cells", "/", dict(os.environ))
    connection.send("1")
    connection.recv()
    started = psutil.Process(warm.pid).children(recursive=True)
    assert len(started) == 2
    warm.close()
    assert _gone(lambda: [one for one in started if one.is_running()])
    with pytest.raises(ChildProcessError):
        warm.fork("cells", "/", {})


def _sleepers(warm):
    found = []
    for process in psutil.process_iter(["cmdline"]):
        if process.info["cmdline"] == ["sleep", "71.25"]:
            found.append(process)
    return found


def _gone(alive, seconds=10):
    """Wait until nothing is alive; False after so many seconds."""
    end = time.monotonic() + seconds
    while alive():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def _until(true, seconds=20):
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()
