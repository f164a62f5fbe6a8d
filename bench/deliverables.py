"""Seconds per deliverable of the demonstration client in one language: maps, personas, reports, tables; what a full pack takes on two cores."""

import importlib
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from cxkit import method
from cxkit.evidence.read import read_evidence
from cxkit.model.folder import read_folder
from cxkit.paths import resources
from cxkit.sheets.context import SheetContext
from cxkit.steps.base import Given
from cxkit.words import Words

CLIENT = "data/maison-verdier"
_study: tuple[Any, ...] = ()


def main() -> None:
    """Compute the study once, then publish each step alone and all steps on two processes."""
    global _study
    folder = read_folder(resources() / CLIENT)
    evidence, results = read_evidence(folder), {}
    for step in method.steps():
        module = importlib.import_module(f"cxkit.steps.{step.id}")
        results[step.id] = module.compute(Given(folder, evidence, {name: results[name] for name in step.needs}), module.Parameters())
    _study = (folder, evidence, results)
    with tempfile.TemporaryDirectory() as made:
        total = 0.0
        for step in results:
            seconds, count = _publish(step, made)
            total += seconds
            print(f"{step:12} {count:3} files  {seconds:6.1f} s  {seconds / max(count, 1):5.2f} s a file")
        start = time.perf_counter()
        # the longest first, so that no core waits for the other
        with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
            done = list(pool.map(_publish, sorted(results, key=lambda step: step not in ("journey", "personas")), [made] * len(results)))
        print(f"full pack: {sum(count for _, count in done)} files, {total:.1f} s one after the other, "
              f"{time.perf_counter() - start:.1f} s on two processes")


def _publish(step: str, out: str) -> tuple[float, int]:
    folder, evidence, results = _study
    start = time.perf_counter()
    paths = importlib.import_module(f"cxkit.sheets.{step}").publish(results, SheetContext(folder, evidence, Words("fr"), Path(out) / "fr"))
    return time.perf_counter() - start, len(paths)
