"""The emotion curve on a slide: a native chart under native faces, bands and labels."""

from typing import Any

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from cxkit.sheets.map_curve import HIGHEST, LOWEST, SHAPES
from cxkit.sheets.slides import Deck, colour

GREY, TARGET = "#55616c", "#0b7a66"
MOUTHS = {"delight": 0.26, "satisfaction": 0.16, "none": 0.0, "irritant": -0.13, "dissatisfaction": -0.24}
"""How far the mouth of a face bends, in diameters of the face."""
MARKERS = dict(zip(SHAPES, (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.TRIANGLE, XL_MARKER_STYLE.DIAMOND,
                            XL_MARKER_STYLE.PLUS, XL_MARKER_STYLE.DASH, XL_MARKER_STYLE.STAR, XL_MARKER_STYLE.X), strict=True))  # fmt: skip


def emotion(deck: Deck, drawn: dict[str, Any], data: dict[str, Any], x: float, y: float, label: float) -> None:
    """The lane of the curve: tinted halves, interval band, native chart, faces, labels; ``label`` is the width of the scale at its left."""
    brand = TARGET if drawn["dashed"] else data["colours"]["brand"]
    deck.shape("Emotion positive", x, y, drawn["width"], drawn["zero"], fill="#eef5fa")
    deck.shape("Emotion negative", x, y + drawn["zero"], drawn["width"], drawn["height"] - drawn["zero"] - 1.5, fill="#fdf3ef")
    for band in drawn["bands"]:
        _band(deck, band, x, y, data["colours"]["soft"])
    _chart(deck, drawn, data, x, y, brand)
    for level in drawn["levels"]:
        word = [[(f"{level['word']} ", {}), (level["value"], {"color": GREY})]]
        deck.text(f"Level {level['value']}", x - label, y + level["y"] - 6, label - 4, 12, word, size=7.5, align="right", middle=True, inset=0)
    for point in drawn["points"]:
        draw_face(deck, point, x, y, drawn["face"], data["colours"]["emotions"][point["reaction"]], data["words"]["reactions"][point["reaction"]])
        deck.text(f"Number {point['code']}", x + point["x"] - 20, y + drawn["height"] - drawn["foot"] - 2, 40, 11,
                  [[(point["code"], {"bold": True, "color": GREY})]], size=7.5, align="center", inset=0)  # fmt: skip
        if point["label"]:
            left, top, right, bottom = point["label"]
            looks = {600: {"bold": True}, 400: {"color": GREY}}
            lines = [[(line["text"], looks[line["weight"]])] for line in point["lines"]]
            deck.text(f"Label {point['code']}", x + left - 6, y + top, right - left + 12, bottom - top, lines, size=7, align="center", inset=0)


def _band(deck: Deck, band: dict[str, Any], x: float, y: float, fill: str) -> None:
    if "upper" not in band:
        deck.shape("Interval", x + band["x"] - 1.6, y + band["top"], 3.2, band["bottom"] - band["top"], fill=fill)
        return
    # straight like the chart's own lines: only the ends of each piece
    edge = [(x + each[at], y + each[at + 1]) for each, at in ((band["upper"], 0), (band["upper"], 6), (band["lower"], 6), (band["lower"], 0))]
    deck.line("Interval", edge, fill, close=True, fill=fill, opacity=0.4)


def _chart(deck: Deck, drawn: dict[str, Any], data: dict[str, Any], x: float, y: float, brand: str) -> None:
    """Curves as one native chart whose plot covers the lane, so that points meet their columns."""
    chart_data = XyChartData()
    scale = (HIGHEST - LOWEST) / (_y(drawn, LOWEST) - _y(drawn, HIGHEST))
    inks = data["colours"]["others"]
    curves = [(drawn["name"], drawn["points"], brand, drawn["dashed"], "circle"), *(
        (other["name"], other["dots"], TARGET if other["dashed"] else inks[at % len(inks)], other["dashed"], other["shape"])
        for at, other in enumerate(drawn["others"])
    )]  # fmt: skip
    for name, points, *_ in curves:
        series = chart_data.add_series(name)
        for point in points:
            series.add_data_point(round(point["x"], 2), round(HIGHEST - (point["y"] - _y(drawn, HIGHEST)) * scale, 3))
    frame = deck.slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, Pt(x), Pt(y), Pt(drawn["width"]), Pt(drawn["height"]), chart_data)
    frame.name = "Emotion curve"
    frame._element._nvXxPr.cNvPr.set("descr", drawn["description"])
    chart = frame.chart
    chart.has_legend = chart.has_title = False
    ceiling = HIGHEST + _y(drawn, HIGHEST) * scale
    for axis, low, high in ((chart.category_axis, 0, drawn["width"]), (chart.value_axis, ceiling - drawn["height"] * scale, ceiling)):
        axis.minimum_scale, axis.maximum_scale = low, high
        axis.visible = axis.has_major_gridlines = axis.has_minor_gridlines = False
    _fill_frame(chart)
    for series, (_, points, ink, dashed, shape) in zip(chart.plots[0].series, curves, strict=True):
        series.smooth = False
        series.format.line.color.rgb, series.format.line.width = colour(ink), Pt(2.25 if points is drawn["points"] else 1.25)
        series.format.line.dash_style = MSO_LINE.DASH if dashed else MSO_LINE.SOLID
        own = points is drawn["points"]
        series.marker.style, series.marker.size = MARKERS[shape], 6
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour(ink)
        series.marker.format.line.color.rgb = colour(ink)
        for at, point in enumerate(points):
            if not point["solid"]:
                marker = series.points[at].marker
                marker.style, marker.size = MARKERS[shape], 6
                marker.format.fill.solid()
                marker.format.fill.fore_color.rgb = colour("#ffffff")
                marker.format.line.color.rgb = colour(ink)
            if own and at and not (point["solid"] and points[at - 1]["solid"]):
                line = series.points[at].format.line
                line.color.rgb, line.width = colour(ink), Pt(1)
                line.dash_style = MSO_LINE.DASH if dashed else MSO_LINE.SOLID


def _y(drawn: dict[str, Any], valence: int) -> float:
    levels = [level["y"] for level in drawn["levels"]]
    return {HIGHEST: min(levels), LOWEST: max(levels)}[valence]


def _fill_frame(chart: Any) -> None:
    """Let the inner plot area cover the whole frame: PowerPoint leaves margins otherwise."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    layout = area.makeelement(qn("c:layout"), {})
    manual = layout.makeelement(qn("c:manualLayout"), {})
    layout.append(manual)
    for name, value in (("layoutTarget", "inner"), ("xMode", "edge"), ("yMode", "edge"), ("x", "0"), ("y", "0"), ("w", "1"), ("h", "1")):
        manual.append(manual.makeelement(qn(f"c:{name}"), {"val": value}))
    area.insert(0, layout)


def draw_face(deck: Deck, point: dict[str, Any], x: float, y: float, size: float, ink: str, word: str) -> None:
    """A face of native shapes, grouped: full where customers support it, hollow where nobody does."""
    left, top = x + point["x"] - size / 2, y + point["y"] - size / 2
    fill, features = (ink, "#ffffff") if point["solid"] else ("#ffffff", ink)
    deck.group(f"Face {point['code']}", f"{point['code']} {word}")
    if point["reaction"] == "rupture":
        deck.shape("Face", left, top, size, size, kind=MSO_SHAPE.LIGHTNING_BOLT, fill=fill, line=ink)
    else:
        deck.shape("Face", left, top, size, size, kind=MSO_SHAPE.OVAL, fill=fill, line=ink)
        for side in (0.32, 0.58):
            deck.shape("Eye", left + side * size, top + 0.32 * size, size * 0.1, size * 0.16, kind=MSO_SHAPE.OVAL, fill=features)
        bend = MOUTHS[point["reaction"]]
        middle = top + size * (0.64 - bend / 4)
        mouth = [(left + size * (0.28 + 0.44 * k / 8), middle + size * bend * (1 - ((k - 4) / 4) ** 2)) for k in range(9)]
        deck.line("Mouth", mouth, features, thickness=1.1)
    deck.ungroup()
