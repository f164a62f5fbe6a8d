"""What a notebook reads: the client's records and the evidence tables note their use while it runs.

A step declares its inputs in templates/method/steps.yaml. What it reads beyond them is recorded too, so that a run
never takes a step for unchanged because a declaration was forgotten.
"""

from typing import Any

import pandas as pd

from cxkit.evidence.tables import Evidence
from cxkit.model.folder import ClientFolder, DatedMap

RECORDS = frozenset({"personas", "touchpoints", "maps", "improvements", "quality", "diagnostic"})
"""Parts of a client folder that stand in files of their own, beside client.yaml."""


class WatchedFolder(ClientFolder):
    """A client folder that notes which of its records are used, in ``used``."""

    used: set[str]

    def __getattribute__(self, name: str) -> Any:
        if name in RECORDS:
            object.__getattribute__(self, "used").add(name)
        return object.__getattribute__(self, name)

    def only(self, *maps: DatedMap) -> ClientFolder:
        """The same folder with these maps alone, still watched."""
        made = watched_folder(self, self.used)
        made.__dict__["maps"] = maps
        return made


class WatchedEvidence(Evidence):
    """Evidence that notes which of its tables are used, in ``used``."""

    used: set[str]

    def __getitem__(self, table: str) -> pd.DataFrame:
        self.used.add(table)
        return super().__getitem__(table)

    def has(self, table: str) -> bool:
        """True where the table has rows."""
        return len(self[table]) > 0


def watched_folder(folder: ClientFolder, used: set[str]) -> WatchedFolder:
    """The same records; what is used of them is added to ``used``."""
    return _watched(WatchedFolder, folder, used)


def watched_evidence(evidence: Evidence, used: set[str]) -> WatchedEvidence:
    """The same tables; what is used of them is added to ``used``."""
    return _watched(WatchedEvidence, evidence, used)


def _watched(kind: type[Any], record: Any, used: set[str]) -> Any:
    made = object.__new__(kind)
    made.__dict__.update(vars(record), used=used)
    return made
