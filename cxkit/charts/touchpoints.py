"""Charts of step 04."""

from collections.abc import Mapping

import altair as alt

from cxkit import method
from cxkit.charts.labels import place_labels
from cxkit.charts.style import GREY, HAIR, INK, NEGATIVE, NEUTRAL, POSITIVE, TARGET, Picture, styled
from cxkit.steps.touchpoints import Result
from cxkit.words import Words

WIDTH, HEIGHT = 620, 420
STATUS_COLOURS = {"deployed_used": "#0F3B57", "deployed_unused": "#b6c2cd", "used_undeployed": TARGET, "unknown": NEUTRAL}


def importance_performance(result: Result, words: Words, names: Mapping[str, str]) -> Picture | None:
    """Importance upwards, performance to the right, each touchpoint named at its point; None where nothing is placed."""
    if result.priorities is None:
        return None
    placed = result.priorities.placed
    titles = {p.touchpoint: names[p.touchpoint] for p in placed}
    x_line, y_line = result.priorities.performance_line, result.priorities.importance_line
    xs = _domain([p.performance for p in placed] + [x_line], 0, 100)
    ys = _domain([p.importance for p in placed] + [y_line])
    across, down = (lambda v: (v - xs[0]) / (xs[1] - xs[0]) * WIDTH), (lambda v: (ys[1] - v) / (ys[1] - ys[0]) * HEIGHT)
    labels = place_labels([(across(p.performance), down(p.importance), titles[p.touchpoint]) for p in placed], WIDTH, HEIGHT)
    source = words(f"touchpoints.importance.{result.priorities.importance}")
    x = alt.X("x:Q", scale=alt.Scale(domain=xs, nice=False), title=words("touchpoints.performance_axis"), axis=alt.Axis(tickCount=6, grid=False))
    y = alt.Y("y:Q", scale=alt.Scale(domain=ys, nice=False), title=source[:1].upper() + source[1:],
              axis=alt.Axis(tickCount=6, grid=False))
    values = [{"x": p.performance, "y": p.importance, "colour": NEGATIVE if p.quadrant == "concentrate" else POSITIVE,
               "weak": p.base == "weak"} for p in placed]
    points = alt.Chart(alt.Data(values=values)).mark_point(size=70, opacity=1, strokeWidth=1.6).encode(
        x=x, y=y, stroke=alt.Stroke("colour:N", scale=None),
        fill=alt.condition("datum.weak", alt.value("white"), alt.Fill("colour:N", scale=None)))
    layers = [_rule({"x": x_line}, "x", xs), _rule({"y": y_line}, "y", ys), _corners(words, xs, ys)]
    for align in ("left", "right", "center"):
        rows = [{"px": label.x, "py": label.y, "text": titles[p.touchpoint]} for p, label in zip(placed, labels, strict=True) if label.align == align]
        if rows:
            layers.append(_pixels(alt.Chart(alt.Data(values=rows)).mark_text(align=align, baseline="middle", fontSize=11, color=INK), "text"))
    leaders = [{"px": across(p.performance), "py": down(p.importance), "qx": label.x, "qy": label.y}
               for p, label in zip(placed, labels, strict=True) if label.far]
    if leaders:
        layers.append(alt.Chart(alt.Data(values=leaders)).mark_rule(color="#b6c2cd", strokeWidth=0.8).encode(
            x=alt.X("px:Q", scale=alt.Scale(domain=[0, WIDTH]), axis=None), y=alt.Y("py:Q", scale=alt.Scale(domain=[HEIGHT, 0]), axis=None),
            x2="qx:Q", y2="qy:Q"))
    # the frame of pixels and the frame of values lie on each other: independent scales, the axes of the values only
    chart = alt.layer(points, *layers).resolve_scale(x="independent", y="independent")
    rows = tuple((titles[p.touchpoint], words(f"touchpoints.quadrants.{p.quadrant}"), words.number(p.importance, 2),
                  words.percent(p.performance / 100), words.number(p.n)) for p in sorted(placed, key=lambda p: (-p.importance, p.touchpoint)))
    header = tuple(words(f"touchpoints.priority_head.{key}") for key in ("touchpoint", "quadrant", "importance", "performance", "n"))
    description = words("touchpoints.priority_description", source=source, crosshair=words(f"touchpoints.crosshair.{result.priorities.crosshair}"),
                        x=words.number(x_line), y=words.number(y_line, 2))
    return Picture(styled(chart, width=WIDTH, height=HEIGHT), words("touchpoints.priority"), description, header, rows)


def leaks(result: Result, words: Words, names: Mapping[str, str]) -> Picture | None:
    """Exit share with its interval against what is expected, by distance; None where no exit may be told."""
    told = [item for item in result.touchpoints if item.exit and item.exit.share is not None and item.exit.expected is not None]
    if not told:
        return None
    told.sort(key=lambda item: (not item.exit.leaking, item.exit.expected - item.exit.share, item.id))
    told = told[:method.data("touchpoints")["shown"]["leaks"]]
    values = [{"name": names[item.id], "share": item.exit.share, "low": item.exit.low, "high": item.exit.high,
               "expected": item.exit.expected, "colour": NEGATIVE if item.exit.leaking else "#9db4c4",
               "label": words("touchpoints.leak_label", share=words.percent(item.exit.share), expected=words.percent(item.exit.expected))}
              for item in told]
    order, top = [value["name"] for value in values], max(value["high"] for value in values)
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("name:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False, labelPadding=8)))
    x = alt.X("share:Q", title=words("touchpoints.leak_axis"), scale=alt.Scale(domain=[0, min(1.0, top * 1.05)]),
              axis=alt.Axis(format="%", tickCount=5, labelExpr=_percent_labels(words)))
    bars = base.mark_bar(height=13).encode(x=x, color=alt.Color("colour:N", scale=None))
    spans = base.mark_rule(color=INK, strokeWidth=1).encode(x="low:Q", x2="high:Q")
    ticks = base.mark_tick(color=INK, thickness=2.5, size=20).encode(x="expected:Q")
    labels = base.mark_text(align="left", fontSize=10.5, color=GREY).encode(x=alt.value(432), text="label:N")
    rows = tuple((names[item.id], words.percent(item.exit.share, 1),
                  words.interval(item.exit.low * 100, item.exit.high * 100, 1), words.percent(item.exit.expected, 1),
                  words.number(item.exit.q, 3), words.number(item.exit.exits), words.number(item.exit.episodes)) for item in told)
    header = tuple(words(f"touchpoints.leak_head.{key}") for key in ("touchpoint", "share", "interval", "expected", "q", "exits", "episodes"))
    return Picture(styled(alt.layer(bars, spans, ticks, labels), width=420, height=30 * len(order)), words("touchpoints.leaks"),
                   words("touchpoints.leak_description"), header, rows)


def reach(result: Result, words: Words, names: Mapping[str, str], stage_names: Mapping[str, str]) -> Picture | None:
    """Share of episodes that pass by each touchpoint, in the order of the stages, coloured by status."""
    told = [item for item in result.touchpoints if item.usage and item.usage.reach is not None]
    if not told:
        return None
    values = [{"name": names[item.id], "stage": stage_names[item.stage] if item.stage else words("touchpoints.no_stage"),
               "reach": item.usage.reach, "label": words.percent(item.usage.reach), "status": words(f"touchpoints.statuses.{item.status}")}
              for item in told]
    order = [value["name"] for value in values]
    shown = [status for status in STATUS_COLOURS if any(item.status == status for item in told)]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("name:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False, labelPadding=8)),
        x=alt.X("reach:Q", title=words("touchpoints.reach_axis"), axis=alt.Axis(tickCount=5, labelExpr=_percent_labels(words))))
    bars = base.mark_bar(height=9).encode(color=alt.Color(
        "status:N", scale=alt.Scale(domain=[words(f"touchpoints.statuses.{s}") for s in shown], range=[STATUS_COLOURS[s] for s in shown]),
        legend=alt.Legend(orient="bottom", title=None)))
    labels = base.mark_text(align="left", dx=5, fontSize=10.5, color=GREY).encode(text="label:N")
    rows = tuple((value["name"], value["stage"], value["status"], value["label"], words.number(item.usage.contacts))
                 for value, item in zip(values, told, strict=True))
    header = tuple(words(f"touchpoints.reach_head.{key}") for key in ("touchpoint", "stage", "status", "reach", "contacts"))
    height = (18 if len(order) <= 20 else 14) * len(order)
    return Picture(styled(bars + labels, width=460, height=height), words("touchpoints.reach"), words("touchpoints.reach_description"), header, rows)


def _domain(values: list[float], least: float | None = None, most: float | None = None) -> list[float]:
    margin = (max(values) - min(values) or 1.0) * 0.12
    low, high = min(values) - margin, max(values) + margin
    return [low if least is None else max(least, low), high if most is None else min(most, high)]


def _rule(value: dict[str, float], channel: str, domain: list[float]) -> alt.Chart:
    rule = alt.Chart(alt.Data(values=[value])).mark_rule(color=HAIR, strokeWidth=1.2)
    if channel == "x":
        return rule.encode(x=alt.X("x:Q", scale=alt.Scale(domain=domain, nice=False), axis=None))
    return rule.encode(y=alt.Y("y:Q", scale=alt.Scale(domain=domain, nice=False), axis=None))


def _pixels(chart: alt.Chart, text: str) -> alt.Chart:
    return chart.encode(x=alt.X("px:Q", scale=alt.Scale(domain=[0, WIDTH]), axis=None),
                        y=alt.Y("py:Q", scale=alt.Scale(domain=[HEIGHT, 0]), axis=None), text=f"{text}:N")


def _corners(words: Words, xs: list[float], ys: list[float]) -> alt.LayerChart:
    """The names of the quadrants in the corners, pale."""
    corners = {"concentrate": (6, 12, "left"), "keep_up": (WIDTH - 6, 12, "right"), "low_priority": (6, HEIGHT - 12, "left"),
               "overkill": (WIDTH - 6, HEIGHT - 12, "right")}
    return alt.layer(*(
        _pixels(alt.Chart(alt.Data(values=[{"px": x, "py": y, "text": words(f"touchpoints.quadrants.{name}").upper()}])).mark_text(
            align=align, baseline="middle", fontSize=10.5, fontWeight=600, color="#9aa7b2"), "text") for name, (x, y, align) in corners.items()))


def _percent_labels(words: Words) -> str:
    return "format(datum.value * 100, '.0f') + '" + words.percent(0.0).replace("0", "", 1) + "'"
