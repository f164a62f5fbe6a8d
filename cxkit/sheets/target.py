"""The target report: the journey aimed at beside the one lived, the prediction, the test."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cxkit.charts import target as charts
from cxkit.sheets.context import SheetContext
from cxkit.sheets.gaps import gap_text
from cxkit.sheets.journey import write_map
from cxkit.sheets.report import Report, publish_report
from cxkit.steps.target import Figure, Pair, Result
from cxkit.steps.target_experiment import Experiment, ExperimentPlan
from cxkit.words import Words


def publish(results: Mapping[str, Any], context: SheetContext) -> tuple[Path, ...]:
    """Write the target report as PDF and HTML, and the maps aimed at."""
    result: Result = results["target"]
    maps = [path for pair in result.pairs for path in _maps(pair, context.words, context)]
    return (*publish_report(chapter(results, context), context, "target", "target"), *maps)


def chapter(results: Mapping[str, Any], context: SheetContext) -> Report:
    """The sections of this report, which are also a chapter of the study."""
    result: Result = results["target"]
    words, client = context.words, context.folder.client
    report = Report(title=words("target.title"), eyebrow=words("steps.target.title"), subtitle=words.text(client.journey),
                    method=words("target.method"))
    for number, pair in enumerate(result.pairs):
        _pair(report, result, pair, context, new_page=number > 0)
    if result.prediction:
        _prediction(report, result, context)
    if result.plan:
        _plan(report, result.plan, words)
    if result.test:
        _test(report, result, words)
    if result.gaps:
        report.section(words("target.limits")).bullets([gap_text("target", gap, words) for gap in result.gaps])
    return report


def _maps(pair: Pair, words: Words, context: SheetContext) -> tuple[Path, ...]:
    """The map aimed at, and the lived one with the target as a dashed curve."""
    beside = write_map(pair.as_is, context, others=((words("map_kinds.to-be"), pair.to_be),))
    return (*write_map(pair.to_be, context), *beside)


def _pair(report: Report, result: Result, pair: Pair, context: SheetContext, *, new_page: bool) -> None:
    words = context.words
    who = pair.as_is.persona.name if pair.as_is.persona else words("target.everybody")
    counts = pair.difference.counts
    report.section(words("target.pair", who=who), words("target.pair_lead" if not pair.drafted else "target.pair_drafted"), new_page=new_page)
    report.figures([(words(f"target.changes.{kind}"), words.number(counts[kind]), words("target.activities", n=counts[kind]))
                    for kind in ("kept", "changed", "added", "removed")])
    report.picture(charts.two_curves(result, words, pair.as_is.persona.id if pair.as_is.persona else None))
    told = [change for change in pair.difference.changes if change.change != "kept"]
    if told:
        keys = ("stage", "before_action", "after_action", "change", "fields")
        report.table(words("target.differences"), [words(f"target.head.{key}") for key in keys],
                     [[context.stage_name(c.stage), words.text(c.before) or "–", words.text(c.after) or "–", words(f"target.changes.{c.change}"),
                       words.listing([words(f"target.fields.{name}") for name in c.fields]) or "–"] for c in told],
                     widths=[1.4, 2.5, 2.5, 1.3, 2])


def _prediction(report: Report, result: Result, context: SheetContext) -> None:
    words, prediction = context.words, result.prediction
    report.section(words("target.what_if"), words("target.what_if_lead", n=prediction.episodes), new_page=True)
    report.figures([
        (words("target.key.outcome"), words.percent(prediction.outcome.value, 1), _interval(prediction.outcome, words)),
        (words("target.key.outcome_target"), words.percent(prediction.outcome_target.value, 1), _interval(prediction.outcome_target, words)),
        (words("target.key.gain"), words.number(100 * prediction.outcome_gain.value, 2, sign=True),
         words("target.points", n=_interval(prediction.outcome_gain, words, digits=2))),
        (words("target.key.length"), _length(prediction.length, words),
         words("target.key.length_after", n=_length(prediction.length_target, words)))])
    report.picture(charts.what_if(result, words), width=90)
    if prediction.reductions:
        report.table(words("target.reductions"), [words("target.head.touchpoint"), words("target.head.reduction")],
                     [[context.touchpoint_name(touchpoint), words.percent(share)] for touchpoint, share in prediction.reductions.items()],
                     numeric=[1], widths=[3, 1])
    report.paragraph(words("target.what_if_misreading", n=prediction.censored), quiet=True)


def _plan(report: Report, plan: ExperimentPlan, words: Words) -> None:
    effect = words.number(100 * plan.effect, 2, sign=True)
    report.section(words("target.plan"), words("target.plan_lead"))
    report.figures([(words("target.key.base"), words.percent(plan.base_rate, 1), ""),
                    (words("target.key.effect"), effect,
                     words("target.effect_predicted" if plan.predicted else "target.effect_chosen")),
                    (words("target.key.size"), words.number(plan.size), words("target.size_note", power=words.percent(plan.power),
                                                                              level=words.percent(plan.level))),
                    (words("target.key.weeks"), words.number(plan.weeks, 1), words("target.weeks_note", n=words.number(plan.episodes_per_week, 0)))])


def _test(report: Report, result: Result, words: Words) -> None:
    test, reading = result.test, result.test.reading
    report.section(words("target.reading"), words(f"target.verdicts.{reading.decision}", winner=reading.winner or ""), new_page=True)
    arms = [reading.control, *reading.variants]
    rows = [[arm.name + (f" ({words('target.control')})" if arm is reading.control else ""), words.number(arm.n), words.number(arm.conversions),
             words.percent(arm.rate, 2), words.interval(100 * arm.interval.low, 100 * arm.interval.high, 2) if arm.interval else "–",
             words.percent(arm.lift, 1), _p(arm.q, words), words.percent(arm.power)] for arm in arms]
    keys = ("variant", "n", "conversions", "rate", "interval", "lift", "q", "power")
    report.table(words("target.arms"), [words(f"target.head.{key}") for key in keys], rows, numeric=[1, 2, 3, 4, 5, 6, 7],
                 widths=[1.6, 1, 1.2, 1, 1.6, 1, 1, 1])
    ratio = reading.sample_ratio
    report.bullets([words("target.ratio_passes" if ratio.passes else "target.ratio_fails", p=_p(ratio.p, words, "= ")),
                    words("target.size_reached" if reading.decision != "wait" else "target.size_missing", n=words.number(reading.planned_n)),
                    _agreement(test, words)])
    if picture := charts.ab_reading(result, words):
        report.picture(picture, width=80)
    report.paragraph(words("target.reading_misreading"), quiet=True)


def _agreement(test: Experiment, words: Words) -> str:
    if test.agreement != "other_base":
        return words(f"target.agreements.{test.agreement}")
    return words("target.agreements.other_base", base=words.percent(test.predicted.base, 1), control=words.percent(test.reading.control.rate, 1))


def _interval(figure: Figure, words: Words, digits: int = 1) -> str:
    return "" if figure.low is None else words.interval(100 * figure.low, 100 * figure.high, digits)


def _p(value: float | None, words: Words, sign: str = "") -> str:
    """A p-value to four digits, never a bare zero; ``sign`` stands before it where it is not under the last digit."""
    if value is not None and value < 0.0001:
        return "< " + words.number(0.0001, 4)
    return sign + words.number(value, 4)


def _length(figure: Figure, words: Words) -> str:
    return words.number(figure.value, 1)
