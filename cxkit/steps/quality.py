"""Step 07, quality: how good each journey is, for whom, against whom."""

from typing import Literal

from cxkit import method
from cxkit.method import EvidenceKind
from cxkit.model.quality import ActorBenefit, Superstructure
from cxkit.model.record import Record, Text
from cxkit.steps.base import Estimate, Gap, Given, Mark, StepParameters, StepResult
from cxkit.steps.lived import Lived, lived
from cxkit.steps.quality_diagnostic import DiagnosticView, diagnostic_view
from cxkit.steps.quality_figures import figures

Unit = Literal["score", "percent", "days", "money", "none"]
UNITS: dict[str, Unit] = {"recommendation": "score", "outcome": "percent", "satisfaction": "percent", "effort": "percent",
                          "seamlessness": "percent", "duration": "days", "cost": "money"}


class Parameters(StepParameters):
    """Choices of step 07."""

    persona_grids: bool = True
    """Grade each persona's journey beside the global one."""


class Criterion(Record):
    """One line of the grid: what is measured, what is declared (grades 0..5), and whether the two contradict each other."""

    id: str
    group: str
    unit: Unit
    figure: Estimate | None = None
    measured_grade: float | None = None
    declared_grade: float | None = None
    declared_kind: EvidenceKind | None = None
    comment: Text | None = None
    contradicts: bool = False


class JourneyGrid(Record):
    """The grid of one journey: global (persona None) or of one persona, measured only."""

    persona: str | None = None
    name: str | None = None
    criteria: tuple[Criterion, ...]


class CanvasRow(Record):
    """A factor of competition: levels 0..5 by id (``client`` first), best competitor, gap, target, intent.

    ``consistent`` is False where the target contradicts the intent (raise to a level that is not higher, …).
    """

    id: str
    name: Text
    levels: dict[str, float]
    best: str | None = None
    gap: float | None = None
    target: float | None = None
    intent: Literal["eliminate", "reduce", "raise", "create", "keep"]
    consistent: bool
    kind: EvidenceKind


class Canvas(Record):
    """The strategy canvas; ``players`` are ``client`` then the competitors, id → name."""

    players: dict[str, str]
    rows: tuple[CanvasRow, ...]


class Result(StepResult):
    """Grids, benefits of the three actors, what stands behind, canvas and diagnostic; empty where nobody declared them."""

    grids: tuple[JourneyGrid, ...]
    actors: tuple[ActorBenefit, ...] = ()
    superstructure: tuple[Superstructure, ...] = ()
    canvas: Canvas | None = None
    diagnostic: DiagnosticView | None = None
    marks: tuple[Mark, ...] = ()


def compute(given: Given, parameters: Parameters) -> Result:
    """Grade the journeys: measured figures first, declared grades beside them, never instead."""
    paths, quality = lived(given), given.folder.quality
    grids = [_grid(given, None, None, paths)]
    if parameters.persona_grids:
        grids += [_grid(given, id_, name, paths) for id_, name in _personas(given)]
    diagnostic, unknown = diagnostic_view(given.folder.diagnostic)
    return Result(grids=tuple(grids), actors=quality.actors if quality else (), superstructure=quality.superstructure if quality else (),
                  canvas=_canvas(given), diagnostic=diagnostic, marks=_marks(given),
                  gaps=tuple(_gaps(given, grids[0], paths, unknown)))


def grade_of(criterion: str, value: float | None) -> float | None:
    """Grade 0..5 of a measured figure by the method's limits; None where there are none."""
    limits = method.data("quality")["bands"].get(criterion)
    return None if value is None or limits is None else float(sum(value >= limit for limit in limits))


def _grid(given: Given, persona: str | None, name: str | None, paths: Lived | None) -> JourneyGrid:
    settings, quality = method.data("quality"), given.folder.quality
    declared = {grade.criterion: grade for grade in quality.grades} if quality and persona is None else {}
    measured = figures(given, persona, paths)
    criteria = []
    for group, names in settings["groups"].items():
        if group in settings["optional_groups"] and not any(id_ in declared or id_ in measured for id_ in names):
            continue
        for id_ in names:
            grade, figure = declared.get(id_), measured.get(id_)
            mine = grade_of(id_, figure.value if figure else None)
            stated = grade.grade if grade else None
            apart = mine is not None and stated is not None and abs(mine - stated) >= settings["contradiction"]
            criteria.append(Criterion(id=id_, group=group, unit=UNITS.get(id_, "none"), figure=figure, measured_grade=mine,
                                      declared_grade=stated, declared_kind=grade.evidence if grade else None,
                                      comment=grade.comment if grade else None, contradicts=apart))
    return JourneyGrid(persona=persona, name=name, criteria=tuple(criteria))


def _personas(given: Given) -> tuple[tuple[str, str], ...]:
    result = given.upstream.get("personas")
    people = result.personas if result is not None else tuple(p for p in given.folder.personas if not p.anti)
    return tuple((persona.id, persona.name) for persona in people)


def _canvas(given: Given) -> Canvas | None:
    quality, competitors = given.folder.quality, given.folder.client.competitors
    if quality is None or not quality.canvas:
        return None
    rows = []
    for factor in quality.canvas:
        levels = {id_: factor.levels[id_] for id_ in ("client", *(c.id for c in competitors)) if id_ in factor.levels}
        best = max((id_ for id_ in levels if id_ != "client"), key=lambda id_: levels[id_], default=None)
        gap = levels["client"] - levels[best] if best and "client" in levels else None
        rows.append(CanvasRow(id=factor.id, name=factor.name, levels=levels, best=best, gap=gap, target=factor.target, intent=factor.intent,
                              consistent=_consistent(factor.intent, levels.get("client"), factor.target), kind=factor.evidence))
    return Canvas(players={"client": given.folder.client.name, **{c.id: c.name for c in competitors}}, rows=tuple(rows))


def _consistent(intent: str, level: float | None, target: float | None) -> bool:
    now = level or 0.0
    if target is None:
        return intent in ("keep", "eliminate")
    return {"eliminate": target == 0, "reduce": target < now, "raise": target > now > 0, "create": now == 0 < target,
            "keep": target == now}[intent]


def _marks(given: Given) -> tuple[Mark, ...]:
    return tuple(Mark(kind=m.evidence, n=m.n, start=m.start, end=m.end, sources=(m.source,))
                 for m in given.evidence.marks("survey", "interactions"))


def _gaps(given: Given, grid: JourneyGrid, paths: Lived | None, unknown: tuple[str, ...]):
    if paths is None:
        yield Gap(key="no_paths")
    elif not paths.outcomes:
        yield Gap(key="no_outcome")
    for criterion in grid.criteria:
        if criterion.figure is None and criterion.declared_grade is None:
            yield Gap(key="no_grade", facts={"criterion": f"@quality.criteria.{criterion.id}"})
    if given.folder.quality is None:
        yield Gap(key="no_quality")
    elif silent := sorted(set(method.data("quality")["actors"]) - {a.actor for a in given.folder.quality.actors if a.benefits}):
        for actor in silent:
            yield Gap(key="no_benefit", facts={"actor": f"@quality.actors.{actor}"})
    if given.folder.diagnostic is None:
        yield Gap(key="no_diagnostic")
    for question in unknown:
        yield Gap(key="unknown_question", facts={"question": question})
