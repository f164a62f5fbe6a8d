"""Which themes move the score, and where: every comparison of the step in one family for Benjamini–Hochberg."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy.stats import norm

from cxkit import method
from cxkit.mining.keyphrases import keyphrases
from cxkit.model.record import Record
from cxkit.statistics.multiple import benjamini_hochberg
from cxkit.statistics.shares import two_proportions, z_value
from cxkit.steps.base import base_of
from cxkit.steps.voice_reading import Told
from cxkit.steps.voice_themes import of_cause

WHERE = ("persona", "stage", "touchpoint", "channel")


class ScoreSplit(Record):
    """NPS of those who speak of a theme against those who do not, −100..100.

    ``contribution``: NPS of all minus NPS without those who speak of it, = share × (with − without); its interval stands on that of the
    difference. ``q``: adjusted over all comparisons of the step.
    """

    cause: str
    n: int
    share: float
    with_theme: float
    without: float
    contribution: float
    low: float
    high: float
    q: float


class Concentration(Record):
    """A theme that one group speaks of, unhappily or not, more or less than the others: shares 0..1, difference with interval."""

    cause: str
    dimension: str
    key: str
    n: int
    share: float
    elsewhere: float
    difference: float
    low: float
    high: float
    q: float


class Trend(Record):
    """Share of texts that speak of a theme, before and from the split of the period on; ``slope_q``: linear trend over months."""

    cause: str
    before: int
    after: int
    share_before: float
    share_after: float
    difference: float
    low: float
    high: float
    q: float
    slope_q: float | None
    emerging: bool


class WordContrast(Record):
    """A phrase that detractors (z > 0) or promoters (z < 0) say more: texts of each, weighted log-odds, z and q."""

    phrase: str
    detractors: int
    promoters: int
    log_odds: float
    z: float
    q: float


class Impact(Record):
    """What moves the score. ``tested``: all comparisons that were run, the family of every q. ``split``: first day of the later period."""

    tested: int = 0
    overall: float | None = None
    scored: int = 0
    split: str | None = None
    scores: tuple[ScoreSplit, ...] = ()
    where: tuple[Concentration, ...] = ()
    trends: tuple[Trend, ...] = ()
    words: tuple[WordContrast, ...] = ()


def impact(told: Told, since: str = "") -> Impact:
    """Compare customers' texts.

    Parameters
    ----------
    since : ISO day from which the later period counts; the middle of the dated texts when empty.
    """
    texts = told.texts[told.texts["kind"] == "reported"]
    mentions = of_cause(told.mentions[told.mentions["text"].isin(texts.index)])
    settings = method.data("voice")["impact"]
    counts = mentions["cause"].value_counts()
    causes = sorted(counts[counts >= settings["least"]].index)
    speaks = {cause: texts.index.isin(mentions.loc[mentions["cause"] == cause, "text"]) for cause in causes}
    split = _split(texts, since)
    tests = [*_scores(texts, speaks), *_where(texts, speaks), *_trends(texts, speaks, split), *_words(texts)]
    if not tests:
        return Impact()
    q = benjamini_hochberg([p for p, _, _ in tests]).q
    slopes = {facts["cause"]: value for (_, kind, facts), value in zip(tests, q, strict=True) if kind == "slope"}
    made: dict[str, list[Record]] = {"score": [], "where": [], "trend": [], "word": []}
    for (_, kind, facts), value in zip(tests, q, strict=True):
        if kind == "score":
            made[kind].append(ScoreSplit(**facts, q=value))
        elif kind == "where":
            made[kind].append(Concentration(**facts, q=value))
        elif kind == "trend":
            rising = facts["difference"] > 0 and value < settings["level"]
            made[kind].append(Trend(**facts, q=value, slope_q=slopes.get(facts["cause"]), emerging=rising))
        elif kind == "word":
            made[kind].append(WordContrast(**facts, q=value))
    side = _net_side(texts)
    known = side.notna()
    return Impact(
        tested=len(tests), overall=float(100 * side[known].mean()) if known.any() else None, scored=int(known.sum()),
        split=None if split is None else split.date().isoformat(),
        scores=tuple(sorted(made["score"], key=lambda one: (one.contribution, one.cause))),
        where=_shown_places(made["where"]),
        trends=tuple(sorted(made["trend"], key=lambda one: (-one.difference, one.cause))),
        words=_shown_words(made["word"]))


def _net_side(texts: pd.DataFrame) -> pd.Series:
    """+1 promoters, 0 passives, −1 detractors by the 0–10 score that goes with the text; sources on another scale have none."""
    score = texts["score"].astype(float)
    top = score.groupby(texts["source"]).transform("max")
    score = score.where(top > 5)
    return pd.Series(np.select([score >= 9, score <= 6, score.notna()], [1.0, -1.0, 0.0], np.nan), index=texts.index)


def _scores(texts: pd.DataFrame, speaks: dict[str, np.ndarray]) -> Iterator[tuple[float, str, dict]]:
    side = _net_side(texts)
    for cause, mask in speaks.items():
        inside, outside = side[mask].dropna(), side[~mask].dropna()
        if base_of(min(len(inside), len(outside))) in {"suppressed", "counts_only"}:
            continue
        error = float(np.sqrt(inside.var(ddof=0) / len(inside) + outside.var(ddof=0) / len(outside)))
        difference, share = float(inside.mean() - outside.mean()), len(inside) / (len(inside) + len(outside))
        half = z_value(0.95) * error
        yield (float(2 * norm.sf(abs(difference) / error)) if error else 1.0), "score", {
            "cause": cause, "n": len(inside), "share": share, "with_theme": 100 * float(inside.mean()), "without": 100 * float(outside.mean()),
            "contribution": 100 * share * difference, "low": 100 * share * (difference - half), "high": 100 * share * (difference + half)}


def _where(texts: pd.DataFrame, speaks: dict[str, np.ndarray]) -> Iterator[tuple[float, str, dict]]:
    least = method.data("voice")["impact"]["least"]
    for dimension in WHERE:
        known = texts[dimension].notna().to_numpy()
        for key in sorted(texts.loc[known, dimension].unique()):
            mine = known & (texts[dimension] == key).to_numpy()
            others = known & ~mine
            if min(mine.sum(), others.sum()) < 3 * least:
                continue
            for cause, mask in speaks.items():
                n = int((mask & mine).sum())
                found = two_proportions(n, int(mine.sum()), int((mask & others).sum()), int(others.sum()))
                yield found.p, "where", {"cause": cause, "dimension": dimension, "key": str(key), "n": n, "share": n / mine.sum(),
                                         "elsewhere": (mask & others).sum() / others.sum(), "difference": found.value, "low": found.low,
                                         "high": found.high}


def _split(texts: pd.DataFrame, since: str) -> pd.Timestamp | None:
    dated = texts["time"].dropna()
    if dated.empty or dated.min() == dated.max():
        return None
    return pd.Timestamp(since) if since else dated.min() + (dated.max() - dated.min()) / 2


def _trends(texts: pd.DataFrame, speaks: dict[str, np.ndarray], split: pd.Timestamp | None) -> Iterator[tuple[float, str, dict]]:
    if split is None:
        return
    dated = texts["time"].notna().to_numpy()
    later = dated & (texts["time"] >= split).to_numpy()
    earlier = dated & ~later
    if min(later.sum(), earlier.sum()) < 3 * method.data("voice")["impact"]["least"]:
        return
    months = texts.loc[dated, "time"].dt.year * 12 + texts.loc[dated, "time"].dt.month
    for cause, mask in speaks.items():
        before, after = int((mask & earlier).sum()), int((mask & later).sum())
        found = two_proportions(after, int(later.sum()), before, int(earlier.sum()))
        yield found.p, "trend", {"cause": cause, "before": before, "after": after, "share_before": before / earlier.sum(),
                                 "share_after": after / later.sum(), "difference": found.value, "low": found.low, "high": found.high}
        if months.nunique() > 3:
            yield _linear_trend(mask[dated], months.to_numpy(float)), "slope", {"cause": cause}


def _linear_trend(said: np.ndarray, months: np.ndarray) -> float:
    """Two-sided p of the Cochran–Armitage test: does the share move linearly with the month?"""
    share, centred = said.mean(), months - months.mean()
    error = np.sqrt(share * (1 - share) * np.square(centred).sum())
    return float(2 * norm.sf(abs((said * centred).sum()) / error)) if error > 0 else 1.0


def _words(texts: pd.DataFrame) -> Iterator[tuple[float, str, dict]]:
    side = _net_side(texts)
    against, for_ = texts.loc[side == -1, "text"].tolist(), texts.loc[side == 1, "text"].tolist()
    if min(len(against), len(for_)) < method.data("voice")["impact"]["least"]:
        return
    for one in keyphrases(against, for_):
        yield one.p, "word", {"phrase": one.phrase, "detractors": one.first, "promoters": one.second, "log_odds": one.delta, "z": one.z}


def _shown_places(found: list[Concentration]) -> tuple[Concentration, ...]:
    """The surest significant concentrations."""
    settings = method.data("voice")["impact"]
    sure = [one for one in found if one.q < settings["level"]]
    return tuple(sorted(sure, key=lambda one: (one.q, -abs(one.difference), one.cause, one.key))[: settings["shown"]])


def _shown_words(found: list[WordContrast]) -> tuple[WordContrast, ...]:
    """The strongest significant phrases of each side, detractors' first."""
    most, level = method.data("voice")["themes"]["keyphrases"], method.data("voice")["impact"]["level"]
    sure = [one for one in found if one.q < level]
    against = sorted((one for one in sure if one.z > 0), key=lambda one: (-one.z, one.phrase))[:most]
    for_ = sorted((one for one in sure if one.z < 0), key=lambda one: (one.z, one.phrase))[:most]
    return (*against, *reversed(for_))
