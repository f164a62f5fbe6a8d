"""Charts of step 10."""

import altair as alt

from cxkit.charts.style import GREY, HAIR, TARGET, Picture, styled
from cxkit.steps.review import Result
from cxkit.steps.rules.revisions import Measure, Revision
from cxkit.words import Words

DEEP = "#0F4C7A"


def revision_name(row: Revision, words: Words) -> str:
    """Version and date of a revision; the last row is the time since then."""
    return f"{row.version} · {words.date(row.date)}" if row.file else words("review.since")


def share(value: Measure, words: Words, *, sign: bool = False) -> str:
    """A share with its interval and base, or the mark that stands for it."""
    if value.value is None:
        return words(f"base.{value.base}") if value.n else "–"
    shown = words.percent(value.value, 1) if not sign else words.number(100 * value.value, 1, sign=True)
    return f"{shown} {words.interval(100 * value.low, 100 * value.high, 1, sign=sign)} · {words('base.n', n=value.n)}"


def scoreboard(result: Result, words: Words) -> Picture | None:
    """Net emotion and outcome by revision, with their intervals; None where no revision has either."""
    panels = [_panel(result, words, "net_emotion", DEEP), _panel(result, words, "outcome", TARGET)]
    drawn = [panel for panel in panels if panel is not None]
    if not drawn:
        return None
    header = tuple(words(f"review.scoreboard_head.{key}") for key in ("revision", "net_emotion", "outcome"))
    rows = tuple((revision_name(row, words), share(row.net_emotion, words, sign=True), share(row.outcome, words)) for row in result.scoreboard)
    return Picture(styled(alt.hconcat(*drawn, spacing=36)), words("review.scoreboard_caption"), words("review.scoreboard_chart"), header, rows)


def _panel(result: Result, words: Words, name: str, colour: str) -> alt.LayerChart | None:
    sign = name == "net_emotion"
    shown = [(revision_name(row, words), getattr(row, name)) for row in result.scoreboard]
    values = [{"revision": label, "value": 100 * value.value, "low": 100 * value.low, "high": 100 * value.high,
               "label": words.number(100 * value.value, 0, sign=sign) if sign else words.percent(value.value)}
              for label, value in shown if value.value is not None]
    if not values:
        return None
    low, high = min(item["low"] for item in values), max(item["high"] for item in values)
    margin = max((high - low) * 0.25, 2)
    scale = alt.Scale(domain=[low - margin, high + margin], nice=True, zero=False)
    x = alt.X("revision:N", sort=[item["revision"] for item in values], title=None,
              axis=alt.Axis(labelAngle=0, labelLimit=130, labelFontSize=10, labelExpr="split(datum.label, ' · ')", domainColor=HAIR, ticks=False))
    base = alt.Chart(alt.Data(values=values)).encode(x=x)
    title = words(f"review.scoreboard_head.{name}")
    line = base.mark_line(color=colour, strokeWidth=2).encode(y=alt.Y("value:Q", title=title, scale=scale, axis=alt.Axis(tickCount=4)))
    rule = base.mark_rule(color=colour, strokeWidth=6, opacity=0.25, strokeCap="round").encode(y="low:Q", y2="high:Q")
    dot = base.mark_point(color=colour, filled=True, size=70, opacity=1).encode(y="value:Q")
    text = base.mark_text(align="left", dx=8, dy=-13, color=GREY, fontSize=11).encode(y="value:Q", text="label:N")
    return alt.layer(rule, line, dot, text).properties(width=300, height=170)
