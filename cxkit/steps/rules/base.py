"""What a rule is, what it finds, and the registry that holds them all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from cxkit import method
from cxkit.model.record import Record, Text
from cxkit.steps.base import Mark

if TYPE_CHECKING:
    from cxkit.steps.rules.scene import Scene

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


class Place(Record):
    """Where a finding stands: in a file, and on a map."""

    file: str | None = None
    line: int | None = None
    column: int | None = None
    persona: str | None = None
    stage: str | None = None
    activity: str | None = None
    touchpoint: str | None = None
    improvement: str | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


class Finding(Record):
    """One finding. ``figures`` are raw numbers (shares 0..1); ``facts`` and
    ``words`` (fact → key of the catalogs) fill the rule's message; ``ignored`` is the client's reason."""

    rule: str
    severity: Severity
    place: Place
    figures: dict[str, float] = {}
    facts: dict[str, Text] = {}
    words: dict[str, str] = {}
    mark: Mark | None = None
    ignored: Text | None = None

    @property
    def family(self) -> str:
        """Letter of the rule's family."""
        return self.rule[0]


class Test(Record):
    """One statistical test of the review, significant or not; ``q`` is corrected over all of them."""

    __test__ = False  # a record of the method, not a test of this project

    rule: str
    facts: dict[str, Text] = {}
    words: dict[str, str] = {}
    figures: dict[str, float] = {}
    p: float
    q: float
    finding: bool


@dataclass(frozen=True)
class Draft:
    """What a rule yields. With ``p`` it is a test: it becomes a finding where it ``holds`` and q is under the level."""

    place: Place
    figures: dict[str, float] = field(default_factory=dict)
    facts: dict[str, Text] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    mark: Mark | None = None
    severity: Severity | None = None
    p: float | None = None
    holds: bool = True


@dataclass(frozen=True)
class Missing:
    """What a rule lacks to conclude: a key of the catalogs under ``review.gaps``."""

    key: str


Check = Callable[["Scene"], Iterator[Draft | Missing]]
RULES: dict[str, Check] = {}


def rule(id_: str) -> Callable[[Check], Check]:
    """Register a rule under its id."""

    def register(check: Check) -> Check:
        RULES[id_] = check
        return check

    return register


def spec(rule_id: str) -> dict:
    """The row of a rule in templates/method/rules.yaml."""
    return method.data("rules")["rules"][rule_id]


def rule_ids() -> tuple[str, ...]:
    """All rule ids, by family and number."""
    families = method.data("rules")["families"]
    return tuple(sorted(method.data("rules")["rules"], key=lambda id_: (families.index(id_[0]), id_)))


def priority(rule_id: str) -> int:
    """Place of a rule in the order of what to do first."""
    return list(method.data("rules")["rules"]).index(rule_id)


def threshold(rule_id: str, name: str, given: dict[str, float]) -> float:
    """A threshold of a rule: the client's, else the method's. The rule's id alone names its first threshold."""
    defaults = spec(rule_id)["thresholds"]
    if f"{rule_id}.{name}" in given:
        return given[f"{rule_id}.{name}"]
    if name == next(iter(defaults)) and rule_id in given:
        return given[rule_id]
    return defaults[name]
