"""A/B tests: planned size, power, sample-ratio check, and a reading that gives a verdict only when it may."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Literal

import numpy as np
from scipy.stats import chisquare, norm
from statsmodels.stats.proportion import power_proportions_2indep

from cxkit.statistics.multiple import benjamini_hochberg
from cxkit.statistics.shares import Difference, Interval, two_proportions, wilson, z_value

Decision = Literal["stop_sample_ratio", "wait", "adopt", "reject", "inconclusive", "empty"]
SAMPLE_RATIO_LIMIT = 0.001


@dataclass(frozen=True)
class Arm:
    """One variant: ``conversions`` among ``n`` units."""

    name: str
    n: int
    conversions: int


@dataclass(frozen=True)
class SampleRatio:
    """Chi-square check of the observed split; ``passes`` is False when p is under the limit."""

    p: float | None
    passes: bool
    shares: tuple[float, ...]


@dataclass(frozen=True)
class ArmReading:
    """One variant against the control.

    ``difference`` in -1..1 (variant minus control), ``lift`` relative (0.1 is +10 %), ``q`` after Benjamini-Hochberg
    over the variants, ``power`` to detect the planned effect with the sizes reached.
    """

    name: str
    n: int
    conversions: int
    rate: float | None
    interval: Interval | None
    difference: Difference
    lift: float | None
    q: float | None
    power: float | None
    decision: Decision


@dataclass(frozen=True)
class Reading:
    """Reading of the whole test; ``decision`` is the overall one and ``winner`` the variant to adopt, if any."""

    decision: Decision
    winner: str | None
    control: ArmReading
    variants: tuple[ArmReading, ...]
    sample_ratio: SampleRatio
    planned_n: int | None


def planned_size(base_rate: float, effect: float, power: float = 0.8, level: float = 0.95, variants: int = 1) -> int:
    """Units per arm to detect ``base_rate`` -> ``base_rate + effect`` (two-sided z-test of two proportions).

    With several variants against one control the error is shared between them (Bonferroni).

    Raises
    ------
    ValueError
        When a rate leaves 0..1 or the effect is zero.
    """
    p1, p2 = base_rate, base_rate + effect
    if not (0 <= p1 <= 1 and 0 <= p2 <= 1) or effect == 0 or variants < 1 or not 0 < power < 1:
        raise ValueError("base_rate, effect, power, variants: rates in 0..1 and an effect expected")
    z_alpha, z_beta = z_value(1 - (1 - level) / variants), float(norm.ppf(power))
    mean = (p1 + p2) / 2
    spread = z_alpha * sqrt(2 * mean * (1 - mean)) + z_beta * sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    return ceil((spread / effect) ** 2)


def power_reached(base_rate: float, effect: float, n_control: int, n_variant: int, level: float = 0.95) -> float | None:
    """Power (0..1) to detect the effect with the sizes reached; ``None`` without units or for a zero effect."""
    if min(n_control, n_variant) < 1 or effect == 0 or not 0 < base_rate + effect < 1 or not 0 < base_rate < 1:
        return None
    result = power_proportions_2indep(effect, base_rate, n_variant, ratio=n_control / n_variant, alpha=1 - level)
    return float(result.power)


def sample_ratio_check(
    counts: Sequence[int], ratio: Sequence[float] | None = None, limit: float = SAMPLE_RATIO_LIMIT
) -> SampleRatio:
    """Chi-square test of the observed split against the planned ``ratio`` (equal by default)."""
    observed = np.asarray(counts, dtype=float)
    planned = np.ones(len(observed)) if ratio is None else np.asarray(ratio, dtype=float)
    if len(planned) != len(observed) or (planned <= 0).any():
        raise ValueError("ratio: one positive number per arm expected")
    total = observed.sum()
    if not total or len(observed) < 2:
        return SampleRatio(None, True, tuple(0.0 for _ in observed))
    p = float(chisquare(observed, total * planned / planned.sum()).pvalue)
    return SampleRatio(p, p >= limit, tuple(float(share) for share in observed / total))


def read_experiment(
    arms: Sequence[Arm],
    planned_n: int | None = None,
    effect: float | None = None,
    ratio: Mapping[str, float] | None = None,
    level: float = 0.95,
    limit: float = SAMPLE_RATIO_LIMIT,
) -> Reading:
    """Reading of a test; the first arm is the control.

    Order of the checks: sample ratio (a failed check stops the reading), planned size per arm (``wait`` before it),
    then the differences, their p-values adjusted over the variants: ``adopt`` a better variant, ``reject`` a worse
    one, ``inconclusive`` otherwise. Without ``planned_n`` no peeking rule can hold, so the decision is ``wait``.

    Parameters
    ----------
    planned_n : units per arm fixed before the test
    effect : planned absolute effect, for the power reached
    ratio : planned share of each arm by name; equal by default
    """
    if len(arms) < 2 or len({arm.name for arm in arms}) < len(arms):
        raise ValueError("arms: a control and at least one variant with distinct names expected")
    check = sample_ratio_check([a.n for a in arms], [ratio[a.name] for a in arms] if ratio else None, limit)
    control, variants = arms[0], arms[1:]
    differences = [two_proportions(v.conversions, v.n, control.conversions, control.n, level) for v in variants]
    family = benjamini_hochberg([difference.p for difference in differences], 1 - level)
    blocked = _blocked(arms, check, planned_n)
    read = tuple(
        _arm(arm, control, difference, q, blocked, effect, level)
        for arm, difference, q in zip(variants, differences, family.q, strict=True)
    )
    adopted = [arm for arm in read if arm.decision == "adopt"]
    winner = max(adopted, key=lambda arm: arm.rate).name if adopted else None
    decision = blocked or ("adopt" if winner else _common({arm.decision for arm in read}))
    nothing = Difference(None, None, None, None)
    first = _arm(control, control, nothing, None, decision, None, level)
    return Reading(decision, winner, first, read, check, planned_n)


def _blocked(arms: Sequence[Arm], check: SampleRatio, planned_n: int | None) -> Decision | None:
    if min(arm.n for arm in arms) == 0:
        return "empty"
    if not check.passes:
        return "stop_sample_ratio"
    return "wait" if planned_n is None or min(arm.n for arm in arms) < planned_n else None


def _arm(
    arm: Arm,
    control: Arm,
    difference: Difference,
    q: float | None,
    blocked: Decision | None,
    effect: float | None,
    level: float,
) -> ArmReading:
    base = control.conversions / control.n if control.n else None
    lift = difference.value / base if base and difference.value is not None else None
    power = power_reached(base, effect, control.n, arm.n, level) if base and effect else None
    rate = arm.conversions / arm.n if arm.n else None
    decision = blocked or _verdict(difference, q, level)
    return ArmReading(
        arm.name,
        arm.n,
        arm.conversions,
        rate,
        wilson(arm.conversions, arm.n, level),
        difference,
        lift,
        q,
        power,
        decision,
    )


def _verdict(difference: Difference, q: float | None, level: float) -> Decision:
    if q is None or q >= 1 - level:
        return "inconclusive"
    return "adopt" if difference.value > 0 else "reject"


def _common(decisions: set[Decision]) -> Decision:
    return "reject" if decisions == {"reject"} else "inconclusive"
