"""The event engine against pm4py, retentioneering and DuckDB SQL written by hand, on a synthetic log.

``EVENTS=1e6,1e7`` chooses the sizes (10 million by default), ``PEERS=0`` leaves the other tools out, ``MEMORY=3GB`` bounds DuckDB. The tools have
an environment of their own, ``.venv-bench``, which ``make bench`` makes; without it they are left out. Interleave runs on a quiet machine.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = Path(os.environ.get("BENCH_TOOLS", ROOT / ".venv-bench" / "bin" / "python"))


def main() -> None:
    """Print seconds (wall, and processor in brackets) by part, peak memory and ratios."""
    with tempfile.TemporaryDirectory(prefix="cxkit-bench-") as folder:
        for events in (int(float(text)) for text in os.environ.get("EVENTS", "1e7").split(",")):
            path = Path(folder) / f"log-{events}.parquet"
            subprocess.run([sys.executable, "-m", "bench._events_log", str(path), str(events)], cwd=ROOT, check=True)
            _compare(path)
            path.unlink()


def _compare(path: Path) -> None:
    memory = os.environ.get("MEMORY", "3GB")
    runs = {"cxkit": _run([sys.executable, "-m", "bench._events_cxkit", str(path), memory]),
            "SQL by hand": _run([sys.executable, "-m", "bench._events_sql", str(path), memory])}
    if TOOLS.exists() and os.environ.get("PEERS", "1") != "0":
        runs["pm4py"] = _run([str(TOOLS), str(ROOT / "bench" / "_events_pm4py.py"), str(path)])
        runs["retentioneering"] = _run([str(TOOLS), str(ROOT / "bench" / "_events_retentioneering.py"), str(path)])
    ours = runs["cxkit"]
    print(f"\n{ours['facts']['events']:,} events, {ours['facts']['variants']:,} variants")
    for name, run in runs.items():
        parts = "  ".join(f"{part} {wall:.2f} ({cpu:.2f})" for part, (wall, cpu) in run["parts"].items())
        shared = set(run["parts"]) & set(ours["parts"])  # a tool is compared on what it can be asked
        ratio = " ".join(f"{label} {_total(run, shared, at) / _total(ours, shared, at):.2f}"
                         for label, at in (("wall", 0), ("processor", 1)))
        print(f"  {name:16s} {_total(run, shared, 0):7.2f} s  peak {run['peak']:.2f} GB  times cxkit on the same parts: {ratio}")
        print(f"    {parts}", flush=True)
        differing = sorted(key for key, value in run["facts"].items() if ours["facts"][key] != value)
        if differing:
            raise SystemExit(f"{name} and cxkit differ in {', '.join(differing)}")


def _run(command: list[str]) -> dict:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False,
                          env={**os.environ, "RETENTIONEERING_NO_TRACK": "1", "PYTHONPATH": str(ROOT)})
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return json.loads(done.stdout.strip().splitlines()[-1])


def _total(run: dict, parts: set[str], at: int) -> float:
    return sum(run["parts"][part][at] for part in parts)
