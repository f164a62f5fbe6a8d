"""Before, during and after an appointment: what surrounds it, and how long before and after."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from cxkit.evidence.events.inventory import HOUR
from cxkit.evidence.events.log import PreparedLog
from cxkit.evidence.events.source import literal


@dataclass(frozen=True)
class Around:
    """Episodes that hold an appointment (the first one of each counts), those with a contact before it and after it.

    ``before_hours``, ``after_hours``: (10th percentile, median, 90th) from the last contact before, to the first contact after.
    ``places``: moment (``before``, ``after``), touchpoint, contacts, episodes.
    """

    episodes: int
    before: int
    after: int
    repeated: int
    before_hours: tuple[float, float, float] | None
    after_hours: tuple[float, float, float] | None
    places: pd.DataFrame


def around_appointment(log: PreparedLog, events: Sequence[str]) -> Around | None:
    """What surrounds the first appointment of each episode; None where no episode holds one.

    ``events``: the touchpoints that are an appointment; contacts there, the first or a later one, belong to neither side.
    """
    names = ", ".join(literal(event) for event in events).replace("{", "{{").replace("}", "}}")
    held = f"""met AS (SELECT episode, min(first_step) AS at, sum(contacts) AS times FROM {{visits}}
            WHERE touchpoint::VARCHAR IN ({names}) GROUP BY 1),
        held AS (SELECT m.*, l.time FROM met m JOIN {{log}} l ON l.episode = m.episode AND l.step = m.at)"""
    sides = f"""sides AS (SELECT l.episode, l.touchpoint::VARCHAR AS touchpoint, h.at, l.step, epoch_us(l.time) - epoch_us(h.time) AS apart,
        CASE WHEN l.step < h.at THEN 'before' ELSE 'after' END AS moment
        FROM {{log}} l JOIN held h USING (episode) WHERE l.touchpoint::VARCHAR NOT IN ({names}))"""
    total = log.gather(f"WITH {held} SELECT count(*) AS episodes, count(*) FILTER (times > 1) AS repeated FROM held", ()).iloc[0]
    if not total["episodes"]:
        return None
    with_side = log.gather(f"WITH {held}, {sides} SELECT moment, count(DISTINCT episode) AS n FROM sides GROUP BY 1", ("moment",))
    n = dict(zip(with_side["moment"], with_side["n"], strict=True))
    waits = log.quantiles(f"""WITH {held}, {sides} SELECT moment, CASE WHEN moment = 'before' THEN -max(apart) ELSE min(apart) END AS value
        FROM sides GROUP BY episode, moment""", ("moment",), (0.1, 0.5, 0.9)).set_index("moment")
    hours = {moment: tuple(float(row[f"q{i}"]) / HOUR for i in range(3)) for moment, row in waits.iterrows()}
    places = log.gather(f"""WITH {held}, {sides} SELECT moment, touchpoint, count(*) AS contacts, count(DISTINCT episode) AS episodes
        FROM sides GROUP BY ALL""", ("moment", "touchpoint"))
    places = places.sort_values(["moment", "episodes", "touchpoint"], ascending=[False, False, True], ignore_index=True)
    return Around(int(total["episodes"]), int(n.get("before", 0)), int(n.get("after", 0)), int(total["repeated"]), hours.get("before"),
                  hours.get("after"), places)
