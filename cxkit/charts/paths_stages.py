"""The labyrinth by stage: stages in a row, ways on above them, ways back below, loops, entries and exits, as thick as they are frequent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import altair as alt

from cxkit import method
from cxkit.charts.labels import CHARACTER, on_lines
from cxkit.charts.style import GREY, INK, NEGATIVE, TARGET, Picture, styled
from cxkit.steps.journey_paths_view import LevelPaths, LivedPaths, Transition
from cxkit.words import Words

WAY, BACK, NAVY = "#0F3B57", "#b98a5e", "#0F3B57"
WIDE, COLUMN, LINE = 124, 156, 15
IN_BOX, TEXT = 15, 13.3
RISE, WIDEST, LEAST = 29, 12.0, 0.8
"""Height that a way gains with each stage it passes by; widest and thinnest line, in pixels."""
OUTCOME, LEFT, START = "^outcome", "^left", "^start"


@dataclass(frozen=True)
class _Place:
    """Where the boxes stand: left edge by stage, top and height of all."""

    left: Mapping[str, float]
    top: float
    tall: float

    def middle(self, stage: str) -> float:
        return self.left[stage] + WIDE / 2


def stage_graph(paths: LivedPaths, words: Words, stage_names: Mapping[str, str], stages: Iterable[str]) -> Picture | None:
    """The graph of moves between stages; None without moves between at least two of them."""
    level = next((one for one in paths.levels if one.level == "stage"), None)
    if level is None:
        return None
    order = _order(level, stages)
    if len(order) < 2:
        return None
    least = method.data("paths")["rare_share"]
    kept = [move for move in level.transitions if move.reach >= least and {move.source, move.target} <= {*order, OUTCOME, LEFT, START}]
    names = {stage: on_lines(stage_names[stage], IN_BOX) for stage in order} | {OUTCOME: on_lines(words("paths.ends.outcome"), IN_BOX)}
    tall = 18 + LINE * (max(name.count("\n") + 1 for name in names.values()) + 2)
    at = {stage: column for column, stage in enumerate([*order, OUTCOME])}
    place = _Place({stage: column * COLUMN for stage, column in at.items()}, RISE * (_longest(kept, at, on=True) + 1) + 16, tall)
    height = place.top + tall + 34 + RISE * (_longest(kept, at, on=False) + 1)
    width = place.left[OUTCOME] + WIDE
    scale = WIDEST / max((move.reach for move in kept), default=1.0)
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, width], nice=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)
    ways = [move for move in kept if {move.source, move.target} <= set(place.left)]
    layers = [_lines(ways, place, at, scale, x, y), _stubs(kept, place, scale, x, y), _boxes(place, x, y),
              _texts(names, level, kept, place, words, x, y), _shares(ways, kept, place, at, scale, words, x, y)]
    chart = styled(alt.layer(*layers), width=int(width), height=int(height))
    return Picture(chart, words("paths.stages"), words("paths.stages_description", n=len(kept)), _header(words),
                   tuple(_row(move, stage_names, words) for move in kept))


def _order(level: LevelPaths, stages: Iterable[str]) -> list[str]:
    met = {end for move in level.transitions for end in (move.source, move.target)}
    return [stage for stage in stages if stage in met]


def _longest(moves: list[Transition], at: Mapping[str, int], *, on: bool) -> int:
    """Most stages that a way on, or one back, leads by."""
    spans = [at[m.target] - at[m.source] for m in moves if m.source in at and m.target in at]
    return max((abs(span) for span in spans if (span > 0) == on and span), default=0)


def _lines(ways: list[Transition], place: _Place, at: Mapping[str, int], scale: float, x: alt.X, y: alt.Y) -> alt.LayerChart:
    """Bows from stage to stage: on above the boxes, back below them; a stage that is met again at once bears a loop."""
    points, heads = [], []
    for number, move in enumerate(sorted(ways, key=lambda move: (move.reach, move.source, move.target))):
        made = _bow(move, place, at)
        thick, colour = max(LEAST, scale * move.reach), _colour(move, at)
        points += [{"way": number, "order": order, "x": px, "y": py, "width": thick, "colour": colour} for order, (px, py) in enumerate(made)]
        up = at[move.target] > at[move.source]
        heads.append({"x": made[-1][0], "y": made[-1][1] + (-3 if up or move.source == move.target else 3), "colour": colour, "size": 30 + 9 * thick,
                      "angle": 180 if up or move.source == move.target else 0})
    lines = alt.Chart(alt.Data(values=points)).mark_line(opacity=0.5, interpolate="basis").encode(
        x=x, y=y, detail="way:N", order="order:Q", color=alt.Color("colour:N", scale=None),
        strokeWidth=alt.StrokeWidth("width:Q", scale=None, legend=None))
    arrows = alt.Chart(alt.Data(values=heads)).mark_point(shape="triangle-up", filled=True, opacity=0.95).encode(
        x=x, y=y, angle=alt.Angle("angle:Q", scale=None), size=alt.Size("size:Q", scale=None), color=alt.Color("colour:N", scale=None))
    return alt.layer(lines, arrows)


def _bow(move: Transition, place: _Place, at: Mapping[str, int]) -> list[tuple[float, float]]:
    start, end, span = place.middle(move.source), place.middle(move.target), at[move.target] - at[move.source]
    if span == 0:
        right = place.left[move.source] + WIDE
        return [(right - 26, place.top), (right - 26, place.top - 14), (right - 8, place.top - 14), (right - 8, place.top)]
    on = span > 0
    edge, sign = (place.top, -1) if on else (place.top + place.tall, 1)
    far = edge + sign * _reach(abs(span), on=on)
    shift = 8 if on else -8
    corners = [(start + shift, far)] * 2 + [((start + end) / 2, far)] + [(end - shift, far)] * 2
    return [(start + shift, edge), *corners, (end - shift, edge)]


def _reach(span: int, *, on: bool) -> float:
    return RISE * span + (0 if on else 26)


def _colour(move: Transition, at: Mapping[str, int]) -> str:
    return TARGET if move.target == OUTCOME else WAY if at[move.target] > at[move.source] else BACK


def _stubs(kept: list[Transition], place: _Place, scale: float, x: alt.X, y: alt.Y) -> alt.Chart:
    """Exits without outcome: short strokes under their stage."""
    bottom = place.top + place.tall
    values = [{"x": place.left[move.source] + 14, "y": bottom, "y2": bottom + 14, "width": max(LEAST, scale * move.reach)}
              for move in kept if move.target == LEFT and move.source in place.left]
    return alt.Chart(alt.Data(values=values)).mark_rule(color=NEGATIVE, opacity=0.8).encode(
        x=x, y=y, y2="y2:Q", strokeWidth=alt.StrokeWidth("width:Q", scale=None, legend=None))


def _boxes(place: _Place, x: alt.X, y: alt.Y) -> alt.Chart:
    values = [{"x": left, "x2": left + WIDE, "y": place.top, "y2": place.top + place.tall, "fill": TARGET if stage == OUTCOME else "#ffffff",
               "stroke": TARGET if stage == OUTCOME else NAVY} for stage, left in place.left.items()]
    return alt.Chart(alt.Data(values=values)).mark_rect(cornerRadius=5, strokeWidth=1.3).encode(
        x=x, x2="x2:Q", y=y, y2="y2:Q", fill=alt.Fill("fill:N", scale=None), stroke=alt.Stroke("stroke:N", scale=None))


def _texts(names: Mapping[str, str], level: LevelPaths, kept: list[Transition], place: _Place, words: Words, x: alt.X, y: alt.Y) -> alt.LayerChart:
    """In each box its name, how many begin there and how many meet it again at once."""
    titles, notes = [], []
    for stage, name in names.items():
        colour = "#ffffff" if stage == OUTCOME else INK
        lines = name.split("\n")
        titles += [{"x": place.middle(stage), "y": place.top + 14 + LINE * at, "label": line, "colour": colour} for at, line in enumerate(lines)]
        told = [words(f"paths.stage_{key}", share=words.percent(move.reach)) for key, source in (("entry", START), ("loop", stage))
                for move in kept if (move.source, move.target) == (source, stage)]
        notes += [{"x": place.middle(stage), "y": place.top + 16 + LINE * (len(lines) + at), "label": line} for at, line in enumerate(told)]
    title = alt.Chart(alt.Data(values=titles)).mark_text(fontSize=TEXT, fontWeight=600, baseline="middle").encode(
        x=x, y=y, text="label:N", color=alt.Color("colour:N", scale=None))
    note = alt.Chart(alt.Data(values=notes)).mark_text(fontSize=TEXT, color=GREY, baseline="middle").encode(x=x, y=y, text="label:N")
    return alt.layer(title, note)


def _shares(ways: list[Transition], kept: list[Transition], place: _Place, at: Mapping[str, int], scale: float, words: Words, x: alt.X,
            y: alt.Y) -> alt.LayerChart:  # fmt: skip
    """The share of episodes at the top of each bow and beside each exit."""
    bottom, values = place.top + place.tall, []
    for move in ways:
        span = at[move.target] - at[move.source]
        if span:
            clear = 7 + max(LEAST, scale * move.reach) / 2
            far = place.top - _reach(span, on=True) - clear if span > 0 else bottom + _reach(-span, on=False) + clear
            values.append({"x": (place.middle(move.source) + place.middle(move.target)) / 2, "y": far, "label": words.percent(move.reach)})
    values += [{"x": place.left[move.source] + 40, "y": bottom + 12, "label": words.percent(move.reach)}
               for move in kept if move.target == LEFT and move.source in place.left]
    # bows cross the shares of others: each stands on a ground of its own
    grounds = [{"x": value["x"] - half, "x2": value["x"] + half, "y": value["y"] - 7, "y2": value["y"] + 7}
               for value in values for half in (len(value["label"]) * TEXT * CHARACTER / 2,)]
    ground = alt.Chart(alt.Data(values=grounds)).mark_rect(color="white", opacity=0.85).encode(x=x, x2="x2:Q", y=y, y2="y2:Q")
    text = alt.Chart(alt.Data(values=values)).mark_text(fontSize=TEXT, color=GREY, baseline="middle")
    return alt.layer(ground, text.encode(x=x, y=y, text="label:N"))


def _header(words: Words) -> tuple[str, ...]:
    return tuple(words(f"paths.move_head.{key}") for key in ("source", "target", "n", "share", "reach"))


def _row(move: Transition, stage_names: Mapping[str, str], words: Words) -> tuple[str, ...]:
    ends = [words(f"paths.ends.{end[1:]}") if end.startswith("^") else stage_names[end] for end in (move.source, move.target)]
    return (*ends, words.number(move.n), words.percent(move.share), words.percent(move.reach))
