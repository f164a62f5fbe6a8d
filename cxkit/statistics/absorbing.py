"""Linear algebra of absorbing chains, vectorised over blocks of chains.

A block ``p`` has shape (chains, k + 1, k + 2): rows are the start then k states, columns the states, outcome, exit.
"""

from collections.abc import Sequence

import numpy as np

LEAK = 1 - 1e-12  # keeps closed loops solvable: they never end, hence no outcome and an endless length
ENDLESS = 1e9


def normalise(counts: np.ndarray) -> np.ndarray:
    """Transition probabilities of counts; a row without count stays zero."""
    totals = counts.sum(axis=-1, keepdims=True)
    return np.divide(counts, totals, out=np.zeros_like(counts, dtype=float), where=totals > 0)


def outcome(p: np.ndarray) -> np.ndarray:
    """P(outcome) from the start, shape (chains,)."""
    k = p.shape[1] - 1
    return p[:, 0, k] + (p[:, 0, :k] * _solve(p[:, 1:, :k], p[:, 1:, k])).sum(axis=1)


def length(p: np.ndarray) -> np.ndarray:
    """Expected number of visited states, shape (chains,); infinite where a path never ends."""
    k = p.shape[1] - 1
    steps = _solve(p[:, 1:, :k], np.ones((len(p), k)))
    expected = (p[:, 0, :k] * steps).sum(axis=1)
    return np.where(expected > ENDLESS, np.inf, expected)


def removal(p: np.ndarray, groups: Sequence[Sequence[int]] | None = None) -> np.ndarray:
    """Removal effect of each group of states (each state by default), shape (chains, groups); NaN where P(outcome) is zero.

    Who enters the group exits instead. What is lost is Σ h(g) P(outcome from g), where h is where the group is first entered: with the
    fundamental matrix N = (I − Q)⁻¹, the visits from the start are v = s N, and h = v[G] N[G, G]⁻¹ (Kemeny & Snell 1960). One inverse
    serves all groups.
    """
    k = p.shape[1] - 1
    groups = [[state] for state in range(k)] if groups is None else groups
    fundamental = np.linalg.inv(np.eye(k) - LEAK * p[:, 1:, :k])
    reached = (fundamental @ p[:, 1:, k, None])[..., 0]
    visits = (p[:, 0, None, :k] @ fundamental)[:, 0]
    full = p[:, 0, k] + (p[:, 0, :k] * reached).sum(axis=1)
    effects = np.full((len(p), len(groups)), np.nan)
    for place, group in enumerate(groups):
        inner = fundamental[:, group][:, :, group]
        entered = np.linalg.solve(inner.transpose(0, 2, 1), visits[:, group, None])[..., 0]
        np.divide((entered * reached[:, group]).sum(axis=1), full, out=effects[:, place], where=full > 0)
    return np.clip(effects, 0, 1)


def reduce_exit(p: np.ndarray, reductions: Sequence[tuple[int, float]]) -> np.ndarray:
    """The block with the exit probability of each (state, reduction 0..1) lowered.

    The freed mass goes to the other ways out of the state in proportion; a state from which everybody exits stays.
    """
    p = p.copy()
    for state, reduction in reductions:
        row = p[:, state + 1]
        stay = row[:, :-1].sum(axis=1)
        freed = np.where(stay > 0, row[:, -1] * reduction, 0.0)
        row[:, :-1] *= (1 + np.divide(freed, stay, out=np.zeros_like(freed), where=stay > 0))[:, None]
        row[:, -1] -= freed
    return p


def _solve(q: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Solution of x = q x + ends, shape (chains, k)."""
    return np.linalg.solve(np.eye(q.shape[1]) - LEAK * q, ends[..., None])[..., 0]
