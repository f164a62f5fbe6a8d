"""The review report: the verdict on one page, then every finding, where it stands, and how to redo its numbers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cxkit import method
from cxkit.charts import review as charts
from cxkit.charts.map_diff import curves
from cxkit.sheets.context import SheetContext
from cxkit.sheets.map_diff import difference
from cxkit.sheets.report import Report, publish_report
from cxkit.sheets.review_method import method_sections
from cxkit.sheets.review_places import marked_maps, where
from cxkit.steps.map_diff import sentence
from cxkit.steps.review import Result
from cxkit.steps.review_told import figures_line, gap, message
from cxkit.steps.rules.base import Finding

LABELS = ("question", "maps", "findings", "why", "fix", "figures_line", "findings_none", "ignored", "ignored_lead",
          "places", "places_lead", "first_none")
ICONS = {"trusted": "circle-check", "reservations": "triangle-alert", "distrusted": "octagon-x", "no_map": "circle-question-mark"}
FAMILY_ICONS = {"T": "map-pin", "I": "lightbulb", "H": "users", "C": "handshake", "F": "hourglass", "Q": "list-checks"}
SEVERITY_ICONS = {"error": "octagon-x", "warning": "triangle-alert", "note": "info"}


def publish(results: Mapping[str, Any], context: SheetContext) -> tuple[Path, ...]:
    """Write the review report as PDF and HTML."""
    result: Result = results["review"]
    words = context.words
    report = Report(title=words("review.title"), eyebrow=words("review.eyebrow"), subtitle=words.text(context.folder.client.journey))
    _matrix(report, result, context)
    _scoreboard(report, result, context)
    _difference(report, result, context)
    method_sections(report, result, context)
    extra = {
        "verdict": _verdict(result, context), "first": _first(result, context), "keys": _keys(result, context),
        "maps_table": _maps(result, context), "families": [_family(letter, result, context) for letter in _families(result)],
        "findings_lead": words("review.findings_lead", **_counts(result, context)),
        "ignored": [_finding(one, context) | {"reason": words("review.ignored_reason", reason=words.text(one.ignored))}
                    for one in result.findings if one.ignored is not None],
        "marked_maps": marked_maps(result, context), "labels": {key: words(f"review.{key}") for key in LABELS},
        "first_title": words("review.first" if len(result.first) == method.data("rules")["first_things"] else "review.first_few"),
        "gaps_title": words("review.gaps_title"), "gaps": [gap(item, words) for item in result.gaps]}
    return publish_report(report, context, "review", "review", extra=extra)


def _counts(result: Result, context: SheetContext) -> dict[str, str]:
    return {f"{severity}s": context.words(f"review.{severity}s", n=result.count(severity)) for severity in ("error", "warning", "note")}


def _verdict(result: Result, context: SheetContext) -> dict[str, str]:
    words = context.words
    return {"kind": result.verdict, "icon": ICONS[result.verdict], "title": words(f"review.verdicts.{result.verdict}"),
            "text": words(f"review.verdict_text.{result.verdict}", date=words.date(result.as_of), **_counts(result, context))}


def _first(result: Result, context: SheetContext) -> list[dict[str, str]]:
    words = context.words
    return [{"rule": item.rule, "severity": item.severity, "severity_name": words(f"review.severities.{item.severity}"),
             "icon": SEVERITY_ICONS[item.severity], "title": words(f"rules.{item.rule}.title"), "message": message(item.finding, words),
             "fix": words(f"rules.{item.rule}.fix"), "times": words("review.times", n=item.n) if item.n > 1 else "",
             "where": where(item.finding.place, context)} for item in result.first]


def _keys(result: Result, context: SheetContext) -> list[list[str]]:
    words = context.words
    now = next((row for row in reversed(result.scoreboard) if row.file), None)
    due = "–" if result.next_review is None else words("review.next_overdue") if result.overdue else words.date(result.next_review)
    named = min((item.review_by for item in result.maps), default=None)
    due_by = words("review.due_by" if result.overdue else "review.next_by", date=words.date(named)) if named else ""
    return [
        [words("review.figure.errors"), words.number(result.count("error")), words("review.rules_run", n=len(result.rules))],
        [words("review.figure.warnings"), words.number(result.count("warning")), words("review.notes", n=result.count("note"))],
        [words("review.figure.evidenced"), words.percent(now.evidenced) if now and now.evidenced is not None else "–",
         words("review.of_activities", n=now.activities) if now else ""],
        [words("review.figure.next"), due, due_by]]


def _maps(result: Result, context: SheetContext) -> dict[str, list]:
    words = context.words
    rows = [[item.file, context.persona_name(item.persona) if item.persona else words("review.everybody"), item.version,
             words.date(item.date), words.date(item.review_by)] for item in result.maps]
    return {"header": [words(f"review.maps_head.{key}") for key in ("map", "persona", "version", "date", "review_by")], "rows": rows}


def _families(result: Result) -> list[str]:
    """Letters of the families that were run, in the method's order."""
    return [letter for letter in method.data("rules")["families"] if any(rule[0] == letter for rule in result.rules)]


def _family(letter: str, result: Result, context: SheetContext) -> dict[str, Any]:
    words = context.words
    by_rule: dict[str, list[Finding]] = {}
    for one in result.active:
        if one.family == letter:
            by_rule.setdefault(one.rule, []).append(one)
    rules = [{"id": rule, "title": words(f"rules.{rule}.title"), "why": words(f"rules.{rule}.why"), "fix": words(f"rules.{rule}.fix"),
              "severity": items[0].severity, "severity_name": words(f"review.severities.{items[0].severity}"),
              "icon": SEVERITY_ICONS[items[0].severity], "findings": [_finding(one, context) for one in items]}
             for rule, items in sorted(by_rule.items())]
    return {"letter": letter, "name": words(f"review.families.{letter}"), "icon": FAMILY_ICONS[letter], "rules": rules}


def _finding(one: Finding, context: SheetContext) -> dict[str, str]:
    words = context.words
    told = figures_line({name: value for name, value in one.figures.items() if value or name not in {"severity"}}, words)
    return {"rule": one.rule, "severity": one.severity, "severity_name": words(f"review.severities.{one.severity}"),
            "where": where(one.place, context), "file": str(one.place), "message": message(one, words), "figures": told,
            "mark": one.mark.kind if one.mark is not None else ""}


def _matrix(report: Report, result: Result, context: SheetContext) -> None:
    words = context.words
    report.section(words("review.matrix"), words("review.matrix_lead"), new_page=True)
    cells = {(cell.source, cell.stage): cell for cell in result.matrix}
    columns = [*result.stages, "journey"]
    sources = sorted({cell.source for cell in result.matrix}, key=[cell.source for cell in result.matrix].index)
    rows = [[words(f"review.sources.{source}"), *(_count(cells.get((source, stage)), context) for stage in columns)] for source in sources]
    head = [words("review.matrix_source"), *(context.stage_name(stage) for stage in result.stages), words("review.matrix_journey")]
    report.table(words("review.matrix_caption"), head, rows, numeric=range(1, len(head)), widths=[1.5, *([1.0] * (len(head) - 1))])


def _count(cell: Any, context: SheetContext) -> Any:
    limit = method.data("thresholds")["base"]["suppressed"]
    if cell is None or cell.n == 0:
        return ""
    shown = f"< {limit}" if cell.n < limit else context.words.number(cell.n)
    return {"mark": cell.kind, "text": shown}


def _scoreboard(report: Report, result: Result, context: SheetContext) -> None:
    words = context.words
    report.section(words("review.scoreboard"), words("review.scoreboard_lead"))
    picture = charts.scoreboard(result, words)
    if picture is not None and len(result.scoreboard) > 1:
        report.picture(picture)
    rows = [[charts.revision_name(row, words), _by_family(row.findings) if row.file else "",
             words.percent(row.evidenced) if row.evidenced is not None else "", charts.share(row.net_emotion, words, sign=True),
             charts.share(row.outcome, words)] for row in result.scoreboard]
    head = [words(f"review.scoreboard_head.{key}") for key in ("revision", "findings", "evidenced", "net_emotion", "outcome")]
    report.table(words("review.scoreboard_caption"), head, rows, widths=[1.5, 1, 0.9, 1.7, 1.7])


def _by_family(findings: dict[str, int]) -> str:
    return " · ".join(f"{family} {n}" for family, n in findings.items()) or "0"


def _difference(report: Report, result: Result, context: SheetContext) -> None:
    words = context.words
    report.section(words("review.difference"))
    found = result.difference
    if found is None:
        report.paragraph(words("review.difference_none"))
        return
    report.paragraph(words("review.diff.head", old=found.old_version, old_date=words.date(found.old_date), new=found.new_version,
                           new_date=words.date(found.new_date)))
    if drawn := curves(found, words):
        report.picture(drawn)
    if found.changes:
        title, lead, none = (words(f"review.diff.page.{key}") for key in ("beside", "beside_lead", "none"))
        report.heading(title).beside(title, lead, difference(found, words), none)
        report.heading(words("review.diff.page.all"))
    report.bullets([sentence(change, words) for change in found.changes] or [words("review.diff.none")])
