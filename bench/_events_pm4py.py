"""The same questions to pm4py, in its own environment: load, format, activities, directly-follows graph, variants, funnel, waits, ends."""

import sys

import pandas as pd
import pm4py
from _events_clock import Clock, digest

FUNNEL = ["touchpoint_02", "touchpoint_05", "touchpoint_19"]


def run(path: str) -> None:
    """Load, prepare, ask. A funnel is its filter of what eventually follows; it has no exits against expectation: the ends are taken."""
    clock = Clock()
    with clock("prepare"):
        table = pm4py.format_dataframe(pd.read_parquet(path), case_id="customer", activity_key="touchpoint", timestamp_key="time")
    with clock("inventory"):
        used = pm4py.get_event_attribute_values(table, "concept:name")
        passing = pm4py.get_event_attribute_values(table, "concept:name", count_once_per_case=True)
        pm4py.get_start_activities(table)
    with clock("transitions"):
        moves, _, _ = pm4py.discover_dfg(table)
    with clock("variants"):
        variants = pm4py.get_variants(table)
    with clock("funnel"):
        reached = [passing[FUNNEL[0]]]
        for k in (2, 3):
            kept = pm4py.filter_eventually_follows_relation(table, [FUNNEL[:k]])
            reached.append(int(kept["case:concept:name"].nunique()))
    with clock("waits"):
        waits, _, _ = pm4py.discover_performance_dfg(table)
    with clock("exits"):
        ends = pm4py.get_end_activities(table)
    clock.tell(events=sum(used.values()), contacts=digest(used.items()), passing=digest(passing.items()), variants=len(variants),
               top=max(variants.values()), moves=digest((*pair, n) for pair, n in moves.items()), funnel=reached,
               waits=digest((*pair, round(found["median"])) for pair, found in waits.items()), ends=digest(ends.items()))


if __name__ == "__main__":
    run(sys.argv[1])
