"""A synthetic interaction log: customers of ten events on average who wander on a chain of twenty touchpoints, written as Parquet."""

import sys
from pathlib import Path

import duckdb

PLACES = 20


def write(path: Path, events: int) -> None:
    """Write about ``events`` rows, ordered by time as logs are; the same bytes of content every time."""
    customers = events // 10
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '6GB'")
        # the n-th place of a customer depends on one of 400 habits and a little chance: frequent paths and many rare ones
        connection.execute(f"""COPY (
            WITH people AS (SELECT i AS person, hash(i) % 400 AS habit, 4 + hash(i, 'n') % 13 AS contacts, hash(i, 'd') % 31536000 AS begins
                            FROM range({customers}) r(i)),
            visits AS (SELECT person, habit, begins, unnest(range(contacts::BIGINT)) AS n, contacts FROM people)
            SELECT 'C' || lpad(person::VARCHAR, 9, '0') AS customer,
                   TIMESTAMP '2025-01-01' + to_seconds(((begins + n * 5400 + hash(person, n) % 3600) // 60 * 60)::BIGINT) AS time,
                   'touchpoint_' || lpad((CASE WHEN n = contacts - 1 AND hash(person, 'o') % 5 = 0 THEN {PLACES - 1}
                       WHEN hash(person, n, 'x') % 100 < 4 THEN hash(person, n, 'y') % {PLACES - 1}
                       ELSE hash(habit, n) % {PLACES - 1} END)::VARCHAR, 2, '0') AS touchpoint,
                   ['web', 'store', 'phone', 'email', 'app'][1 + (hash(habit, n, 'c') % 5)::INTEGER] AS channel
            FROM visits ORDER BY time, customer) TO '{path}' (FORMAT parquet)""")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(float(sys.argv[2])))
