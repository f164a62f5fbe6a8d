"""Aggregated paths: one row a path with how many episodes converted and how many did not."""

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from cxkit.errors import CxError, fault

CONVERSIONS, NULLS = ("conversions", "total_conversions"), ("nulls", "total_null", "total_nulls")
_ARROW = re.compile(r"\s*>\s*")


@dataclass(frozen=True)
class AggregatedPath:
    """A path with its counts of episodes."""

    path: tuple[str, ...]
    conversions: int
    nulls: int


def is_aggregated(columns: list[str]) -> bool:
    """True where the columns are ``path, conversions, nulls`` (or ``total_conversions, total_null``), in whatever case."""
    named = {_plain(name) for name in columns}
    return "path" in named and any(name in named for name in CONVERSIONS)


def _plain(name: str) -> str:
    return name.strip().lower()


def read_aggregated(path: Path, table: pd.DataFrame) -> tuple[AggregatedPath, ...]:
    """Rows of aggregated paths; touchpoints of a path are separated by ``>``; equal paths are added up.

    Raises
    ------
    CxError
        CX-E164 with the first line whose counts are no whole numbers from 0 or whose path is empty.
    """
    table = table.rename(columns=_plain)
    conversions = next(name for name in CONVERSIONS if name in table.columns)
    nulls = next((name for name in NULLS if name in table.columns), None)
    numbers = pd.DataFrame({"conversions": pd.to_numeric(table[conversions], errors="coerce"),
                            "nulls": pd.to_numeric(table[nulls], errors="coerce") if nulls else 0})
    paths = [tuple(part for part in _ARROW.split(str(text).strip()) if part) for text in table["path"].fillna("")]
    wrong = (numbers.isna() | (numbers < 0) | (numbers % 1 != 0)).any(axis=1) | pd.Series([not path for path in paths], index=table.index)
    if wrong.any():
        raise CxError(fault("CX-E164", f"{path.name}:{int(wrong.to_numpy().argmax()) + 2}"))
    total: dict[tuple[str, ...], list[int]] = {}
    for places, (converted, lost) in zip(paths, numbers.itertuples(index=False), strict=True):
        counts = total.setdefault(places, [0, 0])
        counts[0] += int(converted)
        counts[1] += int(lost)
    return tuple(AggregatedPath(places, *counts) for places, counts in total.items())
