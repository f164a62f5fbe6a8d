"""XES, the exchange format of event logs, as a flat table."""

import gzip
from pathlib import Path
from typing import IO

import pandas as pd
from defusedxml.ElementTree import iterparse

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
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as stream:
            rows = _events(stream)
    except Exception as error:  # the parser raises its own classes for bombs, syntax and encodings
        raise CxError(fault("CX-E163", path.name)) from error
    if not rows:
        raise CxError(fault("CX-E163", path.name))
    return pd.DataFrame(rows)


def _events(stream: IO[bytes]) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for number, trace in enumerate(element for _, element in iterparse(stream) if _name(element) == "trace"):
        of_trace = {f"case:{key}": value for key, value in _attributes(trace)}
        of_trace.setdefault(CASE, str(number))
        rows.extend(of_trace | dict(_attributes(event)) for event in trace if _name(event) == "event")
        trace.clear()
    return rows


def _attributes(element) -> list[tuple[str, str]]:
    return [(child.get("key"), child.get("value")) for child in element if child.get("key") is not None and child.get("value") is not None]


def _name(element) -> str:
    return element.tag.rpartition("}")[2]
