"""Where the lived path leaves the planned one, in the four types of the customer journey modelling language (CJML)."""

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from cxkit.evidence.events.log import PreparedLog
from cxkit.evidence.events.source import literal

Deviation = Literal["extra", "out_of_order", "failed", "missing"]


def deviations(log: PreparedLog, planned: Sequence[str]) -> pd.DataFrame:
    """Deviations of lived paths from the planned one, counted once an episode and touchpoint.

    extra: a touchpoint that the plan does not hold. out_of_order: a planned touchpoint first met after a later planned one.
    failed: the planned touchpoint where an episode ended without outcome. missing: a planned touchpoint that an episode
    passed by, a later planned one being reached.

    Returns
    -------
    DataFrame
        Columns type, touchpoint, episodes, base (episodes that could show it), share; by falling episodes.
    """
    table = log.gather(f"""
        WITH plan AS ({_plan(planned)}),
        met AS (SELECT episode, touchpoint::VARCHAR AS touchpoint, first_step AS step, state FROM {{visits}}),
        planned_met AS (SELECT m.*, p.rank, max(p.rank) OVER (PARTITION BY m.episode ORDER BY m.step
                                                              ROWS UNBOUNDED PRECEDING EXCLUDE CURRENT ROW) AS furthest
                        FROM met m JOIN plan p USING (touchpoint)),
        reached AS (SELECT episode, max(rank) AS rank FROM planned_met GROUP BY 1),
        due AS (SELECT r.episode, p.touchpoint FROM reached r JOIN plan p ON p.rank < r.rank)
        SELECT 'extra' AS type, touchpoint, count(*) AS episodes, 0 AS base FROM met
          WHERE touchpoint NOT IN (SELECT touchpoint FROM plan) GROUP BY touchpoint
        UNION ALL
        SELECT 'out_of_order', touchpoint, count(*) FILTER (furthest > rank), count(*) FROM planned_met GROUP BY touchpoint
        UNION ALL
        SELECT 'failed', m.touchpoint, count(*) FILTER (e.state = 'left' AND e.last::VARCHAR = m.touchpoint), count(*)
          FROM planned_met m JOIN {{episodes}} e USING (episode) WHERE e.state <> 'open' GROUP BY m.touchpoint
        UNION ALL
        SELECT 'missing', d.touchpoint, count(*) FILTER (m.step IS NULL), count(*)
          FROM due d LEFT JOIN met m ON m.episode = d.episode AND m.touchpoint = d.touchpoint GROUP BY d.touchpoint""", ("type", "touchpoint"))
    table = table[table["episodes"] > 0].copy()
    # any episode could hold an extra touchpoint
    table["base"] = table["base"].where(table["type"] != "extra", log.counts()["episodes"])
    table["share"] = table["episodes"] / table["base"]
    return table.sort_values(["episodes", "type", "touchpoint"], ascending=[False, True, True], ignore_index=True)


def skipping_share(log: PreparedLog, planned: Sequence[str]) -> tuple[int, int]:
    """Episodes that pass by at least one planned touchpoint, out of those that reach a planned one."""
    row = log.gather(f"""
        WITH plan AS ({_plan(planned)}),
        met AS (SELECT episode, max(rank) + 1 AS due, count(DISTINCT rank) AS had
                FROM {{visits}} v JOIN plan p ON p.touchpoint = v.touchpoint::VARCHAR GROUP BY 1)
        SELECT count(*) FILTER (had < due) AS n, count(*) AS base FROM met""", ()).iloc[0]
    return int(row["n"]), int(row["base"])


def _plan(planned: Sequence[str]) -> str:
    """SQL of the planned touchpoints with their rank; braces are doubled since the text is a template."""
    rows = ", ".join(f"({literal(name)}, {rank})" for rank, name in enumerate(planned)).replace("{", "{{").replace("}", "}}")
    return f"SELECT * FROM (VALUES {rows}) AS p(touchpoint, rank)" if planned else "SELECT ''::VARCHAR AS touchpoint, 0 AS rank WHERE false"
