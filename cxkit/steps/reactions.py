"""Customers' reactions at a place of the journey, and the point of the emotion curve that they make."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from cxkit import method
from cxkit.method import EvidenceKind, Reaction
from cxkit.statistics.bootstrap import bootstrap_mean
from cxkit.statistics.changes import mean_against
from cxkit.statistics.shares import net_share
from cxkit.steps.base import Mark, base_of
from cxkit.steps.journey_view import CurvePoint

COLUMNS = ["source", "respondent", "time", "touchpoint", "stage", "channel", "persona", "reaction", "weight", "kind"]


@dataclass(frozen=True)
class Heard:
    """What customers say at one place of the journey. It does not depend on what a map draws there, and is computed once.

    Its point, mark and heights are of one kind of evidence (:func:`of_one_kind`), its ruptures of all: a rating never tells one.
    """

    rows: pd.DataFrame

    @classmethod
    def at(cls, rows: pd.DataFrame) -> "Heard":
        """What is heard among rows: scores and told reactions; what was only read in texts where there are none."""
        told = rows[~rows["inferred"]] if "inferred" in rows else rows
        return cls(told if len(told) else rows)

    @cached_property
    def point(self) -> CurvePoint | None:
        """The measured point of the curve; a mean of complaints beside means of ratings would draw a fall that nobody measured."""
        point = None if self.complaints else customer_point(self.rows)
        return point.model_copy(update={"inferred": True}) if point is not None and self.inferred else point

    @property
    def inferred(self) -> bool:
        """True where all that was heard was read in texts without a score."""
        return "inferred" in self.rows and len(self.rows) > 0 and bool(self.rows["inferred"].all())

    @cached_property
    def complaints(self) -> Mark | None:
        """The mark of a place known by complaints only; None elsewhere."""
        rows = self.drawn if len(self.drawn) else self.rows
        return Mark(kind="reported", n=len(rows), sources=_sources(rows)) if only_complaints(rows) else None

    @cached_property
    def mark(self) -> Mark | None:
        """What supports the measured point."""
        if self.point is None:
            return None
        times = self.drawn["time"].dropna()
        start, end = (times.min().date(), times.max().date()) if len(times) else (None, None)
        return Mark(kind=self.point.kind, n=self.point.n, start=start, end=end, sources=_sources(self.drawn))

    @cached_property
    def drawn(self) -> pd.DataFrame:
        """The reactions that make the point."""
        return of_one_kind(self.rows)

    @cached_property
    def ruptures(self) -> bool:
        """Whether enough customers say that they break off here."""
        limits = method.data("journey")["rupture"]
        said = int((self.rows["reaction"] == "rupture").sum())
        return said >= limits["least"] and said >= limits["share"] * len(self.rows)

    @cached_property
    def heights(self) -> pd.Series:
        """Valence of each reaction."""
        return self.drawn["reaction"].map(method.valence)

    def against(self, limit: float) -> float | None:
        """Two-sided p that the mean height is ``limit``; None where nothing varies."""
        return mean_against(self.heights, limit, self.drawn["weight"])


def reactions(scores: pd.DataFrame, verbatims: pd.DataFrame) -> pd.DataFrame:
    """All customers' reactions that stand at a touchpoint or stage: from scores (measured) and texts (reported, observed).

    Overall scores belong to no place and internal texts to no customer: neither is taken.
    """
    placed = scores[(scores["of"] != "overall") & scores["reaction"].notna()].assign(kind="measured")
    told = verbatims[verbatims["kind"].isin(["reported", "observed"]) & verbatims["reaction"].notna()
                     & (verbatims["touchpoint"].notna() | verbatims["stage"].notna())]
    return pd.concat([placed[COLUMNS], told[COLUMNS]], ignore_index=True)


def with_read(found: pd.DataFrame, verbatims: pd.DataFrame, read: Mapping[tuple[str, int], Reaction]) -> pd.DataFrame:
    """Reactions with those that were read in placed texts without one, marked ``inferred``; they count only where nothing else was heard.

    Parameters
    ----------
    found : reactions of scores and texts (:func:`reactions`).
    read : source and row of a text → the reaction that step 02 read in it.
    """
    told = verbatims[verbatims["kind"].isin(["reported", "observed"]) & verbatims["reaction"].isna()
                     & (verbatims["touchpoint"].notna() | verbatims["stage"].notna())]
    keys = zip(told["source"], told["row"], strict=True)
    told = told.assign(reaction=pd.Series([read.get((source, int(row))) for source, row in keys], index=told.index, dtype="str"))
    told = told[told["reaction"].notna()]
    return pd.concat([found.assign(inferred=False), told[COLUMNS].assign(inferred=True)], ignore_index=True)


def of_one_kind(rows: pd.DataFrame) -> pd.DataFrame:
    """The reactions of one kind of evidence: the scores where there are enough to be shown, else what is reported, else what is observed.

    Scores are asked of everybody, comments come from whom they matter to: a mean of both would be a mean of neither. No row where there is
    too little of each kind.
    """
    for kind in ("measured", "reported", "observed"):
        found = rows[rows["kind"] == kind]
        if base_of(len(found)) != "suppressed":
            return found
    return rows.iloc[:0]


def customer_point(rows: pd.DataFrame) -> CurvePoint | None:
    """The curve's point from customers' reactions of one kind; None where the base is under the least that may be shown."""
    rows = of_one_kind(rows)
    base = base_of(len(rows))
    if base == "suppressed":
        return None
    settings = method.data("reactions")["bootstrap"]
    heights = rows["reaction"].map(method.valence).astype(float)
    mean = bootstrap_mean(heights, rows["weight"], seed=settings["seed"], draws=settings["draws"], level=settings["level"])
    total = rows["weight"].sum()
    positive = rows.loc[heights > 0, "weight"].sum() / total
    negative = rows.loc[heights < 0, "weight"].sum() / total
    n_eff = total**2 / (rows["weight"] ** 2).sum()
    net = net_share(positive * n_eff, negative * n_eff, n_eff)
    shows_share = base != "counts_only"
    counts = rows["reaction"].value_counts()
    return CurvePoint(
        valence=mean.value, low=mean.low, high=mean.high, n=len(rows), base=base,
        net_emotion=float(positive - negative) if shows_share else None,
        net_low=net.low if shows_share else None, net_high=net.high if shows_share else None,
        reaction=nearest_reaction(mean.value), kind=rows["kind"].iloc[0], solid=True,
        distribution={name: int(counts[name]) for name in method.data("reactions")["valence"] if name in counts})


def only_complaints(rows: pd.DataFrame) -> bool:
    """True where nobody scored and all that was said is negative: such texts say who writes, not how the place is lived."""
    return len(rows) > 0 and not (rows["kind"] == "measured").any() and bool((rows["reaction"].map(method.valence) < 0).all())


def declared_point(reaction: Reaction, kind: EvidenceKind, n: int | None) -> CurvePoint:
    """The point of a declared reaction, at its own valence; solid only where customer evidence is declared."""
    return CurvePoint(valence=method.valence(reaction), n=n or 0, base=base_of(n or 0), reaction=reaction, kind=kind,
                      solid=kind in method.CUSTOMER_EVIDENCE)


def nearest_reaction(height: float) -> Reaction:
    """The reaction whose valence is nearest to a height; rupture is never given by a mean."""
    scale = {name: value for name, value in method.data("reactions")["valence"].items() if name != "rupture"}
    return min(scale, key=lambda name: (abs(scale[name] - height), abs(scale[name])))


def _sources(rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(sorted(rows["source"].dropna().unique()))
