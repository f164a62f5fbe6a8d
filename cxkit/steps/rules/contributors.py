"""C, contributors: who took part in making the map."""

from collections.abc import Iterator

from cxkit.model.folder import DatedMap
from cxkit.steps.rules.base import Draft, rule
from cxkit.steps.rules.scene import Scene
from cxkit.words.text import resolve


@rule("C1")
def no_front_line(scene: Scene) -> Iterator[Draft]:
    """Nobody who meets customers took part."""
    for _, people, place in _circles(scene):
        front_line = {owner.id for owner in scene.folder.client.owners if owner.front_line}
        if not any(one.front_line or one.owner in front_line for one in people):
            yield Draft(place, {"n": sum(one.count for one in people)})


@rule("C2")
def no_customer(scene: Scene) -> Iterator[Draft]:
    """No customer took part."""
    for _, people, place in _circles(scene):
        if not any(one.customer for one in people):
            yield Draft(place, {"n": sum(one.count for one in people)})


@rule("C3")
def narrow_circle(scene: Scene) -> Iterator[Draft]:
    """Too few contributors, or most of them from one function."""
    least, most = scene.limit("C3", "people"), scene.limit("C3", "share")
    for _, people, place in _circles(scene):
        total = sum(one.count for one in people)
        functions: dict[str, int] = {}
        for one in people:
            functions[resolve(one.function, "en")] = functions.get(resolve(one.function, "en"), 0) + one.count
        largest = max(functions.values(), default=0)
        share = largest / total if total else 0.0
        if total < least or share > most:
            yield Draft(place, {"n": total, "share": share})


@rule("C4")
def absent_owner(scene: Scene) -> Iterator[Draft]:
    """A team owns mapped touchpoints and nobody spoke for it."""
    for dated, people, _ in _circles(scene):
        heard = {one.owner for one in people}
        told: dict[str, list] = {}
        for spot in scene.spots:
            if spot.view.owner and spot.view.owner not in heard and _same_circle(scene, spot.dated, dated):
                told.setdefault(spot.view.owner, []).append(spot)
        for owner, spots in told.items():
            touchpoints = {spot.activity.touchpoint or spot.activity.id for spot in spots}
            yield Draft(scene.at(spots[0], "owner"), {"n": len(touchpoints)}, {"owner": scene.owner_name(owner)})


def _circles(scene: Scene) -> Iterator[tuple]:
    """Each circle of contributors once: (first map it made, people, where it is written)."""
    inherited = False
    for dated in scene.maps:
        if not dated.map.contributors and inherited:
            continue
        inherited = inherited or not dated.map.contributors
        people, place = scene.circle(dated)
        yield dated, people, place


def _same_circle(scene: Scene, one: DatedMap, other: DatedMap) -> bool:
    return one is other or not (one.map.contributors or other.map.contributors)
