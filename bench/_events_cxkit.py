"""The event engine on the log of the bench."""

import sys
from pathlib import Path

from bench._events_clock import Clock, digest
from cxkit.evidence.events import LogColumns, LogOptions, prepare
from cxkit.evidence.events.exits import exits
from cxkit.evidence.events.funnel import funnel, waits
from cxkit.evidence.events.inventory import inventory
from cxkit.evidence.events.transitions import transitions
from cxkit.evidence.events.variants import count_variants, variants

STEPS = ["touchpoint_02", "touchpoint_05", "touchpoint_19"]


def run(path: Path, memory: str) -> None:
    """Load, prepare, ask."""
    clock = Clock()
    with clock("prepare"):
        log = prepare(path, LogOptions(outcome="touchpoint_19", gap_days=30), LogColumns(channel="channel"), memory_limit=memory, threads=2)
    with clock("inventory"):
        used = inventory(log)
    with clock("transitions"):
        moves = transitions(log)
    with clock("variants"):
        n, top = count_variants(log), variants(log, limit=100)
    with clock("funnel"):
        reached = funnel(log, STEPS, "touchpoint")
    with clock("waits"):
        waited = waits(log)
    with clock("exits"):
        left = exits(log)
    ends = log.rows("SELECT last::VARCHAR, count(*) FROM {episodes} GROUP BY 1")
    clock.tell(events=int(used["contacts"].sum()), contacts=_digest(used, "touchpoint", "contacts"),
               passing=_digest(used, "touchpoint", "episodes"), customers=_digest(used, "touchpoint", "customers"),
               variants=n, top=int(top["n"].iloc[0]), moves=_digest(moves, "source", "target", "n"), funnel=reached["episodes"].tolist(),
               waits=digest((row.source, row.target, round(row.median * 3600)) for row in waited.itertuples()), ends=digest(ends),
               exits=_digest(left, "touchpoint", "contacts", "exits"))


def _digest(table, *columns: str) -> str:
    return digest(table[list(columns)].itertuples(index=False))


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2])
