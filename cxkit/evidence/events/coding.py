"""Texts of a raw log to small whole numbers, once: what follows never reads a text again."""

from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from cxkit.evidence.events.log import LogOptions

CODED = ("touchpoint", "channel", "stage", "persona")  # the columns of a contact that are codes
NONE = -1


@dataclass(frozen=True, eq=False)
class Codes:
    """Dictionaries of a log, in alphabetical order; a code is a place in them, -1 is none.

    ``names``: the texts of touchpoint, channel, stage, owner, persona. ``of_touchpoint``: channel, stage and owner that the inventory
    declares for each touchpoint. ``run_person``: number of the customer (from 1) of each run, a run being what no inactivity needs to part:
    a customer, or a named episode of one; ``run_named``: whether inactivity leaves it whole.
    """

    names: dict[str, pd.Index]
    of_touchpoint: dict[str, np.ndarray]
    run_person: np.ndarray
    run_named: np.ndarray

    def kind(self, name: str) -> np.dtype:
        """The narrowest signed integer for the codes of a column."""
        return np.min_scalar_type(-max(1, len(self.names[name])))


def code(connection: duckdb.DuckDBPyConnection, options: LogOptions, held: tuple[str, ...], texts: dict[str, pa.Array] | None = None) -> Codes:
    """Make the dictionaries of the view ``raw``: tables ``coded_<column>``, ``people`` (customer, person, assigned persona), ``runs``.

    ``texts``: the distinct texts of its columns, where they are known; its customers are filled and in order.
    """
    texts = texts or {}
    declared = {"channel": options.channels, "stage": options.stages, "owner": options.owners}
    more = {**{name: table.values() for name, table in declared.items()}, "persona": options.personas.values()}
    names = {name: _dictionary(connection, name, held, texts.get(name), more.get(name, ())) for name in (*CODED, "owner")}
    of_touchpoint = {name: names[name].get_indexer([table.get(place) for place in names["touchpoint"]]) for name, table in declared.items()}
    connection.register("assigned", pd.DataFrame(sorted(options.personas.items()), columns=["customer", "persona"], dtype="str"))
    found = f"""SELECT customer, (row_number() OVER (ORDER BY customer))::INTEGER AS person
        FROM (SELECT DISTINCT customer FROM raw) WHERE {filled('customer')}"""
    if "customer" in texts:
        numbers = np.arange(1, len(texts["customer"]) + 1, dtype=np.int32)
        connection.register("handed_customers", pa.table({"customer": texts["customer"], "person": numbers}))
        found = "FROM handed_customers"
    connection.execute(f"""CREATE TABLE people AS
        SELECT customer, person, nullif(persona, '') AS persona FROM ({found}) LEFT JOIN assigned a USING (customer)""")
    connection.unregister("assigned")
    connection.unregister("handed_customers")
    if "episode" not in held:
        people = connection.execute("SELECT count(*) FROM people").fetchall()[0][0]
        return Codes(names, of_touchpoint, np.arange(1, people + 1, dtype=np.int32), np.zeros(people, dtype=bool))
    connection.execute(f"""CREATE TABLE runs AS
        SELECT r.customer, r.episode, p.person, {filled('r.episode')} IS TRUE AS named,
               (dense_rank() OVER (ORDER BY p.person, CASE WHEN {filled('r.episode')} THEN r.episode END NULLS FIRST) - 1)::INTEGER AS run
        FROM (SELECT DISTINCT customer, episode FROM raw) r JOIN people p USING (customer)""")
    runs = connection.execute("SELECT run, any_value(person) AS person, any_value(named) AS named FROM runs GROUP BY 1 ORDER BY 1").fetchnumpy()
    return Codes(names, of_touchpoint, np.asarray(runs["person"]), np.asarray(runs["named"], dtype=bool))


def coded_sql(held: tuple[str, ...]) -> str:
    """SQL of the rows of ``raw`` that have a customer, a touchpoint and a time: run, time, position, codes of what the log holds."""
    given = "episode" in held
    run, joined = ("p.run", "runs p ON p.customer = r.customer AND p.episode IS NOT DISTINCT FROM r.episode") if given else \
        ("p.person - 1", "people p ON p.customer = r.customer")
    others = [name for name in CODED[1:] if name in held]
    codes = "".join(f", coalesce({name}.code, {NONE}) AS {name}" for name in others)
    joins = "".join(f" LEFT JOIN coded_{name} {name} ON {name}.text = r.{name}" for name in others)
    return f"""SELECT {run} AS run, r.time, r.position, touchpoint.code AS touchpoint{codes}
        FROM raw r JOIN {joined} JOIN coded_touchpoint touchpoint ON touchpoint.text = r.touchpoint{joins} WHERE r.time IS NOT NULL"""


def filled(column: str) -> str:
    """SQL: blank cells are none. What they hold is not trimmed: `A ` and `A` may be two activities."""
    return f"(trim({column}) <> '')"


def _dictionary(connection: duckdb.DuckDBPyConnection, name: str, held: tuple[str, ...], texts: pa.Array | None, more) -> pd.Index:
    """The texts of a column and those declared, sorted, as the table ``coded_<name>`` where the log holds the column."""
    if texts is not None:
        more = {*more, *texts.to_pylist()}
    elif name in held:
        more = {*more, *(text for text, in connection.execute(f"SELECT DISTINCT {name} FROM raw").fetchall())}
    names = pd.Index(sorted(text for text in set(more) if text and text.strip(" ")), dtype="str")
    if name in held:
        kind = {1: "TINYINT", 2: "SMALLINT", 4: "INTEGER", 8: "BIGINT"}[np.min_scalar_type(-max(1, len(names))).itemsize]
        connection.register("handed_codes", pd.DataFrame({"text": names, "code": np.arange(len(names))}))
        connection.execute(f"CREATE TABLE coded_{name} AS SELECT text, code::{kind} AS code FROM handed_codes")
        connection.unregister("handed_codes")
    return names
