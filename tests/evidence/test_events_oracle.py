"""The same figures from a plain pandas or Python reading of random logs."""

from collections import Counter
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxkit.evidence.events import LogOptions, prepare
from cxkit.evidence.events.funnel import funnel, waits
from cxkit.evidence.events.inventory import conversion_after, inventory
from cxkit.evidence.events.transitions import transitions
from cxkit.evidence.events.variants import loops, variants

EVENTS = st.lists(st.tuples(st.sampled_from("xyz"), st.integers(0, 12), st.sampled_from("abco")), min_size=1, max_size=30)


def oracle_episodes(events, gap):
    """Episodes as (customer, [(day, touchpoint)]) in plain Python: stable sort, cut where the gap is longer."""
    found = []
    for customer in sorted({c for c, _, _ in events}):
        contacts = sorted(((day, place) for c, day, place in events if c == customer), key=lambda contact: contact[0])
        current = [contacts[0]]
        for before, after in pairwise(contacts):
            if after[0] - before[0] > gap:
                found.append((customer, current))
                current = []
            current.append(after)
        found.append((customer, current))
    return found


def follows(places, steps):
    """How many steps are met in order, anything in between."""
    met = 0
    for place in places:
        if met < len(steps) and place == steps[met]:
            met += 1
    return met


@settings(max_examples=40, deadline=None)
@given(EVENTS, st.integers(1, 5), st.sampled_from([4, 1000]))
def test_the_engine_equals_a_plain_reading(events, gap, part_rows):
    table = pd.DataFrame([(c, pd.Timestamp("2025-01-01") + pd.Timedelta(days=d), p) for c, d, p in events],
                         columns=["customer", "time", "touchpoint"])
    log = prepare(table, LogOptions(outcome="o", gap_days=gap), threads=1, part_rows=part_rows)
    episodes = oracle_episodes(events, gap)
    last_day = max(day for _, day, _ in events)
    paths = [[place for _, place in contacts] for _, contacts in episodes]
    states = ["outcome" if "o" in path else "open" if last_day - contacts[-1][0] <= gap else "left"
              for path, (_, contacts) in zip(paths, episodes, strict=True)]

    assert log.counts() == {"events": len(events), "episodes": len(episodes), "customers": len({c for c, _ in episodes}),
                            **{state: states.count(state) for state in ("outcome", "left", "open")}}
    assert dict(variants(log)[["path", "n"]].itertuples(index=False)) == Counter(map(tuple, paths))
    pairs = Counter(pair for path in paths for pair in pairwise(path))
    assert {(s, t): n for s, t, n in transitions(log)[["source", "target", "n"]].itertuples(index=False)} == pairs
    used = inventory(log).set_index("touchpoint")
    for place in set("".join(map("".join, paths))):
        assert used.loc[place, "contacts"] == sum(path.count(place) for path in paths)
        assert used.loc[place, "episodes"] == sum(place in path for path in paths)
        assert used.loc[place, "customers"] == len({customer for (customer, _), path in zip(episodes, paths, strict=True) if place in path})
    merged = [[p for p, before in zip(path, [None, *path], strict=False) if p != before] for path in paths]
    assert loops(log).returning == sum(len(set(path)) < len(path) for path in merged)
    steps = ["a", "b", "o"]
    reached = [sum(follows(path, steps[:k]) == k for path in paths) for k in (1, 2, 3)]
    assert funnel(log, steps, "touchpoint")["episodes"].tolist() == reached

    rows = [(i, day, place) for i, (_, contacts) in enumerate(episodes) for day, place in contacts]
    frame = pd.DataFrame(rows, columns=["episode", "day", "place"])
    frame["next"], frame["wait"] = frame.groupby("episode")["place"].shift(-1), 24.0 * -frame.groupby("episode")["day"].diff(-1)
    expected = frame.dropna(subset="next").groupby(["place", "next"])["wait"].agg(["size", "median", "mean"])
    found = waits(log).set_index(["source", "target"]).sort_index()
    assert found["n"].tolist() == expected["size"].tolist()
    assert found["median"].tolist() == pytest.approx(expected["median"].tolist())
    assert found["mean"].tolist() == pytest.approx(expected["mean"].tolist())
    before = [(path[:path.index("o")] if "o" in path else path, state) for path, state in zip(paths, states, strict=True) if state != "open"]
    met = {place: [state for path, state in before if place in path] for place in "abc"}
    after = conversion_after(log).set_index("touchpoint")
    for place, ends in met.items():
        if ends:
            assert after.loc[place, ["episodes", "outcomes"]].tolist() == [len(ends), ends.count("outcome")]
