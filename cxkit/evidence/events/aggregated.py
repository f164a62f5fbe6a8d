"""Aggregated paths: one row a path with how many episodes converted and how many did not."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from cxkit import method
from cxkit.errors import CxError, fault
from cxkit.evidence.events.usual import plain


@dataclass(frozen=True)
class AggregatedPath:
    """A path with its counts of episodes."""

    path: tuple[str, ...]
    conversions: int
    nulls: int


def is_aggregated(columns: list[str]) -> bool:
    """True where the columns are paths and conversions under usual names, as ``path, conversions, nulls`` or ``path, total_conversions``."""
    return _column(columns, "path") is not None and _column(columns, "conversions") is not None


def read_aggregated(path: Path, table: pd.DataFrame) -> tuple[AggregatedPath, ...]:
    """Rows of aggregated paths; equal paths are added up.

    The separator of the touchpoints is the first of ``>``, ``|``, ``;``, ``,`` and the like that the table holds. Without a column of the
    paths that did not convert there are none, unless every count is 0 or 1 and some are 0: a row is one episode then.

    Raises
    ------
    CxError
        CX-E164 with the first line whose counts are no whole numbers from 0 or whose path is empty.
    """
    columns = list(table.columns)
    conversions = pd.to_numeric(table[_column(columns, "conversions")], errors="coerce")
    if (name := _column(columns, "nulls")) is not None:
        nulls = pd.to_numeric(table[name], errors="coerce")
    else:
        nulls = 1 - conversions if conversions.isin([0, 1]).all() and (conversions == 0).any() else conversions * 0
    numbers = pd.DataFrame({"conversions": conversions, "nulls": nulls})
    paths = _split(table[_column(columns, "path")])
    wrong = (numbers.isna() | (numbers < 0) | (numbers % 1 != 0)).any(axis=1) | pd.Series([not path for path in paths], index=table.index)
    if wrong.any():
        raise CxError(fault("CX-E164", f"{path.name}:{int(wrong.to_numpy().argmax()) + 2}"))
    total: dict[tuple[str, ...], list[int]] = {}
    for places, (converted, lost) in zip(paths, numbers.itertuples(index=False), strict=True):
        counts = total.setdefault(places, [0, 0])
        counts[0] += int(converted)
        counts[1] += int(lost)
    return tuple(AggregatedPath(places, *counts) for places, counts in total.items())


def _column(columns: list[str], field: str) -> str | None:
    """The first column with a usual name of the field."""
    known = method.data("columns")[field]
    return next((column for column in columns if plain(column) in known), None)


def _split(cells: pd.Series) -> list[tuple[str, ...]]:
    """The touchpoints of each path; a list is one already."""
    if len(cells) and all(not isinstance(cell, str) and hasattr(cell, "__len__") for cell in cells):
        return [tuple(str(place) for place in cell) for cell in cells]
    texts = ["" if pd.isna(cell) else str(cell).strip() for cell in cells]
    separator = next((mark for mark in method.data("columns")["separators"] if any(mark in text for text in texts)), None)
    return [tuple(part.strip() for part in (text.split(separator) if separator else [text]) if part.strip()) for text in texts]
