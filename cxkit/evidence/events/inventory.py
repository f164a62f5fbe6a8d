"""What each touchpoint carries: contacts, customers, reach, channels, first and last places."""

import pandas as pd

from cxkit.evidence.events.log import PreparedLog

HOUR = 3.6e9
ATTRIBUTES = ("channel", "stage", "persona", "touchpoint", "owner")


def inventory(log: PreparedLog) -> pd.DataFrame:
    """One row a touchpoint, by falling contacts.

    Columns: touchpoint, stage (its most frequent one), contacts, episodes, customers, reach (share of episodes that pass
    there, 0..1), first_share (share of episodes that begin there), last_share (share of closed episodes, outcome or left, that
    end there), return_share (share of its episodes that come back to it after another touchpoint).
    """
    used = log.gather("""SELECT touchpoint::VARCHAR AS touchpoint, * EXCLUDE (touchpoint) FROM (
        SELECT touchpoint, sum(contacts)::BIGINT AS contacts, count(*) AS episodes, count(*) FILTER (newly) AS customers,
               count(*) FILTER (stays > 1) AS returns FROM {visits} GROUP BY 1)""", ("touchpoint",))
    ends = log.gather("""SELECT touchpoint, sum(first)::BIGINT AS first, sum(last)::BIGINT AS last FROM (
        SELECT first::VARCHAR AS touchpoint, count(*) AS first, 0 AS last FROM {episodes} GROUP BY first
        UNION ALL SELECT last::VARCHAR, 0, count(*) FROM {episodes} WHERE state <> 'open' GROUP BY last) GROUP BY 1""", ("touchpoint",))
    total = log.counts()
    closed = total["outcome"] + total["left"]
    table = used.merge(ends, on="touchpoint", how="left").fillna({"first": 0, "last": 0})
    table["stage"] = table["touchpoint"].map(_stages(log)).astype(object)
    table["reach"], table["first_share"] = table["episodes"] / total["episodes"], table["first"] / total["episodes"]
    table["last_share"] = table["last"] / closed if closed else None
    table["return_share"] = table["returns"] / table["episodes"]
    columns = ["touchpoint", "stage", "contacts", "episodes", "customers", "reach", "first_share", "last_share", "return_share"]
    return table[columns].sort_values(["contacts", "touchpoint"], ascending=[False, True], ignore_index=True)


def next_hours(log: PreparedLog) -> dict[str, float]:
    """Touchpoint → median hours to the next contact of the episode."""
    table = log.quantiles("SELECT touchpoint, epoch_us(next_time) - epoch_us(time) AS value FROM {log}",
                          ("touchpoint",), (0.5,))
    return {row.touchpoint: row.q0 / HOUR for row in table.itertuples()}


def channel_mix(log: PreparedLog) -> pd.DataFrame:
    """Contacts by touchpoint and channel: columns touchpoint, channel, contacts, share (of the touchpoint's contacts)."""
    table = log.gather("""SELECT touchpoint::VARCHAR AS touchpoint, channel::VARCHAR AS channel, contacts FROM (
        SELECT touchpoint, channel, count(*) AS contacts FROM {log} WHERE channel IS NOT NULL GROUP BY ALL)""", ("touchpoint", "channel"))
    table["share"] = table["contacts"] / table.groupby("touchpoint")["contacts"].transform("sum")
    return table.sort_values(["touchpoint", "contacts", "channel"], ascending=[True, False, True], ignore_index=True)


def outcome_by(log: PreparedLog, attribute: str) -> pd.DataFrame:
    """Outcome by an attribute of the episode's first contact (channel, stage, persona, touchpoint, owner).

    Columns: value, episodes, outcomes, share (of all episodes), closed_share (of closed ones: open episodes left out).
    """
    if attribute not in ATTRIBUTES:
        raise ValueError("attribute: channel, stage, persona, touchpoint or owner expected")
    source = "{episodes}" if attribute == "persona" else "{log} WHERE step = 1"
    table = log.gather(f"""SELECT {attribute}::VARCHAR AS value, count(*) AS episodes, count(*) FILTER (state = 'outcome') AS outcomes,
        count(*) FILTER (state <> 'open') AS closed FROM (SELECT * FROM {source}) WHERE {attribute} IS NOT NULL GROUP BY 1""", ("value",))
    table["share"], table["closed_share"] = table["outcomes"] / table["episodes"], table["outcomes"] / table["closed"].where(table["closed"] > 0)
    return table.drop(columns="closed").sort_values(["episodes", "value"], ascending=[False, True], ignore_index=True)


def outcome_of_visitors(log: PreparedLog) -> pd.DataFrame:
    """Outcome among the episodes that pass by each touchpoint: touchpoint, episodes, outcomes, share (of these episodes)."""
    return _with_share(log.gather("""SELECT touchpoint::VARCHAR AS touchpoint, count(*) AS episodes,
        count(*) FILTER (state = 'outcome') AS outcomes FROM {visits} GROUP BY 1""", ("touchpoint",)))


def conversion_after(log: PreparedLog) -> pd.DataFrame:
    """Outcome of the closed episodes that come to a touchpoint before any outcome.

    Columns: touchpoint, contacts (before the outcome, in closed episodes), episodes, outcomes, share (0..1). Who comes after the outcome
    does not count: nothing was left to convert.
    """
    contacts = log.gather("""SELECT touchpoint::VARCHAR AS touchpoint, count(*) AS contacts FROM {log}
        WHERE at_risk GROUP BY 1""", ("touchpoint",))
    passing = log.gather("""SELECT touchpoint::VARCHAR AS touchpoint, count(*) AS episodes, count(*) FILTER (state = 'outcome') AS outcomes
        FROM {visits} WHERE at_risk GROUP BY 1""", ("touchpoint",))
    return _with_share(contacts.merge(passing, on="touchpoint"))


def _with_share(table: pd.DataFrame) -> pd.DataFrame:
    table["share"] = table["outcomes"] / table["episodes"]
    return table.sort_values(["episodes", "touchpoint"], ascending=[False, True], ignore_index=True)


def _stages(log: PreparedLog) -> dict[str, str]:
    """Touchpoint → its most frequent stage, the first by name where two are."""
    table = log.gather("""SELECT touchpoint::VARCHAR AS touchpoint, stage::VARCHAR AS stage, n FROM (
        SELECT touchpoint, stage, count(*) AS n FROM {log} WHERE stage IS NOT NULL GROUP BY ALL)""", ("touchpoint", "stage"))
    best = table.sort_values(["n", "stage"], ascending=[False, True]).drop_duplicates("touchpoint")
    return dict(zip(best["touchpoint"], best["stage"], strict=True))
