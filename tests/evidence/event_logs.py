"""Tiny logs written as text, for the tests of the event engine."""

import pandas as pd


def tiny(*paths: str, days: float = 0.01, gap_between: float = 0.0, start: str = "2025-01-01", **columns: list) -> pd.DataFrame:
    """One customer a path: ``tiny("ab", "ba")`` is customer c0 at a then b, customer c1 at b then a; a contact every ``days``."""
    rows = [(f"c{i}", pd.Timestamp(start) + pd.Timedelta(days=gap_between * i + days * j), place)
            for i, path in enumerate(paths) for j, place in enumerate(path)]
    return pd.DataFrame(rows, columns=["customer", "time", "touchpoint"]).assign(**columns)
