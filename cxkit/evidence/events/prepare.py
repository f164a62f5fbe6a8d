"""Raw events to the prepared log: episodes cut, contacts ordered, next contact and end state known once and for all."""

from pathlib import Path

import duckdb
import pandas as pd

from cxkit.evidence.events.log import LogOptions, PreparedLog, connect
from cxkit.evidence.events.source import COMPLETE, LogColumns, load_raw

CODED = ("touchpoint", "channel", "stage", "owner", "persona")
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
    _join(connection, options)
    _code(connection)
    _cut(connection, options.gap_days)
    end = options.end or connection.execute("SELECT max(time) FROM raw").fetchall()[0][0]
    _close(connection, options, end)
    return PreparedLog(connection, options, end, left_out)


def _join(connection: duckdb.DuckDBPyConnection, options: LogOptions) -> None:
    """Give each event the stage, channel, owner and persona that it does not carry itself."""
    known = sorted({*options.stages, *options.owners, *options.channels})
    inventory = pd.DataFrame({"touchpoint": pd.Series(known, dtype="str"),
                              **{name: pd.Series([table.get(item) for item in known], dtype="str") for name, table in
                                 (("stage", options.stages), ("channel", options.channels), ("owner", options.owners))}})
    personas = pd.DataFrame(sorted(options.personas.items()), columns=["customer", "persona"], dtype="str")
    connection.register("inventory", inventory)
    connection.register("assigned", personas)
    connection.execute("""CREATE OR REPLACE TEMP TABLE joined AS
        SELECT r.customer, r.time, r.position, r.episode AS given, r.touchpoint, coalesce(r.channel, i.channel) AS channel,
               coalesce(r.stage, i.stage) AS stage, i.owner AS owner, coalesce(a.persona, r.persona) AS persona
        FROM raw r LEFT JOIN inventory i USING (touchpoint) LEFT JOIN assigned a ON a.customer = r.customer""")
    connection.unregister("inventory")
    connection.unregister("assigned")


def _code(connection: duckdb.DuckDBPyConnection) -> None:
    """Category codes: grouping by a small integer instead of a text."""
    for name in CODED:
        connection.execute(f"CREATE TYPE {name}_code AS ENUM (SELECT DISTINCT {name} FROM joined WHERE {name} IS NOT NULL ORDER BY 1)")


def _cut(connection: duckdb.DuckDBPyConnection, gap_days: float | None) -> None:
    far = "false" if gap_days is None else f"given IS NULL AND epoch_us(time) - epoch_us(lag(time) OVER c) > {int(gap_days * DAY)}"
    coded = ", ".join(f"{name}::{name}_code AS {name}" for name in CODED)
    connection.execute(f"""CREATE OR REPLACE TEMP TABLE cut AS
        SELECT customer, time, position, {coded}, sum(begins) OVER (ORDER BY customer, given NULLS FIRST, time, position) AS episode
        FROM (SELECT *, (row_number() OVER c = 1 OR coalesce({far}, false))::BIGINT AS begins
              FROM joined WINDOW c AS (PARTITION BY customer, given ORDER BY time, position))""")
    connection.execute("DROP TABLE joined")


def _close(connection: duckdb.DuckDBPyConnection, options: LogOptions, end: object) -> None:
    """Position and next contact, then the end state: the last contact is no exit while the episode may go on."""
    following = ", ".join(f"lead({name}) OVER e AS next_{name}" for name in ("touchpoint", "channel", "stage", "owner", "time"))
    connection.execute(f"""CREATE TEMP TABLE ordered AS
        SELECT episode::BIGINT AS episode, row_number() OVER e AS step, customer, persona, time, touchpoint, channel, stage, owner,
               {following}
        FROM cut WINDOW e AS (PARTITION BY episode ORDER BY time, position)""")
    connection.execute("DROP TABLE cut")
    gap = -1 if options.gap_days is None else int(options.gap_days * DAY)
    connection.execute("""CREATE TEMP TABLE episodes AS
        SELECT *, CASE WHEN outcome_step IS NOT NULL THEN 'outcome'
                       WHEN epoch_us(?::TIMESTAMP) - epoch_us(finish) <= ? THEN 'open' ELSE 'left' END AS state
        FROM (SELECT episode, any_value(customer) AS customer, min(persona) AS persona, count(*) AS contacts,
                     min(time) AS start, max(time) AS finish, arg_min(touchpoint, step) AS first,
                     arg_max(touchpoint, step) AS last, min(step) FILTER (touchpoint::VARCHAR = ?) AS outcome_step
              FROM ordered GROUP BY episode) ORDER BY episode""", [end, gap, options.outcome])
    connection.execute("""CREATE TEMP TABLE log AS
        SELECT o.* REPLACE (e.persona AS persona), e.state, e.outcome_step
        FROM ordered o JOIN episodes e USING (episode) ORDER BY episode, step""")
    connection.execute("DROP TABLE ordered")
    connection.execute("DROP TABLE raw")
