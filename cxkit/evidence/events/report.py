"""The paths of any log, without a client folder: what ``cxkit paths`` tells. An analyst's tool, so nothing is suppressed."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from cxkit import method
from cxkit.evidence.events.aggregated import AggregatedPath, is_aggregated, read_aggregated
from cxkit.evidence.events.chain import expand, removal_effects
from cxkit.evidence.events.exits import exits
from cxkit.evidence.events.funnel import funnel
from cxkit.evidence.events.inventory import inventory
from cxkit.evidence.events.log import LogOptions, PreparedLog, connect
from cxkit.evidence.events.prepare import prepare
from cxkit.evidence.events.source import LogColumns, column_types, refused, scan
from cxkit.evidence.events.transitions import transitions
from cxkit.evidence.events.variants import variants
from cxkit.evidence.events.xes import ACTIVITY, CASE, TIME, read_xes
from cxkit.statistics import markov


def paths_report(path: Path | str, case: str | None = None, activity: str | None = None, time: str | None = None,
                 outcome: str | None = None, lifecycle: str | None = None, steps: Sequence[str] = (),
                 gap_days: float | None = None) -> dict[str, Any]:
    """Counts, paths, exits and removal effects of a log or of aggregated paths.

    Parameters
    ----------
    path : CSV, TSV, Parquet or XES; a file with columns ``path, conversions, nulls`` is read as aggregated paths.
    case, activity, time : columns of the case, the activity and the time; those of XES by default. Without a time
        column the order of the rows holds.
    outcome : the activity that ends a case well; without it no funnel to an outcome, exit or removal effect is told.
    lifecycle : column whose ``complete`` rows count as events.
    steps : steps of the funnel; by default the most frequent path to the outcome (or the most frequent path), each once.
    gap_days : a case whose last event is within it of the end of the data is open; by default none is.

    Returns
    -------
    dict
        JSON-like: events, cases, activities (how many), transitions ``[[from, to, n]]``, variants ``[[[…], n]]``, funnel
        (step, cases, of_previous, of_first), exits (activity → cases that end there without outcome), removal (activity → effect,
        0..1, or None), and beside them activity_counts, ends, exit_tests, removal_interval. A removal effect is an association, no cause.
    """
    path = Path(path)
    source = read_xes(path) if path.name.lower().endswith((".xes", ".xes.gz")) else path
    if case is None and activity is None and (table := _aggregated(source)) is not None:
        return _aggregated_report(read_aggregated(path, table))
    columns = LogColumns(customer=case or CASE, touchpoint=activity or ACTIVITY, lifecycle=lifecycle,
                         time=time or (TIME if isinstance(source, pd.DataFrame) else None))
    return _log_report(prepare(source, LogOptions(outcome=outcome, gap_days=gap_days), columns), steps)


def _log_report(log: PreparedLog, steps: Sequence[str]) -> dict[str, Any]:
    counts, used, every = log.counts(), inventory(log), variants(log)
    named = log.options.outcome is not None
    moves = transitions(log)
    ended = exits(log) if named else pd.DataFrame()
    settings = method.data("paths")["removal"]
    effects = removal_effects(log, seed=settings["seed"], draws=settings["draws"]) if named else {}
    steps = list(steps) or _steps(every, log.options.outcome)
    reached = funnel(log, steps, "touchpoint").rename(columns={"episodes": "cases"}) if steps else pd.DataFrame()
    lasts = log.rows("SELECT last::VARCHAR, count(*) FROM {episodes} WHERE state = 'left' GROUP BY 1 ORDER BY 2 DESC, 1")
    return {
        "events": counts["events"], "cases": counts["episodes"], "activities": len(used),
        "transitions": [[s, t, int(n)] for s, t, n in moves[["source", "target", "n"]].itertuples(index=False)],
        "variants": [[list(path), int(n)] for path, n in every[["path", "n"]].itertuples(index=False)],
        "funnel": _records(reached.reindex(columns=["step", "cases", "of_previous", "of_first"])),
        "exits": {name: int(n) for name, n in lasts},
        "removal": {name: effect.value for name, effect in effects.items()},
        "activity_counts": {row.touchpoint: int(row.contacts) for row in used.itertuples()},
        "ends": {state: counts[state] for state in ("outcome", "left", "open")},
        "exit_tests": _records(ended),
        "removal_interval": {name: [effect.low, effect.high] for name, effect in effects.items()},
    }


def _aggregated_report(rows: tuple[AggregatedPath, ...]) -> dict[str, Any]:
    weights = [(row, row.conversions + row.nulls) for row in rows]
    moves: Counter[tuple[str, str]] = Counter()
    contacts: Counter[str] = Counter()
    lasts: Counter[str] = Counter()
    for row, n in weights:
        for pair in pairwise(row.path):
            moves[pair] += n
        for place in row.path:
            contacts[place] += n
        lasts[row.path[-1]] += row.nulls
    settings = method.data("paths")["removal"]
    episodes = expand((row.path, row.conversions, row.nulls) for row in rows)
    effects = markov.bootstrap_removal(*episodes, seed=settings["seed"], draws=settings["draws"])
    cases = sum(n for _, n in weights)
    return {
        "events": sum(contacts.values()), "cases": cases, "activities": len(contacts),
        "transitions": [[*pair, n] for pair, n in sorted(moves.items(), key=lambda item: (-item[1], item[0])) if n],
        "variants": [[list(row.path), n] for row, n in sorted(weights, key=lambda item: (-item[1], item[0].path))],
        "funnel": [], "exits": {place: n for place, n in sorted(lasts.items(), key=lambda item: (-item[1], item[0])) if n},
        "removal": {name: effect.value for name, effect in effects.items()},
        "activity_counts": dict(sorted(contacts.items(), key=lambda item: (-item[1], item[0]))),
        "ends": {"outcome": sum(row.conversions for row in rows), "left": sum(row.nulls for row in rows), "open": 0},
        "exit_tests": [], "removal_interval": {name: [effect.low, effect.high] for name, effect in effects.items()},
    }


def _steps(every: pd.DataFrame, outcome: str | None) -> list[str]:
    """The most frequent path to the outcome, or the most frequent path, each place once."""
    if every.empty:
        return []
    good = every[every["outcome"] > 0].sort_values("outcome", ascending=False, kind="stable") if outcome else every
    path = list(dict.fromkeys((good if len(good) else every)["path"].iloc[0]))
    return path[:path.index(outcome) + 1] if outcome in path else path


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{key: None if pd.isna(value) else value for key, value in row.items()} for row in table.to_dict("records")]


def _aggregated(source: pd.DataFrame | Path) -> pd.DataFrame | None:
    """The table of aggregated paths, or None where the file is a log."""
    if isinstance(source, pd.DataFrame):
        return None
    with connect() as connection:
        sql = scan(connection, source)
        if not is_aggregated(list(column_types(connection, sql, source.name))):
            return None
        with refused(source.name):
            return connection.execute(f"SELECT * FROM {sql}").df()
