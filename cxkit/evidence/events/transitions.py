"""How customers move: transitions at three levels, switches, hand-overs, and how much of a labyrinth it is."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from cxkit.evidence.events.log import PreparedLog

Level = Literal["touchpoint", "channel", "stage", "owner"]
LEVELS = ("touchpoint", "channel", "stage", "owner")
START, OUTCOME, LEFT, OPEN = "^start", "^outcome", "^left", "^open"


@dataclass(frozen=True)
class Labyrinth:
    """Entropy of where customers go next: ``bits`` per contact, ``ways`` = 2^bits, ``index`` 0 (a line) .. 1 (any way, evenly)."""

    bits: float | None
    ways: float | None
    index: float | None


def transitions(log: PreparedLog, level: Level = "touchpoint", *, ends: bool = False, episodes: bool = False) -> pd.DataFrame:
    """Directly following contacts: columns source, target, n, share (of the moves out of source); by falling n.

    ``ends`` adds the start of episodes and their end state: ``^start``, ``^outcome``, ``^left``, ``^open``. ``episodes`` adds how many
    episodes make the move. Contacts without value at this level take no part.
    """
    level = checked(level)
    table = log.gather(f"""SELECT {level}::VARCHAR AS source, next_{level}::VARCHAR AS target, * EXCLUDE ({level}, next_{level}) FROM (
        SELECT {level}, next_{level}, count(*) AS n{_distinct(episodes)} FROM {{log}}
        WHERE next_{level} IS NOT NULL AND {level} IS NOT NULL GROUP BY ALL)""", ("source", "target"))
    if ends:
        table = pd.concat([table, _ends(log, level, episodes=episodes)], ignore_index=True)
    table["share"] = table["n"] / table.groupby("source")["n"].transform("sum")
    return table.sort_values(["n", "source", "target"], ascending=[False, True, True], ignore_index=True)


def changes(log: PreparedLog, level: Literal["channel", "owner"] = "channel") -> pd.DataFrame:
    """Channel switches or hand-overs between owners: source, target, n, episodes, and share of all episodes that have it."""
    level = checked(level)
    return _of_episodes(log, f"{level}::VARCHAR AS source, next_{level}::VARCHAR AS target", f"{level} <> next_{level}", ("source", "target"))


def changed_share(log: PreparedLog, level: Literal["channel", "owner"] = "channel") -> tuple[int, int]:
    """Episodes with at least one change, and all episodes."""
    level = checked(level)
    changed = log.gather(f"SELECT count(DISTINCT episode) AS n FROM {{log}} WHERE {level} <> next_{level}", ())["n"].iloc[0]
    return int(changed), log.counts()["episodes"]


def handovers(log: PreparedLog) -> pd.DataFrame:
    """Moves that change owner, by touchpoint pair: source, target, source_owner, target_owner, n, episodes, share of episodes."""
    return _of_episodes(log, "touchpoint::VARCHAR AS source, next_touchpoint::VARCHAR AS target, owner::VARCHAR AS source_owner, "
                        "next_owner::VARCHAR AS target_owner", "owner <> next_owner", ("source", "target", "source_owner", "target_owner"))


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


def checked(level: str) -> str:
    """The level, which becomes part of an SQL text."""
    if level not in LEVELS:
        raise ValueError("level: touchpoint, channel, stage or owner expected")
    return level


def _ends(log: PreparedLog, level: str, *, episodes: bool) -> pd.DataFrame:
    return log.gather(f"""SELECT source, target, count(*) AS n{_distinct(episodes)} FROM (
        SELECT '{START}' AS source, {level}::VARCHAR AS target, episode FROM {{log}} WHERE step = 1
        UNION ALL SELECT {level}::VARCHAR, '^' || state::VARCHAR, episode FROM {{log}} WHERE next_time IS NULL)
        WHERE source IS NOT NULL AND target IS NOT NULL GROUP BY ALL""", ("source", "target"))


def _distinct(episodes: bool) -> str:
    return ", count(DISTINCT episode) AS episodes" if episodes else ""


def _of_episodes(log: PreparedLog, columns: str, condition: str, keys: tuple[str, ...]) -> pd.DataFrame:
    table = log.gather(f"SELECT {columns}, count(*) AS n, count(DISTINCT episode) AS episodes FROM {{log}} WHERE {condition} GROUP BY ALL", keys)
    table["share"] = table["episodes"] / log.counts()["episodes"]
    return table.sort_values(["n", *keys], ascending=[False, *[True] * len(keys)], ignore_index=True)
