"""What an improvement reaches and changes: customers a year, and extra outcomes by what-if on the lived paths."""

from collections.abc import Mapping, Sequence
from math import sqrt

from cxkit import method
from cxkit.method import EvidenceKind
from cxkit.model.improvement import Improvement
from cxkit.model.record import Record
from cxkit.statistics.markov_bootstrap import Estimate, bootstrap_scenarios
from cxkit.statistics.shares import z_value
from cxkit.steps.base import base_of
from cxkit.steps.journey_view import ActivityView
from cxkit.steps.lived import Lived

Place = tuple[str, ActivityView]


class Effect(Record):
    """Predicted effect: gain of the outcome rate (−1..1) with its interval, and extra outcomes a year where the period tells it.

    ``scale`` is the declared reach over the customers that the log counts in a year: a log is often a sample of the customers.
    """

    gain: float
    low: float | None = None
    high: float | None = None
    yearly: float | None = None
    yearly_low: float | None = None
    yearly_high: float | None = None
    scale: float = 1.0
    spread: float = 0.0
    """Standard error of the yearly outcomes, from the bootstrap interval."""


def touchpoint_of(item: Improvement, place: Place | None) -> str | None:
    """The touchpoint that an improvement changes: its own, else that of the activity it repairs."""
    return item.touchpoint or (place[1].touchpoint if place else None)


def reach_of(item: Improvement, place: Place | None, paths: Lived | None) -> tuple[float | None, EvidenceKind, float]:
    """Customers a year, what supports the figure, and its standard error (Poisson; 0 for a declared figure)."""
    if item.reach is not None:
        return item.reach, "internal", 0.0
    counted, yearly = _counted(touchpoint_of(item, place), paths)
    return (None, "hypothesis", 0.0) if yearly is None else (yearly, "measured", yearly / sqrt(counted))


def _counted(touchpoint: str | None, paths: Lived | None) -> tuple[int, float | None]:
    """Customers that the log counts at a touchpoint, and the same a year; None under the least base or the least period."""
    if paths is None or touchpoint is None:
        return 0, None
    counted = paths.log.rows("SELECT count(DISTINCT person) FROM {visits} WHERE touchpoint::VARCHAR = ?", [touchpoint])[0][0]
    return counted, None if base_of(counted) == "suppressed" else paths.yearly(counted, method.data("actions")["least_days"])


def effects(improvements: Sequence[Improvement], places: Mapping[str, Place | None], paths: Lived | None) -> dict[str, Effect]:
    """Effect of each improvement that says which share of exits it avoids at a touchpoint of the lived paths."""
    if paths is None or not paths.outcomes:
        return {}
    known = {touchpoint for path in paths.paths for touchpoint in path}
    scenarios = {item.id: {touchpoint: item.exit_reduction} for item in improvements
                 if item.exit_reduction is not None and (touchpoint := touchpoint_of(item, places[item.id])) in known}
    settings = method.data("actions")
    estimates = bootstrap_scenarios(*paths.closed_paths, scenarios, seed=settings["seed"], draws=settings["bootstrap_draws"],
                                    level=method.data("thresholds")["level"])
    episodes = paths.yearly(paths.closed, settings["least_days"])
    scales = {item.id: _scale(item, places[item.id], paths) for item in improvements if item.id in estimates}
    return {name: _effect(found["outcome_gain"], episodes, scales[name]) for name, found in estimates.items()}


def _scale(item: Improvement, place: Place | None, paths: Lived) -> float:
    yearly = _counted(touchpoint_of(item, place), paths)[1]
    return item.reach / yearly if item.reach and yearly else 1.0


def _effect(gain: Estimate, episodes: float | None, scale: float) -> Effect:
    if episodes is None or gain.low is None:
        return Effect(gain=gain.value, low=gain.low, high=gain.high, scale=scale)
    episodes *= scale
    spread = (gain.high - gain.low) / (2 * z_value(method.data("thresholds")["level"])) * episodes
    return Effect(gain=gain.value, low=gain.low, high=gain.high, yearly=gain.value * episodes, yearly_low=gain.low * episodes,
                  yearly_high=gain.high * episodes, scale=scale, spread=spread)
