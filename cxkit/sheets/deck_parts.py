"""The parts of a study's slide: title, tiles, bullets, native tables and native charts that the client edits."""

import io
from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from cxkit.sheets.assets import text_width
from cxkit.sheets.deck_text import cut, label, lines_of
from cxkit.sheets.identity import Identity
from cxkit.sheets.slides import FONT, Deck, colour

WIDTH, HEIGHT = 960.0, 540.0
SIDE, TOP, BOTTOM = 40.0, 92.0, 500.0
FULL = WIDTH - 2 * SIDE
"""Margins of the content, in points: under the title, above the foot."""

INK, GREY, HAIR, LANE = "#1b2733", "#55616c", "#d5dde4", "#f1f4f7"
THICK = 72.0
"""Most height of a bar and its gap, in points: few bars do not fill a slide."""
LEAST = 10.0
"""Smallest text on a slide, in points, the foot apart."""


class Slides:
    """Slides of a study under construction: each has a title that says what it shows, and its sources as speaker notes."""

    def __init__(self, deck: Deck, look: Identity, foot: str, logo: bytes | None, client: str):
        self.deck, self.look, self._foot, self._logo, self._client = deck, look, foot, logo, client
        self.count = 0

    def slide(self, title: str, notes: str, eyebrow: str = "") -> None:
        """Start a slide."""
        self.deck.new_slide(notes)
        self.count += 1
        if eyebrow:
            self.deck.text("Eyebrow", SIDE, 20, 700, 16, [[(eyebrow, {"bold": True, "color": "#0b7a66"})]], size=LEAST, inset=0)
        shown = cut(title, 740, 24, 1) if lines_of(title, 740, 24) <= 1 else cut(title, 740, 18, 2)
        size = 24 if lines_of(title, 740, 24) <= 1 else 18
        self.deck.text("Title", SIDE, 36, 750, 44, [[(shown, {"bold": True, "color": self.look.brand})]], size=size, inset=0, middle=True)
        self.deck.shape("Rule", SIDE, 83, WIDTH - 2 * SIDE, 1.5, fill=self.look.brand)
        if self._logo is not None:
            self.picture("Logo", self._logo, WIDTH - SIDE - 110, 30, 110, 40, self._client)
        self.deck.text("Foot", SIDE, 512, 780, 16, [[(cut(self._foot, 770, 8, 1), {"color": GREY})]], size=8, inset=0)
        self.deck.text("Number", WIDTH - SIDE - 60, 512, 60, 16, [[(str(self.count), {"color": GREY})]], size=8, inset=0, align="right")

    def picture(self, name: str, content: bytes, x: float, y: float, width: float, height: float, alt: str) -> None:
        """Place a PNG inside a box, its proportions kept, to the right of it."""
        made = self.deck.slide.shapes.add_picture(io.BytesIO(content), Pt(x), Pt(y))
        scale = min(Pt(width) / made.width, Pt(height) / made.height)
        made.width, made.height = int(made.width * scale), int(made.height * scale)
        made.left = int(Pt(x + width) - made.width)
        made.name = name
        made._element._nvXxPr.cNvPr.set("descr", alt)

    def tiles(self, items: Sequence[tuple[str, str, str]], y: float = TOP + 8, height: float = 92) -> float:
        """A row of key figures; returns where it ends."""
        gap = 14.0
        each = (WIDTH - 2 * SIDE - gap * (len(items) - 1)) / max(len(items), 1)
        for at, (name, value, note) in enumerate(items):
            left = SIDE + at * (each + gap)
            self.deck.shape(f"Tile {at + 1}", left, y, each, height, fill=LANE)
            self.deck.text(f"Tile {at + 1} name", left + 6, y + 5, each - 12, 26, [[(cut(name, each - 22, LEAST, 2), {"color": GREY})]], size=LEAST)
            self.deck.text(f"Tile {at + 1} value", left + 6, y + 31, each - 12, 32, [[(value, {"bold": True, "color": self.look.brand})]],
                           size=24 if text_width(value, 24, 700) < each - 24 else 15)
            self.deck.text(f"Tile {at + 1} note", left + 6, y + 63, each - 12, 26, [[(cut(note, each - 22, LEAST, 2), {"color": GREY})]], size=LEAST)
        return y + height

    def bullets(self, items: Sequence[str], y: float, height: float, x: float = SIDE, width: float = WIDTH - 2 * SIDE, size: float = 14) -> None:
        """A list with real bullets, at the largest size that fits."""
        while size > LEAST and sum(lines_of(item, width - 30, size) * size * 1.3 + 4 for item in items) > height:
            size -= 0.5
        shown = [cut(item, width - 30, size, 4) for item in items]
        made = self.deck.text("List", x, y, width, height, [[(item, {})] for item in shown], size=size, bullets=True)
        for paragraph in made.text_frame.paragraphs:
            paragraph.space_after = Pt(4)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], y: float = TOP + 8, height: float = BOTTOM - TOP - 8,
              x: float = SIDE, width: float = WIDTH - 2 * SIDE, numeric: Sequence[int] = ()) -> int:
        """A native table of as many rows as fit at 10 to 12 pt; returns how many were left out."""
        total = sum(widths)
        columns = [width * share / total for share in widths]
        size, heights = self._fit(head, rows, columns, height)
        shown = 0
        room = height - heights[0]
        while shown < len(rows) and room >= heights[shown + 1]:
            room -= heights[shown + 1]
            shown += 1
        frame = self.deck.slide.shapes.add_table(shown + 1, len(head), Pt(x), Pt(y), Pt(width), Pt(sum(heights[: shown + 1])))
        frame.name = "Table"
        table = frame.table
        for at, wide in enumerate(columns):
            table.columns[at].width = Pt(wide)
        for at, cells in enumerate([head, *rows[:shown]]):
            table.rows[at].height = Pt(heights[at])
            for column, text in enumerate(cells):
                self._cell(table.cell(at, column), cut(text, columns[column] - 12, size, 3), size, head=at == 0, right=column in numeric)
        return len(rows) - shown

    def bars(self, names: Sequence[str], series: Sequence[tuple[str, Sequence[float | None], str]], x: float, y: float, width: float,
             height: float, *, alt: str, form: str = "0", stacked: bool = False, apart: bool = True, low: float | None = None,
             high: float | None = None) -> None:
        """A native bar chart, first name on top; each series is its name, its values and its colour; those not ``apart`` never meet."""
        data = CategoryChartData(number_format=form)
        height = min(height, len(names) * THICK * (1 if stacked or not apart else len(series)) + 40)
        data.categories = [label(cut(name, width * 0.36, LEAST, 2)) for name in names]
        for name, values, _ in series:
            data.add_series(label(name), values)
        kind = XL_CHART_TYPE.BAR_STACKED_100 if stacked else XL_CHART_TYPE.BAR_CLUSTERED
        chart = self._chart(kind, data, x, y, width, height, alt)
        chart.plots[0].gap_width = 45 if len(series) == 1 or stacked or not apart else 60
        chart.plots[0].overlap = 100 if stacked or not apart else 0 if len(series) == 1 else -5
        chart.category_axis.reverse_order = True
        chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        chart.category_axis.format.line.color.rgb = colour(HAIR)
        chart.value_axis.visible = False
        chart.value_axis.has_major_gridlines = False
        chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = low, high
        for made, (_, _, ink) in zip(chart.plots[0].series, series, strict=True):
            made.format.fill.solid()
            made.format.fill.fore_color.rgb = colour(ink)
            made.invert_if_negative = False
        if not stacked:
            chart.plots[0].has_data_labels = True
            labels = chart.plots[0].data_labels
            labels.number_format, labels.number_format_is_linked = form, False
            labels.position = XL_LABEL_POSITION.OUTSIDE_END
            labels.font.size, labels.font.name = Pt(LEAST), FONT
        self._legend(chart, len(series) > 1)

    def line(self, names: Sequence[str], values: Sequence[float], hollow: Sequence[bool], said: tuple[str, str], x: float, y: float, width: float,
             height: float, *, alt: str, low: float, high: float) -> None:
        """A native line chart; points without customers' evidence are a second series of pale marks without line."""
        data = CategoryChartData(number_format="0.0")
        data.categories = [label(name) for name in names]
        data.add_series(label(said[0]), values)
        if any(hollow):
            data.add_series(label(said[1]), [value if is_hollow else None for value, is_hollow in zip(values, hollow, strict=True)])
        chart = self._chart(XL_CHART_TYPE.LINE_MARKERS, data, x, y, width, height, alt)
        chart.value_axis.minimum_scale, chart.value_axis.maximum_scale, chart.value_axis.major_unit = low, high, 1
        chart.value_axis.has_major_gridlines = True
        chart.value_axis.major_gridlines.format.line.color.rgb = colour(HAIR)
        chart.value_axis.format.line.fill.background()
        chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        for made, fill in zip(chart.plots[0].series, (self.look.brand, self.look.soft), strict=False):
            made.smooth = False
            made.marker.style, made.marker.size = XL_MARKER_STYLE.CIRCLE, 8
            _marker(made.marker, fill, self.look.brand)
            if fill == self.look.soft:
                made.format.line.fill.background()
            else:
                made.format.line.color.rgb, made.format.line.width = colour(fill), Pt(2.25)
        self._legend(chart, any(hollow))

    def scatter(self, points: Sequence[tuple[str, float, float, str]], x: float, y: float, width: float, height: float, *, alt: str,
                across: str, up: str, most: tuple[float, float]) -> None:
        """A native scatter chart: points of label, abscissa, ordinate, colour; both axes begin at zero."""
        data = XyChartData(number_format="0.0")
        for name, at, high, _ in points:
            data.add_series(label(name)).add_data_point(at, high)
        chart = self._chart(XL_CHART_TYPE.XY_SCATTER, data, x, y, width, height, alt)
        for axis, title, limit in ((chart.category_axis, across, most[0]), (chart.value_axis, up, most[1])):
            axis.minimum_scale, axis.maximum_scale = 0, limit
            axis.has_major_gridlines = False
            axis.has_title = True
            axis.axis_title.text_frame.text = title
            axis.axis_title.text_frame.paragraphs[0].runs[0].font.size = Pt(LEAST)
            axis.axis_title.text_frame.paragraphs[0].runs[0].font.bold = False
        sides = _label_sides([(at / most[0], high / most[1]) for _, at, high, _ in points])
        for made, (name, _, _, ink), side in zip(chart.plots[0].series, points, sides, strict=True):
            made.format.line.fill.background()
            made.marker.style, made.marker.size = XL_MARKER_STYLE.CIRCLE, 15
            _marker(made.marker, ink, ink)
            frame = made.points[0].data_label.text_frame
            frame.text = name
            frame.paragraphs[0].runs[0].font.size, frame.paragraphs[0].runs[0].font.bold = Pt(11), True
            made.points[0].data_label.position = side
        self._legend(chart, False)

    def _chart(self, kind: Any, data: Any, x: float, y: float, width: float, height: float, alt: str) -> Any:
        frame = self.deck.slide.shapes.add_chart(kind, Pt(x), Pt(y), Pt(width), Pt(height), data)
        frame.name = "Chart"
        frame._element._nvXxPr.cNvPr.set("descr", alt)
        chart = frame.chart
        chart.has_title = False
        chart.font.size, chart.font.name = Pt(LEAST), FONT
        chart.font.color.rgb = colour(INK)
        return chart

    @staticmethod
    def _legend(chart: Any, shown: bool) -> None:
        chart.has_legend = shown
        if shown:
            chart.legend.position = XL_LEGEND_POSITION.BOTTOM
            chart.legend.include_in_layout = False

    def _fit(self, head: Sequence[str], rows: Sequence[Sequence[str]], columns: Sequence[float], height: float) -> tuple[float, list[float]]:
        """The largest size at which all rows hold, else the smallest; heights of the head and of the rows at that size."""
        for size in (12.0, 11.0, LEAST):
            tall = [max(min(lines_of(text, wide - 12, size), 3) for text, wide in zip(cells, columns, strict=True)) * size * 1.22 + 8
                    for cells in [head, *rows]]
            if sum(tall) <= height:
                break
        return size, tall

    def _cell(self, cell: Any, text: str, size: float, *, head: bool, right: bool) -> None:
        cell.margin_left = cell.margin_right = Pt(5)
        cell.margin_top = cell.margin_bottom = Pt(3)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE if head else MSO_ANCHOR.TOP
        cell.fill.solid()
        cell.fill.fore_color.rgb = colour(self.look.brand if head else "#ffffff")
        paragraph = cell.text_frame.paragraphs[0]
        cell.text_frame.word_wrap = True
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = text
        run.font.name, run.font.size, run.font.bold = FONT, Pt(size), head
        run.font.color.rgb = colour("#ffffff" if head else INK)


def _label_sides(points: Sequence[tuple[float, float]], near: float = 0.06) -> list[Any]:
    """Where the label of each point stands: to its right, or on another side where a point before it is ``near`` (shares of the axes)."""
    sides = (XL_LABEL_POSITION.RIGHT, XL_LABEL_POSITION.LEFT, XL_LABEL_POSITION.ABOVE, XL_LABEL_POSITION.BELOW)
    chosen: list[Any] = []
    for at, (x, y) in enumerate(points):
        taken = {chosen[before] for before, (left, low) in enumerate(points[:at]) if abs(left - x) < near and abs(low - y) < near}
        chosen.append(next((side for side in sides if side not in taken), sides[0]))
    return chosen


def _marker(marker: Any, fill: str, line: str) -> None:
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = colour(fill)
    marker.format.line.color.rgb = colour(line)
