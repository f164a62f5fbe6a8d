"""Whole paths: variants, loops and round trips."""

from dataclasses import dataclass

import pandas as pd

from cxkit.evidence.events.log import PreparedLog
from cxkit.evidence.events.transitions import Level, checked

STATES = ("outcome", "left", "open")
_COUNTS = ", ".join(("count(*) AS n", *(f"count(*) FILTER (state = '{state}') AS \"{state}\"" for state in STATES)))
WHOLE_PATHS = "SELECT episode, state, path_one AS one, path_two AS two FROM {episodes}"
_SEPARATOR = "\x1f"  # unit separator: no name of a touchpoint holds it


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
    limit : the most frequent only.
    """
    contacts = _contacts(checked(level), merge_repeats=merge_repeats, to_outcome=to_outcome)
    told = WHOLE_PATHS if level == "touchpoint" and not merge_repeats and not to_outcome else _fingerprints(contacts)
    table = log.gather(_grouped(contacts, told, limit if limit is not None and log.whole else None), ("path",))
    table = table.sort_values(["n", "path"], ascending=[False, True], ignore_index=True)
    table = table if limit is None else table.head(limit)
    table["path"] = [tuple(path.split(_SEPARATOR)) for path in table["path"]]
    table["share"] = table["n"] / log.counts()["episodes"]
    return table[["path", "n", "share", *STATES]]


def count_variants(log: PreparedLog, *, merge_repeats: bool = False) -> int:
    """Number of distinct paths."""
    if not log.whole:
        return len(variants(log, merge_repeats=merge_repeats))
    told = _fingerprints(_contacts("touchpoint", merge_repeats=True)) if merge_repeats else WHOLE_PATHS
    return log.rows(f"SELECT count(*) FROM (SELECT DISTINCT one, two FROM ({told}))")[0][0]


def loops(log: PreparedLog, level: Level = "touchpoint") -> Loops:
    """Loops: an episode returns where it leaves a place and comes back to it; a repeat at once is no loop."""
    level = checked(level)
    visits = "SELECT episode, contacts, stays FROM {visits}" if level == "touchpoint" else f"""
        SELECT episode, count(*) AS contacts, count(*) FILTER (next_{level} IS DISTINCT FROM {level}) AS stays
        FROM {{log}} WHERE {level} IS NOT NULL GROUP BY episode, {level}"""
    row = log.gather(f"""SELECT count(DISTINCT episode) FILTER (stays > 1) AS returning,
               count(DISTINCT episode) FILTER (contacts > stays) AS repeating
        FROM ({visits})""", ()).iloc[0]
    return Loops(int(row["returning"]), int(row["repeating"]), log.counts()["episodes"])


def frequent_loops(log: PreparedLog, limit: int = 10) -> pd.DataFrame:
    """Round trips a → b → a: columns place, via, n, episodes, share of episodes."""
    table = log.gather("""
        SELECT place::VARCHAR AS place, via::VARCHAR AS via, count(*) AS n, count(DISTINCT episode) AS episodes
        FROM (SELECT episode, touchpoint AS place, next_touchpoint AS via,
                     lead(next_touchpoint) OVER (PARTITION BY episode ORDER BY step) AS back FROM {log})
        WHERE back = place AND via <> place GROUP BY ALL""", ("place", "via"))
    table["share"] = table["episodes"] / log.counts()["episodes"]
    return table.sort_values(["n", "place", "via"], ascending=[False, True, True], ignore_index=True).head(limit)


def _contacts(level: str, *, merge_repeats: bool = False, to_outcome: bool = False) -> str:
    """SQL of the contacts that make a path: episode, step, state, place."""
    kept = [f"{level} IS NOT NULL", *(["(outcome_step IS NULL OR step < outcome_step)"] if to_outcome else [])]
    before = f"lag({level}) OVER (PARTITION BY episode ORDER BY step)" if merge_repeats else "NULL"
    contacts = f"SELECT episode, step, state, {level} AS place, {before} AS before FROM {{log}} WHERE {' AND '.join(kept)}"
    if not merge_repeats:
        return contacts
    # steps are numbered anew, since the fingerprint of a path depends on them
    return f"SELECT * REPLACE (row_number() OVER (PARTITION BY episode ORDER BY step) AS step) FROM ({contacts}) WHERE place IS DISTINCT FROM before"


def _fingerprints(contacts: str) -> str:
    """SQL of one row an episode: two sums of 64-bit hashes of place and step tell its path from any other, and need no sort."""
    return f"""SELECT episode, any_value(state) AS state, sum(hash(place, step)) AS one, sum(hash(step, place, 'b')) AS two
        FROM ({contacts}) GROUP BY episode"""


def _grouped(contacts: str, told: str, limit: int | None) -> str:
    """SQL of the counts by path (``told`` by fingerprints); only one episode of each is spelled out.

    ``limit`` keeps as many, and those as frequent as the last.
    """
    kept = "" if limit is None else f"QUALIFY n >= coalesce(nth_value(n, {int(limit)}) OVER (ORDER BY n DESC ROWS BETWEEN UNBOUNDED PRECEDING " \
                                    "AND UNBOUNDED FOLLOWING), 0)"
    return f"""
        WITH found AS (SELECT min(episode) AS episode, {_COUNTS} FROM ({told}) GROUP BY one, two {kept}),
        spelled AS (SELECT episode, array_to_string(list(place::VARCHAR ORDER BY step), '{_SEPARATOR}') AS path
                    FROM ({contacts}) WHERE episode IN (SELECT episode FROM found) GROUP BY episode)
        SELECT s.path, f.* EXCLUDE (episode) FROM found f JOIN spelled s USING (episode)"""
