"""What the evidence says, computed once for a review whatever the number of maps."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, partial

import pandas as pd

from cxkit import method
from cxkit.evidence.events.compare import PathDifference, path_differences
from cxkit.evidence.events.exits import exits
from cxkit.evidence.events.transitions import handovers
from cxkit.evidence.events.variants import variants
from cxkit.model.positions import Positions
from cxkit.steps.base import Given, Mark
from cxkit.steps.journey_fill import Filling
from cxkit.steps.lived import Lived, lived
from cxkit.steps.reactions import reactions
from cxkit.steps.rules.since import Since

SEEN_IN = ("interactions", "scores", "verbatims", "complaints")


@dataclass(frozen=True)
class PersonaBase:
    """A customer type and how many people of the evidence belong to it."""

    id: str
    name: str
    kind: str
    n: int
    declared: bool


@dataclass(frozen=True)
class Measured:
    """The evidence of a review: lived paths, reactions, personas, and where touchpoints are seen.

    Nothing here depends on what a map draws: each statistic is computed the first time that a rule asks for it, and kept for
    the further maps reviewed with the same object.
    """

    given: Given

    @cached_property
    def lived(self) -> Lived | None:
        """The prepared log; None without interactions."""
        return lived(self.given)

    @cached_property
    def exits(self) -> pd.DataFrame | None:
        """Exits against expectation by touchpoint; None where the log holds no outcome."""
        return exits(self.lived.log) if self.lived and self.lived.outcomes else None

    @cached_property
    def handovers(self) -> pd.DataFrame:
        """Moves that change owner."""
        return handovers(self.lived.log)

    @cached_property
    def paths(self) -> list[tuple[tuple[str, ...], int]]:
        """Distinct paths, immediate repeats merged, with their number of episodes."""
        table = variants(self.lived.log, merge_repeats=True)
        return list(zip(table["path"], table["n"].astype(int), strict=True))

    @cached_property
    def path_differences(self) -> tuple[PathDifference, ...]:
        """Every pair of personas, on the draws that the review's correction needs."""
        if self.lived is None or len(self.lived.log.personas()) < 2:
            return ()
        settings = method.data("paths")["difference"]
        return path_differences(self.lived.log, seed=settings["seed"], most=settings["most"], draws=method.data("rules")["draws"])

    @cached_property
    def reactions(self) -> pd.DataFrame:
        """Customers' reactions with the persona of their respondent."""
        rows = reactions(self.given.evidence["scores"], self.given.evidence["verbatims"])
        rows["persona"] = self._personas(rows, "respondent")
        return rows

    @cached_property
    def filling(self) -> Callable[[str | None], Filling]:
        """Persona, or None for everybody → the reactions that fill their map."""
        return cache(self._filling)

    @cached_property
    def since(self) -> Callable[[dt.date], Since]:
        """Day → the evidence up to it and after it."""
        return cache(partial(Since, self.given.evidence))

    @cached_property
    def seen(self) -> dict[str, dict[str, int]]:
        """Touchpoint → evidence table → rows."""
        found: dict[str, dict[str, int]] = {}
        for name in SEEN_IN:
            for touchpoint, n in self.given.evidence[name]["touchpoint"].value_counts(sort=False).items():
                found.setdefault(str(touchpoint), {})[name] = int(n)
        return found

    @cached_property
    def mark(self) -> Callable[[str], Mark | None]:
        """Touchpoint → the evidence in which it is seen."""
        return cache(self._mark)

    @cached_property
    def personas(self) -> tuple[PersonaBase, ...]:
        """The customer types of the study, anti-personas apart: those of step 03, else the declared ones."""
        result = self.given.upstream.get("personas")
        if result is not None:
            return tuple(PersonaBase(p.id, p.name, p.kind, p.n, p.origin == "declared") for p in result.personas if not p.anti)
        known = dict(self.given.assignments)
        for table, person in (("scores", "respondent"), ("verbatims", "respondent"), ("respondents", "respondent"), ("interactions", "customer")):
            rows = self.given.evidence[table][[person, "persona"]].dropna()
            known |= dict(zip(rows[person], rows["persona"], strict=True))
        counts = pd.Series(known, dtype=object).value_counts()
        return tuple(PersonaBase(p.id, p.name, p.kind, int(counts.get(p.id, 0)), True) for p in self.given.folder.personas if not p.anti)

    @cached_property
    def months(self) -> dict[int, int]:
        """Calendar month → dated rows of customers' evidence; a source without dates covers the months of its period once a row."""
        found: dict[int, int] = {}
        dated_sources: set[str] = set()
        for name in SEEN_IN:
            table = self.given.evidence[name]
            times = table["time"].dropna()
            dated_sources |= set(table.loc[times.index, "source"])
            for month, n in times.dt.month.value_counts(sort=False).items():
                found[int(month)] = found.get(int(month), 0) + int(n)
        for mark in self.given.evidence.sources:
            if mark.source not in dated_sources and mark.kind != "documents" and mark.start and mark.end:
                for month in _months(mark.start, mark.end):
                    found[month] = found.get(month, 0) + mark.n
        return found

    @cached_property
    def positions(self) -> Callable[[str], Positions | None]:
        """YAML file of the client → where its parts stand."""
        return cache(self.read_positions)

    def read_positions(self, file: str) -> Positions | None:
        """Where the parts of a file stand now; None where the records were not read from a file."""
        path = self.given.folder.root / file
        return Positions(path) if file and path.is_file() else None

    def _filling(self, persona: str | None) -> Filling:
        rows = self.reactions
        return Filling(self.given, rows if persona is None else rows[rows["persona"] == persona], persona)

    def _mark(self, touchpoint: str) -> Mark | None:
        tables = [self.given.evidence[name] for name in self.seen.get(touchpoint, {})]
        rows = [table[table["touchpoint"] == touchpoint] for table in tables]
        sources = sorted({source for part in rows for source in part["source"].dropna()})
        kinds = [mark.evidence for mark in self.given.evidence.sources if mark.source in sources]
        if not kinds:
            return None
        times = pd.concat([part["time"] for part in rows]).dropna()
        start, end = (times.min().date(), times.max().date()) if len(times) else (None, None)
        return Mark(kind="measured" if "measured" in kinds else kinds[0], n=sum(map(len, rows)), start=start, end=end, sources=tuple(sources))

    def _personas(self, rows: pd.DataFrame, column: str) -> pd.Series:
        assigned = rows[column].map(dict(self.given.assignments))
        return assigned.where(assigned.notna(), rows["persona"])


def _months(start: dt.date, end: dt.date) -> set[int]:
    span = min((end.year - start.year) * 12 + end.month - start.month, 11)
    return {(start.month - 1 + step) % 12 + 1 for step in range(span + 1)}
