"""The journey map as editable slides: named native shapes, real bullets, a native chart for the emotion curve."""

from math import ceil
from typing import Any

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml.ns import qn
from pptx.util import Pt

from cxkit.sheets.assets import text_width
from cxkit.sheets.identity import Identity
from cxkit.sheets.journey_map import MAX_STAGES, Others, Page, content, cut
from cxkit.sheets.map_curve import HIGHEST, LOWEST
from cxkit.sheets.slides import Deck, Run, colour
from cxkit.steps.journey_view import JourneyMapView
from cxkit.words import Words

PAGE = Page()
SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
GREY, HAIR, LANE, TARGET = "#55616c", "#d5dde4", "#f1f4f7", "#0b7a66"
TINTS = {"plain": None, "truth": "#fff8e8", "irritant": "#fdf3ef", "opportunity": "#edf7f4", "positive": "#eef5fa"}
MARKS = {"measured": "●", "reported": "■", "observed": "▲", "internal": "◇", "hypothesis": "○"}
OTHER_INKS = ("#8a5a00", "#7a3e9d", "#a3295a", "#3d6b1f")
SMILE = {"delight": 0.0465, "satisfaction": 0.03, "none": 0.0, "irritant": -0.03, "dissatisfaction": -0.0465}
"""How far the mouth of PowerPoint's smiling face bends, by reaction."""
_TOP, _FOOT = 84.0, 30.0


def slides(view: JourneyMapView, words: Words, identity: Identity, *, others: Others = (), confidentiality: str = "") -> bytes:
    """The map as a PowerPoint file on A3 slides, editable by the client.

    The text is set at 11 pt or as near as fits, at least 8; a map that needs less takes more slides.
    """
    data = content(view, words, identity, others, confidentiality)
    count = len(view.stages)
    for parts in range(ceil(count / MAX_STAGES), count + 1):
        pages = cut(view, data["lanes"], words, others, parts, PAGE.emotion, PAGE)
        size = next((size for size in SIZES if all(sum(_heights(page, size)) <= _room(data) for page in pages)), None)
        if size is not None:
            break
    deck = Deck(PAGE.width, PAGE.height, title=data["title"], as_of=view.date, language=words.language)
    for page in pages:
        deck.new_slide(notes="\n".join(data["facts"]))
        _head(deck, data)
        _stages(deck, page, data, size or SIZES[-1])
        _lanes(deck, page, data, size or SIZES[-1])
        _foot(deck, data, words)
    _notes(deck, data, words)
    return deck.save()


def _room(data: dict[str, Any]) -> float:
    return PAGE.height - _TOP - _FOOT - 34


def _column(page: dict[str, Any]) -> float:
    return PAGE.lane / len(page["stages"])


def _heights(page: dict[str, Any], size: float) -> list[float]:
    """Height of each lane from the widths of its words."""
    width = _column(page) - 10
    heights = []
    for lane in page["lanes"]:
        if lane["layout"] == "curve":
            heights.append(page["curve"]["height"])
            continue
        cells = [sum(_lines(_plain(lane, item), width - size, size) for item in cell["items"]) + bool(cell["more"]) for cell in lane["cells"]]
        label = _lines(lane["label"], PAGE.label - 10, size * 0.9)
        heights.append(max(*cells, label, 1) * size * 1.2 + size * 0.7)
    return heights


def _lines(text: str, width: float, size: float) -> int:
    """Lines that a text takes in a column, word by word."""
    lines, at = 1, 0.0
    space = text_width(" ", size)
    for word in text.split():
        long = text_width(word, size, 600)
        if at and at + long > width:
            lines, at = lines + 1, 0.0
        lines += int(long // width)
        at += long + space
    return lines


def _plain(lane: dict[str, Any], item: dict[str, Any]) -> str:
    return "".join(text for text, _ in _runs(lane, item))


def _runs(lane: dict[str, Any], item: dict[str, Any]) -> list[Run]:
    """One statement as runs of text: what leads it, its words, its note, its evidence."""
    runs: list[Run] = []
    if item["severity"]:
        runs.append((f"[{item['severity']}] ", {"bold": True, "color": "#a9371b"}))
    label = (f"{item['label']} ", {"bold": True, "color": "#8a2a14" if lane["layout"] == "irritants" else "#1b2733"})
    lead = (f"{item['lead']} ", {"bold": True, "color": GREY})
    runs += [run for run in ((lead, label) if lane["layout"] == "codes" else (label, lead)) if run[0].strip()]
    runs.append((item["text"], {"bold": lane["id"] == "goals", "italic": lane["layout"] == "quotes"}))
    if item["note"]:
        runs.append((f" [{item['note']}]", {"color": GREY}))
    if item["kind"]:
        runs.append((f"\u00a0{MARKS[item['kind']]}", {"color": GREY}))
    return runs


def _head(deck: Deck, data: dict[str, Any]) -> None:
    brand, width = data["colours"]["brand"], PAGE.width * 0.62
    size = next((size for size in (22, 18, 14) if text_width(data["title"], size, 700) < width - 8), 11)
    deck.text("Title", PAGE.side - 4, 20, width, 52, [
        [(data["eyebrow"].upper(), {"bold": True, "size": 9, "color": TARGET})],
        [(data["title"], {"bold": True, "size": size, "color": brand})],
        [(" · ".join(part for part in (data["client"], data["subtitle"]) if part), {"size": 10, "color": GREY})],
    ], size=10)  # fmt: skip
    persona = data["persona"]
    if persona:
        about = " · ".join(part for part in (persona["tagline"], persona["share"], persona["base"]) if part)
        paragraphs = [[(persona["name"], {"bold": True, "color": brand, "size": 11}), (f"  {about}", {"color": GREY})]]
        paragraphs += [[(persona["quote"], {"italic": True})]] if persona["quote"] else []
        deck.text("Persona", PAGE.width - PAGE.side - 370, 22, 370, 50, paragraphs, size=9.5, fill=data["colours"]["pale"], middle=True, inset=8)


def _stages(deck: Deck, page: dict[str, Any], data: dict[str, Any], size: float) -> None:
    width = _column(page)
    for at, name in enumerate(page["stages"]):
        runs = [(f"{page['first'] + at + 1}  ", {"bold": True, "color": data["colours"]["soft"], "size": size * 1.4})]
        runs.append((name, {"bold": True, "color": "#ffffff", "size": size * 1.1}))
        x = PAGE.side + PAGE.label + at * width
        deck.text(f"Stage {page['first'] + at + 1}", x + 1, _TOP, width - 2, 32, [runs], size=size, fill=data["colours"]["brand"], middle=True,
                  inset=6)  # fmt: skip


def _lanes(deck: Deck, page: dict[str, Any], data: dict[str, Any], size: float) -> None:
    width, y = _column(page), _TOP + 34
    for lane, height in zip(page["lanes"], _heights(page, size), strict=True):
        label = [[(lane["label"], {"bold": True, "color": data["colours"]["brand"]})]]
        deck.text(f"Lane {lane['id']}", PAGE.side, y, PAGE.label - 2, height - 1.5, label, size=size * 0.9, fill=LANE)
        if lane["layout"] == "curve":
            _emotion(deck, page["curve"], data, y)
        else:
            for at, cell in enumerate(lane["cells"]):
                paragraphs = [_runs(lane, item) for item in cell["items"]] or [[("–", {"color": GREY})]]
                if cell["more"]:
                    paragraphs.append([(f"+ {cell['more']} [{cell['note']}]", {"color": GREY})])
                x = PAGE.side + PAGE.label + at * width
                bullets = bool(cell["items"]) and lane["layout"] == "bullets" and lane["id"] != "goals"
                deck.text(f"{lane['id']} {page['first'] + at + 1}", x + 1, y, width - 2, height - 1.5, paragraphs, size=size,
                          fill=TINTS[lane["tint"]] or "#ffffff", bullets=bullets)  # fmt: skip
        y += height


def _emotion(deck: Deck, drawn: dict[str, Any], data: dict[str, Any], y: float) -> None:
    """The lane of the curve: tinted halves, interval band, native chart, faces, labels."""
    x, brand = PAGE.side + PAGE.label, TARGET if drawn["dashed"] else data["colours"]["brand"]
    deck.shape("Emotion positive", x, y, drawn["width"], drawn["zero"], fill="#eef5fa")
    deck.shape("Emotion negative", x, y + drawn["zero"], drawn["width"], drawn["height"] - drawn["zero"] - 1.5, fill="#fdf3ef")
    for band in drawn["bands"]:
        _band(deck, band, x, y, data["colours"]["soft"])
    _chart(deck, drawn, x, y, brand)
    for level in drawn["levels"]:
        word = [[(f"{level['word']} ", {}), (level["value"], {"color": GREY})]]
        deck.text(f"Level {level['value']}", PAGE.side, y + level["y"] - 6, PAGE.label - 4, 12, word, size=7.5, align="right", middle=True, inset=0)
    for point in drawn["points"]:
        _face(deck, point, x, y, drawn["face"], data["colours"]["emotions"][point["reaction"]], data["words"]["reactions"][point["reaction"]])
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
    edge = [(each[at], each[at + 1]) for each, at in ((band["upper"], 0), (band["upper"], 6), (band["lower"], 6), (band["lower"], 0))]
    builder = deck.slide.shapes.build_freeform(Pt(x + edge[0][0]), Pt(y + edge[0][1]), scale=1.0)
    builder.add_line_segments([(Pt(x + px), Pt(y + py)) for px, py in edge[1:]], close=True)
    made = builder.convert_to_shape()
    made.name = "Interval"
    made.shadow.inherit = False
    made.line.fill.background()
    made.fill.solid()
    made.fill.fore_color.rgb = colour(fill)
    solid = made.fill._xPr.find(qn("a:solidFill"))[0]
    solid.append(solid.makeelement(qn("a:alpha"), {"val": "40000"}))


def _chart(deck: Deck, drawn: dict[str, Any], x: float, y: float, brand: str) -> None:
    """Curves as one native chart whose plot covers the lane, so that points meet their columns."""
    chart_data = XyChartData()
    scale = (HIGHEST - LOWEST) / (_y(drawn, LOWEST) - _y(drawn, HIGHEST))
    curves = [(drawn["name"], drawn["points"], brand, drawn["dashed"]), *(
        (other["name"], other["dots"], TARGET if other["dashed"] else OTHER_INKS[at % len(OTHER_INKS)], other["dashed"])
        for at, other in enumerate(drawn["others"])
    )]  # fmt: skip
    for name, points, _, _ in curves:
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
    for series, (_, points, ink, dashed) in zip(chart.plots[0].series, curves, strict=True):
        series.smooth = False
        series.format.line.color.rgb, series.format.line.width = colour(ink), Pt(2.25 if points is drawn["points"] else 1.5)
        series.format.line.dash_style = MSO_LINE.DASH if dashed else MSO_LINE.SOLID
        series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 6
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour(ink)
        for at, point in enumerate(points):
            if not point["solid"]:
                marker = series.points[at].marker
                marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, 6
                marker.format.fill.solid()
                marker.format.fill.fore_color.rgb = colour("#ffffff")
                marker.format.line.color.rgb = colour(ink)


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


def _face(deck: Deck, point: dict[str, Any], x: float, y: float, size: float, ink: str, word: str) -> None:
    broken = point["reaction"] == "rupture"
    kind = MSO_SHAPE.LIGHTNING_BOLT if broken else MSO_SHAPE.SMILEY_FACE
    left, top = x + point["x"] - size / 2, y + point["y"] - size / 2
    fill = ink if point["solid"] and broken else "#ffffff"
    made = deck.shape(f"Face {point['code']}", left, top, size, size, kind=kind, fill=fill, line=ink, alt=f"{point['code']} {word}",
                      thickness=2.25 if point["solid"] else 1)  # fmt: skip
    if not broken:
        made.adjustments[0] = SMILE[point["reaction"]]


def _foot(deck: Deck, data: dict[str, Any], words: Words) -> None:
    legend = [(f"{data['words']['sheet']['evidence']}  ", {"bold": True})]
    legend += [(f"{glyph} {data['words']['evidence_kinds'][kind]}   ", {"color": GREY}) for kind, glyph in MARKS.items()]
    legend.append((f"{data['words']['map']['hollow']}. {data['words']['map']['weak']}", {"color": GREY}))
    facts = " · ".join((data["confidentiality"], *data["facts"], data["date"]))
    deck.text("Legend", PAGE.side, PAGE.height - _FOOT - 2, PAGE.width - 2 * PAGE.side, 28, [legend, [(facts, {"color": GREY})]], size=7.5, inset=0)


def _notes(deck: Deck, data: dict[str, Any], words: Words) -> None:
    """Notes on slides of their own, in reading order."""
    paragraphs = [
        [(f"[{note['number']}] ", {"bold": True}), (f"{note['stage']} · {note['lane']}: ", {"color": GREY}), ("; ".join(note["texts"]), {})]
        for note in data["notes"]
    ]
    while paragraphs:
        deck.new_slide()
        title = (data["words"]["sheet"]["notes"], {"bold": True, "color": data["colours"]["brand"]})
        deck.text("Notes title", PAGE.side, 24, 500, 30, [[title]], size=18)
        for column in range(3):
            width, taken, height = PAGE.width / 3 - 30, [], 0.0
            while paragraphs:
                height += (_lines("".join(text for text, _ in paragraphs[0]), width, 10) + 0.3) * 12.5
                if taken and height > PAGE.height - 110:
                    break
                taken.append(paragraphs.pop(0))
            if taken:
                deck.text(f"Notes {column + 1}", PAGE.side + column * (width + 15), 62, width, PAGE.height - 100, taken, size=10)
