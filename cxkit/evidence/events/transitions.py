"""How customers move: transitions at three levels, switches, hand-overs, and how much of a labyrinth it is."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from cxkit.evidence.events.log import PreparedLog

Level = Literal["touchpoint", "channel", "stage", "owner"]
START, OUTCOME, LEFT, OPEN = "^start", "^outcome", "^left", "^open"


@dataclass(frozen=True)
class Labyrinth:
    """Entropy of where customers go next: ``bits`` per contact, ``ways`` = 2^bits, ``index`` 0 (a line) .. 1 (any way, evenly)."""

    bits: float | None
    ways: float | None
    index: float | None


def transitions(log: PreparedLog, level: Level = "touchpoint", *, ends: bool = False) -> pd.DataFrame:
    """Directly following contacts: columns source, target, n, episodes, share (of the moves out of source).

    ``ends`` adds the start of episodes and their end state: ``^start``, ``^outcome``, ``^left``, ``^open``. Contacts without value
    at this level take no part.
    """
    level = _level(level)
    moves = f"SELECT {level}::VARCHAR AS source, next_{level}::VARCHAR AS target, episode FROM {{log}} WHERE next_time IS NOT NULL"
    if ends:
        moves += f""" UNION ALL SELECT '{START}', {level}::VARCHAR, episode FROM {{log}} WHERE step = 1
            UNION ALL SELECT {level}::VARCHAR, '^' || state, episode FROM {{log}} WHERE next_time IS NULL"""
    return log.query(f"""
        SELECT source, target, count(*) AS n, count(DISTINCT episode) AS episodes,
               count(*) / sum(count(*)) OVER (PARTITION BY source) AS share
        FROM ({moves}) WHERE source IS NOT NULL AND target IS NOT NULL GROUP BY source, target ORDER BY n DESC, source, target""")


def changes(log: PreparedLog, level: Literal["channel", "owner"] = "channel") -> pd.DataFrame:
    """Channel switches or hand-overs between owners: source, target, n, episodes, and share of all episodes that have it."""
    level = _level(level)
    return log.query(f"""
        SELECT {level}::VARCHAR AS source, next_{level}::VARCHAR AS target, count(*) AS n, count(DISTINCT episode) AS episodes,
               count(DISTINCT episode) / (SELECT count(*) FROM {{episodes}}) AS share
        FROM {{log}} WHERE {level} <> next_{level} GROUP BY 1, 2 ORDER BY n DESC, 1, 2""")


def changed_share(log: PreparedLog, level: Literal["channel", "owner"] = "channel") -> tuple[int, int]:
    """Episodes with at least one change, and all episodes."""
    level = _level(level)
    changed = log.rows(f"SELECT count(DISTINCT episode) FROM {{log}} WHERE {level} <> next_{level}")[0][0]
    return changed, log.rows("SELECT count(*) FROM {episodes}")[0][0]


def handovers(log: PreparedLog) -> pd.DataFrame:
    """Moves that change owner, by touchpoint pair: source, target, source_owner, target_owner, n, episodes, share of episodes."""
    return log.query("""
        SELECT touchpoint::VARCHAR AS source, next_touchpoint::VARCHAR AS target, owner::VARCHAR AS source_owner,
               next_owner::VARCHAR AS target_owner, count(*) AS n, count(DISTINCT episode) AS episodes,
               count(DISTINCT episode) / (SELECT count(*) FROM {episodes}) AS share
        FROM {log} WHERE owner <> next_owner GROUP BY 1, 2, 3, 4 ORDER BY n DESC, 1, 2, 3, 4""")


def labyrinth(log: PreparedLog, level: Level = "touchpoint") -> Labyrinth:
    """Entropy rate of the moves, ends included: Σ π(a) H(next | a), π the share of moves out of a.

    The index divides it by log2 of the number of places that a move may lead to. Undefined without a move.
    """
    moves = transitions(log, level, ends=True)
    moves = moves[(moves["source"] != START) & (moves["target"] != OPEN)]
    if moves.empty:
        return Labyrinth(None, None, None)
    out = moves.groupby("source")["n"].transform("sum")
    bits = float(-(moves["n"] / moves["n"].sum() * np.log2(moves["n"] / out)).sum()) + 0.0
    places = moves["target"].nunique()
    return Labyrinth(bits, 2**bits, bits / np.log2(places) if places > 1 else 0.0)


def _level(level: str) -> str:
    if level not in ("touchpoint", "channel", "stage", "owner"):
        raise ValueError("level: touchpoint, channel, stage or owner expected")
    return level
