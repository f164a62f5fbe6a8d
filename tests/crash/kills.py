"""Runs that are killed or interrupted: their process group, the process of a notebook, Ctrl-C and SIGTERM."""

import json
import os
import random
import signal
import subprocess
import time

import nbformat

from tests.crash.place import Forked, Place, gone


def group_kills(place: Place, draw: random.Random, n: int) -> str:
    """Kill the process group at a random moment: what is shown is whole, and the next run gives the uninterrupted tree."""
    shown, killed, completed = "B", 0, 0
    while killed < n:
        version = draw.choice("AB")
        place.set(version)
        process = place.start_run("--all") if version == shown else place.start_run()
        ended = _killed_after(process, draw.uniform(0.05, 1.05) * place.seconds)
        killed, completed = killed + (not ended), completed + ended
        gone(place)
        assert place.tree() in (place.trees[shown], place.trees[version]), f"kill {killed}: {place.different(version)} are half-made"
        shown = version if place.tree() == place.trees[version] else shown
        if not ended and killed % 5 == 0:
            began = time.monotonic()
            status, told = place.run()
            place.seconds = max(time.monotonic() - began, place.seconds / 2)  # on a machine that does other work it changes
            assert status == 0, told
            assert place.tree() == place.trees[version], f"kill {killed}: {place.different(version)} differ after resuming"
            shown = version
    return f"{n} kills of the process group: nothing half-made shown, {n // 5} resumed trees equal ({completed} more runs ended before the kill)"


def _killed_after(process: "subprocess.Popen[str] | Forked", seconds: float) -> bool:
    """Kill the process and its group after some seconds; True where it had ended before."""
    try:
        process.communicate(timeout=seconds)
        return True
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return False


def kernel_kills(place: Place, draw: random.Random, n: int) -> str:
    """Kill the process of a notebook: the step fails with a cause, its notebook is kept and not done, the others run."""
    place.set("A")
    assert place.run()[0] == 0
    killed = 0
    while killed < n:
        process = place.start_run("--all", "--format", "json")
        while not (found := place.notebooks()) and process.poll() is None:
            time.sleep(0.02)
        time.sleep(draw.uniform(0, 1))
        found = [one for one in place.notebooks() if one.is_running()] or found
        victim = draw.choice(found)
        alive = victim.is_running()
        if alive:
            victim.kill()
        told = json.loads(process.communicate()[0])
        gone(place)
        assert place.tree() == place.trees["A"]
        failed = [step for step in told["steps"] if step["state"] == "failed"]
        if not failed:  # it had ended before the kill
            continue
        killed += 1
        assert process.returncode == 1
        assert len(failed) == 1
        assert failed[0]["cause"].startswith("CX-E281"), failed[0]["cause"]
        kept = list((place.out / ".cxkit" / "failed" / place.client).rglob("*.ipynb"))
        assert len(kept) == 1
        assert nbformat.read(kept[0], as_version=4).metadata.cxkit["done"] is False
    return f"{n} kills of a notebook's process: each told as CX-E281, kept, never done; the other step ran; the shown version unchanged"


def interruptions(place: Place, draw: random.Random, n: int) -> str:
    """Ctrl-C and SIGTERM in runs and batches: one line, an exit code, nothing left running, the shown version as it was; then a resumed run."""
    place.set("A")
    assert place.run()[0] == 0
    place.set("B")
    interrupted = 0
    for i in range(n):
        process = place.start("batch", "clients", "--out", str(place.out), *place.steps) if i % 4 < 2 else place.start_run()
        number = signal.SIGINT if i % 2 else signal.SIGTERM
        try:
            process.communicate(timeout=draw.uniform(0.1, 0.9) * place.seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, number)
            told = process.communicate(timeout=60)[0]
            assert process.returncode == 128 + number, told
            assert told.splitlines()[-1].startswith("CX-E286"), told
            assert "Traceback" not in told, told
            interrupted += 1
        gone(place)
        if place.tree() == place.trees["B"]:
            place.set("A")
            assert place.run()[0] == 0
            place.set("B")
        assert place.tree() == place.trees["A"]
    status, told = place.run()
    assert status == 0, told
    assert place.tree() == place.trees["B"]
    return f"{interrupted} interruptions of runs and batches: one line, no process left, the shown version unchanged; the resumed tree equal"
