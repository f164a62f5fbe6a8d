"""Charts of step 05 in the notebook: the emotion curve of a map and the lived paths beside it."""

from collections.abc import Mapping

import altair as alt

from cxkit.charts import paths as lived
from cxkit.charts import paths_time as over_time
from cxkit.charts.labels import lined_axis, on_lines, rows_height
from cxkit.charts.style import GREY, Picture, quoted, styled
from cxkit.steps.journey import Result
from cxkit.words import Words

NAVY = "#0F3B57"
LEVELS = {2: "delight", 1: "satisfaction", 0: "none", -1: "irritant", -2: "dissatisfaction", -3: "rupture"}


def curve(result: Result, words: Words, stage_names: Mapping[str, str], persona: str | None = None) -> Picture | None:
    """The emotion curve of the global map or of a persona: mean valence with its interval, hollow without customer evidence."""
    view = next((view for view in result.maps if (view.persona.id if view.persona else None) == persona), None)
    if view is None:
        return None
    found = [(stage, activity) for stage in view.stages for activity in stage.activities if activity.point is not None]
    values = [{"place": number, "activity": on_lines(f"{number}. {words.text(activity.action)}", 44), "stage": stage_names[stage.id],
               "valence": activity.point.valence, "low": activity.point.low, "high": activity.point.high, "solid": activity.point.solid}
              for number, (stage, activity) in enumerate(found, 1)]
    faces = ", ".join(f"'{level}': {quoted(words(f'reactions.{reaction}'))}" for level, reaction in LEVELS.items())
    x = alt.X("valence:Q", title=None, scale=alt.Scale(domain=[-3, 2]),
              axis=alt.Axis(values=list(LEVELS), labelExpr=f"({{{faces}}})[datum.value]", orient="top", labelFontSize=10.2, domain=False, ticks=False,
                            labelOverlap=False, labelFlush=False))
    # activities one under another: their names have the room that they need
    base = alt.Chart(alt.Data(values=values)).encode(order="place:Q", y=alt.Y(
        "activity:O", sort=[row["activity"] for row in values], title=None,
        axis=lined_axis()))
    band = base.mark_area(opacity=0.14, color=NAVY, orient="horizontal").encode(x=alt.X("low:Q", title=None), x2="high:Q")
    line = base.mark_line(color=NAVY, strokeWidth=2.2).encode(x=x)
    points = base.mark_point(size=70, stroke=NAVY, strokeWidth=1.8, opacity=1).encode(
        x=x, fill=alt.condition("datum.solid", alt.value(NAVY), alt.value("white")))
    zero = alt.Chart(alt.Data(values=[{"valence": 0}])).mark_rule(color=GREY, strokeDash=[2, 3]).encode(x=x)
    header = (words("study.activity"), words("study.stage"), words("study.valence"), words("study.interval"))
    rows = tuple((row["activity"].replace("\n", " "), row["stage"],
                  words.number(row["valence"], 1, sign=True), words.interval(row["low"], row["high"], 1, sign=True))
                 for row in values)
    between = 13 if len(values) <= 18 else 6
    chart = styled(alt.layer(zero, band, line, points), width=430, height=rows_height([row["activity"] for row in values], between))
    return Picture(chart, words.text(view.title), words("study.curve_description", title=words.text(view.title), n=len(values)), header, rows)


def graph(result: Result, words: Words, names: Mapping[str, str], stage_names: Mapping[str, str], persona: str | None = None) -> Picture | None:
    """The graph of moves between touchpoints, of everyone or of a persona; None without a log."""
    paths = result.paths.of(persona)
    return lived.graph(paths, words, names, stage_names, _stages(result)) if paths is not None else None


def variants(result: Result, words: Words, names: Mapping[str, str]) -> Picture | None:
    """The most frequent paths, one strip each; None without a log."""
    paths = result.paths.everyone
    return lived.strips(paths, words, names, _stages(result)) if paths is not None else None


def funnel(result: Result, words: Words, stage_names: Mapping[str, str]) -> Picture | None:
    """The funnel by stage; None without a log."""
    paths = result.paths.everyone
    return lived.funnel(paths, words, stage_names) if paths is not None else None


def waits(result: Result, words: Words, names: Mapping[str, str]) -> Picture | None:
    """Where customers wait; None without a log."""
    paths = result.paths.everyone
    return lived.waits(paths, words, names) if paths is not None else None


def deviations(result: Result, words: Words, names: Mapping[str, str]) -> Picture | None:
    """Deviations from the planned path; None without a log or a plan."""
    paths = result.paths.everyone
    return lived.deviations(paths, words, names) if paths is not None else None


def months(result: Result, words: Words) -> Picture | None:
    """Outcome and episodes by month; None without a log."""
    return over_time.months(result.paths.time, words) if result.paths.time is not None else None


def appointment(result: Result, words: Words, names: Mapping[str, str]) -> Picture | None:
    """What surrounds the appointment; None where the client declares none."""
    paths = result.paths.everyone
    return over_time.appointment(paths.appointment, words, names) if paths is not None and paths.appointment else None


def _stages(result: Result) -> tuple[str, ...]:
    return tuple(stage.id for stage in result.maps[0].stages)
