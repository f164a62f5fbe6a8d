"""A batch of small clients, ten real notebooks each: a plain papermill loop, `cxkit batch`, and the same cells in one warm process.

Clients are those that `cxkit new` writes (160 respondents, 793 events); each way also writes the report and the deck of the study. Processor
seconds are those of all processes together; on a machine that does other work they say more than the clock.
``CXKIT_BENCH_CLIENTS`` sets the number of clients (20), ``CXKIT_BENCH_STEPS`` the steps (all), as ``cxkit run --steps`` takes them.
``CXKIT_BENCH_LOOP`` lets the loop, which takes an hour, run fewer of the clients; its time is then scaled to all, and said so.
"""

import ast
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
from altair.utils.schemapi import disable_debug_mode

from cxkit.paths import notebook
from cxkit.runner.batch import run_batch
from cxkit.runner.execute import fixed_environment
from cxkit.runner.request import RunRequest, chosen_steps
from cxkit.study import open_study

ROOT = Path(__file__).resolve().parents[1]
LANGUAGE = "en"
STEPS = chosen_steps(os.environ.get("CXKIT_BENCH_STEPS", ""))


def main() -> None:
    """Run the three ways, one after the other, and print seconds, overhead and ratios."""
    number = int(os.environ.get("CXKIT_BENCH_CLIENTS", "20"))
    looped = min(number, int(os.environ.get("CXKIT_BENCH_LOOP", str(number))))
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    with tempfile.TemporaryDirectory() as folder, fixed_environment():
        place = Path(folder)
        clients = [_new(place, f"client-{i:02d}") for i in range(number)]
        print(f"{number} clients x {len(STEPS)} notebooks", flush=True)
        ways: dict[str, Callable[[], object]] = {
            "one warm process": lambda: _alone("warm", clients, place / "warm"),
            "cxkit batch, 1 worker": lambda: _batch(clients, place / "one", 1),
            "cxkit batch, 2 workers": lambda: _batch(clients, place / "two", 2),
            f"papermill loop, {looped} clients": lambda: _alone("loop", clients[:looped], place / "loop"),
        }
        measured = [_measured(name, way) for name, way in ways.items()]
    own, one, two, loop = measured
    loop = loop[0] * number / looped, loop[1] * number / looped
    for unit, i in (("processor", 0), ("clock", 1)):
        for workers, batch in (("1 worker", one), ("2 workers", two)):
            spent, saved = batch[i] - own[i], loop[i] - own[i]
            times = f"{saved / spent:.1f} times less" if spent > 0 else "none"
            print(f"{unit}, {workers}: overhead of the loop {saved:.1f} s, of the batch {spent:.1f} s ({times}); "
                  f"batch / warm process {batch[i] / own[i]:.2f}")


def _new(place: Path, client: str) -> Path:
    subprocess.run([sys.executable, "-c", "from cxkit.cli import main; main()", "new", client, "--into", str(place / "clients")], check=True,
                   cwd=place, stdout=subprocess.DEVNULL)
    return place / "clients" / client


def _measured(name: str, way: Callable[[], object]) -> tuple[float, float]:
    began, used = time.perf_counter(), _used()
    way()
    found = _used() - used, time.perf_counter() - began
    print(f"{name}: {found[0]:.1f} s of processors, {found[1]:.1f} s by the clock", flush=True)
    return found


def _used() -> float:
    return sum(part.ru_utime + part.ru_stime for part in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)))


def _batch(clients: list[Path], out: Path, jobs: int) -> None:
    results = run_batch([RunRequest(client, out, (LANGUAGE,), STEPS, at_once=1) for client in clients], jobs=jobs, limit=7200)
    assert all(result["done"] for result in results), results


def publish_study(client: str, out: Path) -> None:
    """The report and the deck of the study."""
    open_study(client, str(out), LANGUAGE).publish_study()


def _alone(way: str, clients: list[Path], out: Path) -> None:
    subprocess.run([sys.executable, "-m", "bench.batch", way, str(out), *map(str, clients)], check=True, cwd=ROOT)


def loop(client: str, out: Path, name: str) -> None:
    """What a script with papermill does."""
    import papermill

    target = out / "notebooks" / Path(client).name / name
    target.parent.mkdir(parents=True, exist_ok=True)
    papermill.execute_notebook(notebook(name), target, {"client": client, "out": str(out), "language": LANGUAGE}, kernel_name="python3",
                               progress_bar=False)


def warm(client: str, out: Path, name: str) -> None:
    """The same cells, here: the last expression of each is shown as a notebook would show it."""
    space: dict[str, object] = {}
    for cell in nbformat.read(notebook(name), as_version=4).cells:
        if cell.cell_type != "code":
            continue
        tree = ast.parse(cell.source)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, name, "exec"), space)
        if "parameters" in cell.metadata.get("tags", ()):
            space.update(client=client, out=str(out), language=LANGUAGE)
        if last is not None:
            shown = eval(compile(ast.Expression(last.value), name, "eval"), space)
            show = getattr(shown, "_repr_mimebundle_", None)
            show() if show else repr(shown)


if __name__ == "__main__":
    disable_debug_mode()  # as runs do: Altair's check of a chart takes longer than drawing it
    for one in sys.argv[3:]:
        for step in STEPS:
            {"loop": loop, "warm": warm}[sys.argv[1]](one, Path(sys.argv[2]), step.notebook)
        publish_study(one, Path(sys.argv[2]))
