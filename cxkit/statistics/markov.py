"""Absorbing Markov chain of lived paths: start, touchpoints, then outcome or exit."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from cxkit.statistics import absorbing

BLOCK_CELLS = 2_000_000  # bound of one block of draws, keeps memory under a few dozen MB


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


@dataclass(frozen=True)
class Estimate:
    """A quantity of the chain with its bootstrap bounds; ``None`` where it is not defined."""

    value: float | None
    low: float | None
    high: float | None


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
    for cells, n in zip(_episode_cells(zip(paths, outcomes, strict=True), names), times, strict=True):
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
    return _defined(absorbing.length(chain.probabilities[None])[0]) if chain.counts[0].any() else None


def removal_effects(chain: Chain) -> dict[str, float | None]:
    """Effect of each state: 1 - P(outcome with the state sent to exit) / P(outcome).

    In 0..1; ``None`` everywhere when P(outcome) is zero.
    """
    effects = absorbing.removal(chain.probabilities[None])[0]
    return {name: _defined(effect) for name, effect in zip(chain.states, effects, strict=True)}


def less_exit(chain: Chain, state: str, reduction: float) -> Chain:
    """What-if: the exit probability of ``state`` falls by ``reduction`` (0..1, relative); totals are kept."""
    return what_if(chain, {state: reduction})


def what_if(chain: Chain, reductions: Mapping[str, float]) -> Chain:
    """Several ``less_exit`` at once, one reduction in 0..1 per state."""
    changed = absorbing.reduce_exit(chain.probabilities[None], _indexed(chain, reductions))[0]
    return replace(chain, counts=changed * chain.counts.sum(axis=1, keepdims=True))


def bootstrap_removal(
    paths: Sequence[Sequence[str]],
    outcomes: Sequence[bool | None],
    *,
    seed: int,
    draws: int = 500,
    level: float = 0.95,
    counts: Sequence[int] | None = None,
    order: int = 1,
) -> dict[str, Estimate]:
    """Removal effects with percentile bounds over resampled episodes.

    ``order`` 1: where a customer goes depends on the place alone; 2: on the place before too. ``counts``: how many episodes each path
    stands for; one by default.
    """
    if order not in (1, 2):
        raise ValueError("order: 1 or 2 expected")
    names = sorted({place for path in paths for place in path})
    paths = second_order(paths) if order == 2 else paths
    chain = chain_from_episodes(paths, outcomes, counts=counts)
    if not chain.states:
        return {}
    groups = [[i for i, state in enumerate(chain.states) if (state[1] if order == 2 else state) == name] for name in names]
    effects = np.concatenate([absorbing.removal(p, groups) for p in _resampled(chain, paths, outcomes, seed, draws, counts)])
    values = absorbing.removal(chain.probabilities[None], groups)[0]
    return {name: Estimate(_defined(values[i]), *_percentiles(effects[:, i], level)) for i, name in enumerate(names)}


def bootstrap_what_if(
    paths: Sequence[Sequence[str]],
    outcomes: Sequence[bool | None],
    reductions: Mapping[str, float],
    *,
    seed: int,
    draws: int = 500,
    level: float = 0.95,
) -> dict[str, Estimate]:
    """Outcome and length before and after a what-if, with percentile bounds over resampled episodes.

    Returns
    -------
    dict
        ``outcome`` and ``length`` as lived, ``outcome_target`` and ``length_target`` after the what-if,
        ``outcome_gain`` and ``length_gain`` their paired differences. Empty without episodes.
    """
    return bootstrap_scenarios(paths, outcomes, {"only": reductions}, seed=seed, draws=draws, level=level)["only"]


def bootstrap_scenarios(
    paths: Sequence[Sequence[str]],
    outcomes: Sequence[bool | None],
    scenarios: Mapping[str, Mapping[str, float]],
    *,
    seed: int,
    draws: int = 500,
    level: float = 0.95,
    counts: Sequence[int] | None = None,
) -> dict[str, dict[str, Estimate]]:
    """Several what-ifs over the same resampled episodes: name of the scenario to what ``bootstrap_what_if`` gives."""
    if not paths:
        return {name: {} for name in scenarios}
    chain = chain_from_episodes(paths, outcomes, counts=counts)
    indexed = {name: _indexed(chain, reductions) for name, reductions in scenarios.items()}
    drawn: dict[str, list[dict[str, np.ndarray]]] = {name: [] for name in scenarios}
    for p in _resampled(chain, paths, outcomes, seed, draws, counts):
        for name, reductions in indexed.items():
            drawn[name].append(_effects(p, reductions))
    return {
        name: {
            quantity: Estimate(_defined(value[0]), *_percentiles(np.concatenate([block[quantity] for block in drawn[name]]), level))
            for quantity, value in _effects(chain.probabilities[None], reductions).items()
        }
        for name, reductions in indexed.items()
    }


def _effects(p: np.ndarray, reductions: Sequence[tuple[int, float]]) -> dict[str, np.ndarray]:
    target = absorbing.reduce_exit(p, reductions)
    before = {"outcome": absorbing.outcome(p), "length": absorbing.length(p)}
    after = {"outcome": absorbing.outcome(target), "length": absorbing.length(target)}
    with np.errstate(invalid="ignore"):  # an endless chain stays undefined: inf - inf
        gains = {f"{name}_gain": after[name] - before[name] for name in before}
    return before | {f"{name}_target": series for name, series in after.items()} | gains


def _indexed(chain: Chain, reductions: Mapping[str, float]) -> list[tuple[int, float]]:
    if any(not 0 <= reduction <= 1 for reduction in reductions.values()):
        raise ValueError("reduction: a share between 0 and 1 expected")
    return sorted((chain.states.index(state), reduction) for state, reduction in reductions.items())


def _episode_cells(episodes, names: Sequence[str]) -> Iterator[np.ndarray]:
    """Flat cells of the count matrix that each episode (path, outcome) adds one to."""
    place, width = {name: i for i, name in enumerate(names)}, len(names) + 2
    for path, outcome in episodes:
        visited = [place[state] for state in path]
        columns = visited if outcome is None else [*visited, width - 2 if outcome else width - 1]
        rows = [0, *(i + 1 for i in visited)][: len(columns)]
        yield np.array([r * width + c for r, c in zip(rows, columns, strict=True)], dtype=int)


def _resampled(chain: Chain, paths, outcomes, seed: int, draws: int, counts: Sequence[int] | None = None) -> Iterator[np.ndarray]:
    """Blocks of transition probabilities, each chain from episodes drawn with replacement.

    Equal episodes are drawn together as a multinomial count: the same distribution, much faster.
    """
    variants: Counter = Counter()
    for path, outcome, n in zip(paths, outcomes, [1] * len(paths) if counts is None else counts, strict=True):
        variants[tuple(path), outcome] += n
    cells = list(_episode_cells(variants, chain.states))
    rows = np.repeat(np.arange(len(cells)), [len(c) for c in cells])
    columns = np.concatenate(cells)
    size, episodes = chain.counts.size, sum(variants.values())
    matrix = csr_array((np.ones(len(columns)), (rows, columns)), shape=(len(cells), size))
    frequency = np.array(list(variants.values())) / episodes
    rng = np.random.default_rng(seed)
    block = max(1, BLOCK_CELLS // max(len(cells), size))
    for start in range(0, draws, block):
        drawn = rng.multinomial(episodes, frequency, size=min(block, draws - start))
        yield absorbing.normalise((drawn @ matrix).reshape(-1, *chain.counts.shape))


def _percentiles(series: np.ndarray, level: float) -> tuple[float | None, float | None]:
    series = series[np.isfinite(series)]
    if not len(series):
        return None, None
    low, high = np.quantile(series, [0.5 - level / 2, 0.5 + level / 2])
    return float(low), float(high)


def _defined(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
