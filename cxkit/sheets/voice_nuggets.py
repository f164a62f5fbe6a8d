"""Sections of the voice on complaints, conversations, waves and the Kano questionnaire."""

from cxkit.charts import voice as charts
from cxkit.charts.style import q_text
from cxkit.sheets.context import SheetContext
from cxkit.sheets.report import Report
from cxkit.steps.voice import Result
from cxkit.steps.voice_complaints import Cause
from cxkit.steps.voice_conversations import Promise
from cxkit.words import Words

_MOST_SHOWN = 40


def survey(report: Report, result: Result, context: SheetContext) -> None:
    """Add waves, TxR and Kano where the survey has them."""
    words = context.words
    if result.waves:
        report.section(words("voice.waves.title"), words("voice.waves.lead"))
        names = {mark.source: words.text(mark.name) for mark in context.evidence.sources}
        report.table(words("voice.waves.title"), _head(words, "waves", "metric", "first", "second", "before", "after", "change", "interval", "q"),
                     [[words(f"voice.metrics.{one.metric}"), *(names.get(name) or _since(name, words) for name in (one.first, one.second)),
                       charts.shown(one.before, words), charts.shown(one.after, words), words.number(one.change, 1, sign=True),
                       words.interval(one.low, one.high, 1, sign=True), q_text(one.q, words)] for one in result.waves],
                     numeric=[3, 4, 5, 6, 7], widths=[1.8, 1.5, 1.5, 1, 1, 1.2, 1.6, 0.8])
    if result.txr:
        parts = {name: words.number(value, 0, sign=True) for name, value in result.txr.parts.items()}
        shown = words.number(result.txr.value, 0, sign=True) if result.txr.value is not None else words(f"base.{result.txr.base}")
        report.figures([(words("voice.txr.title"), shown, words("voice.txr.note", **parts) if parts else words("base.n", n=result.txr.n))])
    if picture := charts.kano(result, words, context):
        report.section(words("voice.kano.title"), words("voice.kano.lead")).picture(picture)


def _since(name: str, words: Words) -> str:
    """A wave that is no file: the answers before or from a day, the day in words."""
    sign, _, day = name.partition(" ")
    return f"{sign} {words.date(day)}" if day else name


def complaints(report: Report, result: Result, context: SheetContext) -> None:
    """Add complaints as nuggets: causes (Pareto) with delays, recurrence, cost and origin, then what was asked and given."""
    words, found = context.words, result.complaints
    if found is None:
        return
    report.section(words("voice.complaints"), words("voice.complaints_lead"), new_page=True)
    report.figures([
        (words("voice.complaint_figures.n"), words.number(found.n), words("voice.complaint_figures.customers", n=found.customers)),
        (words("voice.complaint_figures.recurrent"), words.number(found.recurrent_customers),
         words.percent(found.recurrent_share, 0) if found.recurrent_share is not None else ""),
        (words("voice.complaint_figures.solve"), words.number(found.days_to_solve, 1), words("voice.complaint_figures.median")),
        (words("voice.complaint_figures.unsolved"), words.number(found.unsolved), "")])
    told = [words("voice.nugget.vital", n=found.vital)]
    if found.days_between is not None:
        told.append(words("voice.nugget.between", n=round(found.days_between)))
    if found.days_to_answer_90 is not None and found.days_to_solve_90 is not None:
        told.append(words("voice.nugget.nine", answer=words.number(found.days_to_answer_90), solve=words.number(found.days_to_solve_90)))
    if found.granted is not None:
        told.append(words("voice.nugget.granted", share=words.percent(found.granted, 0)))
    report.bullets(told)
    keys = ("cause", "n", "cumulative", "again", "answer", "solve", "open", "cost", "from")
    report.table(words("voice.causes"), _head(words, "nugget", *keys), [_cause(cause, context) for cause in found.causes],
                 numeric=[1, 2, 3, 4, 5, 6, 7], widths=[2.8, 1, 1.2, 0.8, 1, 1, 0.9, 1, 2.2])
    report.paragraph(words("voice.nugget.again_note"), quiet=True)
    if found.exchanges:
        report.table(words("voice.nugget.exchanges"), [words(f"voice.nugget.exchanges_head.{key}") for key in ("asked", "given", "n")],
                     [[asked, given, words.number(n)] for asked, given, n in found.exchanges[:12]], numeric=[2], widths=[2, 2, 1])


def conversations(report: Report, result: Result, context: SheetContext) -> None:
    """Add conversations: who speaks, moods, topics, what was asked, promised and decided, and the expected sequence."""
    words, found = context.words, result.conversations
    if found is None:
        return
    report.section(words("voice.conversations"), words("voice.conversations_lead", n=found.n), new_page=True)
    timed = any(role.time_share is not None for role in found.roles)
    head = [words(f"voice.role_head.{key}") for key in ("role", "share", "turns", "questions", "longest")]
    report.table(words("voice.conversations"), head + ([words("voice.talks.time")] if timed else []),
                 [[_role(role.role, words), words.percent(role.word_share, 0), words.number(role.turns), words.number(role.questions),
                   words.number(role.longest), *([words.percent(role.time_share, 0)] if timed else [])] for role in found.roles],
                 numeric=[1, 2, 3, 4, 5][: 5 if timed else 4], widths=[2, 1, 1, 1, 1, 1][: 6 if timed else 5])
    if found.interruptions:
        report.paragraph(words("voice.talks.interruptions", n=found.interruptions), quiet=True)
    if picture := charts.mood(result, words):
        report.section(words("voice.talks.mood"), words("voice.talks.mood_lead")).picture(picture)
    number = {talk.conversation: str(place) for place, talk in enumerate(found.talks, 1)}
    keys = ("talk", "turns", "switches", "minutes", "share", "topics", "hand_overs")
    report.table(words("voice.talks.all"), [words(f"voice.talks.head.{key}") for key in keys],
                 [[number[talk.conversation], words.number(talk.turns), words.number(talk.switches), words.number(talk.minutes, 1),
                   words.percent(talk.customer_share, 0), ", ".join(context.theme_name(topic) for topic in talk.topics),
                   words.number(talk.hand_overs)] for talk in found.talks[:_MOST_SHOWN]],
                 numeric=[1, 2, 3, 4, 6], widths=[1.2, 0.7, 1, 0.8, 1, 4, 0.9])
    if asked := [question for talk in found.talks for question in talk.asked]:
        report.heading(words("voice.talks.asked"))
        report.bullets([words("voice.quoted", text=question) for question in asked[:_MOST_SHOWN]])
    if found.promises:
        report.section(words("voice.talks.promises"), words("voice.talks.promises_lead"))
        report.table(words("voice.talks.promises"), [words(f"voice.talks.promises_head.{key}") for key in ("talk", "who", "when", "text")],
                     [_promise(promise, number, words) for promise in found.promises[:_MOST_SHOWN]], widths=[1.2, 1.2, 1.4, 5])
    if deviations := [one for one in found.deviations if one.missing or one.extra or one.out_of_order]:
        report.section(words("voice.talks.deviations"))
        report.table(words("voice.talks.deviations"), [words(f"voice.talks.deviations_head.{key}") for key in ("talk", "missing", "order", "extra")],
                     [[number[one.conversation], ", ".join(one.missing), ", ".join(one.out_of_order), ", ".join(one.extra)] for one in deviations],
                     widths=[1, 2, 2, 2])


def _cause(cause: Cause, context: SheetContext) -> list[str]:
    words = context.words
    name = words("voice.nugget.read", cause=context.theme_name(cause.cause)) if cause.read else context.cause_name(cause.cause)
    origins = [words("voice.nugget.origin" if origin.activities else "voice.nugget.off_map", touchpoint=context.touchpoint_name(origin.touchpoint),
                     n=words.number(origin.n)) for origin in cause.origins]
    return [name, words.number(cause.n), words.percent(cause.cumulative, 0), words.number(cause.recurrent), words.number(cause.days_to_answer),
            words.number(cause.days_to_solve), words.number(cause.unsolved),
            words.money(cause.total_cost, context.folder.client.market.currency), ", ".join(origins)]


def _promise(promise: Promise, number: dict[str, str], words) -> list[str]:
    when = promise.when or (words("voice.talks.no_when") if promise.kind == "commitment" else "")
    return [number[promise.conversation], _role(promise.role, words), when, words("voice.quoted", text=promise.text)]


def _role(role: str, words) -> str:
    key = f"voice.talks.roles.{role}" if words.has(f"voice.talks.roles.{role}") else f"voice.roles.{role}"
    return words(key) if words.has(key) else role


def _head(words, section: str, *keys: str) -> list[str]:
    return [words(f"voice.{section}.head.{key}") for key in keys]
