"""Charts of the lived paths over time and around an appointment."""

from collections.abc import Mapping

import altair as alt

from cxkit.charts.style import GREY, INK, NEGATIVE, POSITIVE, Picture, styled
from cxkit.steps.journey_paths_view import Appointment
from cxkit.steps.journey_time_view import OverTime
from cxkit.words import Words

NAVY = "#0F3B57"
WIDTH = 520


def months(time: OverTime, words: Words) -> Picture | None:
    """Outcome by month with its interval over the number of episodes; a rule where the compared periods part; None under two months."""
    if len(time.months) < 2:
        return None
    order = [words.month(f"{month.month:%Y-%m}") for month in time.months]
    values = [{"month": name, "episodes": month.episodes} for name, month in zip(order, time.months, strict=True)]
    told = [{"month": name, "share": month.outcome.value, "low": month.outcome.low, "high": month.outcome.high}
            for name, month in zip(order, time.months, strict=True) if month.outcome and month.outcome.value is not None]
    x = alt.X("month:N", sort=order, title=None, scale=alt.Scale(domain=order), axis=alt.Axis(labelAngle=-40, domain=False, ticks=False))
    bars = alt.Chart(alt.Data(values=values)).mark_bar(color="#dce8f0").encode(
        x=x, y=alt.Y("episodes:Q", title=words("paths.months_episodes"), axis=alt.Axis(tickCount=3, grid=False)))
    parts = [bars.properties(width=WIDTH, height=50)]
    if told:
        bare = alt.X("month:N", sort=order, title=None, scale=alt.Scale(domain=order), axis=alt.Axis(labels=False, domain=False, ticks=False))
        base = alt.Chart(alt.Data(values=told)).encode(x=bare)
        y = alt.Y("share:Q", title=words("paths.months_outcome"), scale=alt.Scale(domain=[0, max(0.1, *(row["high"] for row in told))]),
                  axis=alt.Axis(tickCount=4, labelExpr="format(datum.value * 100, '.0f')"))
        band = base.mark_area(opacity=0.16, color=NAVY).encode(y=alt.Y("low:Q", title=words("paths.months_outcome")), y2="high:Q")
        line, dots = base.mark_line(color=NAVY, strokeWidth=2).encode(y=y), base.mark_point(filled=True, size=45, color=NAVY, opacity=1).encode(y=y)
        layers = [band, line, dots]
        if time.around is not None and (day := words.month(f"{time.around.day:%Y-%m}")) in order:
            layers.append(alt.Chart(alt.Data(values=[{"month": day}])).mark_rule(color=NEGATIVE, strokeDash=[3, 3]).encode(x=bare))
        parts.insert(0, alt.layer(*layers).properties(width=WIDTH, height=110))
    rows = tuple((name, words.number(month.episodes), words.number(month.contacts),
                  words.percent(month.outcome.value, 1) if month.outcome else words("paths.still_open"),
                  words.interval(*(None if bound is None else bound * 100 for bound in (month.outcome.low, month.outcome.high)), 1)
                  if month.outcome else "") for name, month in zip(order, time.months, strict=True))
    header = tuple(words(f"paths.month_head.{key}") for key in ("month", "episodes", "contacts", "outcome", "interval"))
    return Picture(styled(alt.vconcat(*parts, spacing=8)), words("paths.months"), words("paths.months_description"), header, rows)


def appointment(found: Appointment, words: Words, names: Mapping[str, str], most: int = 8) -> Picture | None:
    """Touchpoints before and after the appointment, by the share of the episodes that hold one; None where nothing surrounds it."""
    shown = [side for moment in ("before", "after") for side in [s for s in found.places if s.moment == moment][:most]]
    if not shown:
        return None
    labels = {moment: words(f"paths.moments.{moment}") for moment in ("before", "after")}
    values = [{"name": names[s.touchpoint], "moment": labels[s.moment], "share": s.share, "label": words.percent(s.share),
               "colour": NAVY if s.moment == "before" else POSITIVE} for s in shown]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("name:N", sort="-x", title=None, axis=alt.Axis(domain=False, ticks=False, labelPadding=8)),
        x=alt.X("share:Q", title=None, axis=None, scale=alt.Scale(domain=[0, max(1.0, *(v["share"] for v in values))])))
    bars = base.mark_bar(height=13).encode(color=alt.Color("colour:N", scale=None))
    texts = base.mark_text(align="left", dx=5, fontSize=10.5, color=GREY).encode(text="label:N")
    chart = alt.layer(bars, texts).properties(width=360, height=alt.Step(22)).facet(
        row=alt.Row("moment:N", sort=list(labels.values()), title=None,
                    header=alt.Header(labelAngle=0, labelAlign="left", labelAnchor="start", labelOrient="top", labelFontWeight=600, labelColor=INK)),
        spacing=6).resolve_scale(y="independent")
    rows = tuple((labels[s.moment], names[s.touchpoint], words.number(s.contacts), words.number(s.episodes), words.percent(s.share)) for s in shown)
    header = tuple(words(f"paths.side_head.{key}") for key in ("moment", "touchpoint", "contacts", "episodes", "share"))
    return Picture(styled(chart), words("paths.appointment"), words("paths.appointment_description"), header, rows)
