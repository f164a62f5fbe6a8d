"""What every evidence table promises to the steps, checked once after reading: types, sets, ranges, what is never null.

Cells are converted and accounted for by ``convert``, one distinct text at a time; this is the check of what came out. A table that breaks it is a
fault of the kit, so the message names table, column and check, and no value.
"""

from typing import get_args

import pandas as pd
import pandera.pandas as pa

from cxkit.errors import CxError, Fault, fault
from cxkit.evidence.tables import COLUMNS
from cxkit.method import Reaction
from cxkit.model.source import KanoAnswer

_NEVER_NULL = {
    "scores": {"source", "row", "respondent", "metric", "of", "value", "low", "high", "reverse", "weight"},
    "verbatims": {"source", "row", "text", "kind", "weight"},
    "interactions": {"source", "row", "customer", "time", "position", "touchpoint"},
    "respondents": {"source", "row", "respondent", "weight"},
    "complaints": {"source", "row"},
    "conversations": {"source", "row", "conversation", "turn", "text"},
    "kano": {"source", "row", "feature", "weight"},
    "experiment": {"source", "row", "variant", "converted"},
}
_CHECKS = {
    ("scores", "reaction"): pa.Check.isin(get_args(Reaction)),
    ("verbatims", "kind"): pa.Check.isin(["reported", "internal", "observed"]),
    ("verbatims", "reaction"): pa.Check.isin(get_args(Reaction)),
    ("conversations", "turn"): pa.Check.ge(1),
    ("kano", "functional"): pa.Check.isin(get_args(KanoAnswer)),
    ("kano", "dysfunctional"): pa.Check.isin(get_args(KanoAnswer)),
}
_ROWS = {
    "scores": (pa.Check(lambda table: (table["low"] <= table["value"]) & (table["value"] <= table["high"]), name="within_scale"),),
    "conversations": (pa.Check(lambda table: ~(table["end"] < table["start"]), name="ends_after_start"),),
    "complaints": (pa.Check(lambda table: ~(table["solved"] < table["time"]), name="solved_after_start"),),
}


def schema(table: str) -> pa.DataFrameSchema:
    """The schema of one evidence table; respondents may have further columns, one an attribute."""
    never_null = _NEVER_NULL[table]
    columns = {}
    for name, kind in COLUMNS[table].items():
        checks = [pa.Check.gt(0)] if name == "weight" else []
        checks += [check] if (check := _CHECKS.get((table, name))) else []
        columns[name] = pa.Column(pd.Series(dtype=kind).dtype, checks=checks, nullable=name not in never_null)
    return pa.DataFrameSchema(columns, checks=list(_ROWS.get(table, ())), strict=table != "respondents", unique=["respondent"] if
                              table == "respondents" else None)


def check_tables(tables: dict[str, pd.DataFrame]) -> None:
    """Check all tables that have rows.

    Raises
    ------
    CxError : CX-E179 for each column of each table that breaks its promise, with the check and how many rows.
    """
    faults: list[Fault] = []
    for name, table in tables.items():
        if table.empty:
            continue
        try:
            schema(name).validate(table, lazy=True)
        except pa.errors.SchemaErrors as error:
            cases = error.failure_cases
            whole = cases["check"].isin([check.name for check in _ROWS.get(name, ())])
            column = cases["column"].where(~whole, "").fillna(cases["failure_case"].astype(str))
            for (broken, check), rows in cases.groupby([column.astype(str), cases["check"].astype(str)], sort=True):
                faults.append(fault("CX-E179", table=name, column=broken, check=check.partition("(")[0], count=rows["index"].nunique() or 1))
    if faults:
        raise CxError(faults)
