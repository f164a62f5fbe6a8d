"""Kernels forked from a warm parent serve as ordinary kernels do."""

import os
import signal
import time
from importlib.metadata import entry_points

import nbformat
import papermill
import psutil
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager
from nbformat.v4 import new_code_cell, new_notebook
from papermill.engines import papermill_engines

from cxkit.paths import template
from cxkit.runner.engine import FORK
from cxkit.runner.provisioner import ForkProvisioner
from cxkit.runner.warm import can_fork, owner

INSTALLED = bool(entry_points(group="jupyter_client.kernel_provisioners").select(name=FORK))
pytestmark = [pytest.mark.skipif(not can_fork(), reason="processes are forked on Linux only"),
              pytest.mark.skipif(not INSTALLED, reason="Jupyter finds the provisioner where the kit is installed")]


@pytest.fixture(scope="module")
def specs(tmp_path_factory):
    """A folder of kernels that holds ours, as an installed kit leaves it."""
    folder = tmp_path_factory.mktemp("kernels")
    (folder / "cxkit").symlink_to(template("kernel"))
    yield KernelSpecManager(kernel_dirs=[str(folder)])
    owner.end_shared_parent()


@pytest.fixture
def kernel(specs, monkeypatch, tmp_path):
    """A running kernel and its client."""
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    manager = KernelManager(kernel_name="cxkit", kernel_spec_manager=specs, transport="ipc", ip=str(tmp_path / "kernel"))
    manager.start_kernel(cwd=str(tmp_path))
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    yield manager, client
    client.stop_channels()
    if manager.has_kernel:
        manager.shutdown_kernel(now=True)


def value(client, source, seconds=30):
    """What a cell shows."""
    shown = []
    reply = client.execute_interactive(source, timeout=seconds, output_hook=lambda message: shown.append(message["content"]))
    texts = [" ".join(content["data"]["text/plain"].split()) for content in shown if "data" in content]  # long tuples are wrapped
    return reply["content"]["status"], texts


def test_the_kernel_is_forked_works_in_its_folder_and_has_the_libraries(kernel, tmp_path):
    manager, client = kernel
    assert type(manager.provisioner) is ForkProvisioner
    assert value(client, "import os, sys\nos.getcwd(), 'cxkit.study.study' in sys.modules") == ("ok", [f"('{tmp_path}', True)"])
    assert value(client, "_ + (1,)")[0] == "ok"
    assert value(client, "os.getppid() == int(os.environ['JPY_PARENT_PID']) != 1") == ("ok", ["True"])


def test_interrupt_restart_and_shutdown(kernel):
    manager, client = kernel
    _, (first,) = value(client, "x = 1\nimport os\nos.getpid()")
    client.execute("import time\ntime.sleep(60)")
    time.sleep(0.5)
    manager.interrupt_kernel()
    assert client.get_shell_msg(timeout=30)["content"].get("ename", "KeyboardInterrupt") == "KeyboardInterrupt"
    assert value(client, "x") == ("ok", ["1"])
    manager.restart_kernel(now=True)
    client.wait_for_ready(timeout=60)
    status, (second,) = value(client, "import os\nos.getpid()")
    assert (status, first == second) == ("ok", False)
    assert value(client, "x")[0] == "error"
    manager.shutdown_kernel()
    assert not psutil.pid_exists(int(second))


def test_a_killed_kernel_is_seen(kernel):
    manager, _ = kernel
    assert manager.is_alive()
    os.kill(manager.provisioner.pid, signal.SIGKILL)
    end = time.monotonic() + 10
    while manager.is_alive() and time.monotonic() < end:
        time.sleep(0.05)
    assert not manager.is_alive()


def test_an_installed_kit_offers_engine_and_kernel(tmp_path):
    """What papermill and Jupyter find by their entry points; the kit's own runs need neither."""
    assert papermill_engines.get_engine(FORK).__name__ == "ForkEngine"
    nbformat.write(new_notebook(cells=[new_code_cell("import sys\n'cxkit.study.study' in sys.modules")]), tmp_path / "a.ipynb")
    ran = papermill.execute_notebook(tmp_path / "a.ipynb", tmp_path / "b.ipynb", kernel_name="cxkit", language="python", progress_bar=False)
    assert ran.cells[0].outputs[0].data["text/plain"] == "True"
    owner.end_shared_parent()
