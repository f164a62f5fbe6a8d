"""The same questions to retentioneering, in its own environment and without telemetry: load, stream, counts, transitions, funnel, waits, ends."""

import sys

import pandas as pd
from _events_clock import Clock, digest
from retentioneering import Eventstream

FUNNEL = ["touchpoint_02", "touchpoint_05", "touchpoint_19"]


def run(path: str) -> None:
    """Load, prepare, ask. retentioneering has no variants, and of the waits the median only; the ends stand in its transitions."""
    clock = Clock()
    with clock("prepare"):
        table = pd.read_parquet(path).rename(columns={"customer": "user_id", "touchpoint": "event", "time": "timestamp"})
        stream = Eventstream(table, schema={"path_cols": ["user_id"]})
    with clock("inventory"):
        used = stream.get_event_counts()
    with clock("transitions"):
        moves = stream.transition_graph_data(edge_weight="count")
    with clock("funnel"):
        reached = [step["unique_paths"] for step in stream.funnel_data(FUNNEL)["steps"]]
    with clock("waits"):
        waits = stream.transition_graph_data(edge_weight="time_median")
    places = [name for name in used if name.startswith("touchpoint_")]
    pairs = [(a, b, moves.loc[a, b]) for a in places for b in places if moves.loc[a, b] > 0]
    clock.tell(events=len(table), contacts=digest((name, used[name]) for name in places), moves=digest((a, b, int(n)) for a, b, n in pairs),
               funnel=[int(n) for n in reached], waits=digest((a, b, round(waits.loc[a, b].total_seconds())) for a, b, _ in pairs))


if __name__ == "__main__":
    run(sys.argv[1])
