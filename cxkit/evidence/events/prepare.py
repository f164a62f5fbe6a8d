"""Raw events to the prepared log: episodes cut, contacts ordered, next contact and end state known once and for all."""

from pathlib import Path

import duckdb
import pandas as pd

from cxkit.evidence.events.log import LogOptions, PreparedLog, connect
from cxkit.evidence.events.source import COMPLETE, LogColumns, literal, load_raw, refused

DAY = 86_400_000_000
FOLLOWING = ("touchpoint", "channel", "stage", "owner")


def prepare(log: pd.DataFrame | Path, options: LogOptions | None = None, columns: LogColumns | None = None, *,
            complete: tuple[str, ...] = COMPLETE, memory_limit: str | None = None, threads: int | None = None) -> PreparedLog:
    """Prepare a log once; every analysis is then a group-by on it, so that all figures agree.

    Contacts are ordered by customer, time and place in the file: the file's order breaks ties of time. An episode is what
    the episode column says; without one, contacts of a customer with no gap longer than ``options.gap_days``. Rows without customer,
    touchpoint or readable time are left out and counted.

    Parameters
    ----------
    log : the evidence table ``interactions``, a text file, a Parquet file or a folder of Parquet files.
    columns : which column holds what; by default those of the evidence table.
    complete : lifecycle values that count as an event, compared without case.
    memory_limit : beyond it DuckDB works out of core.
    """
    options = options or LogOptions()
    columns = columns or (LogColumns.of_table(log) if isinstance(log, pd.DataFrame) else LogColumns())
    connection = connect(memory_limit, threads)
    held = load_raw(connection, log, columns, complete)
    where = log.name if isinstance(log, Path) else "interactions"
    with refused(where):
        _code(connection, options, held)
        left_out = _sort(connection, held)
        end = options.end or connection.execute("SELECT max(time) FROM sorted").fetchall()[0][0]
        _cut(connection, options.gap_days, episodes_given="episode" in held)
        _close(connection, options, end)
    return PreparedLog(connection, options, end, left_out)


def _code(connection: duckdb.DuckDBPyConnection, options: LogOptions, held: tuple[str, ...]) -> None:
    """Dictionaries of the texts: types in alphabetical order, ``places`` with what the inventory says of a touchpoint, numbered ``people``."""
    known = sorted({*options.stages, *options.owners, *options.channels})
    declared = pd.DataFrame({"touchpoint": pd.Series(known, dtype="str"),
                             **{name: pd.Series([table.get(item) for item in known], dtype="str") for name, table in
                                (("stage", options.stages), ("channel", options.channels), ("owner", options.owners))}})
    connection.register("declared", declared)
    connection.register("assigned", pd.DataFrame(sorted(options.personas.items()), columns=["customer", "persona"], dtype="str"))
    tables = {"touchpoint": (), "channel": ("declared",), "stage": ("declared",), "owner": ("declared",), "persona": ("assigned",)}
    for name, others in tables.items():
        found = [f"SELECT DISTINCT {name} FROM {table}" for table in (*others, *(("raw",) if name in held else ()))]
        connection.execute(f"CREATE TYPE {name}_code AS ENUM (SELECT {name} FROM ({' UNION '.join(found)}) WHERE {_filled(name)} ORDER BY 1)")
    connection.execute(f"""CREATE TEMP TABLE places AS
        SELECT t.touchpoint, t.touchpoint::touchpoint_code AS code, d.channel::channel_code AS channel, d.stage::stage_code AS stage,
               d.owner::owner_code AS owner
        FROM (SELECT DISTINCT touchpoint FROM raw) t LEFT JOIN declared d USING (touchpoint) WHERE {_filled('t.touchpoint')}""")
    connection.execute(f"""CREATE TEMP TABLE people AS
        SELECT customer, (row_number() OVER (ORDER BY customer))::INTEGER AS person, persona::persona_code AS persona
        FROM (SELECT DISTINCT customer FROM raw) LEFT JOIN assigned a USING (customer) WHERE {_filled('customer')}""")
    if "episode" in held:
        connection.execute(f"""CREATE TEMP TABLE runs AS
            SELECT r.customer, r.episode, p.person, {_filled('r.episode')} IS TRUE AS named,
                   (dense_rank() OVER (ORDER BY p.person, CASE WHEN {_filled('r.episode')} THEN r.episode END NULLS FIRST))::INTEGER AS run
            FROM (SELECT DISTINCT customer, episode FROM raw) r JOIN people p USING (customer)""")
    connection.unregister("declared")
    connection.unregister("assigned")


def _filled(column: str) -> str:
    """Blank cells are none. What they hold is not trimmed: `A ` and `A` may be two activities."""
    return f"(trim({column}) <> '')"


def _sort(connection: duckdb.DuckDBPyConnection, held: tuple[str, ...]) -> int:
    """The table ``sorted``: codes in the one order that everything reads. Returns how many rows were left out."""
    given = "episode" in held
    own = {name: f"try_cast(r.{name} AS {name}_code)" if name in held else f"NULL::{name}_code" for name in ("channel", "stage", "persona")}
    joined = "runs p ON p.customer = r.customer AND p.episode IS NOT DISTINCT FROM r.episode" if given else "people p ON p.customer = r.customer"
    connection.execute(f"""CREATE TEMP TABLE sorted AS
        SELECT p.{'run' if given else 'person'} AS run, p.person{', p.named' if given else ''}, r.time, t.code AS touchpoint,
               coalesce({own['channel']}, t.channel) AS channel, coalesce({own['stage']}, t.stage) AS stage, t.owner AS owner,
               {own['persona']} AS persona
        FROM raw r JOIN {joined} JOIN places t ON t.touchpoint = r.touchpoint
        WHERE r.time IS NOT NULL ORDER BY 1, r.time, r.position""")
    read, kept = connection.execute("SELECT (SELECT count(*) FROM raw), (SELECT count(*) FROM sorted)").fetchall()[0]
    return read - kept


def _cut(connection: duckdb.DuckDBPyConnection, gap_days: float | None, *, episodes_given: bool) -> None:
    """Number the episodes in one pass over the sorted rows: windows without order stream, nothing is sorted again."""

    def apart(before: str, after: str, run: str) -> str:
        if gap_days is None:
            return f"{run} IS DISTINCT FROM run"
        far = f"epoch_us({after}) - epoch_us({before}) > {int(gap_days * DAY)}"
        return f"({run} IS DISTINCT FROM run OR ({'NOT named AND ' if episodes_given else ''}{far}))"

    neighbours = ", ".join(f"lead({name}) OVER () AS next_{name}" for name in FOLLOWING)
    following = ", ".join(f"CASE WHEN NOT ends THEN next_{name} END AS next_{name}" for name in (*FOLLOWING, "time"))
    connection.execute(f"""CREATE TEMP TABLE cut AS
        SELECT row_number() OVER () AS place, (sum(begins::INTEGER) OVER (ROWS UNBOUNDED PRECEDING))::BIGINT AS episode, begins, ends,
               person, time, touchpoint, channel, stage, owner, persona, {following}
        FROM (SELECT * EXCLUDE (run, run_before, time_before, run_after), coalesce({apart('time_before', 'time', 'run_before')}, true) AS begins,
                     coalesce({apart('time', 'next_time', 'run_after')}, true) AS ends
              FROM (SELECT *, lag(run) OVER () AS run_before, lag(time) OVER () AS time_before, lead(run) OVER () AS run_after,
                           lead(time) OVER () AS next_time, {neighbours} FROM sorted))""")
    connection.execute("DROP TABLE sorted")


def _close(connection: duckdb.DuckDBPyConnection, options: LogOptions, end: object) -> None:
    """End states: the last contact is no exit while the episode may go on; then the three tables."""
    gap = -1 if options.gap_days is None else int(options.gap_days * DAY)
    # compared as a code where the log holds it: a text for each row would be slow
    known = connection.execute("SELECT count(*) FROM places WHERE touchpoint = ?", [options.outcome]).fetchall()[0][0]
    reached = f"touchpoint = {literal(options.outcome)}::touchpoint_code" if known else "false"
    connection.execute(f"""CREATE TEMP TABLE spans AS
        SELECT *, (CASE WHEN outcome_step IS NOT NULL THEN 'outcome'
                        WHEN epoch_us(?::TIMESTAMP) - epoch_us(finish) <= ? THEN 'open' ELSE 'left' END)::ENUM ('left', 'open', 'outcome') AS state
        FROM (SELECT episode, min(person) AS person, min(persona) AS persona, count(*) AS contacts, min(place) AS place, min(time) AS start,
                     max(time) AS finish, min(touchpoint) FILTER (begins) AS first, min(touchpoint) FILTER (ends) AS last,
                     min(place) FILTER ({reached}) - min(place) + 1 AS outcome_step
              FROM cut GROUP BY episode)""", [end, gap])
    connection.execute("""CREATE TEMP TABLE episodes AS
        SELECT s.episode, p.customer, s.person, coalesce(p.persona, s.persona) AS persona, s.contacts, s.start, s.finish, s.first, s.last,
               s.outcome_step, s.state
        FROM spans s JOIN people p USING (person)""")
    connection.execute(f"""CREATE TEMP TABLE log AS
        SELECT c.episode, c.place - s.place + 1 AS step, c.person, c.time, c.touchpoint, c.channel, c.stage, c.owner,
               {', '.join(f'c.next_{name}' for name in (*FOLLOWING, 'time'))}, s.state, s.outcome_step
        FROM cut c JOIN spans s USING (episode)""")
    connection.execute("DROP TABLE cut")
    connection.execute("""CREATE TEMP TABLE visits AS
        SELECT episode, any_value(person) AS person, touchpoint, count(*) AS contacts,
               count(*) FILTER (next_touchpoint IS DISTINCT FROM touchpoint) AS stays, min(step) AS first_step,
               any_value(state) AS state, any_value(outcome_step) AS outcome_step
        FROM log GROUP BY episode, touchpoint""")
    for table in ("spans", "people", "places"):
        connection.execute(f"DROP TABLE {table}")
