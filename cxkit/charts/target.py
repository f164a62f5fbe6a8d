"""Charts of step 09."""

import altair as alt

from cxkit.charts.labels import lined_axis, on_lines, rows_height
from cxkit.charts.style import GREY, INK, TARGET, Picture, quoted, styled
from cxkit.steps.target import Result
from cxkit.words import Words
from cxkit.words.text import Text

AS_IS = "#0F3B57"
REACTION_AT = {2: "delight", 1: "satisfaction", 0: "none", -1: "irritant", -2: "dissatisfaction", -3: "rupture"}


def two_curves(result: Result, words: Words, persona: str | None = None) -> Picture | None:
    """The emotion curve lived today (solid) and the one aimed at (dashed), activity by activity; None without target map."""
    pair = next((one for one in result.pairs if (one.as_is.persona.id if one.as_is.persona else None) == persona), None)
    if pair is None:
        return None
    changes = pair.difference.changes
    names = {change.activity: _label(change.after or change.before, words, i) for i, change in enumerate(changes, 1)}
    sides = {words("target.as_is"): "valence_before", words("target.to_be"): "valence_after"}
    values = [{"activity": names[c.activity], "row": row, "valence": getattr(c, field), "side": side,
               "solid": c.solid_before and field == "valence_before"}
              for side, field in sides.items() for row, c in enumerate(changes) if getattr(c, field) is not None]
    legend = alt.Legend(orient="top", title=None, symbolType="stroke", symbolStrokeWidth=2.5, symbolSize=300)
    domain = list(sides)
    faces = ", ".join(f"'{value}': {quoted(words(f'reactions.{reaction}'))}" for value, reaction in REACTION_AT.items())
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("valence:Q", title=None, scale=alt.Scale(domain=[-3, 2]),
                axis=alt.Axis(values=list(REACTION_AT), labelExpr=f"({{{faces}}})[datum.value]", orient="top", labelFontSize=10.2, domain=False,
                              ticks=False, labelOverlap=False, labelFlush=False)),
        y=alt.Y("activity:N", sort=list(names.values()), title=None, axis=lined_axis(grid=True)),
        color=alt.Color("side:N", scale=alt.Scale(domain=domain, range=[AS_IS, TARGET]), legend=legend), order="row:Q")
    lines = base.mark_line(strokeWidth=2.2).encode(
        strokeDash=alt.StrokeDash("side:N", scale=alt.Scale(domain=domain, range=[[1, 0], [6, 4]]), legend=legend))
    points = base.mark_point(size=55, strokeWidth=1.8, opacity=1).encode(fill=alt.condition("datum.solid", alt.value(AS_IS), alt.value("white")))
    header = tuple(words(f"target.head.{key}") for key in ("activity", "change", "before", "after"))
    rows = tuple((words.text(c.after or c.before), words(f"target.changes.{c.change}"), _valence(c.valence_before, words),
                  _valence(c.valence_after, words)) for c in changes)
    chart = styled(alt.layer(lines, points), width=430, height=max(rows_height(names.values()), 80))
    return Picture(chart, words("target.curves"), words("target.curves_description", n=len(changes)), header, rows)


def what_if(result: Result, words: Words) -> Picture | None:
    """The outcome rate as lived and after the improvements, with their intervals; None without prediction."""
    prediction = result.prediction
    if prediction is None:
        return None
    figures = {words("target.lived"): (prediction.outcome, AS_IS), words("target.predicted"): (prediction.outcome_target, TARGET)}
    values = [{"side": side, "value": f.value, "low": f.low, "high": f.high, "colour": colour,
               "label": f"{words.percent(f.value, 1)}  {words.interval(100 * f.low, 100 * f.high, 1)}"} for side, (f, colour) in figures.items()]
    y = alt.Y("side:N", sort=list(figures), title=None, axis=alt.Axis(domain=False, ticks=False))
    base = alt.Chart(alt.Data(values=values)).encode(y=y, color=alt.Color("colour:N", scale=None))
    x = alt.X("value:Q", title=words("target.outcome_axis"), scale=alt.Scale(zero=False, nice=True), axis=alt.Axis(format="%", tickCount=6))
    rules = base.mark_rule(strokeWidth=6, opacity=0.35, strokeCap="round").encode(x=alt.X("low:Q", title=words("target.outcome_axis")), x2="high:Q")
    dots = base.mark_point(filled=True, size=90, opacity=1).encode(x=x)
    labels = base.mark_text(align="left", fontSize=10).encode(x=alt.value(402), text="label:N", color=alt.value(GREY))
    header = (words("target.head.case"), words("target.outcome_axis"), words("target.head.interval"))
    rows = tuple((side, words.percent(f.value, 1), words.interval(100 * f.low, 100 * f.high, 1)) for side, (f, _) in figures.items())
    return Picture(styled(alt.layer(rules, dots, labels), width=390, height=96), words("target.what_if"),
                   words("target.what_if_description", n=prediction.episodes, draws=prediction.draws), header, rows)


def ab_reading(result: Result, words: Words) -> Picture | None:
    """Difference of each variant to the control with its interval, and the band that was predicted; None where nothing may be read."""
    test = result.test
    if test is None or test.reading.decision in ("stop_sample_ratio", "empty"):
        return None
    arms = test.reading.variants
    values = [{"variant": arm.name, "value": 100 * arm.difference.value, "low": 100 * arm.difference.low, "high": 100 * arm.difference.high,
               "label": words(f"target.decisions.{arm.decision}")} for arm in arms]
    title = words("target.difference_axis", control=test.reading.control.name)
    base = alt.Chart(alt.Data(values=values)).encode(y=alt.Y("variant:N", title=None, axis=alt.Axis(domain=False, ticks=False)))
    layers = [alt.Chart(alt.Data(values=[{"at": 0}])).mark_rule(color=INK).encode(x="at:Q")]
    if test.predicted is not None:
        band = alt.Chart(alt.Data(values=[{"from": 100 * test.predicted.low, "to": 100 * test.predicted.high}]))
        layers.insert(0, band.mark_rect(color=TARGET, opacity=0.13).encode(x=alt.X("from:Q", title=title), x2="to:Q"))
    layers += [base.mark_rule(strokeWidth=6, opacity=0.35, color=AS_IS, strokeCap="round").encode(x=alt.X("low:Q", title=title), x2="high:Q"),
               base.mark_point(filled=True, size=90, color=AS_IS, opacity=1).encode(x=alt.X("value:Q", title=title)),
               base.mark_text(align="left", fontSize=10, color=GREY).encode(x=alt.value(402), text="label:N")]
    header = tuple(words(f"target.head.{key}") for key in ("variant", "difference", "interval", "decision"))
    rows = tuple((arm.name, words.number(100 * arm.difference.value, 2, sign=True),
                  words.interval(100 * arm.difference.low, 100 * arm.difference.high, 2, sign=True), words(f"target.decisions.{arm.decision}"))
                 for arm in arms)
    return Picture(styled(alt.layer(*layers), width=390, height=max(60, 44 * len(arms))), words("target.reading"),
                   words("target.reading_description", n=len(arms)), header, rows)


def _label(text: Text, words: Words, number: int) -> str:
    return on_lines(f"{words.number(number)}. {words.text(text)}", 44)


def _valence(value: float | None, words: Words) -> str:
    return words.number(value, 1, sign=True)
