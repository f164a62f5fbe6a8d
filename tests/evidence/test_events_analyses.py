"""Hand-computed figures on tiny logs; each test names the wrong reading that it guards against."""

import pytest

from cxkit.evidence.events import LogOptions, prepare
from cxkit.evidence.events.chain import counted, episode_paths, removal_effects
from cxkit.evidence.events.compare import path_differences
from cxkit.evidence.events.deviations import deviations, skipping_share
from cxkit.evidence.events.exits import exits
from cxkit.evidence.events.funnel import durations, funnel, waits
from cxkit.evidence.events.inventory import channel_mix, inventory, outcome_by, outcome_of_visitors
from cxkit.evidence.events.transitions import changed_share, changes, handovers, labyrinth, transitions
from cxkit.evidence.events.variants import frequent_loops, loops, variants
from tests.evidence.event_logs import tiny


def test_inventory():
    row = inventory(prepare(tiny("aba", "bb", "c"))).set_index("touchpoint")
    # wrong reading: contacts taken for customers, or reach over contacts
    assert row.loc["b", ["contacts", "episodes", "customers"]].tolist() == [3, 2, 2]
    assert row.loc["b", "reach"] == pytest.approx(2 / 3)
    assert row.loc["a", ["first_share", "last_share"]].tolist() == pytest.approx([1 / 3, 1 / 3])
    # wrong reading: a repeat at once (bb) taken for a return
    assert row["return_share"].to_dict() == {"a": 1.0, "b": 0.0, "c": 0.0}


def test_the_last_share_leaves_open_episodes_out():
    log = prepare(tiny("ab", "ab", gap_between=40, days=1), LogOptions(gap_days=30))
    assert inventory(log).set_index("touchpoint").loc["b", "last_share"] == 1.0
    assert log.counts()["open"] == 1


def test_channel_mix():
    mix = channel_mix(prepare(tiny("aab").assign(channel=["web", "phone", "web"])))
    assert mix.values.tolist() == [["a", "phone", 1, 0.5], ["a", "web", 1, 0.5], ["b", "web", 1, 1.0]]


def test_outcome_by_first_channel_and_by_touchpoint_passed():
    log = prepare(tiny("ao", "a", "bo").assign(channel=["web", "web", "web", "phone", "web"]), LogOptions(outcome="o"))
    assert outcome_by(log, "channel")[["value", "episodes", "outcomes"]].values.tolist() == [["web", 2, 1], ["phone", 1, 1]]
    assert outcome_of_visitors(log).set_index("touchpoint").loc["a", "share"] == 0.5


def test_transitions_with_and_without_ends():
    log = prepare(tiny("abo", "ab"), LogOptions(outcome="o"))
    assert transitions(log)[["source", "target", "n"]].values.tolist() == [["a", "b", 2], ["b", "o", 1]]
    ends = {(s, t): n for s, t, n in transitions(log, ends=True)[["source", "target", "n"]].itertuples(index=False)}
    assert ends == {("^start", "a"): 2, ("a", "b"): 2, ("b", "o"): 1, ("o", "^outcome"): 1, ("b", "^left"): 1}


def test_switches_and_hand_overs():
    table = tiny("abc", "ab").assign(channel=["web", "web", "phone", "web", "web"])
    log = prepare(table, LogOptions(owners={"a": "x", "b": "y", "c": "y"}))
    # wrong reading: every move counted as a switch
    assert changes(log, "channel")[["source", "target", "n", "share"]].values.tolist() == [["web", "phone", 1, 0.5]]
    assert changed_share(log, "owner") == (2, 2)
    assert handovers(log)[["source", "target", "source_owner", "target_owner", "n"]].values.tolist() == [["a", "b", "x", "y", 2]]


def test_a_line_is_no_labyrinth_and_a_coin_is_one_bit():
    assert labyrinth(prepare(tiny("ab", "ab"))).index == 0.0
    # from a: b or c evenly (1 bit, 4 of 8 moves); from b and c: always the end
    assert labyrinth(prepare(tiny("ab", "ac", "ab", "ac"))).bits == pytest.approx(0.5)
    assert labyrinth(prepare(tiny("a").iloc[:0])).bits is None


def test_variants_merge_repeats_and_stop_at_the_outcome():
    log = prepare(tiny("aabo", "abob", "ab"), LogOptions(outcome="o"))
    merged = variants(log, merge_repeats=True, to_outcome=True)
    assert merged[["path", "n", "outcome", "left"]].values.tolist() == [[("a", "b"), 3, 2, 1]]
    assert len(variants(log)) == 3


def test_loops_are_no_repeats():
    # wrong reading: aa counted as a loop
    found = loops(prepare(tiny("aab", "aba", "abcab")))
    assert (found.returning, found.repeating, found.episodes) == (2, 1, 3)
    table = frequent_loops(prepare(tiny("aba", "abab")))
    assert table[["place", "via", "n", "episodes"]].values.tolist() == [["a", "b", 2, 2], ["b", "a", 1, 1]]


def test_a_funnel_step_follows_the_previous_one_with_anything_between():
    # wrong reading 1: adjacent pairs accept b-c-a-b for a›b›c; wrong reading 2: a strict match rejects b-a-b for a›b
    table = funnel(prepare(tiny("bcab", "bab", "axbxc")), ["a", "b", "c"], "touchpoint")
    assert table["episodes"].tolist() == [3, 3, 1]
    assert table["anywhere"].tolist() == [3, 3, 2]
    assert table["of_previous"].tolist() == pytest.approx([1, 1, 1 / 3])
    assert table["of_first"].tolist() == pytest.approx([1, 1, 1 / 3]), "step and overall conversion stand side by side"


def test_a_funnel_with_an_unknown_step_ends_there():
    assert funnel(prepare(tiny("ab")), ["a", "z", "b"], "touchpoint")["episodes"].tolist() == [1, 0, 0]


def test_waits_and_durations():
    log = prepare(tiny("ab", "ab", "ab", days=1))
    row = waits(log).iloc[0]
    assert (row["source"], row["target"], row["n"], row["median"], row["mean"]) == ("a", "b", 3, 24.0, 24.0)
    assert durations(log)[["state", "episodes", "contacts", "hours"]].values.tolist() == [["left", 3, 2.0, 24.0]]


def test_exits_against_what_others_lose_at_the_same_place():
    # 40 episodes end at b (second contact), 20 of 40 at c (second contact): what c loses is what b is compared with
    log = prepare(tiny(*["ab"] * 40, *["ac"] * 20, *["aco"] * 20), LogOptions(outcome="o"))
    row = exits(log).set_index("touchpoint")
    assert row.loc["b", ["episodes", "exits", "share", "expected"]].tolist() == [40, 40, 1.0, 0.5]
    assert row.loc["c", "expected"] == 1.0
    assert row.loc["b", "q"] < 0.001
    assert "o" not in row.index, "an outcome is no exit"
    # by hand: b 40 of 40, c 20 of 40; E = 30, V = 40·40·60·20 / (80²·79); chi2 = 100 / V = 26.333
    assert row.loc["b", "p"] == pytest.approx(2.8729e-7, rel=1e-3)


def test_a_frequent_last_touchpoint_is_not_guilty_by_frequency():
    # wrong reading: most episodes end at b, but everybody who comes that far leaves there or at c alike
    log = prepare(tiny(*["ab"] * 45, *["abo"] * 45, *["ac"] * 5, *["aco"] * 5), LogOptions(outcome="o"))
    row = exits(log).set_index("touchpoint").loc["b"]
    assert (row["exits"], row["share"], row["expected"]) == (45, 0.5, 0.5)
    assert row["p"] == 1.0


def test_open_episodes_are_in_no_exit():
    log = prepare(tiny(*["ab"] * 12, days=1), LogOptions(gap_days=30))
    assert exits(log).empty


def test_path_differences_between_personas():
    personas = {f"c{i}": "pq"[i % 2] for i in range(40)}
    different = path_differences(prepare(tiny(*["ab", "cd"] * 20), LogOptions(personas=personas)), seed=1, draws=99)[0]
    assert (different.first, different.second, different.distance, different.p, different.customers) == ("p", "q", 1.0, 0.01, (20, 20))
    same = path_differences(prepare(tiny(*["ab", "ab"] * 20), LogOptions(personas=personas)), seed=1, draws=99)[0]
    assert (same.distance, same.p) == (0.0, 1.0)
    assert path_differences(prepare(tiny("ab")), seed=1) == ()


def test_deviations_in_four_types():
    table = deviations(prepare(tiny("abc", "acb", "axc", "ab", "abc")), ["a", "b", "c"])
    found = {(t, p): (n, base) for t, p, n, base in table[["type", "touchpoint", "episodes", "base"]].itertuples(index=False)}
    assert found == {
        ("extra", "x"): (1, 5),
        ("out_of_order", "b"): (1, 4),
        ("missing", "b"): (1, 4),  # of the four that reached c
        ("failed", "c"): (3, 4), ("failed", "b"): (2, 4),
    }
    assert skipping_share(prepare(tiny("abc", "ac", "x")), ["a", "b", "c"]) == (1, 2)


def test_paths_stop_at_the_outcome_and_open_ones_have_no_end():
    log = prepare(tiny("aob", "o", "ab", "ab", gap_between=40, days=1), LogOptions(outcome="o", gap_days=30))
    expected = [(("a",), True), ((), True), (("a", "b"), False), (("a", "b"), None)]
    assert sorted(zip(*episode_paths(log), strict=True), key=str) == sorted(expected, key=str)


def test_removal_effect_by_hand():
    # P(outcome) = 2/3; without a: only "bo" is left: 1/3, effect 1/2; without b: 1/3, effect 1/2; with loops a returns to itself
    log = prepare(tiny("ao", "bo", "c"), LogOptions(outcome="o"))
    effects = removal_effects(log, seed=1, draws=20)
    assert {name: round(e.value, 9) for name, e in effects.items()} == {"a": 0.5, "b": 0.5, "c": 0.0}
    assert removal_effects(prepare(tiny("ab")), seed=1) == {}


def test_aggregated_paths():
    assert counted([(("a", "b"), 2, 1), (("c",), 0, 0)]) == ([("a", "b")] * 2, [True, False], [2, 1])
