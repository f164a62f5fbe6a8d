"""Many clients: parallel workers, each in a process of its own, a time limit for each client."""

import queue
import threading
from collections.abc import Callable, Sequence
from typing import Any

from cxkit.runner.request import RunRequest
from cxkit.runner.worker import Tell, Worker

Done = Callable[[dict[str, Any]], None]
"""Called with what became of a client, when it has ended."""


def run_batch(requests: Sequence[RunRequest], *, jobs: int, limit: float, language: str = "en",
              tell: Tell = lambda client, event, language, step: None, done: Done = lambda result: None) -> list[dict[str, Any]]:
    """Run every request; one that fails, hangs or kills its process stops no other.

    Parameters
    ----------
    jobs : workers at the same time.
    limit : seconds that one client may take.
    language : of the causes.

    Returns
    -------
    what became of each client, in the order of the requests: the form of `cxkit.runner.journal.as_data`.
    """
    waiting: queue.SimpleQueue[tuple[int, RunRequest]] = queue.SimpleQueue()
    for numbered in enumerate(requests):
        waiting.put(numbered)
    results: dict[int, dict[str, Any]] = {}
    workers = [Worker(language) for _ in range(max(1, min(jobs, len(requests))))]
    threads = [threading.Thread(target=_work, args=(worker, waiting, results, limit, tell, done), daemon=True) for worker in workers]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            while thread.is_alive():
                thread.join(0.2)  # a join without limit would hold back Ctrl-C
    except BaseException:
        while not waiting.empty():
            waiting.get()
        for worker in workers:
            worker.kill()
        raise
    return [results[number] for number in range(len(requests))]


def _work(worker: Worker, waiting: "queue.SimpleQueue[tuple[int, RunRequest]]", results: dict[int, dict[str, Any]], limit: float, tell: Tell,
          done: Done) -> None:
    try:
        while True:
            number, request = waiting.get_nowait()
            results[number] = worker.run(request, limit, tell)
            done(results[number])
    except queue.Empty:
        worker.close()


def steps_summary(results: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """For each step: how often it ran, was kept and failed; mean seconds and largest memory of those that ran."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for result in results:
        for step in result["steps"]:
            rows.setdefault(step["step"], []).append(step)
    return [_summary(step, found) for step, found in rows.items()]


def _summary(step: str, found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    states = [one["state"] for one in found]
    seconds = [one["seconds"] for one in found if one["state"] != "kept"]
    return {"step": step, **{state: states.count(state) for state in ("run", "kept", "failed")},
            "seconds": round(sum(seconds) / len(seconds), 2) if seconds else 0.0, "longest": max(seconds, default=0.0),
            "peak_mb": max((one.get("peak_mb", 0.0) for one in found), default=0.0)}
