"""H, heterogeneity: one map for customers who do not take the same journey, or do not feel the same."""

from collections.abc import Iterator
from itertools import pairwise

from cxkit import method
from cxkit.statistics.distributions import opposite_reactions
from cxkit.statistics.shares import wilson
from cxkit.steps.base import Mark
from cxkit.steps.rules.base import Draft, Missing, rule
from cxkit.steps.rules.intuition import SIDE
from cxkit.steps.rules.scene import Scene


@rule("H1")
def only_the_global_map(scene: Scene) -> Iterator[Draft]:
    """Several customer types, and only a map of everybody."""
    personas, dated = scene.measured.personas, scene.global_map
    if len(personas) > 1 and dated is not None and all(one.map.persona is None for one in scene.maps):
        yield Draft(scene.on(dated, "title"), {"personas": len(personas)})


@rule("H2")
def different_paths_one_map(scene: Scene) -> Iterator[Draft | Missing]:
    """Two customer types take different paths and share one map."""
    if scene.measured.lived is None:
        yield Missing("no_log")
        return
    dated, least = scene.global_map, scene.limit("H2", "least")
    own = {one.map.persona for one in scene.maps}
    pairs = [pair for pair in scene.measured.path_differences if pair.p is not None and min(pair.customers) >= least]
    if not pairs and len(scene.measured.personas) > 1:
        yield Missing("no_personas_in_log")
    for pair in pairs:
        if dated is None or {pair.first, pair.second} & own:
            continue
        yield Draft(scene.on(dated, "title"), {
            "distance": pair.distance, "beyond_chance": pair.beyond_chance,
            "customers_first": pair.customers[0], "customers_second": pair.customers[1],
            "draws": method.data("rules")["draws"]},
            {"first": scene.persona_name(pair.first), "second": scene.persona_name(pair.second)},
            p=pair.p, holds=pair.beyond_chance > scene.limit("H2", "distance"), mark=Mark(kind="measured", n=sum(pair.customers)))


@rule("H3")
def a_line_for_a_labyrinth(scene: Scene) -> Iterator[Draft | Missing]:
    """The map is a line and customers loop or skip stages.

    An episode loops where it comes back to a touchpoint more often than the map shows it; it skips where it moves on over a
    stage of which the map makes no activity optional.
    """
    if scene.measured.lived is None:
        yield Missing("no_log")
        return
    dated = scene.global_map
    total = sum(n for _, n in scene.measured.paths)
    if dated is None or total < scene.limit("H3", "least"):
        return
    shown, stage_of, needed = _line(dated)
    loops = skips = either = 0
    for path, n in scene.measured.paths:
        loop, skip = _loops(path, shown), _skips(path, stage_of, needed)
        loops, skips, either = loops + n * loop, skips + n * skip, either + n * (loop or skip)
    if either / total > scene.limit("H3", "share"):
        yield Draft(scene.on(dated, "stages"), {"share": either / total, "loops": loops / total, "skips": skips / total,
                                                "episodes": total}, mark=Mark(kind="measured", n=total))


@rule("H4")
def opposite_reactions_hidden(scene: Scene) -> Iterator[Draft | Missing]:
    """A neutral mean hides customers who are delighted and customers who are not."""
    if scene.measured.reactions.empty:
        yield Missing("no_reactions")
        return
    least, limit = scene.limit("H4", "least"), scene.limit("H4", "share")
    for spot in scene.spots:
        point = spot.view.point
        if point is None or point.n < least or not point.distribution or abs(point.valence) > SIDE:
            continue
        counts = {side: sum(n for name, n in point.distribution.items() if method.valence(name) * side > 0) for side in (1, -1)}
        found = opposite_reactions(counts[1], counts[-1], point.n, limit)
        if found.is_opposite:
            figures = {"positive": found.positive, "negative": found.negative, "neutral": 1 - found.positive - found.negative,
                       "valence": point.valence, "n": point.n}
            for side, name in ((1, "positive"), (-1, "negative")):
                interval = wilson(counts[side], point.n)
                figures |= {f"{name}_low": interval.low, f"{name}_high": interval.high}
            yield Draft(scene.at(spot, "reaction"), figures, {"activity": spot.activity.action}, mark=spot.view.mark)


@rule("H5")
def number_of_personas(scene: Scene) -> Iterator[Draft]:
    """Fewer or more customer types than a study can use."""
    n = len(scene.measured.personas)
    if not scene.limit("H5", "least") <= n <= scene.limit("H5", "most"):
        place = scene.place("personas.yaml" if scene.folder.personas else "client.yaml", "personas")
        yield Draft(place, {"n": n, "least": scene.limit("H5", "least"), "most": scene.limit("H5", "most")})


def _line(dated) -> tuple[dict[str, int], dict[str, int], frozenset[int]]:
    """How often each touchpoint stands on the map, the first stage of each, and the stages that may not be skipped."""
    shown: dict[str, int] = {}
    stage_of: dict[str, int] = {}
    needed = set()
    for i, stage in enumerate(dated.map.stages):
        at = [activity for activity in stage.activities if activity.touchpoint]
        for activity in at:
            shown[activity.touchpoint] = shown.get(activity.touchpoint, 0) + 1
            stage_of.setdefault(activity.touchpoint, i)
        if at and not all(activity.optional for activity in at):
            needed.add(i)
    return shown, stage_of, frozenset(needed)


def _loops(path: tuple[str, ...], shown: dict[str, int]) -> bool:
    # most paths repeat nothing, and a map shows each of its touchpoints at least once
    return len(set(path)) < len(path) and any(path.count(touchpoint) > times for touchpoint, times in shown.items())


def _skips(path: tuple[str, ...], stage_of: dict[str, int], needed: frozenset[int]) -> bool:
    stages = [stage_of[touchpoint] for touchpoint in path if touchpoint in stage_of]
    return any(needed & set(range(a + 1, b)) for a, b in pairwise(stages))
