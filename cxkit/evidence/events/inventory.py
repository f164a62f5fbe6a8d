"""What each touchpoint carries: contacts, customers, reach, channels, first and last places."""

import pandas as pd

from cxkit.evidence.events.log import PreparedLog


def inventory(log: PreparedLog) -> pd.DataFrame:
    """One row a touchpoint, by falling contacts.

    Columns: touchpoint, stage (its most frequent one), contacts, episodes, customers, reach (share of episodes that pass
    there, 0..1), first_share (share of episodes that begin there), last_share (share of closed episodes, outcome or left, that
    end there), return_share (share of its episodes that come back to it after another touchpoint), next_hours (median
    hours to the next contact).
    """
    return log.query("""
        WITH total AS (SELECT count(*) AS episodes, count(*) FILTER (state <> 'open') AS closed FROM {episodes}),
        firsts AS (SELECT first AS touchpoint, count(*) AS n FROM {episodes} GROUP BY 1),
        lasts AS (SELECT last AS touchpoint, count(*) AS n FROM {episodes} WHERE state <> 'open' GROUP BY 1),
        visits AS (SELECT touchpoint, episode, count(*) FILTER (next_touchpoint IS DISTINCT FROM touchpoint) AS stays
                   FROM {log} GROUP BY 1, 2),
        returns AS (SELECT touchpoint, count(*) FILTER (stays > 1) AS n FROM visits GROUP BY 1),
        stages AS (SELECT touchpoint, arg_max(stage, (n, -rank)) AS stage
                   FROM (SELECT touchpoint, stage, count(*) AS n, row_number() OVER (PARTITION BY touchpoint ORDER BY stage) AS rank
                         FROM {log} WHERE stage IS NOT NULL GROUP BY 1, 2) GROUP BY 1),
        used AS (SELECT touchpoint, count(*) AS contacts, count(DISTINCT episode) AS episodes, count(DISTINCT customer) AS customers,
                        median((epoch_us(next_time) - epoch_us(time)) / 3.6e9) AS next_hours FROM {log} GROUP BY 1)
        SELECT u.touchpoint::VARCHAR AS touchpoint, s.stage::VARCHAR AS stage, u.contacts, u.episodes, u.customers,
               u.episodes / t.episodes AS reach, coalesce(f.n, 0) / t.episodes AS first_share,
               coalesce(l.n, 0) / nullif(t.closed, 0) AS last_share, r.n / u.episodes AS return_share, u.next_hours
        FROM used u CROSS JOIN total t LEFT JOIN firsts f USING (touchpoint) LEFT JOIN lasts l USING (touchpoint)
        LEFT JOIN returns r USING (touchpoint) LEFT JOIN stages s USING (touchpoint)
        ORDER BY u.contacts DESC, 1""")


def channel_mix(log: PreparedLog) -> pd.DataFrame:
    """Contacts by touchpoint and channel: columns touchpoint, channel, contacts, share (of the touchpoint's contacts)."""
    return log.query("""
        SELECT touchpoint::VARCHAR AS touchpoint, channel::VARCHAR AS channel, count(*) AS contacts,
               count(*) / sum(count(*)) OVER (PARTITION BY touchpoint) AS share
        FROM {log} WHERE channel IS NOT NULL GROUP BY touchpoint, channel ORDER BY 1, 3 DESC, 2""")


def outcome_by(log: PreparedLog, attribute: str) -> pd.DataFrame:
    """Outcome by an attribute of the episode's first contact (channel, stage, persona, touchpoint).

    Columns: value, episodes, outcomes, share (of all episodes), closed_share (of closed ones: open episodes left out).
    """
    if attribute not in ("channel", "stage", "persona", "touchpoint", "owner"):
        raise ValueError("attribute: channel, stage, persona, touchpoint or owner expected")
    return log.query(f"""
        SELECT {attribute}::VARCHAR AS value, count(*) AS episodes, count(*) FILTER (state = 'outcome') AS outcomes,
               count(*) FILTER (state = 'outcome') / count(*) AS share,
               count(*) FILTER (state = 'outcome') / nullif(count(*) FILTER (state <> 'open'), 0) AS closed_share
        FROM {{log}} WHERE step = 1 AND {attribute} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1""")


def outcome_of_visitors(log: PreparedLog) -> pd.DataFrame:
    """Outcome among the episodes that pass by each touchpoint: touchpoint, episodes, outcomes, share (of these episodes)."""
    return log.query("""
        SELECT touchpoint::VARCHAR AS touchpoint, count(DISTINCT episode) AS episodes,
               count(DISTINCT episode) FILTER (state = 'outcome') AS outcomes,
               count(DISTINCT episode) FILTER (state = 'outcome') / count(DISTINCT episode) AS share
        FROM {log} GROUP BY 1 ORDER BY 2 DESC, 1""")


def conversion_after(log: PreparedLog) -> pd.DataFrame:
    """Outcome of the closed episodes that come to a touchpoint before any outcome.

    Columns: touchpoint, contacts (before the outcome, in closed episodes), episodes, outcomes, share (0..1). Who comes after the outcome
    does not count: nothing was left to convert.
    """
    return log.query("""
        SELECT touchpoint::VARCHAR AS touchpoint, count(*) AS contacts, count(DISTINCT episode) AS episodes,
               count(DISTINCT episode) FILTER (state = 'outcome') AS outcomes,
               count(DISTINCT episode) FILTER (state = 'outcome') / count(DISTINCT episode) AS share
        FROM {log} WHERE state <> 'open' AND (outcome_step IS NULL OR step < outcome_step) GROUP BY 1 ORDER BY 3 DESC, 1""")
