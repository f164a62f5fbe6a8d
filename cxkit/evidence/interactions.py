"""Interactions and experiments: one row an event, in the order in which things happened."""

import pandas as pd

from cxkit.evidence.convert import code, truth
from cxkit.evidence.opened import Opened
from cxkit.evidence.tables import COLUMNS


def interaction_rows(opened: Opened, rows: pd.DataFrame) -> pd.DataFrame:
    """Events with customer, time and touchpoint; where the log has lifecycles only completions count."""
    lifecycle = opened.mapped("lifecycle")
    if lifecycle is not None:
        done = {code(value) for value in opened.source.complete}
        opened.ledger.texts(lifecycle)
        begun = lifecycle.index[~lifecycle.map(code).isin(done)]
        opened.ledger.drop("lifecycle", begun)
        rows = rows.drop(rows.index.intersection(begun))
    for needed in ("respondent", "time", "touchpoint"):
        lost = rows.index[rows[needed].isna()]
        opened.ledger.drop(f"no_{needed}", lost)
        rows = rows.drop(lost)
    table = rows.rename(columns={"respondent": "customer"})
    episodes = opened.mapped("episode")
    if episodes is not None:
        opened.ledger.texts(episodes)
        table["episode"] = opened.pseudonyms.column(episodes, "e").reindex(rows.index)
    else:
        table["episode"] = None
    table["position"] = table["row"]
    return table


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Events sorted by customer, instant, source and position; ties keep the file's order."""
    ordered = table.sort_values(["customer", "instant", "source", "position"], kind="stable", ignore_index=True)
    return ordered[list(COLUMNS["interactions"])]


def experiment_rows(opened: Opened, rows: pd.DataFrame) -> pd.DataFrame:
    """One row an exposed person: variant and whether converted."""
    table = rows.copy()
    table["variant"] = opened.labels("variant").reindex(rows.index)
    converted = opened.converted("converted", truth, "boolean").reindex(rows.index)
    for name, values in (("variant", table["variant"]), ("converted", converted)):
        opened.ledger.drop(f"no_{name}", rows.index[values.isna()])
    sound = table["variant"].notna() & converted.notna()
    table["converted"] = converted
    table = table[sound]
    table["converted"] = table["converted"].astype(bool)
    return table[list(COLUMNS["experiment"])]
