"""What the notebooks of one language note beside the results: the deliverables of each step, and what it was seen to read."""

import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path

from cxkit.study.files import canonical, write_whole

WHOLE = "study"
"""Under which the deliverables of the whole study stand beside those of the steps."""


class Noted:
    """Names by step, one file a kind: ``<folder>/<kind>.<language>.json``.

    Parameters
    ----------
    locked : gives the lock under which a note is written, since another notebook may write one at the same time.
    """

    def __init__(self, folder: Path, language: str, locked: Callable[[], AbstractContextManager[object]]):
        self._folder, self._language, self._locked = folder, language, locked

    def all(self, kind: str) -> dict[str, list[str]]:
        """Step id → the names that were noted of it."""
        path = self._path(kind)
        return json.loads(path.read_bytes()) if path.is_file() else {}

    def note(self, kind: str, step: str, names: Iterable[str]) -> None:
        """Note the names of a step in the place of those it had."""
        with self._locked():
            write_whole(self._path(kind), canonical({**self.all(kind), step: list(names)}))

    def _path(self, kind: str) -> Path:
        return self._folder / f"{kind}.{self._language}.json"
