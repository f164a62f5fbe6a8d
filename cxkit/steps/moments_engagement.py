"""Engagement moments: what the client expects and invests, against what the log shows."""

from cxkit.evidence.events.inventory import conversion_after
from cxkit.model.client import EngagementMoment
from cxkit.statistics.shares import wilson
from cxkit.steps.base import base_of
from cxkit.steps.lived import Lived
from cxkit.steps.moments_view import Engagement


def engagements(declared: tuple[EngagementMoment, ...], lived: Lived | None, truths: frozenset[str]) -> tuple[Engagement, ...]:
    """One row a declared engagement moment, in the client's order.

    Conversion counts closed episodes that come there before any outcome: those that come afterwards had nothing left to convert. The
    verdict compares what is expected with the Wilson interval.
    """
    observed = conversion_after(lived.log).set_index("touchpoint") if lived and lived.outcomes else None
    found = []
    for item in declared:
        common = {"touchpoint": item.touchpoint, "expected": item.expected_conversion, "measured_by": item.measured_by,
                  "moment_of_truth": item.touchpoint in truths}
        if observed is None or item.touchpoint not in observed.index:
            found.append(Engagement(**common))
            continue
        row = observed.loc[item.touchpoint]
        n, good, base = int(row["episodes"]), int(row["outcomes"]), base_of(int(row["episodes"]))
        cost = item.cost_per_contact * int(row["contacts"]) if item.cost_per_contact is not None else None
        common |= {"episodes": n, "base": base, "contacts": int(row["contacts"]), "cost": cost}
        if base not in {"weak", "full"}:
            found.append(Engagement(**common))
            continue
        interval = wilson(good, n)
        found.append(Engagement(
            **common, outcomes=good, observed=good / n, low=interval.low, high=interval.high,
            verdict=_verdict(item.expected_conversion, interval.low, interval.high),
            cost_per_outcome=cost / good if cost is not None and good else None))
    return tuple(found)


def _verdict(expected: float | None, low: float, high: float) -> str:
    if expected is None:
        return "not_measured"
    return "below" if high < expected else "above" if low > expected else "as_expected"
