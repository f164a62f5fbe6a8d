"""Whether two groups of customers take different paths."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from cxkit.evidence.events.log import PreparedLog
from cxkit.statistics.distributions import jensen_shannon_clustered
from cxkit.statistics.multiple import benjamini_hochberg


@dataclass(frozen=True)
class PathDifference:
    """Jensen-Shannon distance (0..1) between the transitions of two personas, permutation p and corrected q; sizes in customers.

    ``beyond_chance`` is what remains of the distance once that of samples of this size without any difference is taken out.
    """

    first: str
    second: str
    distance: float | None
    p: float | None
    q: float | None
    customers: tuple[int, int]
    beyond_chance: float | None = None


def path_differences(log: PreparedLog, *, seed: int, draws: int = 499, most: int = 2000) -> tuple[PathDifference, ...]:
    """Permutation test of the transition distributions of every pair of personas.

    Whole customers are dealt anew, since the episodes of one customer resemble each other. Beyond ``most`` customers of a
    persona the first ones by hash of their pseudonym are taken: a fixed sample. q corrects over all pairs.
    """
    rows = log.rows("""
        WITH people AS (SELECT customer, min(persona)::VARCHAR AS persona FROM {episodes} WHERE persona IS NOT NULL GROUP BY 1),
        kept AS (SELECT customer, persona, row_number() OVER (PARTITION BY persona ORDER BY md5(customer), customer) AS place FROM people)
        SELECT k.persona, k.customer, l.touchpoint::VARCHAR, l.next_touchpoint::VARCHAR, count(*) FROM {log} l JOIN kept k USING (customer)
        WHERE k.place <= ? AND l.next_touchpoint IS NOT NULL GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4""", [most])
    people = sorted({row[:2] for row in rows})
    moves = sorted({row[2:4] for row in rows})
    person, move = {key: i for i, key in enumerate(people)}, {key: i for i, key in enumerate(moves)}
    counts = csr_array(([row[4] for row in rows], ([person[row[:2]] for row in rows], [move[row[2:4]] for row in rows])),
                       shape=(len(people), len(moves)), dtype=float).toarray() if rows else np.zeros((0, 0))
    side = np.array([persona for persona, _ in people], dtype=object)
    personas = sorted(set(side))
    found = []
    for i, first in enumerate(personas):
        for second in personas[i + 1:]:
            pair = (side == first) | (side == second)
            distance = jensen_shannon_clustered(counts[pair], side[pair] == first, seed=seed, draws=draws)
            found.append((first, second, distance))
    q = benjamini_hochberg([distance.p for *_, distance in found]).q
    return tuple(PathDifference(first, second, distance.value, distance.p, value, (int(distance.n[0]), int(distance.n[1])),
                                distance.beyond_chance)
                 for (first, second, distance), value in zip(found, q, strict=True))
