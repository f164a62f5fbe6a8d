"""Code books: codes of a file to the ids of the study; an unknown code stays visible as the slug of itself."""

import re
import unicodedata
from collections.abc import Mapping

import pandas as pd

from cxkit.evidence.convert import code
from cxkit.model.folder import ClientFolder


def slug(text: str) -> str:
    """An id made from a text: lower case, ASCII, ``-`` between words, at most 41 characters."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE")).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9_]+", "-", plain.lower()).strip("-_")
    return plain[:41].rstrip("-_") or "unnamed"


def by_book(cells: pd.Series, book: Mapping[str, object], known: frozenset[str] = frozenset()) -> pd.Series:
    """Ids of the codes of a column; empty cells are null.

    Parameters
    ----------
    cells : codes as text, "" for none.
    book : code → id.
    known : ids that stand for themselves as they are written.
    """
    places, texts = pd.factorize(cells)
    found = {code(key): str(value) for key, value in book.items()}
    ids = [None if not text.strip() else found.get(code(text)) or (code(text) if code(text) in known else slug(text)) for text in texts]
    return pd.Series(pd.array(ids, dtype="str").take(places, allow_fill=True), index=cells.index)


class Inventory:
    """Stage and channel of touchpoints: from the deployed inventory, else from the client's maps."""

    def __init__(self, folder: ClientFolder):
        self.stage: dict[str, str] = {}
        self.channel: dict[str, str] = {}
        for dated in sorted(folder.maps, key=lambda dated: dated.map.date, reverse=True):
            for part in dated.map.stages:
                for activity in part.activities:
                    if activity.touchpoint:
                        self.stage.setdefault(activity.touchpoint, part.stage)
                        if activity.channel:
                            self.channel.setdefault(activity.touchpoint, activity.channel)
        for row in folder.touchpoints:
            if row.stage:
                self.stage[row.id] = row.stage
            if "channel" in row.model_fields_set or row.id not in self.channel:
                self.channel[row.id] = row.channel
        self.touchpoints = frozenset(self.stage) | frozenset(self.channel)
        self.stages = frozenset(folder.client.stage_ids())

    def complete(self, table: pd.DataFrame) -> pd.DataFrame:
        """Fill empty stages and channels from the touchpoint."""
        filled = table.copy()
        for column, of in (("stage", self.stage), ("channel", self.channel)):
            filled[column] = table[column].fillna(table["touchpoint"].map(of).astype("str"))
        return filled
