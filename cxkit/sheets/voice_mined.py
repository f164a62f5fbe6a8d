"""Sections of the voice that come from mined words: how they were read, themes with their verbatims, impact, groups, gaps."""

from cxkit.charts import voice_mined as charts
from cxkit.charts.style import q_text
from cxkit.method import data
from cxkit.sheets.context import SheetContext
from cxkit.sheets.report import Report
from cxkit.steps.voice import Result
from cxkit.steps.voice_quotes import Quote
from cxkit.steps.voice_themes import Theme, ThemeGap
from cxkit.words import Words


def mined(report: Report, result: Result, context: SheetContext) -> None:
    """Add what was read in the words; nothing where there were none."""
    if result.reading is None:
        return
    _reading(report, result, context)
    _themes(report, result, context)
    _impact(report, result, context)
    _others(report, result, context)
    _clusters(report, result, context)


def quoted(quote: Quote, context: SheetContext) -> tuple[str, str, str, str]:
    """A quote for a report: its words, where it comes from, its evidence, its language where it is not the sheet's."""
    words = context.words
    return words("voice.quoted", text=words.text(quote.text)), source_of(quote, context), quote.kind, context.foreign(quote.language)


def source_of(quote: Quote, context: SheetContext) -> str:
    """Where a quote comes from: its touchpoint, its reaction, its source and row, its language where it is not the sheet's."""
    words = context.words
    once = quote.times == 1
    row = words("voice.row", source=context.source_name(quote.source), row=str(quote.row)) if once else words("voice.times", n=quote.times)
    parts = [context.touchpoint_name(quote.touchpoint), words(f"reactions.{quote.reaction}") if quote.reaction else "", row,
             context.in_language(context.foreign(quote.language))]
    return " · ".join(part for part in parts if part)


def _reading(report: Report, result: Result, context: SheetContext) -> None:
    words, read = context.words, result.reading
    labels = words("voice.mined.learnt", n=read.labels) if read.labels else words("voice.mined.unlearnt")
    report.section(words("voice.mined.title"), words("voice.mined.lead", engine=words(f"mining.engines.{read.engine}"), labels=labels), new_page=True)
    of = words("voice.mined.figures.of", n=words.number(read.texts))
    measured = [("f1", read.held_out_f1), ("accuracy", read.held_out_accuracy_80), ("ece", read.held_out_ece)]
    report.figures([(words(f"voice.mined.figures.{key}"), words.number(value, 2), "") for key, value in measured if value is not None])
    report.figures([(words(f"voice.mined.figures.{key}"), words.number(value), of) for key, value in
                    (("mixed", read.mixed), ("unclear", read.unclear), ("departures", read.departures), ("advice", read.advice))])
    if read.engine != "e5":
        report.paragraph(words("voice.mined.portable"), quiet=True)
    if read.sampled:
        report.paragraph(words("voice.mined.sampled", n=read.sampled), quiet=True)
    report.paragraph(words("voice.mined.neutral"), quiet=True)


def _themes(report: Report, result: Result, context: SheetContext) -> None:
    words = context.words
    if picture := charts.themes(result, words, context):
        report.section(words("voice.themes.title"), words("voice.themes.lead")).picture(picture)
    if picture := charts.themes(result, words, context, places=True):
        report.picture(picture)
    shown = [theme for theme in result.themes if theme.kind == "reported" and theme.touchpoint is None][: data("voice")["themes"]["shown"]]
    if any(theme.quotes for theme in shown):
        report.section(words("voice.themes.behind"), words("voice.themes.behind_lead"))
    for theme in shown:
        if theme.quotes:
            report.heading(context.theme_name(theme.cause))
            report.quotes([quoted(quote, context) for quote in theme.quotes])


def _impact(report: Report, result: Result, context: SheetContext) -> None:
    words, impact = context.words, result.impact
    if picture := charts.contributions(result, words, context):
        report.section(words("voice.impact.title"), words("voice.impact.lead", n=impact.tested), new_page=True).picture(picture)
        report.paragraph(words("voice.impact.misreading"), quiet=True)
    if impact.where:
        report.section(words("voice.impact.where"), words("voice.impact.where_lead"))
        report.table(words("voice.impact.where"), _head(words, "impact.where_head", "theme", "group", "n", "share", "elsewhere", "difference", "q"),
                     [[context.theme_name(one.cause), _group(one.dimension, one.key, context), words.number(one.n), words.percent(one.share, 0),
                       words.percent(one.elsewhere, 0), words.number(100 * one.difference, 0, sign=True), q_text(one.q, words)]
                      for one in impact.where], numeric=[2, 3, 4, 5, 6], widths=[2.4, 2.6, 0.8, 0.8, 1, 0.9, 0.8])
    if impact.trends:
        report.section(words("voice.impact.trends"), words("voice.impact.trends_lead", date=words.date(impact.split)))
        report.table(words("voice.impact.trends"),
                     _head(words, "impact.trends_head", "theme", "before", "after", "difference", "interval", "q", "slope", "state"),
                     [[context.theme_name(one.cause), words.percent(one.share_before, 1), words.percent(one.share_after, 1),
                       words.number(100 * one.difference, 1, sign=True), words.interval(100 * one.low, 100 * one.high, 1, sign=True),
                       q_text(one.q, words), q_text(one.slope_q, words), words("voice.impact.emerging") if one.emerging else ""]
                      for one in impact.trends], numeric=[1, 2, 3, 4, 5, 6], widths=[2.4, 0.8, 0.8, 0.9, 1.5, 0.8, 1, 1])
    if impact.words:
        report.section(words("voice.impact.words"), words("voice.impact.words_lead"))
        report.table(words("voice.impact.words"), _head(words, "impact.words_head", "phrase", "detractors", "promoters", "z", "q"),
                     [[one.phrase, words.number(one.detractors), words.number(one.promoters), words.number(one.z, 1, sign=True),
                       q_text(one.q, words)] for one in impact.words], numeric=[1, 2, 3, 4], widths=[3, 1, 1, 0.8, 0.8])


def _others(report: Report, result: Result, context: SheetContext) -> None:
    """Employees' and observers' themes, apart, and where employees part from customers."""
    words = context.words
    others = [theme for theme in result.themes if theme.kind != "reported" and theme.touchpoint is None]
    if others:
        report.section(words("voice.themes.others"), words("voice.themes.others_lead"))
        report.table(words("voice.themes.others"), _head(words, "themes.head", "theme", "n", "negative", "neutral", "positive"),
                     [[{"mark": theme.kind, "text": context.theme_name(theme.cause)}, *_counts(theme, words)] for theme in others],
                     numeric=[1, 2, 3, 4], widths=[3, 1, 1, 1, 1])
    if result.theme_gaps:
        report.section(words("voice.themes.gap"), words("voice.themes.gap_lead"))
        report.table(words("voice.themes.gap"), _head(words, "themes.gap_head", "theme", "customers", "employees", "difference", "interval"),
                     [[context.theme_name(gap.cause), _felt(gap.customer_net, gap.customer_sides, words),
                       _felt(gap.employee_net, gap.employee_sides, words), *_apart(gap, words)] for gap in result.theme_gaps], numeric=[1, 2, 3, 4],
                     widths=[2.4, 1.2, 1.2, 1, 1.4])


def _felt(net: float | None, sides: tuple[int, int], words: Words) -> str:
    """A net, or the counts where the base carries no percentage."""
    return words("map.counts", positive=sides[0], negative=sides[1]) if net is None else words.number(100 * net, 0, sign=True)


def _apart(gap: ThemeGap, words: Words) -> tuple[str, str]:
    if gap.difference is None:
        return words("base.counts_only"), "–"
    return words.number(100 * gap.difference, 0, sign=True), words.interval(100 * gap.low, 100 * gap.high, 0, sign=True)


def _clusters(report: Report, result: Result, context: SheetContext) -> None:
    words = context.words
    if result.clusters:
        report.section(words("voice.themes.clusters"), words("voice.themes.clusters_lead"))
        report.table(words("voice.themes.clusters"), _head(words, "themes.clusters_head", "phrases", "n", "negative", "positive", "example"),
                     [[", ".join(one.phrases), words.number(one.n), words.number(one.negative), words.number(one.positive),
                       words("voice.quoted", text=one.examples[0]) if one.examples else ""] for one in result.clusters], numeric=[1, 2, 3],
                     widths=[2, 0.9, 0.9, 0.9, 4])


def _counts(theme: Theme, words) -> list[str]:
    return [words.number(theme.n), words.number(theme.negative), words.number(theme.neutral), words.number(theme.positive)]


def _group(dimension: str, key: str, context: SheetContext) -> str:
    words = context.words
    said = {"stage": context.stage_name, "touchpoint": context.touchpoint_name, "persona": context.persona_name,
            "channel": lambda name: words(f"channels.{name}") if words.has(f"channels.{name}") else name}
    return f"{words(f'voice.dimensions.{dimension}')} · {said[dimension](key)}"


def _head(words, section: str, *keys: str) -> list[str]:
    return [words(f"voice.{section}.{key}") for key in keys]
