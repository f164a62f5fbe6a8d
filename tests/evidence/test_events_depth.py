"""Second order, adjusted odds, periods, appointments and segments on tiny logs; each test names the wrong reading that it guards against."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from cxkit.evidence.events import LogOptions, prepare
from cxkit.evidence.events.adjusted import adjusted_odds
from cxkit.evidence.events.appointments import around_appointment
from cxkit.evidence.events.chain import counted_paths, removal_effects
from cxkit.evidence.events.compare import path_differences
from cxkit.evidence.events.periods import around, by_month, by_season, come_and_gone, settled_before, side_of
from cxkit.evidence.events.quantiles import bins_sql, picked, quantiles_of, ranks, values_sql
from cxkit.evidence.events.transitions import transitions
from cxkit.evidence.events.variants import variants
from cxkit.statistics import absorbing, markov, markov_bootstrap
from tests.evidence.event_logs import tiny


def test_the_second_order_remembers_the_place_before():
    # after a, b always converts; after c, b never does. Order 1 thinks that b converts half the time, whoever comes
    log = prepare(tiny(*["abo"] * 4, *["cb"] * 4), LogOptions(outcome="o"))
    first, second = (removal_effects(log, seed=1, draws=5, order=order) for order in (1, 2))
    assert {name: round(effect.value, 9) for name, effect in first.items()} == {"a": 0.5, "b": 1.0, "c": 0.5}
    assert {name: round(effect.value, 9) for name, effect in second.items()} == {"a": 1.0, "b": 1.0, "c": 0.0}


def test_removal_effects_equal_the_definition():
    # the chain with the state sent to exit, solved anew for each state, against the one inverse for all
    draw = np.random.default_rng(3)
    p = absorbing.normalise(draw.random((4, 6, 7)))
    for state in range(5):
        without = p.copy()
        without[:, :, state] = 0
        assert absorbing.removal(p)[:, state] == pytest.approx(1 - absorbing.outcome(without) / absorbing.outcome(p))
    both = p.copy()
    both[:, :, [1, 3]] = 0
    assert absorbing.removal(p, [[1, 3]])[:, 0] == pytest.approx(1 - absorbing.outcome(both) / absorbing.outcome(p))


def test_counted_paths_are_the_episodes():
    log = prepare(tiny("abo", "abo", "ab", "o"), LogOptions(outcome="o"))
    paths, ends, counts = counted_paths(log)
    assert sorted(zip(paths, ends, counts, strict=True)) == [((), True, 1), (("a", "b"), False, 1), (("a", "b"), True, 2)]
    assert markov.chain_from_episodes(paths, ends, counts=counts).counts.sum() == 3 + 3 + 3 + 1
    with pytest.raises(ValueError, match="order"):
        markov_bootstrap.bootstrap_removal([("a",)], [True], seed=1, order=3)


def test_adjusted_odds_hold_the_other_touchpoints():
    # wrong reading: b looks good because it comes with a; among those who saw a (or not), b changes nothing
    paths = ["abo"] * 80 + ["ab"] * 20 + ["ao"] * 8 + ["a"] * 2 + ["bo"] * 2 + ["b"] * 8 + ["co"] * 20 + ["c"] * 80
    found = {odds.touchpoint: odds for odds in adjusted_odds(prepare(tiny(*paths), LogOptions(outcome="o")), least=30)}
    assert found["b"].low < 1 < found["b"].high
    assert found["a"].low > 1
    assert (found["a"].episodes, found["a"].outcomes) == (110, 88)
    assert adjusted_odds(prepare(tiny("ab")), least=1) == ()


def test_a_month_that_is_still_going_on_is_not_settled():
    # wrong reading: in the last weeks buyers are known and leavers are not yet, so that the share of outcomes seems to rise
    paths = prepare(tiny("ao", "ab", "ab", "ao", gap_between=30, days=1, start="2025-01-01"), LogOptions(outcome="o", gap_days=20))
    table = by_month(paths)
    assert [str(month) for month in table["month"]] == ["2025-01-01", "2025-03-01", "2025-04-01"]
    assert settled_before(paths) == dt.date(2025, 3, 13), "the end, less 20 days to close and 1 day that an episode takes"
    assert table[["episodes", "closed", "outcomes", "settled"]].values.tolist() == [[2, 2, 1, True], [1, 1, 0, False], [1, 1, 1, False]]
    assert by_season(paths)[["quarter", "months", "episodes", "outcomes"]].values.tolist() == [[1, 1, 2, 1]]


def test_before_and_after_a_day():
    # wrong reading: an episode that spans the day counted on either side
    log = prepare(tiny("ab", "aaaaaaaa", "ao", gap_between=10, days=1, start="2025-01-01"), LogOptions(outcome="o"))
    table = around(log, dt.date(2025, 1, 15))
    assert table[["side", "episodes", "outcomes", "contacts", "hours"]].values.tolist() == [["before", 1, 0, 2.0, 24.0], ["after", 1, 1, 2.0, 24.0]]


def test_touchpoints_that_came_and_went():
    log = prepare(tiny(*["ab"] * 5, *["ac"] * 5, gap_between=20, days=1))
    new, gone = come_and_gone(log, quiet_days=45, share=0.02)
    assert [(c.touchpoint, c.first, c.last, c.contacts) for c in new] == [("c", dt.date(2025, 4, 12), dt.date(2025, 7, 1), 5)]
    assert [(c.touchpoint, c.contacts) for c in gone] == [("b", 5)]
    # wrong reading: share of all contacts; c holds 5 of the 9 contacts of its own days
    assert new[0].share == pytest.approx(5 / 9)


def test_around_an_appointment():
    log = prepare(tiny("axvb", "xv", "vvc", "ab", days=1))
    found = around_appointment(log, ["v"])
    assert (found.episodes, found.before, found.after, found.repeated) == (3, 2, 2, 1)
    assert (found.before_hours[1], found.after_hours[1]) == (24.0, 36.0), "after vv, c comes two days after the first v"
    assert found.places[["moment", "touchpoint", "episodes"]].values.tolist() == [
        ["before", "x", 2], ["before", "a", 1], ["after", "b", 1], ["after", "c", 1]]
    assert around_appointment(log, ["z"]) is None


def test_segments_and_periods_are_compared_like_personas():
    log = prepare(tiny(*["ab"] * 20, *["cd"] * 20, gap_between=1))
    halves = {f"c{i}": "young" if i < 20 else "old" for i in range(40)}
    by_age = path_differences(log, assigned=halves, seed=1, draws=99)[0]
    assert (by_age.first, by_age.second, by_age.distance, by_age.customers) == ("old", "young", 1.0, (20, 20))
    by_time = path_differences(log, side_of(dt.date(2025, 1, 21)), seed=1, draws=99)[0]
    assert (by_time.first, by_time.second, by_time.distance) == ("after", "before", 1.0)


def test_channels_and_stages_have_paths_of_their_own():
    table = tiny("abc", "ab").assign(channel=["web", "web", "phone", "web", "web"])
    log = prepare(table, LogOptions(stages={"a": "need", "b": "use", "c": "use"}))
    assert variants(log, "channel", merge_repeats=True)[["path", "n"]].values.tolist() == [[("web",), 1], [("web", "phone"), 1]]
    assert transitions(log, "stage")[["source", "target", "n"]].values.tolist() == [["need", "use", 2], ["use", "use", 1]]


def test_a_limit_keeps_the_first_of_equally_frequent_paths():
    log = prepare(tiny("c", "b", "a", "a"))
    assert variants(log, limit=2)["path"].tolist() == [("a",), ("b",)]


def test_quantiles_in_two_passes_are_those_of_one():
    log = prepare(tiny("ab", "ac"))
    numbers = np.random.default_rng(5).integers(-5, 10**9, 500)
    rows = ", ".join(f"('{'xy'[i % 2]}', {value}::BIGINT)" for i, value in enumerate(numbers))
    sql, keys, shares = f"SELECT * FROM (VALUES {rows}) AS v(key, value)", ("key",), (0.0, 0.1, 0.5, 0.9, 1.0)
    bins = log.gather(bins_sql(sql, keys), ("key", "bin"))
    wanted = picked(bins, keys, ranks(bins, keys, shares))
    log.connection.register("wanted", wanted)
    values = log.query(values_sql(sql, keys))
    assert len(values) < 100, "the second pass fetches a small part"
    assert quantiles_of(bins, values, keys, shares).equals(log.quantiles(sql, keys, shares))


def test_what_stands_late_in_an_episode_is_not_new():
    # wrong reading: the renewal a year after the purchase taken for a touchpoint that appeared
    table = pd.concat([tiny("ab", days=100, start=f"2025-{month:02d}-01").replace("c0", f"c{month}") for month in range(1, 9)])
    log = prepare(table)
    assert come_and_gone(log, quiet_days=45, share=0.02) == ((), ())
