"""The same questions to retentioneering, in its own environment and without telemetry: load, stream, counts, transitions, funnel."""

import sys

import pandas as pd
from _events_clock import Clock
from retentioneering import Eventstream

STEPS = ["touchpoint_02", "touchpoint_05", "touchpoint_19"]


def run(path: str) -> None:
    """Load, prepare, ask. retentioneering has no variants, waits or exits against expectation."""
    clock = Clock()
    with clock("prepare"):
        table = pd.read_parquet(path).rename(columns={"customer": "user_id", "touchpoint": "event", "time": "timestamp"})
        stream = Eventstream(table, schema={"path_cols": ["user_id"]})
    with clock("inventory"):
        stream.get_event_counts()
    with clock("transitions"):
        stream.transition_graph_data()
    with clock("funnel"):
        stream.funnel_data(STEPS)
    clock.tell(events=len(table))


if __name__ == "__main__":
    run(sys.argv[1])
