"""What the evidence measures of a journey's quality: one estimate per criterion."""

import pandas as pd

from cxkit import method
from cxkit.evidence.events.transitions import changed_share
from cxkit.statistics.medians import median_interval
from cxkit.statistics.shares import wilson
from cxkit.steps.base import Estimate, Given, base_of
from cxkit.steps.lived import Lived
from cxkit.steps.scoring import estimates

SCORED = {"nps": "recommendation", "csat": "satisfaction", "ces": "effort"}
SHOWN = ("weak", "full")


def figures(given: Given, persona: str | None, paths: Lived | None) -> dict[str, Estimate]:
    """Measured figures by criterion, of everybody (persona None) or of one persona; what the evidence lacks is left out.

    Units: NPS −100..100; shares in % 0..100; duration: median days from the first contact to the last one of episodes with
    outcome; cost: sum of the declared yearly costs of the touchpoints, in the client's currency (n touchpoints).
    """
    found = _scored(given, persona)
    costs = [item.cost for item in given.folder.touchpoints if item.cost is not None]
    if persona is None and costs:
        found["cost"] = Estimate(metric="cost", value=sum(costs), n=len(costs), base="full")
    if paths is None:
        return found
    log = paths.log if persona is None else paths.log.of_persona(persona)
    states = dict(log.rows("SELECT state, count(*) FROM {episodes} GROUP BY 1"))
    closed = states.get("outcome", 0) + states.get("left", 0)
    if given.folder.client.outcome is not None and closed:
        found["outcome"] = share_estimate("outcome", states.get("outcome", 0), closed)
    if any(item.owner for item in given.folder.touchpoints):
        changed, episodes = changed_share(log, "owner")
        if episodes:
            found["seamlessness"] = share_estimate("seamlessness", episodes - changed, episodes)
    if states.get("outcome"):
        found["duration"] = _duration(log)
    return found


def share_estimate(metric: str, successes: int, n: int) -> Estimate:
    """A share of counted cases in % with its Wilson interval, hidden under the least base."""
    base = base_of(n)
    counts = {"yes": successes, "no": n - successes} if base != "suppressed" else {}
    if base not in SHOWN:
        return Estimate(metric=metric, n=n, base=base, counts=counts)
    interval = wilson(successes, n, method.data("thresholds")["level"])
    return Estimate(metric=metric, value=100 * successes / n, low=100 * interval.low, high=100 * interval.high, n=n, base=base,
                    counts=counts)


def _scored(given: Given, persona: str | None) -> dict[str, Estimate]:
    rows: pd.DataFrame = given.evidence["scores"]
    if persona is not None:
        assigned = rows["respondent"].map(dict(given.assignments))
        rows = rows[assigned.where(assigned.notna(), rows["persona"]) == persona]
    overall = rows[rows["of"] == "overall"]
    # a metric that was asked overall is told by that question, else over all its places
    found = (*estimates(rows[rows["of"] != "overall"]), *estimates(overall))
    return {SCORED[one.metric]: one for one in found if one.metric in SCORED}


def _duration(log) -> Estimate:
    rows = log.rows("""SELECT (epoch_us(l.time) - epoch_us(e.start)) / 8.64e10 FROM {episodes} e JOIN {log} l USING (episode)
                       WHERE e.state = 'outcome' AND l.step = e.outcome_step ORDER BY 1""")
    base = base_of(len(rows))
    if base not in SHOWN:
        return Estimate(metric="duration", n=len(rows), base=base)
    median, interval = median_interval([row[0] for row in rows], method.data("thresholds")["level"])
    return Estimate(metric="duration", value=median, low=interval.low, high=interval.high, n=len(rows), base=base)

