"""The method appendix of the review report: rules, thresholds, tests, bases."""

from cxkit import method
from cxkit.sheets.context import SheetContext
from cxkit.sheets.report import Report
from cxkit.steps.review import Result
from cxkit.steps.review_told import figure, figures_line, probability
from cxkit.steps.rules.base import Test, spec
from cxkit.words import Words

SHOWN_TESTS = 120


def method_sections(report: Report, result: Result, context: SheetContext) -> None:
    """Add the rules that were run, the family of tests and the evidence behind the review."""
    words = context.words
    report.section(words("review.method"), words("review.method_lead"), new_page=True)
    _rules(report, result, words)
    _tests(report, result, words)
    rows = [[next((words.text(mark.name) for mark in context.evidence.sources if mark.source in item.sources), ""),
             {"mark": item.kind, "text": words(f"evidence_kinds.{item.kind}")}, words.number(item.n),
             words("review.period", start=words.date(item.start), end=words.date(item.end)) if item.start and item.end else "–"]
            for item in result.sample]
    report.table(words("review.sample_caption"), [words(f"review.sample_head.{key}") for key in ("source", "kind", "n", "period")], rows,
                 numeric=[2], widths=[2, 1.2, 0.7, 2])
    report.paragraph(words("review.exit", status=int(result.count("error") > 0)), quiet=True)


def _rules(report: Report, result: Result, words: Words) -> None:
    counts = {rule: sum(one.rule == rule for one in result.active) for rule in result.rules}
    rows = [[rule, words(f"rules.{rule}.title"), words(f"review.severities.{result.severities[rule]}"), _thresholds(rule, result, words),
             words.number(counts[rule])] for rule in result.rules]
    head = [words(f"review.rules_head.{key}") for key in ("rule", "title", "severity", "thresholds", "findings")]
    report.table(words("review.rules_caption"), head, rows, numeric=[4], widths=[0.5, 3, 0.9, 2.2, 0.8])


def _thresholds(rule: str, result: Result, words: Words) -> str:
    names = spec(rule).get("thresholds", {})
    return " · ".join(f"{words(f'rules.thresholds.{name}')} {_limit(name, result.thresholds[f'{rule}.{name}'], words)}" for name in names)


def _limit(name: str, value: float, words: Words) -> str:
    return words.percent(value) if name in {"share", "error"} else figure("threshold", value, words) if value >= 1 else words.number(value, 2)


def _tests(report: Report, result: Result, words: Words) -> None:
    if not result.tests:
        report.paragraph(words("review.tests_none"))
        return
    level = words.number(method.data("rules")["level"], 2)
    report.paragraph(words("review.tests_lead", n=len(result.tests), level=level))
    ordered = sorted(result.tests, key=lambda test: (not test.finding, test.q, test.p, test.rule))
    shown = ordered[:SHOWN_TESTS]
    rows = [[test.rule, _about(test, words), figures_line(test.figures, words), _bare(test.p, words), _bare(test.q, words),
             words("review.yes" if test.finding else "review.no")] for test in shown]
    head = [words(f"review.tests_head.{key}") for key in ("rule", "about", "figures", "p", "q", "finding")]
    report.table(words("review.tests_caption"), head, rows, widths=[0.5, 1.8, 3.4, 0.8, 0.8, 0.7])
    if len(ordered) > len(shown):
        report.paragraph(words("review.tests_rest", n=len(ordered) - len(shown)) + " " + words("review.tests_rest_note"), quiet=True)


def _about(test: Test, words: Words) -> str:
    told = [words.text(text) for name, text in test.facts.items() if name not in {"date", "end"}]
    told += [words(key) for name, key in test.words.items() if words.has(key) and name in {"metric", "touchpoint"}]
    return " · ".join(told)


def _bare(value: float, words: Words) -> str:
    return probability(value, words).removeprefix("= ")
