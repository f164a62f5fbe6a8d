"""The review in words: lines for a terminal, JSON for a script, SARIF for a code host."""

from typing import TYPE_CHECKING, Any

from cxkit import method
from cxkit.steps.base import Gap
from cxkit.steps.rules.base import Finding, Test
from cxkit.words import Words

if TYPE_CHECKING:
    from cxkit.steps.review import Result

DATES = frozenset({"date", "end"})
LEVELS = {"error": "error", "warning": "warning", "note": "note"}


def message(finding: Finding | Test, words: Words) -> str:
    """What was found, with its figures."""
    facts: dict[str, Any] = {name: words.date(text) if name in DATES else words.text(text) for name, text in finding.facts.items()}
    facts |= {name: words(key) if words.has(key) else key.rpartition(".")[2] for name, key in finding.words.items()}
    # whole counts go in as numbers, so that a message may have its plural
    facts |= {name: int(value) if _is_count(name, value) else figure(name, value, words) for name, value in finding.figures.items()}
    return words(f"rules.{finding.rule}.message", **facts)


def figure(name: str, value: float, words: Words) -> str:
    """A figure as its kind is written: a share in %, a probability, a number with its digits."""
    kind = method.data("rules")["figures"].get(name, "count")
    if kind == "percent":
        return words.percent(value)
    if kind == "p":
        return probability(value, words)
    if kind.startswith("number"):
        return words.number(value, int(kind.removeprefix("number") or 0))
    return words.number(value, 0 if _is_count(name, value) else 2)


def probability(value: float, words: Words) -> str:
    """A p- or q-value on three digits with its sign: equal, or under the smallest of them."""
    return f"< {words.number(0.001, 3)}" if value < 0.001 else f"= {words.number(value, 3)}"


def figures_line(figures: dict[str, float], words: Words) -> str:
    """All figures of a finding, labelled."""
    return " · ".join(f"{words(f'rules.figures.{name}')} {figure(name, value, words)}" for name, value in figures.items())


def findings_text(result: "Result", words: Words) -> str:
    """The review as a linter prints it: one finding a paragraph, ``file:line:column``, then the verdict."""
    lines = [line for finding in result.active for line in _lines(finding, words)]
    for finding in result.findings:
        if finding.ignored is not None:
            reason = words("review.ignored_reason", reason=words.text(finding.ignored))
            lines.append(f"({finding.rule}) {finding.place} {message(finding, words)} {reason}")
    lines += [gap(item, words) for item in result.gaps]
    counts = {severity: words(f"review.{severity}s", n=result.count(severity)) for severity in LEVELS}
    lines.append(f"{words(f'review.verdicts.{result.verdict}')} {counts['error']}, {counts['warning']}, {counts['note']}.")
    return "\n".join(lines)


def gap(item: Gap, words: Words) -> str:
    """What could not be concluded, in words."""
    return words(f"review.gaps.{item.key}", **item.facts)


def findings_json(result: "Result", words: Words) -> dict[str, Any]:
    """The review for a script: findings with raw figures, ignored ones with their reason."""
    return {
        "verdict": result.verdict, "next_review": result.next_review.isoformat() if result.next_review else None,
        "findings": [{
            "rule": one.rule, "severity": one.severity, "where": str(one.place),
            "place": one.place.model_dump(exclude_none=True), "figures": one.figures, "message": message(one, words),
            "fix": words(f"rules.{one.rule}.fix"), **({"ignored": words.text(one.ignored)} if one.ignored is not None else {}),
        } for one in result.findings],
        "gaps": [gap(item, words) for item in result.gaps],
    }


def findings_sarif(result: "Result", words: Words) -> dict[str, Any]:
    """The review as SARIF 2.1.0; what the client ignores is suppressed with its justification."""
    rules = [{"id": id_, "shortDescription": {"text": words(f"rules.{id_}.title")}, "fullDescription": {"text": words(f"rules.{id_}.why")},
              "help": {"text": words(f"rules.{id_}.fix")}, "defaultConfiguration": {"level": result.severities[id_]}} for id_ in result.rules]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
        "runs": [{"tool": {"driver": {"name": "cxkit", "rules": rules}}, "results": [_sarif(one, result, words) for one in result.findings]}],
    }


def _is_count(name: str, value: float) -> bool:
    return name not in method.data("rules")["figures"] and value == int(value)


def _lines(finding: Finding, words: Words) -> list[str]:
    head = f"{finding.place}: {words(f'review.severities.{finding.severity}')} {finding.rule} {message(finding, words)}"
    return [head, f"    {words('review.fix')} {words(f'rules.{finding.rule}.fix')}"]


def _sarif(finding: Finding, result: "Result", words: Words) -> dict[str, Any]:
    place = finding.place
    physical: dict[str, Any] = {"artifactLocation": {"uri": place.file or "client.yaml"}}
    if place.line:
        physical["region"] = {"startLine": place.line, **({"startColumn": place.column} if place.column else {})}
    logical = "/".join(part for part in (place.persona, place.stage, place.activity, place.touchpoint, place.improvement) if part)
    location: dict[str, Any] = {"physicalLocation": physical}
    if logical:
        location["logicalLocations"] = [{"fullyQualifiedName": logical}]
    told: dict[str, Any] = {"ruleId": finding.rule, "ruleIndex": result.rules.index(finding.rule), "level": LEVELS[finding.severity],
                            "message": {"text": message(finding, words)}, "locations": [location], "properties": finding.figures}
    if finding.ignored is not None:
        told["suppressions"] = [{"kind": "external", "justification": words.text(finding.ignored)}]
    return told
