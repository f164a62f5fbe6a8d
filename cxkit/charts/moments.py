"""Charts of step 06."""

import json
from collections.abc import Mapping

import altair as alt

from cxkit import method
from cxkit.charts.labels import on_lines
from cxkit.charts.style import GREY, INK, NEGATIVE, POSITIVE, TARGET, Picture, styled
from cxkit.steps.moments import Result
from cxkit.steps.moments_view import Moment
from cxkit.words import Words

NAVY, PALE, RUPTURE = "#0F3B57", "#9db4c4", "#8A2A14"
WIDTH = 400


def truth(result: Result, words: Words, stage_names: Mapping[str, str]) -> Picture | None:
    """Moments of truth by score; filled where customers said it, hollow where nobody did; None without a moment."""
    if not result.moments:
        return None
    values = [{"key": m.activity, "order": i, "title": on_lines(words.text(m.action), 40).split("\n"), "score": m.score or 0.0,
               "fill": _colour(m) if m.solid else "#ffffff", "stroke": _colour(m), "label": moment_label(m, words)}
              for i, m in enumerate(result.moments)]
    titles = {v["key"]: v["title"] for v in values}
    y = alt.Y("key:N", sort=[v["key"] for v in values], title=None, axis=alt.Axis(
        domain=False, ticks=False, labelPadding=8, labelLimit=300, labelLineHeight=12, labelExpr=_lookup(titles)))
    base = alt.Chart(alt.Data(values=values)).encode(y=y)
    bars = base.mark_bar(height=15, strokeWidth=1.2).encode(
        x=alt.X("score:Q", title=words("moments.score_axis"), axis=alt.Axis(tickCount=4)),
        fill=alt.Fill("fill:N", scale=None), stroke=alt.Stroke("stroke:N", scale=None))
    labels = base.mark_text(align="left", fontSize=10.5, color=GREY).encode(x=alt.value(WIDTH + 12), text="label:N")
    rows = tuple((words.text(m.action), stage_names[m.stage], words.number(m.valence, 1, sign=True), words.number(m.importance, 2),
                  words.percent(m.reach), words.number(m.score, 2), reasons(m, words)) for m in result.moments)
    header = tuple(words(f"moments.truth_head.{key}") for key in ("moment", "stage", "valence", "importance", "reach", "score", "why"))
    return Picture(styled(bars + labels, width=WIDTH, height=36 * len(values)), words("moments.truth"), words("moments.truth_description"),
                   header, rows)


def engagement(result: Result, words: Words, names: Mapping[str, str]) -> Picture | None:
    """Engagement moments: observed conversion with its interval, a tick at what the client expects; None where nothing is measured."""
    shown = [item for item in result.engagements if item.observed is not None]
    if not shown:
        return None
    values = [{"name": names[e.touchpoint], "observed": e.observed, "low": e.low, "high": e.high, "expected": e.expected,
               "colour": NEGATIVE if e.verdict == "below" else POSITIVE,
               "label": words("moments.engagement_label", observed=words.percent(e.observed), expected=words.percent(e.expected))} for e in shown]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("name:N", sort=[v["name"] for v in values], title=None, axis=alt.Axis(domain=False, ticks=False, labelPadding=8)))
    x = alt.X("observed:Q", title=words("moments.engagement_axis"), scale=alt.Scale(domain=[0, 1]),
              axis=alt.Axis(tickCount=5, labelExpr="format(datum.value * 100, '.0f')"))
    bars = base.mark_bar(height=14).encode(x=x, color=alt.Color("colour:N", scale=None))
    spans = base.mark_rule(color=INK, strokeWidth=1).encode(x="low:Q", x2="high:Q")
    ticks = base.transform_filter("isValid(datum.expected)").mark_tick(color=INK, thickness=2.5, size=22).encode(x="expected:Q")
    labels = base.mark_text(align="left", fontSize=10.5, color=GREY).encode(x=alt.value(WIDTH + 12), text="label:N")
    rows = tuple((names[e.touchpoint], words.percent(e.expected), words.percent(e.observed), words.interval(e.low * 100, e.high * 100),
                  words.number(e.episodes), words(f"moments.verdicts.{e.verdict}")) for e in shown)
    header = tuple(words(f"moments.engagement_head.{key}") for key in ("touchpoint", "expected", "observed", "interval", "episodes", "verdict"))
    return Picture(styled(alt.layer(bars, spans, ticks, labels), width=WIDTH, height=34 * len(values)), words("moments.engagement"),
                   words("moments.engagement_description"), header, rows)


def pains(result: Result, words: Words, names: Mapping[str, str]) -> Picture | None:
    """Share of negative reactions with its interval, ruptures first; None where no base may be shown."""
    shown = [pain for pain in result.pains if pain.share is not None]
    if not shown:
        return None
    values = [{"name": names[p.touchpoint], "share": p.share, "low": p.low, "high": p.high,
               "colour": RUPTURE if p.kind == "rupture" else NEGATIVE if p.worse else PALE,
               "label": _pain(p, words)} for p in shown]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("name:N", sort=[v["name"] for v in values], title=None, axis=alt.Axis(domain=False, ticks=False, labelPadding=8)))
    bars = base.mark_bar(height=13).encode(
        x=alt.X("share:Q", title=words("moments.pain_axis"), scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(tickCount=5, labelExpr="format(datum.value * 100, '.0f')")), color=alt.Color("colour:N", scale=None))
    spans = base.mark_rule(color=INK, strokeWidth=1).encode(x="low:Q", x2="high:Q")
    labels = base.mark_text(align="left", fontSize=10.5, color=GREY).encode(x=alt.value(WIDTH + 12), text="label:N")
    rows = tuple((names[p.touchpoint], words(f"moments.kinds.{p.kind}"), words.percent(p.share), words.interval(p.low * 100, p.high * 100),
                  words.number(p.q, 3), words.number(p.ruptures), words.percent(p.affected, 1), words.number(p.n)) for p in shown)
    header = tuple(words(f"moments.pain_head.{key}") for key in ("touchpoint", "kind", "share", "interval", "q", "ruptures", "affected", "n"))
    return Picture(styled(alt.layer(bars, spans, labels), width=WIDTH, height=28 * len(values)), words("moments.pains"),
                   words("moments.pains_description"), header, rows)


def removal(result: Result, words: Words, names: Mapping[str, str]) -> Picture | None:
    """Removal effects with their bootstrap intervals, largest first; None without a chain."""
    shown = result.removal[:method.data("moments")["removals"]]
    if not shown:
        return None
    values = [{"name": names[r.touchpoint], "effect": r.effect, "low": r.low, "high": r.high, "label": words.percent(r.effect)} for r in shown]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("name:N", sort=[v["name"] for v in values], title=None, axis=alt.Axis(domain=False, ticks=False, labelPadding=8)))
    x = alt.X("effect:Q", title=words("moments.removal_axis"), scale=alt.Scale(domain=[0, 1]),
              axis=alt.Axis(tickCount=5, labelExpr="format(datum.value * 100, '.0f')"))
    spans = base.mark_rule(strokeWidth=5, color=POSITIVE, opacity=0.35, strokeCap="round").encode(
        x=alt.X("low:Q", title=words("moments.removal_axis"), scale=alt.Scale(domain=[0, 1])), x2="high:Q")
    dots = base.mark_point(filled=True, size=60, color=NAVY, opacity=1).encode(x=x)
    labels = base.mark_text(align="left", fontSize=10.5, color=GREY).encode(x=alt.value(WIDTH + 12), text="label:N")
    rows = tuple((names[r.touchpoint], words.percent(r.effect, 1), words.interval(_percent(r.low), _percent(r.high), 1),
                  words.percent(r.second, 1), words.interval(_percent(r.second_low), _percent(r.second_high), 1), words.number(r.episodes))
                 for r in shown)
    header = tuple(words(f"moments.removal_head.{key}") for key in ("touchpoint", "effect", "interval", "second", "second_interval", "episodes"))
    return Picture(styled(alt.layer(spans, dots, labels), width=WIDTH, height=21 * len(values)), words("moments.removal"),
                   words("moments.removal_description"), header, rows)


def odds(result: Result, words: Words, names: Mapping[str, str]) -> Picture | None:
    """Adjusted odds of the outcome on a logarithmic scale with their intervals; None where nothing may be told."""
    shown = [o for o in result.odds if o.high / o.low <= method.data("moments")["odds"]["widest"]]
    if not shown:
        return None
    values = [{"name": names[o.touchpoint], "ratio": o.ratio, "low": o.low, "high": o.high, "label": words.number(o.ratio, 2),
               "colour": GREY if o.low <= 1 <= o.high else POSITIVE if o.ratio > 1 else NEGATIVE} for o in shown]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("name:N", sort=[v["name"] for v in values], title=None, axis=alt.Axis(domain=False, ticks=False, labelPadding=8)),
        color=alt.Color("colour:N", scale=None))
    scale, title = alt.Scale(type="log", nice=False, padding=8), words("moments.odds_axis")
    axis = alt.Axis(values=[0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20], format="~g")
    spans = base.mark_rule(strokeWidth=5, opacity=0.4, strokeCap="round").encode(
        x=alt.X("low:Q", title=title, scale=scale, axis=axis), x2="high:Q")
    dots = base.mark_point(filled=True, size=60, opacity=1).encode(x=alt.X("ratio:Q", title=title, scale=scale, axis=axis))
    even = alt.Chart(alt.Data(values=[{"one": 1}])).mark_rule(color=GREY, strokeDash=[2, 3]).encode(x=alt.X("one:Q", scale=scale))
    labels = base.mark_text(align="left", fontSize=10.5).encode(x=alt.value(WIDTH + 12), text="label:N", color=alt.value(GREY))
    rows = tuple((names[o.touchpoint], words.number(o.ratio, 2), words.interval(o.low, o.high, 2), words.number(o.q, 3),
                  words.number(o.episodes), words.number(o.outcomes)) for o in shown)
    header = tuple(words(f"moments.odds_head.{key}") for key in ("touchpoint", "ratio", "interval", "q", "episodes", "outcomes"))
    return Picture(styled(alt.layer(even, spans, dots, labels), width=WIDTH, height=26 * len(values)), words("moments.odds"),
                   words("moments.odds_description"), header, rows)


def what_if(result: Result, words: Words, names: Mapping[str, str]) -> Picture | None:
    """What a quarter less exit would bring by touchpoint, in outcomes more, with intervals; None without a gain."""
    shown = [item for item in result.what_if if item.gain > 0]
    if not shown:
        return None
    values = [{"name": names[w.touchpoint], "more": w.more, "low": w.more_low, "high": w.more_high,
               "label": words("moments.what_if_label", gain=words.number(w.gain * 100, 1, sign=True), more=words.number(w.more, 0, sign=True))}
              for w in shown]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("name:N", sort=[v["name"] for v in values], title=None, axis=alt.Axis(domain=False, ticks=False, labelPadding=8)))
    bars = base.mark_bar(height=13, color=TARGET).encode(x=alt.X("more:Q", title=words("moments.what_if_axis"), axis=alt.Axis(tickCount=5)))
    spans = base.mark_rule(color=INK, strokeWidth=1).encode(x="low:Q", x2="high:Q")
    labels = base.mark_text(align="left", fontSize=10.5, color=GREY).encode(x=alt.value(WIDTH + 12), text="label:N")
    rows = tuple((names[w.touchpoint], words.percent(w.outcome, 1), words.percent(w.outcome_target, 1),
                  _change(w.gain * 100, _percent(w.gain_low), _percent(w.gain_high), 1, words), _change(w.more, w.more_low, w.more_high, 0, words),
                  words.number(w.length, 2), words.number(w.length_target, 2),
                  _change(_less(w.length_target, w.length), w.length_gain_low, w.length_gain_high, 2, words)) for w in shown)
    header = tuple(words(f"moments.what_if_head.{key}") for key in ("touchpoint", "outcome", "target", "gain", "more", "length", "length_target",
                                                                     "length_gain"))
    description = words("moments.what_if_description", reduction=words.percent(shown[0].reduction))
    return Picture(styled(alt.layer(bars, spans, labels), width=WIDTH, height=22 * len(values)), words("moments.what_if"), description, header, rows)


def _less(value: float | None, other: float | None) -> float | None:
    return None if value is None or other is None else value - other


def _change(value: float | None, low: float | None, high: float | None, digits: int, words: Words) -> str:
    return f"{words.number(value, digits, sign=True)} {words.interval(low, high, digits, sign=True)}".strip()


def reasons(moment: Moment, words: Words) -> str:
    """Why a moment is kept, in words."""
    return ", ".join(words(f"moments.reasons.{reason}") for reason in moment.reasons)


def moment_label(moment: Moment, words: Words) -> str:
    """Valence, reach and reasons of a moment on one line."""
    reach = words("moments.reach_short", share=words.percent(moment.reach)) if moment.reach is not None else ""
    return " · ".join(part for part in (words.number(moment.valence, 1, sign=True), reach, reasons(moment, words)) if part)


def _pain(pain, words: Words) -> str:
    ruptures = words("moments.ruptures_short", n=pain.ruptures) if pain.ruptures else ""
    leaving = words("moments.leaving_short") if pain.leaking else words("moments.one_sided_short") if pain.one_sided else ""
    return " · ".join(part for part in (words.percent(pain.share), words("base.n", n=pain.n), ruptures, leaving) if part)


def _colour(moment: Moment) -> str:
    return RUPTURE if moment.rupture else NEGATIVE if moment.valence < 0 else POSITIVE


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100


def _lookup(titles: Mapping[str, list[str]]) -> str:
    """Vega expression that turns a key into its lines; names are JSON, so that no text becomes code."""
    return f"{json.dumps(titles, ensure_ascii=True)}[datum.value]"
