"""A batch on Dask: a scheduler and two workers in processes of their own, one of them killed while it works."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cxkit.errors import CxError
from cxkit.runner import manifest
from cxkit.runner.cluster import run_on_cluster
from cxkit.runner.request import RunRequest, chosen_steps

pytest.importorskip("distributed")
ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def start(*arguments):
    return subprocess.Popen([sys.executable, "-m", "dask", *arguments], env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def cluster(tmp_path):
    """The scheduler's address and its two workers."""
    told = tmp_path / "scheduler.json"
    scheduler = start("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(told))
    workers = [start("worker", "--scheduler-file", str(told), "--nthreads", "1", "--no-nanny", "--no-dashboard", "--name", name)
               for name in ("one", "two")]
    while not told.is_file():
        assert scheduler.poll() is None
        time.sleep(0.1)
    yield json.loads(told.read_text())["address"], workers
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


@pytest.mark.slow
def test_a_killed_worker_loses_no_client(cluster, tmp_path):
    address, (first, _) = cluster
    clients = []
    for name in ("a", "b", "c", "d"):
        subprocess.run([sys.executable, "-c", "from cxkit.cli import main; main()", "new", name, "--into", "clients"], cwd=tmp_path, check=True,
                       env=ENVIRONMENT, stdout=subprocess.DEVNULL)
        clients.append(RunRequest(tmp_path / "clients" / name, tmp_path / "out", ("en",), chosen_steps("01,07"), at_once=1))
    ended = []

    def done(result):
        ended.append(result["client"])
        if len(ended) == 1:  # the other clients are under way
            os.kill(first.pid, signal.SIGKILL)

    results = run_on_cluster(address, clients, limit=600, done=done)
    assert [(result["client"], result["done"], result["cause"]) for result in results] == [(name, True, "") for name in "abcd"]
    assert sorted(ended) == ["a", "b", "c", "d"]
    assert [manifest.verify(tmp_path / "out" / name).intact for name in "abcd"] == [True] * 4


def test_a_scheduler_that_does_not_answer_is_told():
    with pytest.raises(CxError) as caught:
        run_on_cluster("tcp://127.0.0.1:9", [], limit=1)
    assert [fault.code for fault in caught.value.faults] == ["CX-E284"]
