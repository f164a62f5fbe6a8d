"""Step 09, target: what the journey will become, what it should change, and whether it works."""

from cxkit import method
from cxkit.model.improvement import Improvement
from cxkit.model.record import Record
from cxkit.statistics import markov_bootstrap
from cxkit.steps.base import Gap, Given, StepParameters, StepResult
from cxkit.steps.journey import to_be_maps
from cxkit.steps.journey_view import JourneyMapView
from cxkit.steps.lived import Lived, lived
from cxkit.steps.target_experiment import Experiment, ExperimentPlan, Predicted, plan_test, read_test
from cxkit.steps.target_map import MapDifference, compare_maps, draft_to_be


class Parameters(StepParameters):
    """Choices of step 09."""

    improvements: str = ""
    """Ids of the improvements that the target holds, separated by commas; all when empty."""
    effect: float = 0.0
    """Effect on the outcome rate that the test must detect, as a share (0.02 is 2 points); 0 takes the predicted gain."""
    power: float = 0.0
    """Power of the test, 0..1; 0 takes the method's."""
    planned_size: int = 0
    """Units per variant fixed before the test; 0 takes the client's, else the plan computed here."""
    control: str = ""
    """Name of the control variant; recognised by the method's names when empty."""


class Pair(Record):
    """A map lived today beside the one aimed at, with their difference step by step."""

    as_is: JourneyMapView
    to_be: JourneyMapView
    drafted: bool
    difference: MapDifference


class Figure(Record):
    """A figure of the chain with its bootstrap interval."""

    value: float | None = None
    low: float | None = None
    high: float | None = None


class Prediction(Record):
    """What-if on the absorbing chain of lived paths: outcome rates 0..1 and contacts per episode, before, after, difference."""

    reductions: dict[str, float]
    episodes: int
    censored: int
    outcome: Figure
    outcome_target: Figure
    outcome_gain: Figure
    length: Figure
    length_target: Figure
    length_gain: Figure
    draws: int


class Result(StepResult):
    """Target maps, prediction, test plan and reading; None where the evidence does not carry them."""

    pairs: tuple[Pair, ...]
    chosen: tuple[str, ...]
    prediction: Prediction | None = None
    plan: ExperimentPlan | None = None
    test: Experiment | None = None


def compute(given: Given, parameters: Parameters) -> Result:
    """Compare the maps, predict the effect of the chosen improvements and read the test.

    Notes
    -----
    Prediction: each improvement that says which share of exits it avoids at a touchpoint lowers the exit there; those at one
    touchpoint multiply what stays. Nothing here proves that the improvement causes the change: the test does.
    """
    chosen = _chosen(given, parameters)
    pairs = tuple(_pairs(given, chosen))
    paths = lived(given)
    prediction = _prediction(given, chosen, paths)
    plan = plan_test(paths, prediction.outcome_gain.value if prediction else None, parameters.effect, parameters.power)
    fixed = parameters.planned_size or _declared_size(given)
    predicted = Predicted(base=prediction.outcome.value, low=prediction.outcome_gain.low, high=prediction.outcome_gain.high) if prediction else None
    test = read_test(given.evidence["experiment"], fixed or (plan.size if plan else None), plan.effect if plan else parameters.effect or None,
                     parameters.control, predicted)
    return Result(pairs=pairs, chosen=tuple(item.id for item in chosen), prediction=prediction, plan=plan, test=test,
                  gaps=tuple(_gaps(pairs, prediction, plan, test, fixed)))


def _chosen(given: Given, parameters: Parameters) -> tuple[Improvement, ...]:
    named = {part.strip() for part in parameters.improvements.split(",") if part.strip()}
    return tuple(item for item in given.folder.improvements if not named or item.id in named)


def _pairs(given: Given, chosen: tuple[Improvement, ...]):
    journey = given.upstream.get("journey")
    if journey is None:
        return
    declared = {view.persona.id if view.persona else None: view for view in to_be_maps(given)}
    for as_is in journey.maps:
        persona = as_is.persona.id if as_is.persona else None
        if persona in declared:
            yield Pair(as_is=as_is, to_be=declared[persona], drafted=False, difference=compare_maps(as_is, declared[persona]))
        elif persona is None and chosen:
            drafted = draft_to_be(as_is, chosen)
            yield Pair(as_is=as_is, to_be=drafted, drafted=True, difference=compare_maps(as_is, drafted))


def _prediction(given: Given, chosen: tuple[Improvement, ...], paths: Lived | None) -> Prediction | None:
    if paths is None or not paths.outcomes:
        return None
    reductions = _reductions(given, chosen, {touchpoint for path in paths.paths for touchpoint in path})
    settings = method.data("target")
    found = markov_bootstrap.bootstrap_what_if(*paths.closed_paths, reductions, seed=settings["seed"], draws=settings["draws"],
                                     level=method.data("thresholds")["level"])
    figures = {name: Figure(value=one.value, low=one.low, high=one.high) for name, one in found.items()}
    return Prediction(reductions=reductions, episodes=paths.closed, censored=paths.open, draws=settings["draws"],
                      **figures)


def _reductions(given: Given, chosen: tuple[Improvement, ...], known: set[str]) -> dict[str, float]:
    journey = given.upstream.get("journey")
    at = {a.id: a.touchpoint for view in reversed(journey.maps if journey else ()) for stage in view.stages for a in stage.activities}
    stays: dict[str, float] = {}
    for item in chosen:
        touchpoint = item.touchpoint or at.get(item.repairs)
        if item.exit_reduction and touchpoint in known:
            stays[touchpoint] = stays.get(touchpoint, 1.0) * (1 - item.exit_reduction)
    return {touchpoint: 1 - stays[touchpoint] for touchpoint in sorted(stays)}


def _declared_size(given: Given) -> int | None:
    return next((source.planned_size for source in given.folder.client.sources if source.kind == "experiment" and source.planned_size), None)


def _gaps(pairs, prediction, plan, test, fixed):
    if not pairs:
        yield Gap(key="no_target_map")
    elif pairs[0].drafted:
        yield Gap(key="drafted")
    if prediction is None:
        yield Gap(key="no_outcome")
    elif not prediction.reductions:
        yield Gap(key="no_reductions")
    if plan is None:
        yield Gap(key="no_plan")
    if test is None:
        yield Gap(key="no_experiment")
    elif not fixed and test.reading.planned_n is not None:
        yield Gap(key="size_not_fixed")
    if test is not None and test.contaminated:
        yield Gap(key="contaminated", facts={"n": str(test.contaminated)})
