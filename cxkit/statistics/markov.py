"""Absorbing Markov chain of lived paths: start, touchpoints, then outcome or exit."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from cxkit.statistics import absorbing


@dataclass(frozen=True, eq=False)
class Chain:
    """Transition counts of a chain of k states.

    ``counts`` has shape (k + 1, k + 2): rows are the start then the states, columns the states, the outcome, the exit.
    ``episodes`` closed episodes were counted, and ``censored`` ones that were still open at the end of the data: these
    give their transitions but no end. A state seen only as the last one of open episodes counts as an exit.
    """

    states: tuple[str, ...]
    counts: np.ndarray
    episodes: int = 0
    censored: int = 0

    @property
    def probabilities(self) -> np.ndarray:
        """Row-normalised counts, same shape; a row never left is all zero."""
        return absorbing.normalise(self.counts)


def chain_from_episodes(
    paths: Sequence[Sequence[str]],
    outcomes: Sequence[bool | None],
    states: Sequence[str] | None = None,
    counts: Sequence[int] | None = None,
) -> Chain:
    """Chain of observed episodes.

    Parameters
    ----------
    paths : one sequence of states per episode
    outcomes : per episode True (ended with the outcome), False (exit) or None (censored, still open)
    states : optional order of the states; by default sorted names
    counts : how many episodes each path stands for; one by default
    """
    names = tuple(sorted({state for path in paths for state in path})) if states is None else tuple(states)
    times = [1] * len(paths) if counts is None else counts
    moves = np.zeros((len(names) + 1) * (len(names) + 2))
    for cells, n in zip(episode_cells(zip(paths, outcomes, strict=True), names), times, strict=True):
        np.add.at(moves, cells, n)
    censored = sum(n for end, n in zip(outcomes, times, strict=True) if end is None)
    return Chain(names, moves.reshape(len(names) + 1, -1), sum(times) - censored, censored)


def second_order(paths: Sequence[Sequence[str]]) -> list[tuple[tuple[str, str], ...]]:
    """Paths over pairs (place before, place): a chain of these remembers one contact more; the first pair begins with an empty name."""
    return [tuple(zip(("", *path), path, strict=False)) for path in paths]


def chain_from_counts(
    states: Sequence[str],
    start: Mapping[str, float],
    transitions: Mapping[tuple[str, str], float],
    outcome: Mapping[str, float],
    exit: Mapping[str, float],
    direct: tuple[float, float] = (0, 0),
) -> Chain:
    """Chain of counted transitions; ``direct`` is (outcomes, exits) of episodes that touched no state."""
    names = tuple(states)
    k, place = len(names), {name: i for i, name in enumerate(names)}
    counts = np.zeros((k + 1, k + 2))
    for name, n in start.items():
        counts[0, place[name]] += n
    for (a, b), n in transitions.items():
        counts[place[a] + 1, place[b]] += n
    for column, ends in ((k, outcome), (k + 1, exit)):
        for name, n in ends.items():
            counts[place[name] + 1, column] += n
    counts[0, k:] += direct
    return Chain(names, counts, int(counts[:, k:].sum()))


def outcome_probability(chain: Chain) -> float | None:
    """P(outcome) from the start, 0..1; ``None`` on a chain without episode."""
    return float(absorbing.outcome(chain.probabilities[None])[0]) if chain.counts[0].any() else None


def expected_length(chain: Chain) -> float | None:
    """Expected number of contacts of an episode; ``None`` without episode or when some path never ends."""
    return defined(absorbing.length(chain.probabilities[None])[0]) if chain.counts[0].any() else None


def removal_effects(chain: Chain) -> dict[str, float | None]:
    """Effect of each state: 1 - P(outcome with the state sent to exit) / P(outcome).

    In 0..1; ``None`` everywhere when P(outcome) is zero.
    """
    effects = absorbing.removal(chain.probabilities[None])[0]
    return {name: defined(effect) for name, effect in zip(chain.states, effects, strict=True)}


def less_exit(chain: Chain, state: str, reduction: float) -> Chain:
    """What-if: the exit probability of ``state`` falls by ``reduction`` (0..1, relative); totals are kept."""
    return what_if(chain, {state: reduction})


def what_if(chain: Chain, reductions: Mapping[str, float]) -> Chain:
    """Several ``less_exit`` at once, one reduction in 0..1 per state."""
    changed = absorbing.reduce_exit(chain.probabilities[None], indexed(chain, reductions))[0]
    return replace(chain, counts=changed * chain.counts.sum(axis=1, keepdims=True))


def indexed(chain: Chain, reductions: Mapping[str, float]) -> list[tuple[int, float]]:
    """Place of each state and its reduction (0..1), in order; ValueError for another number."""
    if any(not 0 <= reduction <= 1 for reduction in reductions.values()):
        raise ValueError("reduction: a share between 0 and 1 expected")
    return sorted((chain.states.index(state), reduction) for state, reduction in reductions.items())


def episode_cells(episodes: Iterable[tuple[Sequence[str], bool | None]], names: Sequence[str]) -> Iterator[np.ndarray]:
    """Flat cells of the count matrix that each episode (path, outcome) adds one to."""
    place, width = {name: i for i, name in enumerate(names)}, len(names) + 2
    for path, outcome in episodes:
        visited = [place[state] for state in path]
        columns = visited if outcome is None else [*visited, width - 2 if outcome else width - 1]
        rows = [0, *(i + 1 for i in visited)][: len(columns)]
        yield np.array([r * width + c for r, c in zip(rows, columns, strict=True)], dtype=int)


def defined(value: float) -> float | None:
    """A number, or None where it is not finite."""
    return float(value) if np.isfinite(value) else None
