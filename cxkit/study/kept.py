"""Evidence read once and kept beside the outputs: the pseudonymised tables, known by all that they were read from."""

import io
import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from filelock import FileLock

from cxkit.errors import CxError
from cxkit.evidence.tables import COLUMNS, Evidence, ReadingReport, SourceMark
from cxkit.paths import HOUSE
from cxkit.study.files import canonical, sha256, write_whole

_INDEX = "evidence.json"


class KeptEvidence:
    """The folder ``<out>/.cxkit/evidence/<client>``, outside what is delivered, hashed and compared.

    It holds one reading: Parquet tables and an index with the digest of what they were read from and the hash of each table. A
    reading of other inputs, or one that is damaged, counts as none.
    """

    def __init__(self, out: Path, client: str):
        house = next((place for place in (out, *out.parents) if place.name == HOUSE), out / HOUSE)
        self.folder = house / "evidence" / client
        self._locks, self._client = house / "locks", client

    def get(self, digest: str, read: Callable[[], Evidence]) -> Evidence:
        """The kept evidence of this digest, else what ``read`` gives, which is then kept; two notebooks do not read at once."""
        if (found := self._load(digest)) is not None:
            return found
        with self.locked("evidence"):
            found = self._load(digest)
            if found is None:
                found = read()
                self._keep(digest, found)
        return found

    def locked(self, what: str) -> FileLock:
        """A lock on something of this client that two notebooks must not write at once, to be used with ``with``."""
        self._locks.mkdir(parents=True, exist_ok=True)
        return FileLock(self._locks / f"{self._client}.{what}.lock")

    def hashes(self, digest: str) -> dict[str, str]:
        """The hash of each kept table, and of what is known of the sources as ``sources``; empty where this reading is not kept."""
        try:
            index: dict[str, Any] = json.loads((self.folder / digest / _INDEX).read_bytes())
            return {**index["tables"], "sources": sha256(canonical({key: value for key, value in index.items() if key != "tables"}))}
        except (OSError, ValueError, KeyError):
            return {}

    def reading(self, digest: str) -> list[dict[str, Any]]:
        """What became of the rows of each source, as data; empty where this reading is not kept."""
        try:
            return json.loads((self.folder / digest / _INDEX).read_bytes())["reading"]
        except (OSError, ValueError, KeyError):
            return []

    def _load(self, digest: str) -> Evidence | None:
        folder = self.folder / digest
        try:
            index: dict[str, Any] = json.loads((folder / _INDEX).read_bytes())
            tables = {name: _table(folder / f"{name}.parquet", index["tables"][name]) for name in COLUMNS}
            return Evidence(tables, tuple(SourceMark.model_validate(mark) for mark in index["sources"]),
                            tuple(ReadingReport.model_validate(report) for report in index["reading"]),
                            index["respondent_counts"], tuple(index["notes"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _keep(self, digest: str, evidence: Evidence) -> None:
        """Write the reading into a folder of its own, rename it into place, then sweep the older ones; a full disk keeps none."""
        self.folder.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".writing-", dir=self.folder))
        try:
            hashes = {}
            for name in COLUMNS:
                buffer = io.BytesIO()
                evidence[name].to_parquet(buffer, compression="zstd")
                hashes[name] = sha256(buffer.getvalue())
                write_whole(made / f"{name}.parquet", buffer.getvalue())
            write_whole(made / _INDEX, canonical({
                "tables": hashes, "sources": [mark.model_dump(mode="json") for mark in evidence.sources],
                "reading": [report.model_dump(mode="json") for report in evidence.reading],
                "respondent_counts": evidence.respondent_counts, "notes": evidence.notes}))
            shutil.rmtree(self.folder / digest, ignore_errors=True)
            made.rename(self.folder / digest)
        except (OSError, CxError):
            shutil.rmtree(made, ignore_errors=True)
        for other in self.folder.iterdir():
            if other.name != digest:
                shutil.rmtree(other, ignore_errors=True)


def _table(path: Path, expected: str) -> pd.DataFrame:
    """A kept table; a ValueError where its bytes are not those that were written."""
    content = path.read_bytes()
    if sha256(content) != expected:
        raise ValueError(path.name)
    return pd.read_parquet(io.BytesIO(content))
