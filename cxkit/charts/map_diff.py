"""The emotion curves of two revisions over aligned activities, numbered as the table beside them."""

import textwrap
from typing import Any

import altair as alt

from cxkit import method
from cxkit.charts.style import GREY, HAIR, INK, Picture, quoted, styled
from cxkit.steps.map_beside import Pair, Side, StagePair
from cxkit.steps.map_diff import MapDiff
from cxkit.words import Words

OLD, NEW = "#8a5a00", "#0F3B57"
CHARACTER = 6.2
"""Mean width of a letter of a stage's name, in pixels."""
"""Ochre and navy: apart in lightness and hue; the older curve is dashed and its points are squares."""

Numbered = tuple[int, StagePair, Pair]


def numbered(found: MapDiff) -> list[Numbered]:
    """Each aligned activity with the number that it has in the table."""
    pairs = [(stage, pair) for stage in found.stages for pair in stage.pairs]
    return [(number, stage, pair) for number, (stage, pair) in enumerate(pairs, 1)]


def stage_word(stage: StagePair, words: Words) -> str:
    """The client's name of a stage, else the catalog's, else the id."""
    key = f"stages.{stage.stage}"
    return words.text(stage.name) if stage.name is not None else words(key) if words.has(key) else stage.stage


def side_names(found: MapDiff, words: Words) -> tuple[str, str]:
    """Version and date of the older and of the newer map."""
    return (f"{words('sheet.version', version=found.old_version)} · {words.date(found.old_date)}",
            f"{words('sheet.version', version=found.new_version)} · {words.date(found.new_date)}")


def curves(found: MapDiff, words: Words, width: int = 680) -> Picture | None:
    """Declared reactions of both revisions; a bar joins those that changed. None where neither map draws a reaction."""
    rows = numbered(found)
    old, new = side_names(found, words)
    values = [point for number, _, pair in rows for point in _points(number, pair)]
    if not values:
        return None
    moves = [{"at": number, "low": pair.old.valence, "high": pair.new.valence} for number, _, pair in rows
             if pair.old and pair.new and None not in (pair.old.valence, pair.new.valence) and pair.old.valence != pair.new.valence]
    x = alt.X("at:Q", title=None, scale=alt.Scale(domain=[0.5, len(rows) + 0.5], nice=False),
              axis=alt.Axis(values=[number for number, *_ in rows], format="d", grid=False, labelFontSize=11, ticks=False, labelOverlap=False,
                            domainColor=HAIR))
    colour = alt.Color("side:N", scale=alt.Scale(domain=["old", "new"], range=[OLD, NEW]),
                       legend=alt.Legend(orient="bottom", title=None, symbolType="stroke", symbolStrokeWidth=3, labelLimit=400,
                                         labelExpr=f"datum.value == 'old' ? {quoted(old)} : {quoted(new)}"))
    base = alt.Chart(alt.Data(values=values)).encode(x=x, y=_height(words))
    lines = base.mark_line(strokeWidth=2.2).encode(
        color=colour, strokeDash=alt.StrokeDash("side:N", scale=alt.Scale(domain=["old", "new"], range=[[5, 4], [1, 0]]), legend=None))
    points = base.mark_point(size=75, strokeWidth=2, opacity=1).encode(
        shape=alt.Shape("side:N", scale=alt.Scale(domain=["old", "new"], range=["square", "circle"]), legend=None),
        fill=alt.Fill("fill:N", scale=None), stroke=alt.Stroke("ink:N", scale=None))
    joins = alt.Chart(alt.Data(values=moves)).mark_rule(strokeWidth=9, opacity=0.16, color=INK, strokeCap="round").encode(
        x=x, y="low:Q", y2="high:Q")
    layers = [*_bands(rows, x, words, width / len(rows)), *([joins] if moves else []), lines, points]
    header = (words("review.diff.page.head.number"), words("review.diff.page.head.activity"), old, new)
    told = tuple((words.number(number), words.text((pair.new or pair.old).action), _said(pair.old, words), _said(pair.new, words))
                 for number, _, pair in rows)
    chart = styled(alt.layer(*layers), width=width, height=230)
    return Picture(chart, words("review.diff.page.curves"), words("review.diff.page.curves_text", n=words.number(len(rows))), header, told)


def _points(number: int, pair: Pair) -> list[dict[str, Any]]:
    drawn = (("old", pair.old, OLD), ("new", pair.new, NEW))
    return [{"at": number, "valence": side.valence, "side": which, "ink": colour, "fill": colour if side.solid else "white"}
            for which, side, colour in drawn if side is not None and side.valence is not None]


def _height(words: Words) -> alt.Y:
    scale = method.data("reactions")["valence"]
    faces = ", ".join(f"'{value}': {quoted(words(f'reactions.{name}'))}" for name, value in scale.items())
    axis = alt.Axis(values=sorted(scale.values()), labelExpr=f"({{{faces}}})[datum.value]", labelFontSize=11, domain=False, ticks=False)
    return alt.Y("valence:Q", title=None, scale=alt.Scale(domain=[-3.3, 2.3], nice=False), axis=axis)


def _bands(rows: list[Numbered], x: alt.X, words: Words, each: float) -> list[alt.Chart]:
    """A hairline before each stage, and its name over its activities, on a row of its own where the name before reaches into it.

    Parameters
    ----------
    each : width of an activity in pixels.
    """
    spans: dict[str, dict[str, Any]] = {}
    for number, stage, _ in rows:
        span = spans.setdefault(stage.stage, {"said": stage_word(stage, words), "from": number - 0.5})
        span["to"] = number + 0.5
    right, raised = -1.0, False
    for span in spans.values():
        span["at"] = (span["from"] + span["to"]) / 2
        said = span.pop("said")
        longest = min(24, max(map(len, said.split()), default=1))
        span["name"] = textwrap.wrap(said, max(10, longest, int((span["to"] - span["from"]) * each / CHARACTER)), break_on_hyphens=False)[:3]
        half = max(map(len, span["name"])) * CHARACTER / 2 + 3
        raised = span["raised"] = span["at"] * each - half < right and not raised
        right = max(right, span["at"] * each + half)
    data = alt.Data(values=list(spans.values()))
    lines = alt.Chart(data).mark_rule(color=HAIR).encode(x=_of(x, "from:Q"))
    most = max(len(span["name"]) for span in spans.values())
    names = [alt.Chart(alt.Data(values=told)).mark_text(color=GREY, fontSize=11, baseline="bottom").encode(
                 x=x, y=alt.value(6 - 12 * most * (1 + up)), text="name:N")
             for up in (False, True) if (told := [span for span in spans.values() if span["raised"] is up])]
    return [lines, *names]


def _of(x: alt.X, field: str) -> alt.X:
    """The same axis for another field: layers whose axes differ lose labels."""
    other = x.copy()
    other.shorthand = field
    return other


def _said(side: Side | None, words: Words) -> str:
    if side is None:
        return words("review.diff.page.none")
    return words(f"reactions.{side.reaction}") if side.reaction else words("review.diff.page.no_reaction")
