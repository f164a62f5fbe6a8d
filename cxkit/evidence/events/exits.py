"""Where episodes end without outcome, against what the stage and the position would let expect."""

import numpy as np
import pandas as pd
from scipy.stats import chi2

from cxkit import method
from cxkit.evidence.events.log import PreparedLog
from cxkit.statistics.multiple import benjamini_hochberg
from cxkit.statistics.shares import wilson

COLUMNS = ["touchpoint", "stage", "contacts", "episodes", "exits", "share", "low", "high", "expected", "p", "q"]


def exits(log: PreparedLog, level: float = 0.95) -> pd.DataFrame:
    """Exit share of each touchpoint and whether it is more than expected.

    Only closed episodes count (a last contact is no exit while the episode may go on), contacts up to the outcome, and not
    the outcome itself. The expectation is what the *other* touchpoints of the same stage lose at the same position in the
    episode (indirect standardisation), of any stage where it stands alone in its own. The test is Mantel-Haenszel's over
    these strata, corrected by Benjamini-Hochberg over the touchpoints tested; under the smallest base no test is made.

    Returns
    -------
    DataFrame
        By falling exits: touchpoint, stage, contacts, episodes (that pass there), exits, share (exits / episodes, 0..1) with its
        Wilson interval low, high, expected (share, same base; null where nothing compares), p, q.
    """
    cube = _cube(log)
    if cube.empty:
        return pd.DataFrame(columns=COLUMNS)
    passing = log.gather("""SELECT touchpoint::VARCHAR AS touchpoint, episodes FROM (
        SELECT touchpoint, count(*) AS episodes FROM {visits} WHERE at_risk GROUP BY 1)""", ("touchpoint",)).set_index("touchpoint")["episodes"]
    least = method.data("thresholds")["base"]["suppressed"]
    rows = [_row(name, own, cube[cube["touchpoint"] != name], int(passing[name]), level, least)
            for name, own in cube.groupby("touchpoint", sort=True)]
    table = pd.DataFrame(rows, columns=COLUMNS[:-1])
    # a missing p is None here and NaN in the table
    table["q"] = [np.nan if q is None else q for q in benjamini_hochberg([row[-1] for row in rows]).q]
    return table.sort_values(["exits", "touchpoint"], ascending=[False, True], ignore_index=True)


def _cube(log: PreparedLog) -> pd.DataFrame:
    """Contacts at risk and exits by touchpoint, stage and band of position."""
    bands = method.data("paths")["position_bands"]
    table = log.gather(f"""SELECT touchpoint::VARCHAR AS touchpoint, coalesce(stage::VARCHAR, '') AS stage, position, n, exits FROM (
        SELECT touchpoint, stage, least(step, {int(bands[-1])}) AS position, count(*) AS n,
               count(*) FILTER (next_time IS NULL AND state = 'left') AS exits
        FROM {{log}} WHERE at_risk GROUP BY ALL)""", ("touchpoint", "stage", "position"))
    table["band"] = np.searchsorted(bands, table["position"], side="right")
    return table.groupby(["touchpoint", "stage", "band"], as_index=False)[["n", "exits"]].sum()


def _row(name: str, own: pd.DataFrame, others: pd.DataFrame, episodes: int, level: float, least: int) -> tuple:
    exits_, stage = int(own["exits"].sum()), own.groupby("stage")["n"].sum().idxmax()
    interval = wilson(exits_, episodes, level)
    compared_with = tuple(others[column].to_numpy() for column in ("band", "stage", "n", "exits"))
    strata = [_stratum(cell, *compared_with, least) for cell in own.itertuples()]
    compared = [s for s in strata if s is not None]
    expected = p = None
    if compared and len(compared) == len(strata):
        expected = sum(n * lost / base for n, _, lost, base in compared) / episodes
        p = _mantel_haenszel_p(compared) if episodes >= least else None
    return name, stage or None, int(own["n"].sum()), episodes, exits_, exits_ / episodes, interval.low, interval.high, expected, p


def _stratum(cell, bands: np.ndarray, stages: np.ndarray, n: np.ndarray, exits_: np.ndarray, least: int) -> tuple[int, int, int, int] | None:
    """(own contacts, own exits, others' exits, others' contacts): the narrowest comparison that has a base."""
    same_band, same_stage = bands == cell.band, stages == cell.stage
    for chosen in (same_band & same_stage, same_band, same_stage, same_band | ~same_band):
        base = int(n[chosen].sum())
        if base >= least:
            return cell.n, cell.exits, int(exits_[chosen].sum()), base
    return None


def _mantel_haenszel_p(strata: list[tuple[int, int, int, int]]) -> float | None:
    """Two-sided p of the Mantel-Haenszel score test: own exits against the share of all exits, stratum by stratum."""
    n, own, lost, base = np.array(strata, dtype=float).T
    total, ended = n + base, own + lost
    variance = (n * base * ended * (total - ended) / (total**2 * (total - 1))).sum()
    if variance <= 0:
        return None
    return float(chi2.sf((own - n * ended / total).sum() ** 2 / variance, 1))
