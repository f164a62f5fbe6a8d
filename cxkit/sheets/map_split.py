"""How a map too large for a page is cut: stages into runs, lanes into groups, on the fewest pages."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import ceil
from typing import Any


@dataclass(frozen=True)
class Split:
    """Runs of stages, and the lanes that begin a further group of lanes; the same groups on each run."""

    parts: int
    breaks: tuple[int, ...] = ()

    @property
    def pages(self) -> int:
        """Pages of the map, the notes apart."""
        return self.parts * (len(self.breaks) + 1)


def splits(count: int, paper: Any, measured: Callable[[int], tuple[float, float, list[float]]]) -> Iterator[Split]:
    """Cuts of a map of ``count`` stages to be tried: none at all, then those that should hold, the fewest pages first, whole columns before cut ones.

    Parameters
    ----------
    paper : most ``stages`` beside each other, height of its ``body`` in points.
    measured : runs of stages to heights in points at the smallest print: of what the first page and a further one hold besides lanes, of each lane.
    """
    least = ceil(count / paper.stages)
    yield Split(least)
    found: list[Split] = []
    fewest = 1
    for parts in range(least, count + 1):
        if found and parts * fewest >= min(split.pages for split in found):
            break
        if parts == least + 2:
            # columns are never wider than with one stage a page: no cut has fewer groups than that one
            fewest = max(1, len(_groups(measured(count), paper)))
        if groups := _groups(measured(parts), paper):
            found.append(Split(parts, groups[1:]))
    yield from sorted(found, key=lambda split: (split.pages, len(split.breaks)))
    yield Split(count, tuple(range(1, len(measured(count)[2]))))


def _groups(measured: tuple[float, float, list[float]], paper: Any) -> tuple[int, ...]:
    first, further, heights = measured
    return lane_groups(heights, paper.body - first, paper.body - further)


def lane_groups(heights: Sequence[float], first: float, further: float) -> tuple[int, ...]:
    """Where each group of lanes begins: the fewest groups that hold, as equal as can be; empty where a lane holds nowhere.

    Parameters
    ----------
    heights : of the lanes.
    first, further : room for the first group and for each other one, in the same unit.
    """
    for groups in range(1, len(heights) + 1):
        tried = [(0, *breaks) for breaks in combinations(range(1, len(heights)), groups - 1)]
        best = min(tried, key=lambda starts: _fullest(heights, starts, first, further))
        if _fullest(heights, best, first, further) <= 1:
            return best
    return ()


def _fullest(heights: Sequence[float], starts: tuple[int, ...], first: float, further: float) -> float:
    """How full the fullest page is, as a share of its room."""
    ends = pairwise((*starts, len(heights)))
    return max(sum(heights[top:bottom]) / max(further if top else first, 1) for top, bottom in ends)
