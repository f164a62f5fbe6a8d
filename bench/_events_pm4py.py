"""The same questions to pm4py, in its own environment: load, format, activities, directly-follows graph, variants, waits, ends."""

import sys

import pandas as pd
import pm4py
from _events_clock import Clock


def run(path: str) -> None:
    """Load, prepare, ask. pm4py has no funnel and no exits against expectation; its nearest figures are taken."""
    clock = Clock()
    with clock("prepare"):
        table = pm4py.format_dataframe(pd.read_parquet(path), case_id="customer", activity_key="touchpoint", timestamp_key="time")
    with clock("inventory"):
        used = pm4py.get_event_attribute_values(table, "concept:name")
        pm4py.get_event_attribute_values(table, "concept:name", count_once_per_case=True)
        pm4py.get_start_activities(table)
    with clock("transitions"):
        moves, _, _ = pm4py.discover_dfg(table)
    with clock("variants"):
        variants = pm4py.get_variants(table)
    with clock("waits"):
        pm4py.discover_performance_dfg(table)
    with clock("exits"):
        pm4py.get_end_activities(table)
    clock.tell(events=sum(used.values()), variants=len(variants), top=max(variants.values()), moves=sum(moves.values()))


if __name__ == "__main__":
    run(sys.argv[1])
