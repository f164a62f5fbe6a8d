"""Run the rules on a scene: the client's policy, one family of tests, findings in order."""

from dataclasses import dataclass

from cxkit import method
from cxkit.errors import CxError, did_you_mean, fault
from cxkit.model.client import Ignore, ReviewPolicy
from cxkit.statistics.multiple import benjamini_hochberg
from cxkit.steps.base import Gap
from cxkit.steps.rules import RULES
from cxkit.steps.rules.base import SEVERITIES, Draft, Finding, Missing, Test, priority, rule_ids, spec
from cxkit.steps.rules.scene import Scene


@dataclass(frozen=True)
class Outcome:
    """What a run of the rules gives: findings (ignored ones too), all tests, what could not be concluded."""

    findings: tuple[Finding, ...]
    tests: tuple[Test, ...]
    gaps: tuple[Gap, ...]


def selected(policy: ReviewPolicy, chosen: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The rules to run: those chosen, else the client's selection, else all. A family's letter stands for its rules.

    Raises
    ------
    CxError : CX-E301 for every name in the policy or the choice that is no rule.
    """
    known = rule_ids()
    names = [*chosen, *policy.select, *(item.rule for item in policy.ignore), *policy.severity,
             *(key.split(".")[0] for key in policy.thresholds)]
    wrong = sorted({name for name in names if not _matching(name, known)})
    wrong += [key for key in sorted(policy.thresholds) if key.split(".")[0] not in wrong and not _is_threshold(key)]
    if wrong:
        raise CxError([fault("CX-E301", "client.yaml", name=name, near=did_you_mean(name, known) or known[0], known=", ".join(known))
                       for name in wrong])
    wanted = chosen or policy.select
    return tuple(id_ for id_ in known if not wanted or any(id_ in _matching(name, known) for name in wanted))


def run(scene: Scene, rules: tuple[str, ...]) -> Outcome:
    """Apply rules to a scene. All p-values of the run form one Benjamini-Hochberg family."""
    drafts: list[tuple[str, Draft]] = []
    lacking: dict[str, list[str]] = {}
    for id_ in rules:
        for found in RULES[id_](scene):
            if isinstance(found, Missing):
                if id_ not in lacking.setdefault(found.key, []):
                    lacking[found.key].append(id_)
            else:
                drafts.append((id_, found))
    tests = [draft.p for _, draft in drafts]
    family = benjamini_hochberg(tests, method.data("rules")["level"])
    findings, told = [], []
    for (id_, draft), q, significant in zip(drafts, family.q, family.significant, strict=True):
        is_finding = draft.holds and (draft.p is None or significant)
        if draft.p is not None:
            told.append(Test(rule=id_, facts=draft.facts, words=draft.words, figures=draft.figures, p=draft.p, q=q, finding=is_finding))
        if is_finding:
            findings.append(_finding(scene, id_, draft, q, family.tests))
    gaps = tuple(Gap(key=key, facts={"rules": ", ".join(ids)}) for key, ids in sorted(lacking.items()))
    return Outcome(tuple(sorted(findings, key=_order)), tuple(told), gaps)


def _finding(scene: Scene, id_: str, draft: Draft, q: float | None, tests: int) -> Finding:
    policy = scene.folder.client.review
    figures = {name: float(value) for name, value in draft.figures.items() if value is not None}
    if draft.p is not None:
        figures |= {"p": draft.p, "q": q, "tests": float(tests)}
    severity = policy.severity.get(id_) or draft.severity or spec(id_)["severity"]
    finding = Finding(rule=id_, severity=severity, place=draft.place, figures=figures, facts=draft.facts, words=draft.words, mark=draft.mark)
    reason = next((item.reason for item in policy.ignore if _ignores(item, finding)), None)
    return finding.model_copy(update={"ignored": reason})


def _ignores(item: Ignore, finding: Finding) -> bool:
    if finding.rule not in _matching(item.rule, rule_ids()):
        return False
    place = finding.place
    named = {place.file, place.persona, place.stage, place.activity, place.touchpoint, place.improvement, str(place)}
    return item.where is None or item.where in named


def _order(finding: Finding) -> tuple:
    place = finding.place
    return (finding.ignored is not None, SEVERITIES.index(finding.severity), priority(finding.rule), place.file or "", place.line or 0,
            str(place), place.touchpoint or "")


def _matching(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Rules that a name stands for: the rule, or all of a family."""
    return tuple(id_ for id_ in known if id_ == name or id_[0] == name)


def _is_threshold(key: str) -> bool:
    rule, _, name = key.partition(".")
    return bool(rule in rule_ids() and (name in spec(rule).get("thresholds", {}) if name else spec(rule).get("thresholds")))
