"""Where episodes end without outcome, against what the stage and the position would let expect."""

import numpy as np
import pandas as pd
from scipy.stats import chi2

from cxkit import method
from cxkit.evidence.events.inventory import BEFORE_OUTCOME
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
    passing = log.gather(f"""SELECT touchpoint::VARCHAR AS touchpoint, count(*) AS episodes FROM {{visits}}
        WHERE {BEFORE_OUTCOME.format(step='first_step')} GROUP BY 1""", ("touchpoint",)).set_index("touchpoint")["episodes"]
    least = method.data("thresholds")["base"]["suppressed"]
    rows = [_row(name, own, cube, int(passing[name]), level, least) for name, own in cube.groupby("touchpoint", sort=True)]
    table = pd.DataFrame(rows, columns=COLUMNS[:-1])
    # a missing p is None here and NaN in the table
    table["q"] = [np.nan if q is None else q for q in benjamini_hochberg([row[-1] for row in rows]).q]
    return table.sort_values(["exits", "touchpoint"], ascending=[False, True], ignore_index=True)


def _cube(log: PreparedLog) -> pd.DataFrame:
    """Contacts at risk and exits by touchpoint, stage and band of position."""
    bands = method.data("paths")["position_bands"]
    band = " + ".join(f"(step >= {int(first)})::INT" for first in bands)
    return log.gather(f"""
        SELECT touchpoint::VARCHAR AS touchpoint, coalesce(stage::VARCHAR, '') AS stage, {band} AS band, count(*) AS n,
               count(*) FILTER (state = 'left' AND next_time IS NULL) AS exits
        FROM {{log}} WHERE {BEFORE_OUTCOME.format(step='step')} GROUP BY ALL""", ("touchpoint", "stage", "band"))


def _row(name: str, own: pd.DataFrame, cube: pd.DataFrame, episodes: int, level: float, least: int) -> tuple:
    others = cube[cube["touchpoint"] != name]
    exits_, stage = int(own["exits"].sum()), own.groupby("stage")["n"].sum().idxmax()
    interval = wilson(exits_, episodes, level)
    strata = [_stratum(cell, others, least) for cell in own.itertuples()]
    compared = [s for s in strata if s is not None]
    expected = p = None
    if compared and len(compared) == len(strata):
        expected = sum(n * lost / base for n, _, lost, base in compared) / episodes
        p = _mantel_haenszel_p(compared) if episodes >= least else None
    return name, stage or None, int(own["n"].sum()), episodes, exits_, exits_ / episodes, interval.low, interval.high, expected, p


def _stratum(cell, others: pd.DataFrame, least: int) -> tuple[int, int, int, int] | None:
    """(own contacts, own exits, others' exits, others' contacts): the narrowest comparison that has a base."""
    same_band = others["band"] == cell.band
    for chosen in (same_band & (others["stage"] == cell.stage), same_band, others["stage"] == cell.stage, same_band | ~same_band):
        base = int(others.loc[chosen, "n"].sum())
        if base >= least:
            return cell.n, cell.exits, int(others.loc[chosen, "exits"].sum()), base
    return None


def _mantel_haenszel_p(strata: list[tuple[int, int, int, int]]) -> float | None:
    """Two-sided p of the Mantel-Haenszel score test: own exits against the share of all exits, stratum by stratum."""
    n, own, lost, base = np.array(strata, dtype=float).T
    total, ended = n + base, own + lost
    variance = (n * base * ended * (total - ended) / (total**2 * (total - 1))).sum()
    if variance <= 0:
        return None
    return float(chi2.sf((own - n * ended / total).sum() ** 2 / variance, 1))
