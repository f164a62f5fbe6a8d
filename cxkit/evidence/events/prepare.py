"""Raw events to the prepared log: episodes cut, contacts ordered, next contact and end state known once and for all."""

from pathlib import Path

import duckdb
import pandas as pd

from cxkit.evidence.events.log import LogOptions, PreparedLog, connect
from cxkit.evidence.events.source import COMPLETE, LogColumns, load_raw

DAY = 86_400_000_000


def prepare(log: pd.DataFrame | Path, options: LogOptions | None = None, columns: LogColumns | None = None, *,
            complete: tuple[str, ...] = COMPLETE, memory_limit: str | None = None, threads: int | None = None) -> PreparedLog:
    """Prepare a log once; every analysis is then a group-by on it, so that all figures agree.

    Contacts are ordered by customer, time and place in the file: the file's order breaks ties of time. An episode is what
    the episode column says; without one, contacts of a customer with no gap longer than ``options.gap_days``.

    Parameters
    ----------
    log : the evidence table ``interactions``, or a CSV or Parquet file.
    columns : which column holds what; by default those of the evidence table.
    complete : lifecycle values that count as an event, compared without case.
    memory_limit : beyond it DuckDB works out of core.
    """
    options = options or LogOptions()
    columns = columns or (LogColumns.of_table(log) if isinstance(log, pd.DataFrame) else LogColumns())
    connection = connect(memory_limit, threads)
    left_out = load_raw(connection, log, columns, complete)
    _sort(connection, options)
    _cut(connection, options.gap_days)
    end = options.end or connection.execute("SELECT max(time) FROM raw").fetchall()[0][0]
    _close(connection, options, end)
    return PreparedLog(connection, options, end, left_out)


def _sort(connection: duckdb.DuckDBPyConnection, options: LogOptions) -> None:
    """The table ``sorted``: integer codes, what an event does not say itself joined, in the one order that everything reads."""
    known = sorted({*options.stages, *options.owners, *options.channels})
    inventory = pd.DataFrame({"touchpoint": pd.Series(known, dtype="str"),
                              **{name: pd.Series([table.get(item) for item in known], dtype="str") for name, table in
                                 (("stage", options.stages), ("channel", options.channels), ("owner", options.owners))}})
    personas = pd.DataFrame(sorted(options.personas.items()), columns=["customer", "persona"], dtype="str")
    connection.register("inventory", inventory)
    connection.register("assigned", personas)
    values = {"touchpoint": ("raw",), "channel": ("raw", "inventory"), "stage": ("raw", "inventory"), "owner": ("inventory",),
              "persona": ("raw", "assigned")}
    for name, tables in values.items():
        union = " UNION ".join(f"SELECT {name} FROM {table} WHERE {name} IS NOT NULL" for table in tables)
        connection.execute(f"CREATE TYPE {name}_code AS ENUM (SELECT {name} FROM ({union}) ORDER BY 1)")
    connection.execute("""CREATE TEMP TABLE people AS
        SELECT customer, row_number() OVER (ORDER BY customer) AS code, persona
        FROM (SELECT DISTINCT customer FROM raw) LEFT JOIN assigned a USING (customer)""")
    connection.execute("""CREATE TEMP TABLE sorted AS
        SELECT p.code, r.time, r.position, r.episode AS given, r.touchpoint::touchpoint_code AS touchpoint,
               coalesce(r.channel, i.channel)::channel_code AS channel, coalesce(r.stage, i.stage)::stage_code AS stage,
               i.owner::owner_code AS owner, coalesce(p.persona, r.persona)::persona_code AS persona
        FROM raw r JOIN people p USING (customer) LEFT JOIN inventory i USING (touchpoint)
        ORDER BY p.code, r.episode NULLS FIRST, r.time, r.position""")
    connection.unregister("inventory")
    connection.unregister("assigned")


def _cut(connection: duckdb.DuckDBPyConnection, gap_days: float | None) -> None:
    """Number the episodes in one pass over the sorted rows: windows without order stream, nothing is sorted again."""
    far = "false" if gap_days is None else f"given IS NULL AND epoch_us(time) - epoch_us(time_before) > {int(gap_days * DAY)}"
    connection.execute(f"""CREATE TEMP TABLE cut AS
        SELECT *, (sum(begins) OVER (ROWS UNBOUNDED PRECEDING))::BIGINT AS episode FROM (
            SELECT * EXCLUDE (code_before, given_before, time_before),
                   (code_before IS DISTINCT FROM code OR given_before IS DISTINCT FROM given OR {far})::BIGINT AS begins
            FROM (SELECT *, row_number() OVER () AS place, lag(code) OVER () AS code_before, lag(given) OVER () AS given_before,
                         lag(time) OVER () AS time_before FROM sorted))""")
    connection.execute("DROP TABLE sorted")


def _close(connection: duckdb.DuckDBPyConnection, options: LogOptions, end: object) -> None:
    """Position and next contact, then the end state: the last contact is no exit while the episode may go on."""
    following = ", ".join(f"CASE WHEN lead(episode) OVER () = episode THEN lead({name}) OVER () END AS next_{name}"
                          for name in ("touchpoint", "channel", "stage", "owner", "time"))
    gap = -1 if options.gap_days is None else int(options.gap_days * DAY)
    connection.execute("""CREATE TEMP TABLE spans AS
        SELECT *, CASE WHEN outcome_step IS NOT NULL THEN 'outcome'
                       WHEN epoch_us(?::TIMESTAMP) - epoch_us(finish) <= ? THEN 'open' ELSE 'left' END AS state
        FROM (SELECT episode, min(code) AS code, min(persona) AS persona, count(*) AS contacts, min(place) AS place,
                     min(time) AS start, max(time) AS finish, arg_min(touchpoint, place) AS first, arg_max(touchpoint, place) AS last,
                     min(place) FILTER (touchpoint::VARCHAR = ?) - min(place) + 1 AS outcome_step
              FROM cut GROUP BY episode)""", [end, gap, options.outcome])
    connection.execute("""CREATE TEMP TABLE episodes AS
        SELECT s.episode, p.customer, s.persona, s.contacts, s.start, s.finish, s.first, s.last, s.outcome_step, s.state
        FROM spans s JOIN people p USING (code)""")
    connection.execute(f"""CREATE TEMP TABLE log AS
        SELECT c.episode, c.place - s.place + 1 AS step, p.customer, s.persona, c.time, c.touchpoint, c.channel, c.stage, c.owner,
               c.next_touchpoint, c.next_channel, c.next_stage, c.next_owner, c.next_time, s.state, s.outcome_step
        FROM (SELECT *, {following} FROM cut) c JOIN spans s USING (episode) JOIN people p ON p.code = s.code""")
    for table in ("cut", "spans", "people", "raw"):
        connection.execute(f"DROP TABLE {table}")
