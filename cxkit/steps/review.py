"""Step 10, review: can this map be trusted today? The rules, the scoreboard, the difference with the last revision."""

import datetime as dt
from typing import Literal

from cxkit import method
from cxkit.model.folder import ClientFolder
from cxkit.model.record import Record, Text
from cxkit.steps import framing
from cxkit.steps.base import Gap, Given, Mark, StepParameters, StepResult
from cxkit.steps.map_diff import MapDiff, diff, diff_text
from cxkit.steps.review_told import findings_json, findings_sarif, findings_text
from cxkit.steps.rules.base import Finding, Severity, Test, priority, spec
from cxkit.steps.rules.engine import Outcome, run, selected
from cxkit.steps.rules.frozen import review_by
from cxkit.steps.rules.measured import Measured
from cxkit.steps.rules.revisions import Revision, scoreboard
from cxkit.steps.rules.scene import Scene

__all__ = ["Parameters", "Result", "compute", "diff_text", "exit_status", "findings_json", "findings_sarif", "findings_text"]

Verdict = Literal["trusted", "reservations", "distrusted", "no_map"]


class Parameters(StepParameters):
    """Choices of step 10."""

    select: str = ""
    """Rules or families to run, separated by commas, as ``T, I2``; the client's policy when empty."""


class MapUnderReview(Record):
    """A map that was reviewed."""

    file: str
    persona: str | None = None
    title: Text
    version: str
    date: dt.date
    review_by: dt.date


class FirstThing(Record):
    """One of the things to do first: a rule, how often it fires, and its first finding."""

    rule: str
    severity: Severity
    n: int
    finding: Finding


class Result(StepResult):
    """The review. ``findings`` hold those that the client ignores, last; ``tests`` is the one family of statistical tests."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    first: tuple[FirstThing, ...]
    tests: tuple[Test, ...]
    rules: tuple[str, ...]
    severities: dict[str, Severity]
    thresholds: dict[str, float]
    maps: tuple[MapUnderReview, ...]
    matrix: tuple[framing.EvidenceCell, ...]
    stages: tuple[str, ...]
    scoreboard: tuple[Revision, ...]
    difference: MapDiff | None = None
    next_review: dt.date | None = None
    overdue: bool = False
    as_of: dt.date
    sample: tuple[Mark, ...] = ()

    @property
    def active(self) -> tuple[Finding, ...]:
        """Findings that the client does not ignore."""
        return tuple(one for one in self.findings if one.ignored is None)

    def count(self, severity: Severity) -> int:
        """Findings of a severity, ignored ones apart."""
        return sum(one.severity == severity for one in self.active)


def compute(given: Given, parameters: Parameters) -> Result:
    """Review the current as-is maps of a client.

    Notes
    -----
    Errors mean that the map is not to be trusted, warnings that it is with reservations. Without a declared map the rules on
    maps have nothing to look at and the verdict says so.
    """
    folder, measured = given.folder, Measured(given)
    rules = selected(folder.client.review, tuple(part.strip() for part in parameters.select.split(",") if part.strip()))
    scene = Scene(measured, current_maps(given))
    found = run(scene, rules) if scene.maps else Outcome((), (), (Gap(key="no_map"),))
    current, previous = folder.current_map(), folder.previous_map()
    due = min((review_by(scene, dated) for dated in scene.maps), default=None)
    framed = framing.compute(given, framing.Parameters())
    client_severity = folder.client.review.severity
    return Result(
        verdict=_verdict(found, bool(scene.maps)), findings=found.findings, first=_first(found), tests=found.tests, rules=rules,
        severities={id_: client_severity.get(id_) or spec(id_)["severity"] for id_ in rules},
        thresholds={f"{id_}.{name}": scene.limit(id_, name) for id_ in rules for name in spec(id_).get("thresholds", {})},
        maps=tuple(MapUnderReview(file=d.file, persona=d.map.persona, title=d.map.title, version=d.map.version, date=d.map.date,
                                  review_by=review_by(scene, d)) for d in scene.maps),
        matrix=framed.matrix, stages=framed.stages, scoreboard=scoreboard(measured),
        difference=diff(previous.map, current.map, names(folder)) if previous and current else None,
        next_review=max(due, folder.client.as_of) if due else None, overdue=due is not None and due < folder.client.as_of,
        as_of=folder.client.as_of, gaps=found.gaps,
        sample=tuple(Mark(kind=m.evidence, n=m.n, start=m.start, end=m.end, sources=(m.source,)) for m in given.evidence.sources))


def current_maps(given: Given) -> tuple:
    """The latest as-is maps: global first, then by persona."""
    personas = sorted({dated.map.persona for dated in given.folder.maps if dated.map.persona})
    found = [given.folder.current_map(persona) for persona in (None, *personas)]
    return tuple(dated for dated in found if dated is not None)


def names(folder: ClientFolder) -> dict[str, Text]:
    """The client's names of stages, touchpoints and owners, as the difference of two maps tells them."""
    client = folder.client
    return ({f"stage.{item.id}": item.name for item in client.stages if item.name is not None}
            | {f"owner.{item.id}": item.name for item in client.owners}
            | {f"touchpoint.{item.id}": item.name for item in folder.touchpoints})


def exit_status(result: Result) -> int:
    """1 where an error was found, else 0: what a batch gates on."""
    return int(result.count("error") > 0)


def _verdict(found: Outcome, has_map: bool) -> Verdict:
    severities = {one.severity for one in found.findings if one.ignored is None}
    if not has_map:
        return "no_map"
    return "distrusted" if "error" in severities else "reservations" if "warning" in severities else "trusted"


def _first(found: Outcome) -> tuple[FirstThing, ...]:
    """The rules to attend to first: by severity, then by the method's order."""
    by_rule: dict[str, list[Finding]] = {}
    for one in found.findings:
        if one.ignored is None and one.severity != "note":
            by_rule.setdefault(one.rule, []).append(one)
    # findings come sorted by severity, so a rule's first one is its gravest
    ordered = sorted(by_rule.items(), key=lambda item: (item[1][0].severity != "error", priority(item[0])))
    return tuple(FirstThing(rule=rule, severity=items[0].severity, n=len(items), finding=items[0])
                 for rule, items in ordered[: method.data("rules")["first_things"]])
