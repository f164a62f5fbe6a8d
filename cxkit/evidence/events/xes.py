"""XES, the exchange format of event logs, as a flat table."""

import gzip
from pathlib import Path
from typing import Any
from xml.parsers import expat

import pandas as pd

from cxkit.errors import CxError, fault

CASE, ACTIVITY, TIME = "case:concept:name", "concept:name", "time:timestamp"


def read_xes(path: Path) -> pd.DataFrame:
    """One row an event: its attributes, those of its trace under ``case:``; all as text, in the order of the file.

    Raises
    ------
    CxError
        CX-E100 where the file is missing, CX-E163 where the file is no XES.
    """
    if not path.exists():
        raise CxError(fault("CX-E100", path.name))
    reader = _Reader()
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as stream:
            reader.parse(stream)
    except (expat.ExpatError, OSError, EOFError, ValueError) as error:
        raise CxError(fault("CX-E163", path.name)) from error
    if not reader.rows:
        raise CxError(fault("CX-E163", path.name))
    return pd.DataFrame(reader.rows)


class _Reader:
    """A reader that keeps no tree: attributes directly under a trace or an event are taken, nested ones are not.

    Document types are refused: a log needs none, and entities that grow are declared there.
    """

    def __init__(self) -> None:
        self.rows: list[dict[str, str]] = []
        self._traces = 0
        self._path: list[str] = []
        self._of_trace: dict[str, str] = {}
        self._events: list[dict[str, str]] = []

    def parse(self, stream: Any) -> None:
        parser = expat.ParserCreate(namespace_separator="}")
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.StartDoctypeDeclHandler = self._refuse
        parser.ParseFile(stream)

    def _refuse(self, *_: Any) -> None:
        raise ValueError("document type")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        place = self._path[-1] if self._path else ""
        self._path.append(name)
        if name == "trace":
            self._of_trace, self._events = {}, []
        elif name == "event" and place == "trace":
            self._events.append({})
        elif "key" in attributes and "value" in attributes:
            if place == "trace":
                self._of_trace[f"case:{attributes['key']}"] = attributes["value"]
            elif place == "event" and self._events:
                self._events[-1][attributes["key"]] = attributes["value"]

    def _end(self, tag: str) -> None:
        if self._path.pop() == "trace":
            self._of_trace.setdefault(CASE, str(self._traces))
            self._traces += 1
            # attributes of a trace may stand behind its events
            self.rows.extend(self._of_trace | event for event in self._events)
