"""What a run leaves outside the compared tree: failed notebooks, durations, memory and causes."""

import json
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cxkit.paths import HOUSE
from cxkit.runner.work import StepRun
from cxkit.study.files import canonical, write_whole

if TYPE_CHECKING:
    from cxkit.runner.request import RunRequest
    from cxkit.runner.run import RunReport


def keep_failed(folder: Path, stage: Path, failures: Sequence[StepRun]) -> None:
    """Keep the notebooks that failed, for reading; those of earlier runs go. On a full disk nothing is kept."""
    with suppress(OSError):
        shutil.rmtree(folder, ignore_errors=True)
        for run in failures:
            notebook = stage / run.language / "notebooks" / run.outcome.notebook
            if notebook.is_file():
                write_whole(folder / run.language / run.outcome.notebook, notebook.read_bytes())


def write_log(request: "RunRequest", report: "RunReport") -> None:
    """Durations, memory and causes of the last run of a client, and where its client folder stands.

    It holds codes, names of files and row numbers, never a value of the evidence.
    """
    with suppress(OSError):
        write_whole(log_path(request.out, report.client), canonical({"folder": str(request.client), **as_data(report)}))


def log_path(out: Path, client: str) -> Path:
    """The log of the last run of a client."""
    return out / HOUSE / "logs" / f"{client}.json"


def client_of(folder: Path) -> Path | None:
    """The client folder that the last run of an output folder read; None where its log is gone."""
    try:
        return Path(json.loads(log_path(folder.parent, folder.name).read_bytes())["folder"])
    except (OSError, ValueError, KeyError):
        return None


def as_data(report: "RunReport") -> dict[str, Any]:
    """A run as data: for logs, scripts and the table of a batch."""
    steps = [{"step": one.step, "language": one.language, "state": one.state, "why": list(one.why), "done": one.outcome.done,
              "cause": one.outcome.cause, "seconds": round(one.seconds, 2),
              **{name: round(value, 2) for name, value in sorted(one.outcome.usage.items())}} for one in report.steps]
    peaks = [step["peak_mb"] for step in steps if "peak_mb" in step]
    return {"client": report.client, "done": report.done, "languages": list(report.languages), "seconds": round(report.seconds, 2),
            "cause": next((step["cause"] for step in steps if step["cause"]), ""), "peak_mb": max(peaks, default=0.0), "steps": steps}
