"""Themes of the voice: how many texts speak of each, how they feel, the verbatims behind each bar, and groups of what is left."""

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_limits

from cxkit import method
from cxkit.mining.embedding import embed, installed
from cxkit.mining.keyphrases import keyphrases
from cxkit.mining.reaction import side
from cxkit.model.record import Record
from cxkit.statistics.base import BaseClass
from cxkit.statistics.shares import net_share, z_value
from cxkit.steps.base import base_of
from cxkit.steps.voice_quotes import Quote, central, quote_of
from cxkit.steps.voice_reading import Told

KINDS = ("reported", "internal", "observed")


class Theme(Record):
    """A cause, or a cause at a touchpoint, in the texts of one kind of evidence.

    ``n`` texts, ``share`` of the texts of that kind 0..1, counts by side; ``net`` = share positive − share negative of its texts, −1..1,
    with its interval (None on a base under the least that shows a percentage).
    """

    kind: str
    cause: str
    touchpoint: str | None = None
    n: int
    share: float | None
    positive: int
    neutral: int
    negative: int
    net: float | None = None
    low: float | None = None
    high: float | None = None
    base: BaseClass
    quotes: tuple[Quote, ...] = ()


class Cluster(Record):
    """A group proposed for clauses that no theme of the taxonomy took, named by its keyphrases."""

    phrases: tuple[str, ...]
    n: int
    positive: int
    neutral: int
    negative: int
    examples: tuple[str, ...]


class ThemeGap(Record):
    """How differently customers and employees feel about a cause: texts, (positive, negative) counts, nets and their difference (−2..2).

    Nets and difference are None where a base shows counts only.
    """

    cause: str
    customers: int
    employees: int
    customer_sides: tuple[int, int]
    employee_sides: tuple[int, int]
    customer_net: float | None = None
    employee_net: float | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None


def themes(told: Told) -> tuple[Theme, ...]:
    """Causes, then causes at touchpoints, most texts first; customers', employees' and observers' texts apart."""
    found = []
    for kind in KINDS:
        texts = told.texts[told.texts["kind"] == kind]
        mine = told.mentions[told.mentions["text"].isin(texts.index)]
        found += _themes(kind, texts, of_cause(mine), ["cause"])
        found += _themes(kind, texts, mine[mine["touchpoint"].notna()], ["cause", "touchpoint"])
    return tuple(found)


def gaps(found: tuple[Theme, ...]) -> tuple[ThemeGap, ...]:
    """Causes of which both customers and employees speak enough, widest difference first."""
    own = {theme.cause: theme for theme in found if theme.kind == "reported" and theme.touchpoint is None}
    wide = []
    for theme in found:
        other = own.get(theme.cause)
        if theme.kind == "internal" and theme.touchpoint is None and other is not None:
            wide.append(ThemeGap(cause=theme.cause, customers=other.n, employees=theme.n, customer_sides=(other.positive, other.negative),
                                 employee_sides=(theme.positive, theme.negative), customer_net=other.net, employee_net=theme.net,
                                 **_difference(other, theme)))
    return tuple(sorted(wide, key=lambda gap: (-abs(gap.difference or 0), gap.cause)))


def _difference(customers: Theme, employees: Theme) -> dict[str, float]:
    """Difference of two nets with its 95 % interval; nothing where one of them is not shown."""
    if customers.net is None or employees.net is None:
        return {}
    variance = sum(((one.positive + one.negative) / one.n - one.net**2) / one.n for one in (customers, employees))
    difference, half = customers.net - employees.net, z_value(0.95) * variance**0.5
    return {"difference": difference, "low": max(difference - half, -2), "high": min(difference + half, 2)}


def clusters(told: Told) -> tuple[Cluster, ...]:
    """Groups of customers' clauses that no theme took: k-means on USE vectors, named by weighted log-odds against the rest."""
    limits = method.data("voice")["themes"]["clusters"]
    rest = told.rest[told.rest["text"].map(told.texts["kind"]).eq("reported")]
    rest = rest[rest["clause"].str.split().str.len() >= limits["words"]].drop_duplicates("clause")
    if len(rest) < limits["least"] or not installed("use"):
        return ()
    number = int(np.clip(len(rest) // limits["size"], 2, limits["most"]))
    with threadpool_limits(1):
        labels = KMeans(number, n_init=5, random_state=method.data("voice")["seed"]).fit_predict(embed(rest["clause"].tolist(), "use"))
    found = []
    for label in range(number):
        mine, others = rest[labels == label], rest[labels != label]
        named = [one.phrase for one in keyphrases(mine["clause"].tolist(), others["clause"].tolist(), 2) if one.z > 0][:3]
        if not named:
            continue
        count = mine["side"].value_counts()
        examples = tuple(mine["clause"].iloc[place] for place in central(mine["clause"].tolist())[:2])
        found.append(Cluster(phrases=tuple(named), n=len(mine), positive=int(count.get("positive", 0)), neutral=int(count.get("neutral", 0)),
                             negative=int(count.get("negative", 0)), examples=examples))
    return tuple(sorted(found, key=lambda cluster: (-cluster.n, cluster.phrases)))


def of_cause(mentions: pd.DataFrame) -> pd.DataFrame:
    """One row a text and cause: the touchpoints of a cause joined, its side by the mean of what was felt."""
    joined = mentions.groupby(["text", "cause"], sort=True)["probability"].mean().reset_index()
    return joined.assign(side=joined["probability"].map(side))


def _themes(kind: str, texts: pd.DataFrame, mentions: pd.DataFrame, keys: list[str]) -> list[Theme]:
    least = method.data("voice")["themes"]["least"]
    found = []
    for key, mine in mentions.groupby(keys, sort=True):
        if len(mine) < least:
            continue
        count, n, base = mine["side"].value_counts(), len(mine), base_of(len(mine))
        positive, negative = int(count.get("positive", 0)), int(count.get("negative", 0))
        told = base not in {"suppressed", "counts_only"}
        net = net_share(positive, negative, n) if told else None
        found.append(Theme(
            kind=kind, cause=key[0], touchpoint=key[1] if len(keys) > 1 else None, n=n, share=n / len(texts) if told else None, positive=positive,
            neutral=n - positive - negative, negative=negative, net=(positive - negative) / n if told else None,
            low=net.low if net else None, high=net.high if net else None, base=base, quotes=_quotes(texts, mine)))
    return sorted(found, key=lambda theme: (-theme.n, theme.cause, theme.touchpoint or ""))


def _quotes(texts: pd.DataFrame, mentions: pd.DataFrame) -> tuple[Quote, ...]:
    """The most central verbatims of a theme, unhappy then happy; a text too long to quote is left out."""
    most, length = method.data("voice")["themes"]["quotes"], method.data("voice")["quote_characters"]
    found: list[Quote] = []
    for told in ("negative", "positive"):
        rows = texts.loc[mentions.loc[mentions["side"] == told, "text"].unique()]
        rows = rows[rows["text"].str.len().between(length["least"], length["most"])].drop_duplicates("text")
        found += [quote_of(rows.iloc[place], told) for place in central(rows["text"].tolist())[:most]]
    return tuple(found)
