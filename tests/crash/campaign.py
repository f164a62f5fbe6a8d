"""The crash campaign: runs that are killed, starved of space, started twice, and batches with bad and hanging clients.

``python -m tests.crash.campaign --seed 1`` runs all of it and prints what it found; every claim is an assertion.
tests/crash/test_campaign.py runs a short version.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.crash.kills import group_kills, interruptions, kernel_kills
from tests.crash.place import MARK, STEPS, Place, gone

SIZES = [4096, 32768, 2**17, 2**19, 2**20, 2**21, 2**22, 2**24]
"""Bytes left on small disks."""


def full_disks(place: Place, sizes: list[int]) -> str:
    """Little space left: the last version stays to the byte, and the message names a file and the space."""
    place.set("A")
    assert place.run()[0] == 0
    told_full, out, before = 0, place.out, place.tree()
    for free in sizes:
        with tmpfs(place.folder / "small", _size(out, free)) as small:
            place.out = small
            shutil.copytree(out / place.client, small / place.client)
            place.set("B")
            status, told = place.run()
            if status == 0:
                assert place.tree() == place.trees["B"]
            else:
                told_full += 1
                assert place.tree() == before, told
                assert "CX-E017" in told, told
                assert "MB free" in told, told
            gone(place)
        place.out = out
    assert told_full, "no disk was small enough"
    return f"{len(sizes)} sizes of tmpfs: {told_full} full with the last version intact and the space told, {len(sizes) - told_full} large enough"


def _size(out: Path, free: int) -> int:
    used = sum(-(-path.stat().st_size // 4096) * 4096 for path in out.joinpath("acme").rglob("*"))
    return used + 65536 + free


@contextmanager
def tmpfs(folder: Path, size: int) -> Iterator[Path]:
    """A small disk in memory (needs to be root)."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def double_starts(place: Place, n: int) -> str:
    """Two runs of a client at once: one winner, a clear message for the other."""
    place.set("A")
    for _ in range(n):
        pair = [place.start("run", f"clients/{place.client}", "--out", str(place.out), "--steps", "01", "--language", "en", "--all") for _ in "12"]
        told = [process.communicate()[0] for process in pair]
        statuses = sorted(process.returncode for process in pair)
        assert statuses == [0, 2], (statuses, told)
        assert "CX-E014" in "".join(told)
        gone(place)
    return f"{n} double starts: one winner each, the other told CX-E014"


def bad_clients(folder: Path, n: int) -> str:
    """A batch with three bad clients and one that hangs: the others are done."""
    place = Place(folder, "client-00")
    for i in range(1, n):
        place.call("new", f"client-{i:02d}", "--into", "clients")
    clients = folder / "clients"
    with (clients / "client-01" / "client.yaml").open("a", encoding="utf-8") as file:
        file.write("sources: [\n")
    survey = clients / "client-02" / "evidence" / "survey.csv"
    survey.write_bytes(survey.read_bytes().replace(b"id,date,", b"id,when,", 1))
    (clients / "client-03" / "evidence" / "interactions.csv").unlink()
    process = place.start("batch", "clients", "--out", "out", *STEPS, "--jobs", "2", "--timeout", "60", "--format", "json")
    stopped = False
    while process.poll() is None:
        for one in () if stopped else place.notebooks():
            with _alive():
                if one.cwd().endswith("stage/client-04"):
                    one.suspend()
                    stopped = True
        time.sleep(0.05)
    told = json.loads(process.communicate()[0])
    gone(place)
    causes = {one["client"]: one["cause"] for one in told["clients"] if not one["done"]}
    assert stopped
    assert process.returncode == 1
    assert set(causes) == {"client-01", "client-02", "client-03", "client-04"}, causes
    assert causes["client-04"].startswith("CX-E280"), causes
    assert all(cause.startswith("CX-E") for cause in causes.values()), causes
    assert told["done"] == n - 4
    return f"a batch of {n} clients, 3 bad, 1 hanging: {told['done']} done, 4 told with code, exit 1, in {told['seconds']:.0f} s"


@contextmanager
def _alive() -> Iterator[None]:
    try:
        yield
    except (psutil.NoSuchProcess, FileNotFoundError):
        return


def memory(place: Place, n: int) -> str:
    """Many runs in one worker: what the worker, its warm parent and its drawing process hold stays flat."""
    from cxkit.runner.request import RunRequest, chosen_steps
    from cxkit.runner.worker import Worker

    os.environ[MARK] = str(place.folder)
    worker = Worker("en")
    request = RunRequest(place.folder / "clients" / place.client, place.out, ("en",), chosen_steps("01"), only_changed=False, at_once=1)
    sizes = []
    for _ in range(n):
        assert worker.run(request, 600, lambda *event: None)["done"]
        family = [worker._process and psutil.Process(worker._process.pid)]
        family += family[0].children(recursive=True)
        sizes.append(sum(process.memory_info().rss for process in family if process.is_running()) / 1e6)
    worker.close()
    del os.environ[MARK]
    gone(place)
    early = min(9, n - 1)
    assert sizes[-1] < sizes[early] * 1.1, sizes
    return f"{n} runs in one worker: {sizes[early]:.0f} MB after run {early + 1}, {max(sizes[early:]):.0f} MB at most, {sizes[-1]:.0f} MB at the end"


def main() -> None:
    """Run the whole campaign."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="parts, joined by commas")
    parser.add_argument("--real", action="store_true", help="start every command and every warm parent anew")
    parser.add_argument("--scale", type=float, default=1, help="share of the repetitions")
    given = parser.parse_args()

    def times(n: int) -> int:
        return max(1, round(n * given.scale))

    signal.signal(signal.SIGINT, signal.default_int_handler)  # not ignored by what is started here, where this runs in the background
    print(f"seed {given.seed}", flush=True)
    draw = random.Random()
    with tempfile.TemporaryDirectory(prefix="campaign-") as folder:
        place = Place(_made(Path(folder) / "one"), warm=not given.real)
        place.reference()
        parts = {
            "group": lambda: group_kills(place, draw, times(50)), "kernel": lambda: kernel_kills(place, draw, times(30)),
            "double": lambda: double_starts(place, times(20)), "interrupt": lambda: interruptions(place, draw, times(10)),
            "full": lambda: full_disks(place, SIZES) if os.geteuid() == 0 else "not root",
            "memory": lambda: memory(place, times(200)),
            "clients": lambda: bad_clients(_made(Path(folder) / "many"), 20),
        }
        for name in [name for name in parts if not given.only or name in given.only.split(",")]:
            began = time.monotonic()
            draw.seed(f"{given.seed} {name}")
            print(f"{parts[name]()} [{time.monotonic() - began:.0f} s]", flush=True)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    main()
