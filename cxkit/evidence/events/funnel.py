"""Funnels and waits: who goes on to the next step, and after how long."""

import itertools
from collections.abc import Sequence

import pandas as pd

from cxkit.evidence.events.inventory import HOUR
from cxkit.evidence.events.log import PreparedLog
from cxkit.evidence.events.source import literal
from cxkit.evidence.events.transitions import Level, checked

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)


def funnel(log: PreparedLog, steps: Sequence[str], level: Level = "stage") -> pd.DataFrame:
    """Funnel over ordered steps: a step counts when it comes after the previous step, anything in between.

    Returns
    -------
    DataFrame
        One row a step: step, episodes, of_previous (step conversion, 0..1), of_first (overall conversion), anywhere
        (episodes that hold the step, in whatever order), hours (median hours since the previous step).
    """
    columns = ["step", "episodes", "of_previous", "of_first", "anywhere", "hours"]
    if not steps:
        return pd.DataFrame(columns=columns)
    level = checked(level)
    held = log.gather(f"SELECT {level}::VARCHAR AS place, n FROM (SELECT {level}, count(*) AS n FROM {_holding(level)} GROUP BY 1)", ("place",))
    anywhere = dict(zip(held["place"], held["n"].astype(int), strict=True))
    # the chain ends at the first step that nobody knows: comparing codes, not texts, needs known names
    known = list(itertools.takewhile(lambda name: name in anywhere, steps))
    reached, hours = [anywhere[name] for name in known[:1]], {}
    if len(known) > 1:
        union = " UNION ALL ".join(f"SELECT {i} AS rank, wait AS value FROM step_{i}" for i in range(1, len(known)))
        waited = log.quantiles(f"WITH {_chain(known, level)} {union}", ("rank",), (0.5,)).set_index("rank")
        reached += [int(waited["n"].get(i, 0)) for i in range(1, len(known))]
        hours = {i: value / HOUR for i, value in waited["q0"].items()}
    reached += [0] * (len(steps) - len(reached))
    rows = [(name, reached[i], reached[i] / reached[i - 1 if i else 0] if reached[i - 1 if i else 0] else None,
             reached[i] / reached[0] if reached[0] else None, anywhere.get(name, 0), hours.get(i)) for i, name in enumerate(steps)]
    return pd.DataFrame(rows, columns=columns)


def waits(log: PreparedLog, limit: int | None = None) -> pd.DataFrame:
    """Time between directly following contacts, in hours: source, target, n, p10, p25, median, p75, p90, mean; by falling n."""
    table = log.quantiles("""SELECT touchpoint AS source, next_touchpoint AS target, epoch_us(next_time) - epoch_us(time) AS value
        FROM {log} WHERE next_time IS NOT NULL""", ("source", "target"), QUANTILES)
    table = table.rename(columns=dict(zip((f"q{i}" for i in range(len(QUANTILES))), ("p10", "p25", "median", "p75", "p90"), strict=True)))
    for column in ("p10", "p25", "median", "p75", "p90", "mean"):
        table[column] /= HOUR
    table = table[["source", "target", "n", "p10", "p25", "median", "p75", "p90", "mean"]]
    table = table.sort_values(["n", "source", "target"], ascending=[False, True, True], ignore_index=True)
    return table if limit is None else table.head(limit)


def durations(log: PreparedLog) -> pd.DataFrame:
    """Length of episodes by end state: state, episodes, contacts (median), hours (median from first to last contact)."""
    contacts = log.quantiles("SELECT state::VARCHAR AS state, contacts AS value FROM {episodes}", ("state",), (0.5,))
    hours = log.quantiles("SELECT state::VARCHAR AS state, epoch_us(finish) - epoch_us(start) AS value FROM {episodes}", ("state",), (0.5,))
    return pd.DataFrame({"state": contacts["state"], "episodes": contacts["n"], "contacts": contacts["q0"].astype(float),
                         "hours": hours["q0"].astype(float) / HOUR})


def _holding(level: str) -> str:
    """One row an episode and place that it holds."""
    return "{visits}" if level == "touchpoint" else f"(SELECT DISTINCT {level}, episode FROM {{log}} WHERE {level} IS NOT NULL)"


def _chain(steps: Sequence[str], level: str) -> str:
    """SQL of one table a step: the episodes that reach it after the previous one, where, when, after how long."""
    tables = []
    for i, name in enumerate(steps):
        place = literal(name).replace("{", "{{").replace("}", "}}")
        if i == 0:
            tables.append(f"""step_0 AS MATERIALIZED (SELECT episode, min(step) AS step, arg_min(time, step) AS time FROM {{log}}
                WHERE {level} = {place} GROUP BY episode)""")
            continue
        tables.append(f"""step_{i} AS MATERIALIZED (SELECT l.episode, min(l.step) AS step, arg_min(l.time, l.step) AS time,
                epoch_us(arg_min(l.time, l.step)) - epoch_us(any_value(f.time)) AS wait
            FROM {{log}} l JOIN step_{i - 1} f ON f.episode = l.episode AND l.step > f.step
            WHERE l.{level} = {place} GROUP BY l.episode)""")
    return ", ".join(tables)
