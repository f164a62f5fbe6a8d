"""Charts of the lived paths: the graph of moves, frequent variants, funnel, waits, deviations."""

from collections.abc import Mapping

import altair as alt

from cxkit.charts.labels import lined_axis, on_lines, rows_height
from cxkit.charts.paths_layout import LINE, NODE_WIDTH, Layout, lay_out
from cxkit.charts.style import GREY, INK, NEGATIVE, POSITIVE, TARGET, Picture, styled
from cxkit.steps.journey_paths_view import LivedPaths
from cxkit.words import Words

EDGES = {"forward": "#0F3B57", "back": "#b98a5e", "outcome": TARGET, "left": NEGATIVE}
IN_BOX, IN_STRIP = 15, 13
"""Characters on a line of a box, of a cell of a strip."""
TEXT = 13.3
"""The graph is the widest picture: at eight stages it is printed at little more than half its size."""
NAVY, TINTS = "#0F3B57", ("#dce8f0", "#e8eef2", "#e3efe9", "#fbf1dc", "#f6e6df", "#ece7f2", "#e6eef7", "#eef0e2", "#f1f4f7")
DEVIATION_COLOURS = {"failed": NEGATIVE, "missing": "#d9a441", "out_of_order": POSITIVE, "extra": "#9db4c4"}


def graph(paths: LivedPaths, words: Words, names: Mapping[str, str], stage_names: Mapping[str, str], stages: tuple[str, ...]) -> Picture | None:
    """The graph of moves: stages in columns, a box a touchpoint, thickness by the share of episodes; None without moves."""
    lines = max((on_lines(names[node.touchpoint], IN_BOX).count("\n") + 1 for node in paths.nodes), default=1)
    layout = lay_out(paths, stages, max(lines, 2))
    if not layout.edges:
        return None
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, layout.width], nice=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[layout.height, 0], nice=False), axis=None)
    layers = [_bands(layout, x, y), _edges(layout, x, y), _arrows(layout, x, y), _boxes(layout, x, y), _texts(layout, x, y, names, words),
              _heads(layout, x, y, stage_names, words)]
    moves = sorted((t for t in paths.transitions if not t.source.startswith("^") and not t.target.startswith("^")),
                   key=lambda t: (-t.n, t.source, t.target))[:15]
    rows = tuple((names[t.source], names[t.target], words.number(t.n), words.percent(t.share), words.percent(t.reach)) for t in moves)
    header = tuple(words(f"paths.move_head.{key}") for key in ("source", "target", "n", "share", "reach"))
    description = words("paths.graph_description", shown=len(layout.edges), hidden=layout.hidden)
    return Picture(styled(alt.layer(*layers), width=int(layout.width), height=int(layout.height)), words("paths.graph"), description, header, rows)


def strips(paths: LivedPaths, words: Words, names: Mapping[str, str], stages: tuple[str, ...], most: int = 10, longest: int = 8) -> Picture | None:
    """Frequent paths as strips of touchpoints, coloured by stage; None where no path is frequent enough to be shown."""
    if not paths.variants:
        return None
    stage_of = {node.touchpoint: node.stage for node in paths.nodes}
    cells, ends = [], []
    shown = paths.variants[:most]
    lines = max(on_lines(names[place], IN_STRIP).count("\n") + 1 for variant in shown for place in variant.path[:longest])
    tall = max(30, 8 + 11 * lines)
    for row, variant in enumerate(shown):
        top = row * (tall + 6)
        places = [*variant.path[:longest - 1], None] if len(variant.path) > longest else list(variant.path)
        for column, place in enumerate(places):
            label = on_lines(names[place], IN_STRIP) if place else words("paths.more", n=len(variant.path) - longest + 1)
            cells.append({"x": column * 90, "x2": column * 90 + 84, "y": top, "y2": top + tall, "label": label,
                          "colour": _tint(stage_of.get(place), stages)})
        ends.append({"x": longest * 90 + 8, "y": top + tall / 2, "label": f"{words.number(variant.n)}  ·  {words.percent(variant.share, 1)}"})
        ends.append({"x": longest * 90 + 112, "y": top + tall / 2, "label": _ending(variant, words)})
    width, height = longest * 90 + 240, len(shown) * (tall + 6)
    x, y = _x(width), _y(height)
    boxes = alt.Chart(alt.Data(values=cells)).mark_rect(cornerRadius=4).encode(
        x=x, x2="x2:Q", y=y, y2="y2:Q", color=alt.Color("colour:N", scale=None))
    lines = [{"x": c["x"] + 42, "y": (c["y"] + c["y2"]) / 2 + (i - (len(parts) - 1) / 2) * 11, "label": part}
             for c in cells for parts in [c["label"].split("\n")] for i, part in enumerate(parts)]
    texts = alt.Chart(alt.Data(values=lines)).mark_text(fontSize=10.8, baseline="middle", color=INK).encode(x=x, y=y, text="label:N")
    labels = alt.Chart(alt.Data(values=ends)).mark_text(align="left", fontSize=10.5, color=GREY).encode(x=x, y=y, text="label:N")
    rows = tuple((" › ".join(names[place] for place in v.path), words.number(v.n), words.percent(v.share, 1), words.number(v.outcome),
                  words.number(v.left), words.number(v.open)) for v in shown)
    header = tuple(words(f"paths.variant_head.{key}") for key in ("path", "n", "share", "outcome", "left", "open"))
    return Picture(styled(alt.layer(boxes, texts, labels), width=width, height=height), words("paths.variants"),
                   words("paths.variants_description", n=paths.distinct_variants), header, rows)


def funnel(paths: LivedPaths, words: Words, stage_names: Mapping[str, str]) -> Picture | None:
    """The funnel by stage: a bar for the overall conversion, step conversion beside it; None without stages."""
    if not paths.funnel or not paths.funnel[0].episodes:
        return None
    values = [{"stage": stage_names[s.stage], "share": s.of_first or 0.0,
               "label": words("paths.funnel_label", n=s.episodes, overall=words.percent(s.of_first), step=words.percent(s.of_previous))}
              for s in paths.funnel]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("stage:N", sort=[v["stage"] for v in values], title=None, axis=alt.Axis(domain=False, ticks=False, labelPadding=8)))
    bars = base.mark_bar(height=16, color=NAVY).encode(x=alt.X("share:Q", title=None, axis=None, scale=alt.Scale(domain=[0, 1])))
    labels = base.mark_text(align="left", fontSize=10.5, color=GREY).encode(x=alt.value(372), text="label:N")
    rows = tuple((stage_names[s.stage], words.number(s.episodes), words.percent(s.of_previous), words.percent(s.of_first),
                  words.number(s.anywhere), words.number(s.hours, 1)) for s in paths.funnel)
    header = tuple(words(f"paths.funnel_head.{key}") for key in ("stage", "episodes", "previous", "first", "anywhere", "hours"))
    return Picture(styled(alt.layer(bars, labels), width=360, height=30 * len(values)), words("paths.funnel"), words("paths.funnel_description"),
                   header, rows)


def waits(paths: LivedPaths, words: Words, names: Mapping[str, str], most: int = 10) -> Picture | None:
    """The longest waits: from the 10th to the 90th percentile on a logarithmic scale of hours, a point at the median."""
    shown = [wait for wait in paths.waits if wait.median > 0][:most]
    if not shown:
        return None
    values = [{"move": on_lines(f"{names[w.source]} › {names[w.target]}", 44), "low": max(w.p10, 0.02), "median": w.median, "high": max(w.p90, 0.02),
               "label": f"{hours(w.median, words)} · {words('base.n', n=w.n)}"} for w in shown]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("move:N", sort=[v["move"] for v in values], title=None,
                axis=lined_axis(labelPadding=8)))
    x = alt.X("median:Q", title=words("paths.wait_axis"), scale=alt.Scale(type="log"), axis=alt.Axis(tickCount=5, format="~g"))
    spans = base.mark_rule(strokeWidth=5, color=POSITIVE, opacity=0.35, strokeCap="round").encode(
        x=alt.X("low:Q", title=words("paths.wait_axis"), scale=alt.Scale(type="log")), x2="high:Q")
    dots = base.mark_point(filled=True, size=60, color=NAVY, opacity=1).encode(x=x)
    labels = base.mark_text(align="left", fontSize=10.5, color=GREY).encode(x=alt.value(372), text="label:N")
    rows = tuple((names[w.source], names[w.target], *(hours(value, words) for value in (w.p10, w.median, w.p90)), words.number(w.n))
                 for w in shown)
    header = tuple(words(f"paths.wait_head.{key}") for key in ("source", "target", "p10", "median", "p90", "n"))
    chart = styled(alt.layer(spans, dots, labels), width=360, height=rows_height((v["move"] for v in values), 17))
    return Picture(chart, words("paths.waits"), words("paths.waits_description"), header, rows)


def deviations(paths: LivedPaths, words: Words, names: Mapping[str, str], most: int = 12) -> Picture | None:
    """Deviations from the planned path by type, in share of the episodes that could show them; None without a plan."""
    shown = sorted(paths.deviations, key=lambda d: (list(DEVIATION_COLOURS).index(d.type), -d.share, d.touchpoint))
    shown = [d for kind in DEVIATION_COLOURS for d in [d for d in shown if d.type == kind][:max(3, most // 4)]]
    if not shown:
        return None
    kinds = {kind: words(f"paths.deviation_types.{kind}") for kind in DEVIATION_COLOURS}
    values = [{"key": f"{d.type}{d.touchpoint}", "name": names[d.touchpoint], "kind": kinds[d.type], "share": d.share,
               "label": words.percent(d.share)} for d in shown]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("name:N", sort="-x", title=None, axis=alt.Axis(domain=False, ticks=False, labelPadding=8)),
        x=alt.X("share:Q", title=None, axis=None, scale=alt.Scale(domain=[0, 1])))
    bars = base.mark_bar(height=13).encode(color=alt.Color(
        "kind:N", scale=alt.Scale(domain=list(kinds.values()), range=list(DEVIATION_COLOURS.values())), legend=None))
    labels = base.mark_text(align="left", dx=5, fontSize=10.5, color=GREY).encode(text="label:N")
    chart = alt.layer(bars, labels).properties(width=360, height=alt.Step(22)).facet(
        row=alt.Row("kind:N", sort=list(kinds.values()), title=None,
                    header=alt.Header(labelAngle=0, labelAlign="left", labelAnchor="start", labelOrient="top", labelFontWeight=600)),
        spacing=6).resolve_scale(y="independent")
    rows = tuple((kinds[d.type], names[d.touchpoint], words.number(d.episodes), words.number(d.base), words.percent(d.share)) for d in shown)
    header = tuple(words(f"paths.deviation_head.{key}") for key in ("type", "touchpoint", "episodes", "base", "share"))
    return Picture(styled(chart), words("paths.deviations"), words("paths.deviations_description"), header, rows)


def hours(value: float, words: Words) -> str:
    """A duration in the unit that reads best: minutes, hours or days."""
    unit, factor = next(((unit, factor) for unit, factor, least in (("days", 24, 48), ("hours", 1, 1.5)) if value >= least), ("minutes", 1 / 60))
    return words(f"paths.{unit}", value=words.number(value / factor, 0 if value / factor >= 10 else 1))


def _bands(layout: Layout, x: alt.X, y: alt.Y) -> alt.Chart:
    values = [{"x": column.x - 20, "x2": column.x + NODE_WIDTH + 20, "y": 0, "y2": layout.height} for column in layout.columns[::2]]
    return alt.Chart(alt.Data(values=values)).mark_rect(color="#f6f8fa", clip=True).encode(x=x, x2="x2:Q", y=y, y2="y2:Q")


def _edges(layout: Layout, x: alt.X, y: alt.Y) -> alt.Chart:
    values = [{"edge": i, "order": order, "x": px, "y": py, "width": edge.width, "colour": EDGES[edge.kind]}
              for i, edge in enumerate(layout.edges) for order, (px, py) in enumerate(edge.points)]
    return alt.Chart(alt.Data(values=values)).mark_line(opacity=0.45, interpolate="basis").encode(
        x=x, y=y, detail="edge:N", order="order:Q", color=alt.Color("colour:N", scale=None),
        strokeWidth=alt.StrokeWidth("width:Q", scale=None, legend=None))


def _arrows(layout: Layout, x: alt.X, y: alt.Y) -> alt.Chart:
    values = [{"x": edge.points[-1][0], "y": edge.points[-1][1], "angle": edge.angle, "colour": EDGES[edge.kind],
               "size": 26 + 10 * edge.width} for edge in layout.edges]
    return alt.Chart(alt.Data(values=values)).mark_point(shape="triangle-right", filled=True, opacity=0.9).encode(
        x=x, y=y, angle=alt.Angle("angle:Q", scale=None), size=alt.Size("size:Q", scale=None), color=alt.Color("colour:N", scale=None))


def _boxes(layout: Layout, x: alt.X, y: alt.Y) -> alt.Chart:
    values = [{"x": box.x, "x2": box.x + NODE_WIDTH, "y": box.y, "y2": box.y + box.height, "fill": TARGET if box.key == "^outcome" else "#ffffff",
               "stroke": TARGET if box.key == "^outcome" else NEGATIVE if box.key == "^left" else NAVY} for box in layout.boxes]
    return alt.Chart(alt.Data(values=values)).mark_rect(cornerRadius=4, strokeWidth=1.2).encode(
        x=x, x2="x2:Q", y=y, y2="y2:Q", fill=alt.Fill("fill:N", scale=None), stroke=alt.Stroke("stroke:N", scale=None))


def _texts(layout: Layout, x: alt.X, y: alt.Y, names: Mapping[str, str], words: Words) -> alt.LayerChart:
    titles, notes = [], []
    for box in layout.boxes:
        title = words(f"paths.ends.{box.key[1:]}") if box.key.startswith("^") else names[box.key]
        lines = on_lines(title, IN_BOX).split("\n")
        colour = "#ffffff" if box.key == "^outcome" else INK
        first = box.y + (box.height - 16 - LINE * len(lines)) / 2 + LINE / 2 + 1
        titles += [{"x": box.x + NODE_WIDTH / 2, "y": first + LINE * i, "label": line, "colour": colour} for i, line in enumerate(lines)]
        notes.append({"x": box.x + NODE_WIDTH / 2, "y": box.y + box.height - 10, "label": words.percent(box.reach), "colour": colour})
    title = alt.Chart(alt.Data(values=titles)).mark_text(fontSize=TEXT, fontWeight=600, baseline="middle").encode(
        x=x, y=y, text="label:N", color=alt.Color("colour:N", scale=None))
    note = alt.Chart(alt.Data(values=notes)).mark_text(fontSize=TEXT, baseline="middle").encode(
        x=x, y=y, text="label:N", color=alt.Color("colour:N", scale=None))
    return alt.layer(title, note)


def _heads(layout: Layout, x: alt.X, y: alt.Y, stage_names: Mapping[str, str], words: Words) -> alt.Chart:
    values = []
    for column in layout.columns:
        name = words("paths.ends.title") if column.stage == "^end" else stage_names[column.stage] if column.stage else words("paths.no_stage")
        lines = on_lines(name, 17).split("\n")
        values += [{"x": column.x + NODE_WIDTH / 2, "y": 9 + 15 * i, "label": line} for i, line in enumerate(lines)]
    return alt.Chart(alt.Data(values=values)).mark_text(fontSize=TEXT, color=GREY, baseline="middle").encode(x=x, y=y, text="label:N")


def _tint(stage: str | None, stages: tuple[str, ...]) -> str:
    return TINTS[stages.index(stage) % len(TINTS)] if stage in stages else "#f1f4f7"


def _ending(variant, words: Words) -> str:
    closed = variant.outcome + variant.left
    return words("paths.ending", share=words.percent(variant.outcome / closed)) if closed >= 30 else words("paths.ending_counts", n=variant.outcome)


def _x(width: float) -> alt.X:
    return alt.X("x:Q", scale=alt.Scale(domain=[0, width], nice=False), axis=None)


def _y(height: float) -> alt.Y:
    return alt.Y("y:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)
