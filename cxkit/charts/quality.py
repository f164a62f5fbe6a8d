"""Charts of step 07."""

from math import cos, pi, sin

import altair as alt

from cxkit import method
from cxkit.charts.labels import lined_axis, on_lines
from cxkit.charts.style import GREY, HAIR, INK, TARGET, Picture, quoted, styled
from cxkit.steps.quality import Result
from cxkit.steps.quality_diagnostic import Wave
from cxkit.words import Words

CLIENT = "#0F4C7A"
RIVALS = ("#C4623B", "#66717C", "#9a6400", "#7a5c9e", "#2E86B5")
WIDTH, RADIUS = 560, 150


def strategy_canvas(result: Result, words: Words) -> Picture | None:
    """The strategy canvas: the level of each factor, the client against its competitors, and the target dashed."""
    canvas = result.canvas
    if canvas is None:
        return None
    names = {"client": canvas.players["client"], **canvas.players}
    target = words("quality.canvas_target")
    longest = max((len(word) for row in canvas.rows for word in words.text(row.name).split()), default=1)
    characters = max(10, min(16, 96 // max(1, len(canvas.rows))), min(longest, 24))  # under one factor
    factors = {row.id: on_lines(words.text(row.name), characters) for row in canvas.rows}
    values = [{"factor": factors[row.id], "level": level, "player": names[id_]} for row in canvas.rows for id_, level in row.levels.items()]
    values += [{"factor": factors[row.id], "level": row.target, "player": target} for row in canvas.rows if row.target is not None]
    domain = [*names.values(), target]
    colours = [CLIENT, *(RIVALS[i % len(RIVALS)] for i in range(len(names) - 1)), TARGET]
    dashes = [[1, 0], *([[2, 2], [6, 2, 2, 2], [1, 3], [8, 3], [3, 3]][i % 5] for i in range(len(names) - 1)), [7, 4]]
    legend = alt.Legend(orient="top", title=None, symbolType="stroke", symbolStrokeWidth=2.5, symbolSize=300)
    colour = alt.Color("player:N", scale=alt.Scale(domain=domain, range=colours), legend=legend)
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("factor:N", sort=list(factors.values()), title=None, scale=alt.Scale(type="point", padding=0.55),
                axis=lined_axis(labelAngle=0, grid=True, labelPadding=9)),
        y=alt.Y("level:Q", title=words("quality.level"), scale=alt.Scale(domain=[0, 5]), axis=alt.Axis(tickCount=5, grid=False)),
        color=colour)
    strong = f"datum.player === {quoted(names['client'])} || datum.player === {quoted(target)}"
    lines = base.mark_line(strokeWidth=2.2).encode(
        strokeDash=alt.StrokeDash("player:N", scale=alt.Scale(domain=domain, range=dashes), legend=legend),
        opacity=alt.condition(strong, alt.value(1), alt.value(0.75)))
    points = base.mark_point(filled=True, size=55, opacity=1)
    header = (words("quality.canvas_head.factor"), *domain, words("quality.canvas_head.intent"))
    rows = tuple((words.text(row.name), *(words.number(row.levels.get(id_), 1) for id_ in names), words.number(row.target, 1),
                  words(f"quality.intents.{row.intent}")) for row in canvas.rows)
    return Picture(styled(lines + points, width=max(WIDTH, round(6.2 * characters * len(canvas.rows))), height=240), words("quality.canvas"),
                   words("quality.canvas_description", n=len(canvas.rows)), header, rows)


def maturity_radar(result: Result, words: Words) -> Picture | None:
    """The maturity radar: the latest wave filled, the one before dashed."""
    diagnostic = result.diagnostic
    if diagnostic is None:
        return None
    latest = diagnostic.waves[-1]
    most = method.data("diagnostic")["scale"]["most"]
    axes = [score.axis for score in latest.axes]
    rings = [_ring(level, axes, most) for level in range(1, most + 1)]
    grid = alt.layer(*(alt.Chart(alt.Data(values=ring)).mark_line(color=HAIR, strokeWidth=1).encode(x=_x(), y=_y(), order="order:Q")
                       for ring in rings))
    spokes = alt.Chart(alt.Data(values=[_at(i, len(axes), 1.0) | {"x0": 0, "y0": 0} for i in range(len(axes))])).mark_rule(
        color=HAIR).encode(x=_x(), y=_y(), x2="x0:Q", y2="y0:Q")
    labels = [_at(i, len(axes), 1.17) | {"label": f"{words(f'quality.axes.{axis}')}\n{words.number(score.value, 1)}"}
              for i, (axis, score) in enumerate(zip(axes, latest.axes, strict=True))]
    text = alt.Chart(alt.Data(values=labels)).mark_text(lineBreak="\n", color=INK, fontSize=11).encode(x=_x(), y=_y(), text="label:N")
    waves = [_wave(latest, axes, most, "#0F4C7A", filled=True)]
    if len(diagnostic.waves) > 1:
        waves.insert(0, _wave(diagnostic.waves[-2], axes, most, GREY, filled=False))
    header = (words("quality.axis"), *(words.date(wave.date) for wave in diagnostic.waves))
    rows = tuple((words(f"quality.axes.{axis}"), *(words.number(wave.axes[i].value, 1) for wave in diagnostic.waves))
                 for i, axis in enumerate(axes))
    chart = styled(alt.layer(grid, spokes, *waves, text), width=2 * RADIUS + 160, height=2 * RADIUS + 60)
    return Picture(chart, words("quality.radar"), words("quality.radar_description", n=len(axes), date=words.date(latest.date)), header, rows)


def _wave(wave: Wave, axes: list[str], most: int, colour: str, *, filled: bool) -> alt.Chart:
    corners = [_at(i, len(axes), (score.value or 0) / most) | {"order": i} for i, score in enumerate(wave.axes)]
    dash = [1, 0] if filled else [5, 4]
    # a filled line closes itself; the first corner comes back so that the outline does too
    data = alt.Chart(alt.Data(values=[*corners, corners[0] | {"order": len(corners)}]))
    fill = {"fill": colour, "fillOpacity": 0.15} if filled else {}
    return data.mark_line(color=colour, strokeWidth=2, strokeDash=dash, interpolate="linear-closed", point=False, **fill).encode(
        x=_x(), y=_y(), order="order:Q")


def _ring(level: int, axes: list[str], most: int) -> list[dict]:
    return [_at(i % len(axes), len(axes), level / most) | {"order": i} for i in range(len(axes) + 1)]


def _at(index: int, count: int, share: float) -> dict[str, float]:
    angle = pi / 2 - 2 * pi * index / count
    return {"x": round(share * cos(angle), 4), "y": round(share * sin(angle), 4)}


def _x() -> alt.X:
    return alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-1.5, 1.5]))


def _y() -> alt.Y:
    return alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-1.2, 1.25]))
