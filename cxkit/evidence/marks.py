"""The evidence mark of a source: kind of evidence, period, how many, effective base."""

import pandas as pd

from cxkit.evidence.tables import SourceMark
from cxkit.method import EvidenceKind
from cxkit.model.source import Source

EVIDENCE: dict[str, EvidenceKind] = {
    "survey": "measured", "interactions": "measured", "customers": "measured", "experiment": "measured", "kano": "measured", "verbatims": "reported",
    "complaints": "reported", "conversations": "reported", "observations": "observed", "employees": "internal",
    "documents": "internal"}
_COUNTED = {"verbatims": "verbatims", "employees": "verbatims", "observations": "verbatims"}


def mark_of(source: Source, tables: dict[str, pd.DataFrame], rows: pd.DataFrame) -> SourceMark:
    """Mark of a source.

    ``n`` counts texts, conversations, complaints or exposed people as the kind has it, else distinct respondents or customers.
    ``n_eff`` is (Σw)²/Σw² where the source has weights.
    """
    if source.kind in _COUNTED:
        n = len(tables[_COUNTED[source.kind]])
    elif source.kind == "conversations":
        n = tables["conversations"]["conversation"].nunique() if len(tables["conversations"]) else 0
    elif source.kind in ("complaints", "experiment"):
        n = len(tables[source.kind])
    else:
        n = rows["respondent"].nunique()
    weights = rows["weight"]
    n_eff = float(weights.sum() ** 2 / (weights**2).sum()) if source.columns.weight and len(rows) else None
    start, end = rows["time"].min(), rows["time"].max()
    if source.period:
        first, last = source.period.start, source.period.end
    else:
        first, last = (None, None) if pd.isna(start) else (start.date(), end.date())
    return SourceMark(source=source.id, kind=source.kind, evidence=source.evidence or EVIDENCE[source.kind],
                      name=source.name or source.id, start=first, end=last, n=int(n), n_eff=n_eff)
