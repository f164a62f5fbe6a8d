"""Odds of the outcome for those who pass by a touchpoint, other touchpoints, length of the episode and persona held."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxkit.evidence.events.log import PreparedLog
from cxkit.statistics.multiple import benjamini_hochberg
from cxkit.statistics.odds import firth


@dataclass(frozen=True)
class AdjustedOdds:
    """Odds ratio of the outcome with its interval, p and q; ``episodes`` closed ones that pass, ``outcomes`` of them that end well."""

    touchpoint: str
    episodes: int
    outcomes: int
    ratio: float
    low: float
    high: float
    p: float
    q: float | None


def adjusted_odds(log: PreparedLog, *, least: int, level: float = 0.95) -> tuple[AdjustedOdds, ...]:
    """One model over the closed episodes, by falling odds; empty where nothing can be fitted.

    A touchpoint enters where at least ``least`` episodes pass there before any outcome, and as many do not. Held besides: the other
    touchpoints, log2 of the number of contacts before the outcome, the persona. A touchpoint that those before it by name already tell is left
    out. Separation (nobody, or everybody, of those who pass reaches
    the outcome) is met by Firth's penalty.
    """
    visits = log.collect("SELECT episode, touchpoint::VARCHAR AS touchpoint FROM {visits} WHERE at_risk ORDER BY 1, 2")
    episodes = log.collect("""SELECT episode, persona::VARCHAR AS persona, (state = 'outcome')::INTEGER AS good,
        least(contacts, coalesce(outcome_step - 1, contacts)) AS contacts FROM {episodes} WHERE state <> 'open' ORDER BY 1""")
    if episodes.empty or episodes["good"].nunique() < 2:
        return ()
    names, place = np.unique(visits["touchpoint"].to_numpy(dtype=str), return_inverse=True)
    met = np.zeros((len(episodes), len(names)), dtype=np.int8)
    met[np.searchsorted(episodes["episode"], visits["episode"]), place] = 1
    passing = pd.DataFrame(met, columns=names)
    told = [name for name in passing.columns if least <= passing[name].sum() <= len(episodes) - least]
    held = pd.get_dummies(episodes["persona"].fillna(""), dtype=float).iloc[:, 1:]
    held.insert(0, "length", np.log2(1 + episodes["contacts"].to_numpy(dtype=float)))
    if not told:
        return ()
    columns = np.column_stack([held.to_numpy(), passing[told].to_numpy(dtype=float)])
    # equal episodes are one row with their number: the fit needs no more
    rows, n = np.unique(np.column_stack([columns, episodes["good"]]), axis=0, return_counts=True)
    own = _independent(rows[:, :-1])
    kept = [told[column - held.shape[1]] for column in own if column >= held.shape[1]]
    fitted = firth(rows[:, own], rows[:, -1], n, level)
    if fitted is None or not kept:
        return ()
    fitted = fitted[len(own) - len(kept):]
    good = episodes["good"].to_numpy()
    q_values = benjamini_hochberg([odds.p for odds in fitted]).q
    found = [AdjustedOdds(name, int(passing[name].sum()), int((passing[name].to_numpy() * good).sum()), odds.ratio, odds.low, odds.high, odds.p, q)
             for name, odds, q in zip(kept, fitted, q_values, strict=True)]
    return tuple(sorted(found, key=lambda item: (-item.ratio, item.touchpoint)))


def _independent(columns: np.ndarray) -> list[int]:
    """The columns that are no combination of the constant and of those before them."""
    chosen: list[int] = []
    base = np.ones((len(columns), 1))
    for i in range(columns.shape[1]):
        wider = np.column_stack([base, columns[:, i]])
        if np.linalg.matrix_rank(wider) == wider.shape[1]:
            base, chosen = wider, [*chosen, i]
    return chosen
