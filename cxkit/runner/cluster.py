"""The same batch on a running Dask cluster: every worker sees the client folders and the output folder under the same paths."""

import threading
from collections.abc import Sequence
from functools import cache
from typing import Any

from cxkit.errors import CxError, fault
from cxkit.runner.batch import Done
from cxkit.runner.request import RunRequest
from cxkit.runner.worker import Worker, refused

_DEATHS = 2
_one_at_a_time = threading.Lock()


def run_on_cluster(address: str, requests: Sequence[RunRequest], *, limit: float, language: str = "en",
                   done: Done = lambda result: None) -> list[dict[str, Any]]:
    """Run every request on the workers of a scheduler.

    A client whose worker dies is run again on another one, where it takes up what was done: locks are given back when a
    process ends, and finished steps are recorded in the stage on the shared storage.

    Parameters
    ----------
    address : of the scheduler, for instance ``tcp://scheduler:8786``.
    limit : seconds that one client may take.

    Raises
    ------
    CxError : CX-E018 where Dask is not installed, CX-E284 where the scheduler does not answer.
    """
    try:
        from distributed import Client, KilledWorker, as_completed
    except ImportError:
        raise CxError(fault("CX-E018", name="cxkit[cluster]")) from None
    try:
        cluster = Client(address, timeout=10, set_as_default=False)
    except (OSError, ValueError):
        raise CxError(fault("CX-E284", name=address)) from None
    with cluster:
        futures = {cluster.submit(run_one, request, limit, language, pure=False, retries=_DEATHS): number for number, request in enumerate(requests)}
        results: dict[int, dict[str, Any]] = {}
        for future in as_completed(futures, loop=cluster.loop):
            number = futures[future]
            try:
                results[number] = future.result()
            except KilledWorker:
                results[number] = refused(requests[number], fault("CX-E283", requests[number].client.name).text(language))
            except Exception as error:
                results[number] = refused(requests[number], type(error).__name__)
            done(results[number])
    return [results[number] for number in range(len(requests))]


def run_one(request: RunRequest, limit: float, language: str) -> dict[str, Any]:
    """What a worker of the cluster does: one client at a time, in a process beside that serves its next clients too."""
    with _one_at_a_time:
        return _worker(language).run(request, limit, lambda client, event, language, step: None)


@cache
def _worker(language: str) -> Worker:
    return Worker(language)
