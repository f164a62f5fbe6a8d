"""Exact quantiles of values that stand in several places: a mergeable histogram first, then the values of a few bins.

The bins are whole numbers whose order is that of the values; a bin holds values of nearly equal size (1/64 apart), so that the second pass
fetches a small part of them.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

BIN = "CASE WHEN value <= 0 THEN 0 ELSE 1 + floor(64 * log2(value + 1))::BIGINT END"


def bins_sql(sql: str, keys: Sequence[str]) -> str:
    """SQL of the histogram of ``value`` by keys: keys, bin, n, total."""
    return f"""SELECT {_listed(keys)}{BIN} AS bin, count(*) AS n, sum(value)::BIGINT AS total FROM ({sql}) WHERE value IS NOT NULL GROUP BY ALL"""


def values_sql(sql: str, keys: Sequence[str]) -> str:
    """SQL of the values of the bins in the table ``wanted``: keys, bin, value, n."""
    return f"""SELECT {_listed(keys)}bin, value, count(*) AS n FROM (SELECT *, {BIN} AS bin FROM ({sql}) WHERE value IS NOT NULL)
        SEMI JOIN wanted USING ({', '.join((*keys, 'bin'))}) GROUP BY ALL"""


def ranks(bins: pd.DataFrame, keys: Sequence[str], shares: Sequence[float]) -> pd.DataFrame:
    """Ranks (from 0) of the two neighbours of each quantile, by keys: keys, share (its index), low, high, weight of the high one."""
    totals = _grouped(bins, keys)["n"].sum().reset_index() if keys else pd.DataFrame({"n": [bins["n"].sum()]})
    rows = []
    for row in totals.to_dict("records"):
        for i, share in enumerate(shares):
            place = share * (row["n"] - 1)
            rows.append({**{key: row[key] for key in keys}, "share": i, "low": int(np.floor(place)), "high": int(np.ceil(place)),
                         "weight": place - np.floor(place)})
    return pd.DataFrame(rows, columns=[*keys, "share", "low", "high", "weight"])


def picked(bins: pd.DataFrame, keys: Sequence[str], wanted: pd.DataFrame) -> pd.DataFrame:
    """The bins that hold the wanted ranks: keys, bin."""
    found = []
    for name, own in _parts(bins, keys):
        mine = wanted if not keys else wanted[(wanted[list(keys)] == list(name)).all(axis=1)]
        ends = own["n"].cumsum().to_numpy()
        places = np.unique(np.searchsorted(ends, [*mine["low"], *mine["high"]], side="right"))
        found.append(own.iloc[places][[*keys, "bin"]])
    return pd.concat(found, ignore_index=True) if found else bins[[*keys, "bin"]]


def quantiles_of(bins: pd.DataFrame, values: pd.DataFrame, keys: Sequence[str], shares: Sequence[float]) -> pd.DataFrame:
    """The quantiles from the histogram and the fetched values: keys, n, mean, q0, q1, …"""
    values = values.groupby([*keys, "bin", "value"], as_index=False)["n"].sum()
    rows = []
    for name, own in _parts(bins, keys):
        mine = values if not keys else values[(values[list(keys)] == list(name)).all(axis=1)]
        n, below = int(own["n"].sum()), own.set_index("bin")["n"].cumsum().shift(fill_value=0)
        row = {**dict(zip(keys, name, strict=True)), "n": n, "mean": float(own["total"].sum()) / n}
        for i, share in enumerate(shares):
            place = share * (n - 1)
            low, high = (_at(own, mine, below, int(rank)) for rank in (np.floor(place), np.ceil(place)))
            row[f"q{i}"] = low + (high - low) * (place - np.floor(place))
        rows.append(row)
    return settled(pd.DataFrame(rows, columns=[*keys, "n", "mean", *(f"q{i}" for i in range(len(shares)))]), keys)


def settled(table: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """The keys as texts, the figures to 12 significant digits: the last bits depend on who interpolates."""
    for key in keys:  # grouped as codes, told as texts
        table[key] = table[key].astype("str") if isinstance(table[key].dtype, pd.CategoricalDtype) else table[key]
    for column in table.columns.difference([*keys, "n"]):
        table[column] = [float(f"{value:.12g}") for value in table[column]]
    return table


def _at(own: pd.DataFrame, values: pd.DataFrame, below: pd.Series, rank: int) -> float:
    """The value at a rank: what is left of the rank inside its bin, among the fetched values of that bin."""
    bin_ = own["bin"].iloc[int(np.searchsorted(own["n"].cumsum().to_numpy(), rank, side="right"))]
    mine = values[values["bin"] == bin_].sort_values("value")
    return float(mine["value"].iloc[int(np.searchsorted(mine["n"].cumsum().to_numpy(), rank - below[bin_], side="right"))])


def _parts(bins: pd.DataFrame, keys: Sequence[str]) -> list[tuple[tuple, pd.DataFrame]]:
    if not keys:
        return [((), bins.sort_values("bin"))] if len(bins) else []
    return [(name, own.sort_values("bin")) for name, own in _grouped(bins, keys)]


def _grouped(bins: pd.DataFrame, keys: Sequence[str]):
    return bins.groupby(list(keys), sort=True)


def _listed(keys: Sequence[str]) -> str:
    return "".join(f"{key}, " for key in keys)
