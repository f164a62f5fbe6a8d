"""Whether two groups of customers take different paths."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from cxkit.evidence.events.log import PreparedLog
from cxkit.statistics.distributions import jensen_shannon_clustered
from cxkit.statistics.multiple import benjamini_hochberg


@dataclass(frozen=True)
class PathDifference:
    """Jensen-Shannon distance (0..1) between the transitions of two groups, permutation p and corrected q; sizes in customers.

    ``beyond_chance`` is what remains of the distance once that of samples of this size without any difference is taken out.
    """

    first: str
    second: str
    distance: float | None
    p: float | None
    q: float | None
    customers: tuple[int, int]
    beyond_chance: float | None = None


def path_differences(log: PreparedLog, side: str = "persona::VARCHAR", assigned: Mapping[str, str] | None = None, *, seed: int,
                     draws: int = 499, most: int = 2000) -> tuple[PathDifference, ...]:
    """Permutation test of the transition distributions of every pair of groups of customers.

    Whole customers are dealt anew, since the episodes of one customer resemble each other; a customer whose episodes fall into several
    groups belongs to that of the first. Beyond ``most`` customers of a group the first ones by hash of their pseudonym are taken: a fixed
    sample. q corrects over all pairs.

    Parameters
    ----------
    side : SQL of the group of a row of the table ``episodes``; null for those that belong to none. By default the persona.
    assigned : customer → group, instead of ``side``.
    """
    source = "(SELECT *, " + side + " AS side FROM {episodes})"
    if assigned is not None:
        table = pd.DataFrame(sorted(assigned.items()), columns=["customer", "side"], dtype="str")
        log.connection.register("dealt", table)
        source = "(SELECT e.*, a.side FROM {episodes} e JOIN dealt a USING (customer))"
    rows = log.rows(f"""
        WITH people AS (SELECT person, min(customer) AS customer, arg_min(side, episode) AS side FROM {source} WHERE side IS NOT NULL GROUP BY 1),
        kept AS (SELECT person, customer, side, row_number() OVER (PARTITION BY side ORDER BY md5(customer), customer) AS place FROM people)
        SELECT k.side, k.customer, l.touchpoint::VARCHAR, l.next_touchpoint::VARCHAR, count(*) FROM {{log}} l JOIN kept k USING (person)
        WHERE k.place <= ? AND l.next_touchpoint IS NOT NULL GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4""", [most])
    people = sorted({row[:2] for row in rows})
    moves = sorted({row[2:4] for row in rows})
    person, move = {key: i for i, key in enumerate(people)}, {key: i for i, key in enumerate(moves)}
    counts = csr_array(([row[4] for row in rows], ([person[row[:2]] for row in rows], [move[row[2:4]] for row in rows])),
                       shape=(len(people), len(moves)), dtype=float).toarray() if rows else np.zeros((0, 0))
    sides = np.array([group for group, _ in people], dtype=object)
    groups = sorted(set(sides))
    found = []
    for i, first in enumerate(groups):
        for second in groups[i + 1:]:
            pair = (sides == first) | (sides == second)
            distance = jensen_shannon_clustered(counts[pair], sides[pair] == first, seed=seed, draws=draws)
            found.append((first, second, distance))
    q = benjamini_hochberg([distance.p for *_, distance in found]).q
    return tuple(PathDifference(first, second, distance.value, distance.p, value, (int(distance.n[0]), int(distance.n[1])),
                                distance.beyond_chance)
                 for (first, second, distance), value in zip(found, q, strict=True))
