"""The prepared log kept as Parquet beside the results, by the hash of what it was prepared from."""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from cxkit.evidence.events.log import LogOptions, PreparedLog, open_stored
from cxkit.evidence.events.prepare import prepare

FORM = 2  # raised when the tables of a prepared log change


def stored_log(table: pd.DataFrame, options: LogOptions, folder: Path) -> PreparedLog:
    """The prepared log of the evidence table ``interactions``: read where it stands in ``folder``, else prepared and written whole.

    Personas are joined on opening, so that one file serves the steps before and after them. Older logs of the folder are removed.
    """
    bare = replace(options, personas={})
    kept = folder / f"log-{_key(table, bare)}"
    if not kept.is_dir():
        _write(prepare(table, bare), kept)
    facts = json.loads((kept / "facts.json").read_text(encoding="utf-8"))
    log = open_stored(kept, options)
    return replace(log, left_out=facts["left_out"])


def _key(table: pd.DataFrame, options: LogOptions) -> str:
    """Hash of the rows, the options and the versions that write the file."""
    found = hashlib.sha256(repr((FORM, version("duckdb"), options, list(table.columns))).encode())
    found.update(pd.util.hash_pandas_object(table, index=False).to_numpy().tobytes())
    return found.hexdigest()[:16]


def _write(log: PreparedLog, target: Path) -> None:
    """Write beside the target, then rename: a reader finds the whole log or none. Another process may have been faster."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".log-", dir=target.parent))
    try:
        log.store(beside)
        (beside / "facts.json").write_text(json.dumps({"left_out": log.left_out}) + "\n", encoding="utf-8")
        beside.chmod(0o755)
        with contextlib.suppress(OSError):
            os.replace(beside, target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        log.connection.close()
    for other in target.parent.glob("log-*"):
        if other != target:
            shutil.rmtree(other, ignore_errors=True)
