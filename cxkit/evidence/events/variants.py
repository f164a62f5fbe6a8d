"""Whole paths: variants, loops, and how the lived path deviates from the planned one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from cxkit.evidence.events.log import PreparedLog
from cxkit.evidence.events.transitions import Level, _level


@dataclass(frozen=True)
class Loops:
    """Episodes that come back to a place already left, and those that repeat one at once, out of all episodes."""

    returning: int
    repeating: int
    episodes: int


def variants(log: PreparedLog, level: Level = "touchpoint", *, merge_repeats: bool = False, limit: int | None = None,
             to_outcome: bool = False) -> pd.DataFrame:
    """Distinct paths by falling frequency: path (tuple), n, share of episodes, outcome, left, open.

    Parameters
    ----------
    merge_repeats : the same place several times in a row counts once.
    to_outcome : paths end just before their first outcome; what follows it is another story.
    """
    level = _level(level)
    kept = [f"{level} IS NOT NULL"]
    if to_outcome:
        kept.append("(outcome_step IS NULL OR step < outcome_step)")
    inner = f"SELECT episode, step, state, {level} AS place, lag({level}) OVER (PARTITION BY episode ORDER BY step) AS before " \
            f"FROM {{log}} WHERE {' AND '.join(kept)}"
    merged = "WHERE place IS DISTINCT FROM before" if merge_repeats else ""
    table = log.query(f"""
        WITH paths AS (SELECT episode, state, list(place::VARCHAR ORDER BY step) AS path FROM ({inner}) {merged} GROUP BY 1, 2)
        SELECT path, count(*) AS n, count(*) / (SELECT count(*) FROM {{episodes}}) AS share,
               count(*) FILTER (state = 'outcome') AS outcome, count(*) FILTER (state = 'left') AS left,
               count(*) FILTER (state = 'open') AS open
        FROM paths GROUP BY path ORDER BY n DESC, path {f'LIMIT {int(limit)}' if limit is not None else ''}""")
    table["path"] = [tuple(path) for path in table["path"]]
    return table


def count_variants(log: PreparedLog) -> int:
    """Number of distinct paths."""
    return log.rows("""SELECT count(DISTINCT path) FROM
        (SELECT list(touchpoint ORDER BY step) AS path FROM {log} GROUP BY episode)""")[0][0]


def loops(log: PreparedLog, level: Level = "touchpoint") -> Loops:
    """Loops: an episode returns where it leaves a place and comes back to it; a repeat at once is no loop."""
    level = _level(level)
    row = log.rows(f"""
        WITH visits AS (SELECT episode, {level}, count(*) AS n,
                               count(*) FILTER (next_{level} IS DISTINCT FROM {level}) AS stays
                        FROM {{log}} WHERE {level} IS NOT NULL GROUP BY 1, 2)
        SELECT count(DISTINCT episode) FILTER (stays > 1), count(DISTINCT episode) FILTER (n > stays) FROM visits""")[0]
    return Loops(row[0], row[1], log.rows("SELECT count(*) FROM {episodes}")[0][0])


def frequent_loops(log: PreparedLog, limit: int = 10) -> pd.DataFrame:
    """Round trips a → b → a: columns place, via, n, episodes, share of episodes."""
    return log.query(f"""
        SELECT place::VARCHAR AS place, via::VARCHAR AS via, count(*) AS n, count(DISTINCT episode) AS episodes,
               count(DISTINCT episode) / (SELECT count(*) FROM {{episodes}}) AS share
        FROM (SELECT episode, touchpoint AS place, next_touchpoint AS via,
                     lead(next_touchpoint) OVER (PARTITION BY episode ORDER BY step) AS back FROM {{log}})
        WHERE back = place AND via <> place GROUP BY 1, 2 ORDER BY n DESC, 1, 2 LIMIT {int(limit)}""")


Deviation = Literal["extra", "out_of_order", "failed", "missing"]


def deviations(log: PreparedLog, planned: Sequence[str]) -> pd.DataFrame:
    """Deviations of lived paths from the planned one, in the four types of CJML, counted once an episode and touchpoint.

    extra: a touchpoint that the plan does not hold. out_of_order: a planned touchpoint first met after a later planned one.
    failed: the planned touchpoint where an episode ended without outcome. missing: a planned touchpoint that an episode
    passed by, a later planned one being reached.

    Returns
    -------
    DataFrame
        Columns type, touchpoint, episodes, base (episodes that could show it), share; by falling episodes.
    """
    plan = pd.DataFrame({"touchpoint": list(planned), "rank": range(len(planned))}).astype({"touchpoint": "str", "rank": "int64"})
    log.connection.register("plan", plan)
    table = log.query("""
        WITH met AS (SELECT episode, touchpoint::VARCHAR AS touchpoint, min(step) AS step FROM {log} GROUP BY 1, 2),
        total AS (SELECT count(*) AS n FROM {episodes}),
        planned_met AS (SELECT m.episode, m.touchpoint, m.step, p.rank,
                               max(p.rank) OVER (PARTITION BY m.episode ORDER BY m.step
                                                 ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW) AS furthest
                        FROM met m JOIN plan p USING (touchpoint)),
        reached AS (SELECT episode, max(rank) AS rank FROM planned_met GROUP BY 1),
        due AS (SELECT r.episode, p.touchpoint FROM reached r JOIN plan p ON p.rank < r.rank),
        found AS (
            SELECT 'extra' AS type, touchpoint, count(*) AS episodes, any_value(total.n) AS base FROM met, total
              WHERE touchpoint NOT IN (SELECT touchpoint FROM plan) GROUP BY touchpoint
            UNION ALL
            SELECT 'out_of_order', touchpoint, count(*) FILTER (furthest > rank), count(*) FROM planned_met GROUP BY touchpoint
            UNION ALL
            SELECT 'failed', m.touchpoint, count(*) FILTER (e.state = 'left' AND e.last::VARCHAR = m.touchpoint), count(*)
              FROM planned_met m JOIN {episodes} e USING (episode) WHERE e.state <> 'open' GROUP BY m.touchpoint
            UNION ALL
            SELECT 'missing', d.touchpoint, count(*) FILTER (m.step IS NULL), count(*)
              FROM due d LEFT JOIN met m ON m.episode = d.episode AND m.touchpoint = d.touchpoint GROUP BY d.touchpoint)
        SELECT type, touchpoint, episodes, base, episodes / base AS share FROM found WHERE episodes > 0
        ORDER BY episodes DESC, type, touchpoint""")
    log.connection.unregister("plan")
    return table


def skipping_share(log: PreparedLog, planned: Sequence[str]) -> tuple[int, int]:
    """Episodes that pass by at least one planned touchpoint, out of those that reach a planned one."""
    plan = pd.DataFrame({"touchpoint": list(planned), "rank": range(len(planned))}).astype({"touchpoint": "str", "rank": "int64"})
    log.connection.register("plan", plan)
    row = log.rows("""
        WITH met AS (SELECT episode, max(rank) + 1 AS due, count(DISTINCT rank) AS had
                     FROM {log} l JOIN plan p ON p.touchpoint = l.touchpoint::VARCHAR GROUP BY 1)
        SELECT count(*) FILTER (had < due), count(*) FROM met""")[0]
    log.connection.unregister("plan")
    return row[0], row[1]
