"""The paths of any log, without a client folder: what ``cxkit paths`` tells. An analyst's tool, so nothing is suppressed."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from cxkit import method
from cxkit.errors import CxError, did_you_mean, fault
from cxkit.evidence.events.aggregated import AggregatedPath, is_aggregated, read_aggregated
from cxkit.evidence.events.buckets import BucketLog, connected, prepare_buckets
from cxkit.evidence.events.chain import counted, removal_effects
from cxkit.evidence.events.database import is_database, read_table
from cxkit.evidence.events.exits import exits
from cxkit.evidence.events.funnel import funnel, waits
from cxkit.evidence.events.inventory import inventory
from cxkit.evidence.events.log import LogOptions, PreparedLog, connect
from cxkit.evidence.events.prepare import prepare
from cxkit.evidence.events.source import LogColumns, open_rows, refused
from cxkit.evidence.events.transitions import transitions
from cxkit.evidence.events.usual import missing_column, usual_column
from cxkit.evidence.events.variants import variants
from cxkit.evidence.events.xes import read_xes
from cxkit.scratch import scratch
from cxkit.statistics import markov_bootstrap

SUGGESTED = 5  # events named where an unknown one is close to none


@dataclass(frozen=True)
class Asked:
    """What ``cxkit paths`` is asked.

    Parameters
    ----------
    case, activity, time : columns of the case, the activity and the time; by default those with a usual name (XES, the field's). Without
        a time column the order of the rows holds.
    outcome : the activity that ends a case well; without it no funnel to an outcome, exit or removal effect is told.
    lifecycle : column whose ``complete`` rows count as events.
    steps : steps of the funnel; by default the most frequent path to the outcome (or the most frequent path), each once.
    gap_days : a case whose last event is within it of the end of the data is open; by default none is.
    order : of the chain behind the removal effects, 1 or 2.
    table : of a database.
    """

    case: str | None = None
    activity: str | None = None
    time: str | None = None
    outcome: str | None = None
    lifecycle: str | None = None
    steps: tuple[str, ...] = ()
    gap_days: float | None = None
    order: int = 1
    table: str | None = None


def paths_report(log: Path | str, asked: Asked | None = None, *, scheduler: str | None = None, shared: Path | None = None) -> dict[str, Any]:
    """Counts, paths, exits and removal effects of a log or of aggregated paths.

    Parameters
    ----------
    log : CSV, TSV, Parquet (a file or a folder), XES (packed or not) or the URL of a database; a table with columns
        ``path, conversions, nulls`` is read as aggregated paths.
    scheduler : address of a Dask scheduler whose workers prepare and count; by default DuckDB in this process.
    shared : folder that the workers and this process share; a temporary one by default.

    Returns
    -------
    dict
        JSON-like: events, cases, activities (how many), transitions ``[[from, to, n]]``, variants ``[[[…], n]]``, funnel
        (step, cases, of_previous, of_first), exits (activity → cases that end there without outcome), removal (activity → effect,
        0..1, or None), and beside them columns (what was read as what), activity_counts, ends, waits, exit_tests, removal_interval,
        left_out. A removal effect is an association, no cause.

    Raises
    ------
    CxError
        CX-E257 where no event is the outcome; CX-E258 where several columns could be the case, the activity or the time, CX-E259 where
        none could; those of the readers.
    """
    asked = asked or Asked()
    with scratch(shared) as kept:
        source = _opened(log, asked, kept)
        if asked.case is None and asked.activity is None and (table := _aggregated(source)) is not None:
            return _aggregated_report(read_aggregated(source, table), asked)
        columns, options = _columns(source, asked), LogOptions(outcome=asked.outcome, gap_days=asked.gap_days)
        read_as = {"columns": {"case": columns.customer, "activity": columns.touchpoint, "time": columns.time}}
        if scheduler is None:
            return _log_report(prepare(source, options, columns), asked) | read_as
        with connected(scheduler) as client:
            return _log_report(prepare_buckets(client, source.resolve(), options, columns, kept / "buckets"), asked) | read_as


def _opened(log: Path | str, asked: Asked, folder: Path) -> Path:
    """A file or folder that the engine reads; XES and database tables become Parquet."""
    if is_database(str(log)):
        return read_table(str(log), asked.table, folder / "table.parquet")
    path = Path(log)
    if not path.name.lower().endswith((".xes", ".xes.gz")):
        return path
    table = folder / f"{path.name}.parquet"
    read_xes(path).astype("str").to_parquet(table)
    return table


def _columns(source: Path, asked: Asked) -> LogColumns:
    """The columns that were asked for, else those with a usual name."""
    with connect() as connection:
        rows = open_rows(connection, source)
    named = {field: getattr(asked, field) or usual_column(field, rows.types, rows.where) for field in ("case", "activity", "time")}
    if missing := [missing_column(field, rows.types, rows.where) for field in ("case", "activity") if named[field] is None]:
        raise CxError(missing)
    return LogColumns(customer=named["case"], touchpoint=named["activity"], lifecycle=asked.lifecycle, time=named["time"])


def _log_report(log: PreparedLog | BucketLog, asked: Asked) -> dict[str, Any]:
    total, used, every = log.counts(), inventory(log), variants(log)
    named = log.options.outcome is not None
    if named and len(used) and log.options.outcome not in set(used["touchpoint"]):
        near = did_you_mean(log.options.outcome, used["touchpoint"]) or ", ".join(used["touchpoint"].head(SUGGESTED))
        raise CxError(fault("CX-E257", name=log.options.outcome, near=near))
    moves, waited = transitions(log), waits(log)
    ended = exits(log) if named else pd.DataFrame()
    settings = method.data("paths")["removal"]
    effects = removal_effects(log, seed=settings["seed"], draws=settings["draws"], order=asked.order) if named else {}
    steps = list(asked.steps) or _steps(every, log.options.outcome)
    reached = funnel(log, steps, "touchpoint").rename(columns={"episodes": "cases"}) if steps else pd.DataFrame()
    lasts = log.gather("SELECT last::VARCHAR AS place, count(*) AS n FROM {episodes} WHERE state = 'left' GROUP BY 1", ("place",))
    lasts = lasts.sort_values(["n", "place"], ascending=[False, True])
    return {
        "events": total["events"], "cases": total["episodes"], "activities": len(used),
        "transitions": [[s, t, int(n)] for s, t, n in moves[["source", "target", "n"]].itertuples(index=False)],
        "variants": [[list(path), int(n)] for path, n in every[["path", "n"]].itertuples(index=False)],
        "funnel": _records(reached.reindex(columns=["step", "cases", "of_previous", "of_first", "hours"])),
        "exits": {name: int(n) for name, n in lasts.itertuples(index=False)},
        "removal": {name: effect.value for name, effect in effects.items()},
        "activity_counts": {row.touchpoint: int(row.contacts) for row in used.itertuples()},
        "ends": {state: total[state] for state in ("outcome", "left", "open")},
        "waits": _records(waited) if asked.time or (len(waited) and waited["p90"].max() > 0) else [],
        "exit_tests": _records(ended),
        "removal_interval": {name: [effect.low, effect.high] for name, effect in effects.items()},
        "left_out": log.left_out,
    }


def _aggregated_report(rows: tuple[AggregatedPath, ...], asked: Asked) -> dict[str, Any]:
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
    paths, ends, counts = counted((row.path, row.conversions, row.nulls) for row in rows)
    effects = markov_bootstrap.bootstrap_removal(paths, ends, counts=counts, seed=settings["seed"], draws=settings["draws"], order=asked.order)
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


def _aggregated(source: Path) -> pd.DataFrame | None:
    """The table of aggregated paths, or None where the file is a log."""
    with connect() as connection:
        rows = open_rows(connection, source)
        if not is_aggregated(list(rows.types)):
            return None
        with refused(rows.where):
            return connection.execute(f"SELECT * FROM {rows.sql}").df()
