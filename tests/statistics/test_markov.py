import pytest

from cxkit.statistics.markov import (
    chain_from_counts,
    chain_from_episodes,
    expected_length,
    less_exit,
    outcome_probability,
    removal_effects,
    what_if,
)
from cxkit.statistics.markov_bootstrap import bootstrap_removal, bootstrap_what_if

# ten visitors: 6 start on the web, 4 in store; half of the web goes on to the store, where half buy
PATHS = [["web", "store"]] * 3 + [["web"]] * 3 + [["store"]] * 4
ENDS = [True, True, False] + [False] * 2 + [True] + [True, True, False, False]


def test_chain_of_episodes():
    chain = chain_from_episodes(PATHS, ENDS)
    assert chain.states == ("store", "web")
    # rows start, store, web; columns store, web, outcome, exit
    assert chain.counts.tolist() == [[4, 6, 0, 0], [0, 0, 4, 3], [3, 0, 1, 2]]
    assert (chain.episodes, chain.censored) == (10, 0)


def test_outcome_length_and_removal_by_hand():
    chain = chain_from_episodes(PATHS, ENDS)
    # P(outcome | store) = 4/7; P(outcome | web) = 1/6 + 1/2 * 4/7 = 19/42; start: .4 * 4/7 + .6 * 19/42 = .5
    assert outcome_probability(chain) == pytest.approx(0.5)
    # length: store 1, web 1.5 -> .4 + .9
    assert expected_length(chain) == pytest.approx(1.3)
    # without the store only web -> outcome is left: .6 / 6 = .1; without the web .4 * 4/7 = .22857
    assert removal_effects(chain) == pytest.approx({"store": 0.8, "web": 1 - 0.4 * 4 / 7 / 0.5})


def test_chain_from_counts_is_the_same_chain():
    counted = chain_from_counts(
        ["store", "web"],
        {"store": 4, "web": 6},
        {("web", "store"): 3},
        {"store": 4, "web": 1},
        {"store": 3, "web": 2},
    )
    assert counted.counts.tolist() == chain_from_episodes(PATHS, ENDS).counts.tolist()
    assert counted.episodes == 10


def test_what_if_less_exit():
    chain = chain_from_episodes(PATHS, ENDS)
    # store exit 3/7 -> 3/14, outcome 4/7 -> 11/14; web unchanged: 1/6 + 11/28
    target = less_exit(chain, "store", 0.5)
    assert outcome_probability(target) == pytest.approx(0.4 * 11 / 14 + 0.6 * (1 / 6 + 11 / 28))
    assert target.counts.sum(axis=1).tolist() == pytest.approx(chain.counts.sum(axis=1).tolist())
    assert outcome_probability(less_exit(chain, "store", 0)) == pytest.approx(0.5)
    assert outcome_probability(what_if(chain, {"store": 1, "web": 1})) == pytest.approx(1.0)
    with pytest.raises(ValueError, match="reduction"):
        less_exit(chain, "store", 1.5)


def test_loops_are_solved():
    chain = chain_from_counts(["a"], {"a": 10}, {("a", "a"): 10}, {"a": 5}, {"a": 5})
    assert outcome_probability(chain) == pytest.approx(0.5)
    assert expected_length(chain) == pytest.approx(2.0)


def test_closed_loop_never_ends():
    chain = chain_from_counts(["a", "b"], {"a": 1}, {("a", "b"): 1, ("b", "a"): 1}, {}, {})
    assert outcome_probability(chain) == pytest.approx(0.0, abs=1e-9)
    assert expected_length(chain) is None
    assert removal_effects(chain) == {"a": None, "b": None}


def test_a_state_from_which_everybody_exits_stays():
    chain = chain_from_episodes([["a"]] * 3, [False] * 3)
    assert outcome_probability(less_exit(chain, "a", 0.5)) == 0.0


def test_censored_episodes_give_transitions_but_no_end():
    chain = chain_from_episodes([["a", "b"], ["a"], ["b"]], [None, False, True])
    assert chain.counts.tolist() == [[2, 1, 0, 0], [0, 1, 0, 1], [0, 0, 1, 0]]
    assert (chain.episodes, chain.censored) == (2, 1)


def test_empty_and_direct_episodes():
    empty = chain_from_episodes([], [])
    assert outcome_probability(empty) is None
    assert expected_length(empty) is None
    assert removal_effects(empty) == {}
    assert bootstrap_removal([], [], seed=1) == {}
    assert bootstrap_what_if([], [], {}, seed=1) == {}
    direct = chain_from_episodes([[], []], [True, False])
    assert outcome_probability(direct) == 0.5
    assert expected_length(direct) == 0.0


def test_bootstrap_of_removal_effects():
    first = bootstrap_removal(PATHS * 20, ENDS * 20, seed=4, draws=200)
    assert first == bootstrap_removal(PATHS * 20, ENDS * 20, seed=4, draws=200)
    assert first["store"].value == pytest.approx(0.8)
    assert 0.6 < first["store"].low < 0.8 < first["store"].high < 0.95


def test_bootstrap_of_a_what_if():
    result = bootstrap_what_if(PATHS * 20, ENDS * 20, {"store": 0.5}, seed=4, draws=200)
    gain = 0.4 * 11 / 14 + 0.6 * (1 / 6 + 11 / 28) - 0.5
    assert result["outcome"].value == pytest.approx(0.5)
    assert result["outcome_gain"].value == pytest.approx(gain)
    assert 0 < result["outcome_gain"].low < gain < result["outcome_gain"].high
    assert result["length_gain"].value == pytest.approx(0.0, abs=1e-9)
