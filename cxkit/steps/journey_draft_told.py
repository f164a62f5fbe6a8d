"""What customers say at the places of a drafted map: a typical verbatim as the thought, the causes of complaint as the irritants."""

import pandas as pd

from cxkit import method
from cxkit.model.client import Client
from cxkit.model.journey_map import Irritant
from cxkit.model.record import Text
from cxkit.steps.base import base_of
from cxkit.steps.voice_quotes import central, side_of


def typical_thought(verbatims: pd.DataFrame, touchpoint: str, stage: str) -> str | None:
    """The most central text among those of the most frequent side (positive, negative, neutral) at a place; None under the least base."""
    rows = _at(verbatims, touchpoint, stage)
    rows = rows[rows["kind"].isin(["reported", "observed"]) & rows["text"].notna()]
    if base_of(len(rows)) == "suppressed":
        return None
    sides = rows["reaction"].map(side_of)
    length = method.data("voice")["quote_characters"]
    usable = rows.loc[(sides == sides.value_counts().sort_index().idxmax()) & rows["text"].str.len().between(length["least"], length["most"]), "text"]
    texts = usable.drop_duplicates().tolist()
    return texts[central(texts)[0]] if texts else None


def complained_of(complaints: pd.DataFrame, client: Client, touchpoint: str, stage: str) -> tuple[Irritant, ...]:
    """Recorded causes of complaint at a place, the most frequent first, under the client's labels; those under the least base are left out."""
    labels: dict[str, Text] = {code: label for source in client.sources for code, label in source.causes.items()}
    counts = _at(complaints, touchpoint, stage)["cause"].dropna().value_counts()
    causes = sorted((-n, cause) for cause, n in counts.items() if cause and base_of(n) != "suppressed")
    return tuple(Irritant(text=labels.get(cause, cause), evidence="reported") for _, cause in causes[:method.data("journey")["draft_irritants"]])


def _at(rows: pd.DataFrame, touchpoint: str, stage: str) -> pd.DataFrame:
    """Rows of a place; those that name no stage count wherever the touchpoint stands."""
    return rows[(rows["touchpoint"] == touchpoint) & (rows["stage"].isna() | (rows["stage"] == stage))]
