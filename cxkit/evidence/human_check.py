"""The table for the human check of masking: what was masked, and what touches special categories."""

import re

import pandas as pd

from cxkit.evidence.masking import placeholders, special_categories
from cxkit.evidence.tables import Evidence

COLUMNS = ("source", "row", "text", "masked", "special")


def human_check(evidence: Evidence) -> pd.DataFrame:
    """Masked texts that a person should look at.

    Returns
    -------
    One row a text with a placeholder or a mention of a special category: source, row in the file, masked text, kinds masked
    (joined by ``|``), special categories (joined by ``|``). No original text: the row says where it stands in the client's file.
    """
    worded = placeholders()
    pattern = re.compile("|".join(re.escape(word) for word in worded))
    rows = []
    for name in ("verbatims", "conversations"):
        table = evidence[name]
        for source, row, text in zip(table["source"], table["row"], table["text"], strict=True):
            masked = sorted({worded[word] for word in pattern.findall(text)})
            special = special_categories(text)
            if masked or special:
                rows.append((source, row, text, "|".join(masked), "|".join(special)))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"row": "Int64"})
