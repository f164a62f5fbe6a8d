"""Funnels and waits: who goes on to the next step, and after how long."""

from collections.abc import Sequence

import pandas as pd

from cxkit.evidence.events.log import PreparedLog
from cxkit.evidence.events.transitions import Level, _level


def funnel(log: PreparedLog, steps: Sequence[str], level: Level = "stage") -> pd.DataFrame:
    """Funnel over ordered steps: a step counts when it comes after the previous step, anything in between.

    Returns
    -------
    DataFrame
        One row a step: step, episodes, of_previous (step conversion, 0..1), of_first (overall conversion), anywhere
        (episodes that hold the step, in whatever order), hours (median hours since the previous step).
    """
    level = _level(level)
    table, rows = None, []
    anywhere = dict(log.rows(f"SELECT {level}::VARCHAR, count(DISTINCT episode) FROM {{log}} GROUP BY 1"))
    for name in steps:
        if table is None:
            sql = f"SELECT episode, min(step) AS step, arg_min(time, step) AS time, NULL::DOUBLE AS hours FROM {{log}} " \
                  f"WHERE {level}::VARCHAR = ? GROUP BY episode"
        else:
            sql = f"""SELECT l.episode, min(l.step) AS step, arg_min(l.time, l.step) AS time,
                             (epoch_us(arg_min(l.time, l.step)) - epoch_us(any_value(f.time))) / 3.6e9 AS hours
                      FROM {{log}} l JOIN {table} f ON f.episode = l.episode AND l.step > f.step
                      WHERE l.{level}::VARCHAR = ? GROUP BY l.episode"""
        new = f"funnel_{len(rows) % 2}"
        log.rows(f"CREATE OR REPLACE TEMP TABLE {new} AS {sql}", [name])
        table = new
        reached, hours = log.rows(f"SELECT count(*), median(hours) FROM {new}")[0]
        first, previous = (rows[0][1], rows[-1][1]) if rows else (reached, reached)
        rows.append((name, reached, reached / previous if previous else None, reached / first if first else None,
                     anywhere.get(name, 0), hours))
    return pd.DataFrame(rows, columns=["step", "episodes", "of_previous", "of_first", "anywhere", "hours"])


def waits(log: PreparedLog, limit: int | None = None) -> pd.DataFrame:
    """Time between directly following contacts, in hours: source, target, n, p10, median, p90, mean; by falling n."""
    hours = "(epoch_us(next_time) - epoch_us(time)) / 3.6e9"
    return log.query(f"""
        SELECT touchpoint::VARCHAR AS source, next_touchpoint::VARCHAR AS target, count(*) AS n,
               quantile_cont({hours}, 0.1) AS p10, median({hours}) AS median, quantile_cont({hours}, 0.9) AS p90,
               sum(epoch_us(next_time) - epoch_us(time)) / 3.6e9 / count(*) AS mean
        FROM {{log}} WHERE next_time IS NOT NULL GROUP BY 1, 2 ORDER BY n DESC, 1, 2
        {f'LIMIT {int(limit)}' if limit is not None else ''}""")


def durations(log: PreparedLog) -> pd.DataFrame:
    """Length of episodes by end state: state, episodes, contacts (median), hours (median from first to last contact)."""
    return log.query("""
        SELECT state, count(*) AS episodes, median(contacts) AS contacts,
               median((epoch_us(finish) - epoch_us(start)) / 3.6e9) AS hours FROM {episodes} GROUP BY 1 ORDER BY 1""")
