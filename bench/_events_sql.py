"""The same figures in DuckDB SQL written by hand for this log alone: no options, no general table, integer codes, one sort."""

import sys

import duckdb

from bench._events_clock import Clock, digest

DAY = 86_400_000_000


def run(path: str, memory: str) -> None:
    """Load, prepare, ask. The sort by a hash of the customer is faster than joining a number; this log has no two with the same hash."""
    clock, base = Clock(), duckdb.connect()
    base.execute(f"SET memory_limit = '{memory}'; SET threads = 2; SET enable_progress_bar = false")
    with clock("prepare"):
        base.execute(f"""CREATE TYPE place AS ENUM (SELECT DISTINCT touchpoint FROM read_parquet('{path}') ORDER BY 1);
            CREATE TEMP TABLE codes AS SELECT touchpoint, touchpoint::place AS place FROM (SELECT DISTINCT touchpoint FROM read_parquet('{path}'))""")
        base.execute(f"""CREATE TEMP TABLE sorted AS SELECT hash(customer) AS person, time, place
            FROM read_parquet('{path}', file_row_number = true) JOIN codes USING (touchpoint) ORDER BY hash(customer), time, file_row_number""")
        base.execute(f"""CREATE TEMP TABLE cut AS SELECT *, (sum(begins::INTEGER) OVER (ROWS UNBOUNDED PRECEDING))::INTEGER AS episode FROM (
            SELECT person, time, place, (row_number() OVER ())::INTEGER AS n, coalesce(lag(person) OVER () <> person
                       OR epoch_us(time) - epoch_us(lag(time) OVER ()) > {30 * DAY}, true) AS begins,
                   coalesce(lead(person) OVER () <> person OR epoch_us(lead(time) OVER ()) - epoch_us(time) > {30 * DAY}, true) AS ends,
                   lead(place) OVER () AS next_place, lead(time) OVER () AS next_time FROM sorted)""")
        base.execute(f"""CREATE TEMP TABLE spans AS SELECT *, CASE WHEN goal IS NOT NULL THEN 1
                WHEN epoch_us((SELECT max(time) FROM cut)) - epoch_us(finish) <= {30 * DAY} THEN 2 ELSE 0 END::TINYINT AS state FROM (
            SELECT episode, min(person) AS person, min(n) AS n, max(time) AS finish, min(place) FILTER (begins) AS first,
                   min(place) FILTER (ends) AS last, min(n) FILTER (place = 'touchpoint_19') AS goal FROM cut GROUP BY 1)""")
        base.execute("""CREATE TEMP TABLE log AS SELECT c.episode, c.n - s.n AS step, c.person, c.time, c.place, s.state, s.goal - s.n AS goal,
            CASE WHEN NOT ends THEN next_place END AS next_place, CASE WHEN NOT ends THEN next_time END AS next_time
            FROM cut c JOIN spans s USING (episode)""")
    with clock("inventory"):
        base.execute("""CREATE TEMP TABLE visits AS SELECT place, episode, count(*) AS n,
            count(*) FILTER (next_place IS DISTINCT FROM place) AS stays FROM log GROUP BY 1, 2""")
        # customers differ from episodes only where somebody has several
        used = base.execute("""WITH several AS (SELECT person FROM spans GROUP BY 1 HAVING count(*) > 1),
            again AS (SELECT place, count(*) - count(DISTINCT person) AS n FROM visits JOIN spans USING (episode)
                      SEMI JOIN several USING (person) GROUP BY 1)
            SELECT v.*, v.episodes - coalesce(a.n, 0) AS customers FROM (SELECT place, sum(n)::BIGINT AS contacts, count(*) AS episodes,
                count(*) FILTER (stays > 1) AS returns FROM visits GROUP BY 1) v LEFT JOIN again a USING (place)""").fetchall()
        base.execute("SELECT first, count(*) FROM spans GROUP BY 1").fetchall()
        base.execute("SELECT last, count(*) FROM spans WHERE state < 2 GROUP BY 1").fetchall()
    with clock("transitions"):
        moves = base.execute("SELECT place, next_place, count(*) FROM log WHERE next_place IS NOT NULL GROUP BY 1, 2").fetchall()
    with clock("variants"):
        base.execute("""CREATE TEMP TABLE found AS SELECT min(episode) AS episode, count(*) AS n FROM (
            SELECT episode, sum(hash(place, step)) AS one, sum(hash(step, place)) AS two FROM log GROUP BY 1) GROUP BY one, two""")
        n = base.execute("SELECT count(*) FROM found").fetchall()[0][0]
        top = base.execute("""SELECT f.n, s.path FROM (SELECT * FROM found ORDER BY n DESC LIMIT 100) f JOIN (SELECT episode,
            list(place ORDER BY step) AS path FROM log WHERE episode IN (SELECT episode FROM found ORDER BY n DESC LIMIT 100) GROUP BY 1) s
            USING (episode) ORDER BY 1 DESC""").fetchall()
    with clock("funnel"):
        reached = base.execute("""WITH a AS MATERIALIZED (SELECT episode, min(step) AS step, arg_min(time, step) AS time FROM log
                WHERE place = 'touchpoint_02' GROUP BY 1),
            b AS MATERIALIZED (SELECT l.episode, min(l.step) AS step, arg_min(l.time, l.step) AS time, any_value(a.time) AS before
                FROM log l JOIN a ON a.episode = l.episode AND l.step > a.step WHERE l.place = 'touchpoint_05' GROUP BY 1),
            c AS (SELECT l.episode, arg_min(l.time, l.step) AS time, any_value(b.time) AS before
                FROM log l JOIN b ON b.episode = l.episode AND l.step > b.step WHERE l.place = 'touchpoint_19' GROUP BY 1)
            SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM b), (SELECT count(*) FROM c),
                   (SELECT median(epoch_us(time) - epoch_us(before)) FROM b),
                   (SELECT median(epoch_us(time) - epoch_us(before)) FROM c)""").fetchall()[0]
    with clock("waits"):
        waits = base.execute("""SELECT place, next_place, count(*), avg(epoch_us(next_time) - epoch_us(time)),
            quantile_cont(epoch_us(next_time) - epoch_us(time), [0.1, 0.25, 0.5, 0.75, 0.9])
            FROM log WHERE next_time IS NOT NULL GROUP BY 1, 2""").fetchall()
    with clock("exits"):
        cells = base.execute("""SELECT place, least(step, 9) AS position, count(*), count(*) FILTER (next_time IS NULL AND state = 0)
            FROM log WHERE state < 2 AND (goal IS NULL OR step < goal) GROUP BY 1, 2""").fetchall()
    left = {place: [sum(row[i] for row in cells if row[0] == place) for i in (2, 3)] for place in {row[0] for row in cells}}
    clock.tell(events=sum(row[1] for row in used), contacts=digest(row[:2] for row in used), passing=digest((row[0], row[2]) for row in used),
               customers=digest((row[0], row[4]) for row in used), variants=n, top=top[0][0], moves=digest(moves), funnel=list(reached[:3]),
               waits=digest((*row[:2], round(row[4][2] / 1e6)) for row in waits), exits=digest((place, *n) for place, n in left.items()),
               ends=digest(base.execute("SELECT last, count(*) FROM spans GROUP BY 1").fetchall()))


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2])
