"""Q, quality of the plan: what the map says must change, and who sees to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from cxkit.model.record import Text
from cxkit.steps.actions import severity_of
from cxkit.steps.rules.base import Draft, Missing, rule
from cxkit.steps.rules.scene import Scene, Spot
from cxkit.words.text import resolve

RUPTURE = 3


@dataclass(frozen=True)
class Statement:
    """Information written ``subject: value``; ``key`` tells whether two statements are about the same."""

    key: str
    subject: Text
    value: Text


@rule("Q1")
def rupture_without_improvement(scene: Scene) -> Iterator[Draft]:
    """Customers break off here and nothing is planned."""
    for spot in _unrepaired(scene):
        if severity_of(spot.view) == RUPTURE:
            yield _at(scene, spot)


@rule("Q2")
def irritant_without_improvement(scene: Scene) -> Iterator[Draft]:
    """Customers are annoyed here and nothing is planned."""
    for spot in _unrepaired(scene):
        if 0 < severity_of(spot.view) < RUPTURE:
            yield _at(scene, spot)


@rule("Q3")
def improvement_adrift(scene: Scene) -> Iterator[Draft]:
    """An improvement that nobody owns, or that repairs nothing on the maps."""
    known = {spot.activity.id for spot in scene.spots}
    for item in scene.folder.improvements:
        placed = item.repairs in known if item.repairs else item.touchpoint in scene.mapped
        if item.owner is None or not placed:
            lacks = ("both" if not placed else "owner") if item.owner is None else "activity"
            place = scene.row("improvements.csv", item.id, improvement=item.id, activity=item.repairs, touchpoint=item.touchpoint)
            yield Draft(place, facts={"improvement": item.name}, words={"lacks": f"rules.lacks.{lacks}"})


@rule("Q4")
def moment_without_owner(scene: Scene) -> Iterator[Draft]:
    """A moment of truth that no team owns."""
    for spot in scene.own_spots:
        if spot.activity.moment_of_truth and spot.view.owner is None:
            yield Draft(scene.at(spot, "moment_of_truth"), facts={"activity": spot.activity.action})


@rule("Q5")
def silo_break(scene: Scene) -> Iterator[Draft | Missing]:
    """A frequent hand-over between owners after which customers are unhappy."""
    if scene.measured.lived is None:
        yield Missing("no_log")
        return
    least, base = scene.limit("Q5", "share"), scene.limit("Q5", "least")
    told: set[tuple[str, str, str]] = set()
    for row in scene.measured.handovers.itertuples():
        spot = next((one for one in scene.own_spots if one.activity.touchpoint == row.target), None)
        key = (row.source_owner, row.target_owner, row.target)
        if row.share < least or row.episodes < base or spot is None or key in told:
            continue
        point = spot.view.point
        if point is not None and point.valence < 0:
            told.add(key)
            facts: dict[str, Text] = {"source": scene.name(row.source), "touchpoint": scene.name(row.target),
                                      "giver": scene.owner_name(row.source_owner), "taker": scene.owner_name(row.target_owner)}
            yield Draft(scene.at(spot), {"share": float(row.share), "episodes": int(row.episodes), "valence": point.valence}, facts,
                        mark=spot.view.mark)


@rule("Q6")
def information_differs(scene: Scene) -> Iterator[Draft]:
    """The same information is given differently on two channels.

    Information is compared where it is written ``subject: value``: one subject, two values, two channels of one map.
    """
    said: dict[tuple[str, str], list[tuple[Spot, Statement]]] = {}
    for spot in scene.spots:
        for text in spot.activity.information.transmitted:
            statement = _statement(text)
            if statement is not None:
                said.setdefault((spot.dated.file, statement.key), []).append((spot, statement))
    for statements in said.values():
        differing = next((two for two in combinations(statements, 2) if _differ(*two)), None)
        if differing is not None:
            (first, one), (spot, other) = differing
            yield Draft(scene.at(spot, "information"), facts={"subject": one.subject, "value": one.value, "other": other.value}, words={
                "channel": f"channels.{first.view.channel or 'other'}", "other_channel": f"channels.{spot.view.channel or 'other'}"})


@rule("Q7")
def benefits_nobody(scene: Scene) -> Iterator[Draft]:
    """An improvement from which neither customer, client nor front line gains."""
    for item in scene.folder.improvements:
        gains = {"customer": item.benefit_customer, "client": item.benefit_client, "front_line": item.benefit_front_line}
        if max(gains.values()) <= 0:
            yield Draft(scene.row("improvements.csv", item.id, improvement=item.id), {f"benefit_{k}": v for k, v in gains.items()},
                        {"improvement": item.name})


@rule("Q8")
def conversion_unmeasured(scene: Scene) -> Iterator[Draft]:
    """The client expects conversions at a moment and nobody measures them."""
    for i, moment in enumerate(scene.folder.client.engagement_moments):
        if not resolve(moment.measured_by, "en").strip():
            expected = {"share": moment.expected_conversion} if moment.expected_conversion is not None else {}
            yield Draft(scene.place("client.yaml", "engagement_moments", i, touchpoint=moment.touchpoint), expected,
                        {"touchpoint": scene.name(moment.touchpoint)})


def _unrepaired(scene: Scene) -> Iterator[Spot]:
    """Activities that no improvement names, by id or by touchpoint."""
    improvements = scene.folder.improvements
    repaired = {item.repairs for item in improvements} - {None}
    touched = {item.touchpoint for item in improvements if item.repairs is None} - {None}
    return (spot for spot in scene.own_spots if spot.activity.id not in repaired and spot.activity.touchpoint not in touched)


def _at(scene: Scene, spot: Spot) -> Draft:
    point = spot.view.point
    figures = {"severity": float(severity_of(spot.view))}
    if point is not None and point.distribution:
        figures |= {"valence": point.valence, "n": point.n}
    return Draft(scene.at(spot), figures, {"activity": spot.activity.action}, mark=spot.view.mark)


def _differ(one: tuple[Spot, Statement], other: tuple[Spot, Statement]) -> bool:
    """Whether two channels say two things; capitals and spaces do not count."""
    return one[0].view.channel != other[0].view.channel and _plain(one[1].value) != _plain(other[1].value)


def _plain(text: Text) -> Text:
    return {language: part.casefold() for language, part in text.items()} if isinstance(text, dict) else text.casefold()


def _statement(text: Text) -> Statement | None:
    """``subject: value`` in each language of a text; None where it is written otherwise."""
    parts = {language: one.partition(":") for language, one in (text if isinstance(text, dict) else {"": text}).items()}
    if not all(colon and value.strip() for _, colon, value in parts.values()):
        return None
    subjects, values = ({language: " ".join(part[at].split()) for language, part in parts.items()} for at in (0, 2))
    key = subjects[min(subjects)].casefold()
    return Statement(key, subjects.get("", subjects), values.get("", values))
