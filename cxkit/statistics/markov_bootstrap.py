"""Quantities of the chain of lived paths with their bootstrap intervals: removal effects and what-ifs over resampled episodes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from cxkit.statistics import absorbing
from cxkit.statistics.markov import Chain, chain_from_episodes, defined, episode_cells, indexed, second_order

BLOCK_CELLS = 2_000_000  # bound of one block of draws, keeps memory under a few dozen MB


@dataclass(frozen=True)
class Estimate:
    """A quantity of the chain with its bootstrap bounds; ``None`` where it is not defined."""

    value: float | None
    low: float | None
    high: float | None


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
    return {name: Estimate(defined(values[i]), *_percentiles(effects[:, i], level)) for i, name in enumerate(names)}


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
    places = {name: indexed(chain, reductions) for name, reductions in scenarios.items()}
    drawn: dict[str, list[dict[str, np.ndarray]]] = {name: [] for name in scenarios}
    for p in _resampled(chain, paths, outcomes, seed, draws, counts):
        for name, reductions in places.items():
            drawn[name].append(_effects(p, reductions))
    return {
        name: {
            quantity: Estimate(defined(value[0]), *_percentiles(np.concatenate([block[quantity] for block in drawn[name]]), level))
            for quantity, value in _effects(chain.probabilities[None], reductions).items()
        }
        for name, reductions in places.items()
    }


def _effects(p: np.ndarray, reductions: Sequence[tuple[int, float]]) -> dict[str, np.ndarray]:
    target = absorbing.reduce_exit(p, reductions)
    before = {"outcome": absorbing.outcome(p), "length": absorbing.length(p)}
    after = {"outcome": absorbing.outcome(target), "length": absorbing.length(target)}
    with np.errstate(invalid="ignore"):  # an endless chain stays undefined: inf - inf
        gains = {f"{name}_gain": after[name] - before[name] for name in before}
    return before | {f"{name}_target": series for name, series in after.items()} | gains


def _resampled(chain: Chain, paths, outcomes, seed: int, draws: int, counts: Sequence[int] | None = None) -> Iterator[np.ndarray]:
    """Blocks of transition probabilities, each chain from episodes drawn with replacement.

    Equal episodes are drawn together as a multinomial count: the same distribution, much faster.
    """
    variants: Counter = Counter()
    for path, outcome, n in zip(paths, outcomes, [1] * len(paths) if counts is None else counts, strict=True):
        variants[tuple(path), outcome] += n
    cells = list(episode_cells(variants, chain.states))
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
