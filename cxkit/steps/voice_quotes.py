"""Typical verbatims: the most central texts of a group, chosen by the words they share and never by hand."""

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer

from cxkit import method
from cxkit.method import EvidenceKind, Reaction
from cxkit.model.record import Record

POSITIVE, NEGATIVE = {"delight", "satisfaction"}, {"irritant", "dissatisfaction", "rupture"}
MOST_COMPARED = 2000


class Quote(Record):
    """A pseudonymised verbatim with its place and its evidence."""

    text: str
    kind: EvidenceKind
    stage: str | None = None
    touchpoint: str | None = None
    persona: str | None = None
    reaction: Reaction | None = None
    side: str = "neutral"
    source: str
    row: int
    language: str | None = None
    """Two-letter code; None where the source does not say, so that it is the client's."""
    times: int = 1
    """How many rows hold exactly this text: more than one where answers were coded."""


def typical_quotes(verbatims: pd.DataFrame, per_group: int, groups: tuple[str, ...], by: str = "stage") -> tuple[Quote, ...]:
    """Up to ``per_group`` verbatims of each group (a stage, or another column), in the order given, and side, most central first.

    Centrality is the mean cosine similarity of TF-IDF vectors with the others of the group; ties go to the earlier row.
    """
    length = method.data("voice")["quote_characters"]
    sizes = verbatims["text"].str.len()
    usable = verbatims[sizes.between(length["least"], length["most"]) & verbatims[by].isin(groups)]
    usable = usable.assign(times=usable.groupby(["text", by, "kind"])["text"].transform("size"))
    usable = usable[~usable.duplicated(["text", by, "kind"])]
    usable = usable.assign(side=usable["reaction"].map(side_of))
    quotes: list[Quote] = []
    found = sorted(usable.groupby([by, "side", "kind"]), key=lambda group: (groups.index(group[0][0]), *group[0][1:]))
    for _, rows in found:
        quotes.extend(quote_of(row, row["side"]) for _, row in rows.iloc[central(rows["text"].tolist())[:per_group]].iterrows())
    return tuple(quotes)


def central(texts: list[str]) -> list[int]:
    """Positions of the texts, most central first."""
    texts = texts[:MOST_COMPARED]
    if len(texts) < 3:
        return list(range(len(texts)))
    try:
        vectors = TfidfVectorizer(sublinear_tf=True, min_df=1).fit_transform(texts)
    except ValueError:
        return list(range(len(texts)))
    closeness = np.asarray(vectors @ vectors.sum(axis=0).T).ravel()
    return [int(i) for i in np.argsort(-np.round(closeness, 9), kind="stable")]


def side_of(reaction: object) -> str:
    """positive, negative or neutral."""
    return "positive" if reaction in POSITIVE else "negative" if reaction in NEGATIVE else "neutral"


def quote_of(row: pd.Series, side: str) -> Quote:
    """A row of the ``verbatims`` table as a quote."""
    def known(name: str):
        return row[name] if isinstance(row[name], str) else None

    return Quote(text=row["text"], kind=row["kind"], stage=known("stage"), touchpoint=known("touchpoint"), persona=known("persona"),
                 reaction=known("reaction"), side=side, source=row["source"], row=int(row["row"]), language=known("language"),
                 times=int(row.get("times", 1)))
