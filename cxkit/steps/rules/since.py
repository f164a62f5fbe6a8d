"""The evidence up to a map's reference date and after it: how the mix of touchpoints and the scores moved."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from cxkit import method
from cxkit.evidence.tables import Evidence
from cxkit.statistics.changes import Change, mean_change
from cxkit.statistics.distributions import Distance, jensen_shannon_clustered
from cxkit.steps.base import Mark
from cxkit.steps.scoring import headline

SCORE = ["metric", "low", "high", "touchpoint"]


@dataclass(frozen=True)
class Sides:
    """Rows of a table up to a day, and after it."""

    before: pd.DataFrame
    after: pd.DataFrame

    @cached_property
    def mark(self) -> Mark:
        """The evidence that came after the day."""
        return _mark(self.after)


@dataclass(frozen=True)
class ScoreMove:
    """A score at a touchpoint (None: overall) before and after the day; ``least`` answers on the smaller side."""

    metric: str
    touchpoint: str | None
    least: int
    change: Change
    mark: Mark


@dataclass(frozen=True)
class Since:
    """What happened since a day, whatever the map that was drawn on it."""

    evidence: Evidence
    day: dt.date

    @cached_property
    def contacts(self) -> Sides:
        """The interaction log."""
        return self._sides(self._dated("interactions"))

    @cached_property
    def customers(self) -> tuple[int, int]:
        """Customers in the log on each side."""
        return self.contacts.before["customer"].nunique(), self.contacts.after["customer"].nunique()

    @cached_property
    def drift(self) -> Distance:
        """How far the mix of touchpoints moved, whole customers being dealt to the two sides."""
        both = pd.concat([self.contacts.before.assign(side=True), self.contacts.after.assign(side=False)])
        counts = both.groupby(["side", "customer", "touchpoint"]).size().unstack(fill_value=0)
        settings = method.data("rules")
        return jensen_shannon_clustered(counts.to_numpy(), counts.index.get_level_values("side").to_numpy(),
                                        seed=settings["seed"], draws=settings["draws"])

    @cached_property
    def one_sided(self) -> pd.DataFrame:
        """Touchpoints seen on one side only, by id.

        Columns: contacts ``before`` and ``after``, their shares (0..1) of the side's contacts ``share_before`` and ``share_after``,
        and ``expected`` contacts on the other side at this share.
        """
        sides = [side["touchpoint"].value_counts() for side in (self.contacts.before, self.contacts.after)]
        counts = pd.concat(sides, axis=1, keys=["before", "after"]).fillna(0).sort_index()
        totals, shares = counts.sum(), counts / counts.sum()
        expected = (shares["before"] * totals["after"]).where(counts["after"] == 0, shares["after"] * totals["before"])
        return counts.join(shares.add_prefix("share_")).assign(expected=expected)[counts.min(axis=1) == 0]

    @cached_property
    def scores(self) -> tuple[ScoreMove, ...]:
        """The scores answered on both sides, by metric, scale and touchpoint."""
        rows = self._dated("scores")
        kept = rows[["value", "low", "high"]].notna().all(axis=1) & (rows["metric"] != "importance")
        kept &= rows["touchpoint"].notna() | (rows["of"] == "overall")
        return tuple(self._moves(self._sides(rows[kept])))

    def _moves(self, sides: Sides) -> Iterator[ScoreMove]:
        before = dict(_by_score(sides.before))
        for key, after in _by_score(sides.after):
            if key in before:
                metric, _, _, touchpoint = key
                change = mean_change(_coded(before[key], metric), _coded(after, metric), before[key]["weight"], after["weight"])
                yield ScoreMove(metric, touchpoint, min(len(before[key]), len(after)), change, _mark(after))

    def _dated(self, table: str) -> pd.DataFrame:
        """A table with ``time`` filled by the end of its source's period where a row has none."""
        rows = self.evidence[table]
        ends = {mark.source: pd.Timestamp(mark.end) for mark in self.evidence.sources if mark.end}
        return rows.assign(time=rows["time"].fillna(rows["source"].map(ends).astype("datetime64[us]")))

    def _sides(self, rows: pd.DataFrame) -> Sides:
        newer = rows["time"] > pd.Timestamp(self.day) + pd.Timedelta(days=1) - pd.Timedelta(microseconds=1)
        return Sides(rows[~newer], rows[newer])


def _by_score(rows: pd.DataFrame) -> Iterator[tuple[tuple, pd.DataFrame]]:
    for (metric, low, high, touchpoint), group in rows.groupby(SCORE, dropna=False, sort=True):
        yield (metric, low, high, None if pd.isna(touchpoint) else touchpoint), group


def _coded(rows: pd.DataFrame, metric: str) -> pd.Series:
    """Answers coded so that their mean is the metric: NPS −100, 0, 100; CSAT and effort 0 or 100; others as given."""
    low, high = rows["low"].iloc[0], rows["high"].iloc[0]
    values = rows["value"].where(~rows["reverse"], low + high - rows["value"])
    if metric == "nps":
        return 100.0 * ((values >= 9).astype(int) - (values <= 6).astype(int))
    if headline(metric) == "csat":
        return 100.0 * (values >= high - 1)
    if metric == "ces" and (low, high) == (1.0, 7.0):
        return 100.0 * (values >= 5)
    if metric == "ces" and (low, high) == (1.0, 5.0):
        return 100.0 * (values >= 4)
    return values


def _mark(rows: pd.DataFrame) -> Mark:
    times = rows["time"].dropna()
    start, end = (times.min().date(), times.max().date()) if len(times) else (None, None)
    return Mark(kind="measured", n=len(rows), start=start, end=end, sources=tuple(sorted(rows["source"].dropna().unique())))
