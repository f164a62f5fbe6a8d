"""Seconds per deliverable of the demonstration client in one language, grown to eight personas and nine maps; what a full pack takes on two cores."""

import importlib
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from cxkit import method
from cxkit.evidence.read import read_evidence
from cxkit.model.folder import ClientFolder, read_folder
from cxkit.paths import resources
from cxkit.runner.index import write_index
from cxkit.sheets.context import SheetContext
from cxkit.sheets.study_chapters import Provenance
from cxkit.sheets.study_deck import publish_deck
from cxkit.sheets.study_report import publish_study
from cxkit.steps.base import Given
from cxkit.study.study import WHOLE
from cxkit.words import Words

CLIENT = "data/maison-verdier"
PERSONAS = 8
"""With the global map, nine maps of the journey lived."""
LONGEST = ("journey", WHOLE, "personas", "target", "voice")
"""Begun first, so that no core waits for the other."""
_study: tuple[Any, ...] = ()


def main() -> None:
    """Compute the study once, then publish each step alone, and all steps on two processes."""
    global _study
    folder = read_folder(resources() / CLIENT)
    evidence, results = read_evidence(folder), {}
    for step in method.steps():
        _compute(step.id, Given(folder, evidence, results), results)
    _study = (folder, evidence, _grown(results))
    tasks = sorted((*results, WHOLE), key=lambda task: LONGEST.index(task) if task in LONGEST else len(LONGEST))
    with tempfile.TemporaryDirectory() as made:
        published, total = {}, 0.0
        for task in tasks:
            seconds, work, published[task] = _alone(task, made)
            total += work
            print(f"{task:12} {len(published[task]):3} files  {seconds:6.1f} s  {work:6.1f} s of processor  "
                  f"{work / max(len(published[task]), 1):5.2f} a file", flush=True)
        seconds = _index(folder, published, made)
        print(f"{'index':12}   1 file   {seconds:6.1f} s")
        start = time.perf_counter()
        with ProcessPoolExecutor(2, mp_context=get_context("forkserver"), initializer=_begin, initargs=(_study,)) as pool:
            done = dict(zip(tasks, pool.map(_publish, tasks, [made] * len(tasks)), strict=True))
        _index(folder, done, made)
        print(f"full pack: {sum(map(len, done.values())) + 1} files, {total + seconds:.1f} s of processor, "
              f"{time.perf_counter() - start:.1f} s on two processes")


def _compute(step: str, given: Given, results: dict[str, Any]) -> None:
    needs = method.step(step).needs
    for name in needs:
        if name not in results:
            _compute(name, given, results)
    if step not in results:
        module = importlib.import_module(f"cxkit.steps.{step}")
        results[step] = module.compute(Given(given.folder, given.evidence, {name: results[name] for name in needs}), module.Parameters())


def _grown(results: Mapping[str, Any]) -> dict[str, Any]:
    """The same results with as many personas as the pack is measured for: some twice, under another name."""
    personas, journey = results["personas"], results["journey"]
    own = {view.persona.id: view for view in journey.maps if view.persona}
    twins = [(f"twin-{at}", personas.personas[at]) for at in range(PERSONAS - len(personas.personas))]
    views = [own[one.id].model_copy(update={"persona": own[one.id].persona.model_copy(update={"id": id_})}) for id_, one in twins if one.id in own]
    grown = (*personas.personas, *(one.model_copy(update={"id": id_}) for id_, one in twins))
    return {**results, "personas": personas.model_copy(update={"personas": grown}),
            "journey": journey.model_copy(update={"maps": (*journey.maps, *views)})}


def _begin(study: tuple[Any, ...]) -> None:
    global _study
    _study = study


def _context(folder: ClientFolder, evidence: Any, out: str) -> SheetContext:
    return SheetContext(folder, evidence, Words("fr"), Path(out) / "fr")


def _alone(task: str, out: str) -> tuple[float, float, list[str]]:
    """Seconds on the clock, seconds of processor (what a loaded machine does not change as much), files."""
    start, work = time.perf_counter(), time.process_time()
    names = _publish(task, out)
    return time.perf_counter() - start, time.process_time() - work, names


def _publish(task: str, out: str) -> list[str]:
    folder, evidence, results = _study
    context = _context(folder, evidence, out)
    if task == WHOLE:
        paths = (*publish_study(results, context, Provenance()), *publish_deck(results, context))
    else:
        paths = importlib.import_module(f"cxkit.sheets.{task}").publish(results, context)
    return [path.relative_to(context.out).as_posix() for path in paths]


def _index(folder: ClientFolder, published: Mapping[str, list[str]], out: str) -> float:
    start = time.perf_counter()
    write_index(Path(out) / "fr", folder, Words("fr"), published, ["fr"])
    return time.perf_counter() - start
