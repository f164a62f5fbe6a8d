"""One look for all charts: a quiet theme, one brand colour, labels at the marks."""

from dataclasses import dataclass

import altair as alt

from cxkit.words import Words

INK, GREY, HAIR = "#1b2733", "#55616c", "#d5dde4"
POSITIVE, NEGATIVE, NEUTRAL, TARGET = "#2E86B5", "#C4623B", "#66717C", "#0b7a66"
FONT = "Inter"


@dataclass(frozen=True)
class Picture:
    """A chart with the sentence that says what it shows and the rows that say the same as a table."""

    chart: alt.TopLevelMixin
    title: str
    description: str
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def quoted(text: str) -> str:
    """A text as a string of a Vega expression."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def styled(chart: alt.TopLevelMixin, *, width: int | None = None, height: int | None = None) -> alt.TopLevelMixin:
    """The chart with the kit's theme; one ``configure`` call, since a second one would drop the first."""
    if width is not None:
        chart = chart.properties(width=width)
    if height is not None:
        chart = chart.properties(height=height)
    return chart.properties(background="transparent", config=_CONFIG)


_AXIS = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": 11, "titleFontSize": 11, "labelColor": INK, "titleColor": GREY,
         "titleFontWeight": "normal", "domainColor": HAIR, "tickColor": HAIR, "gridColor": "#edf1f4", "labelLimit": 260}
_CONFIG = {
    "font": FONT,
    "view": {"stroke": None},
    "axis": _AXIS,
    "legend": {"labelFont": FONT, "titleFont": FONT, "labelFontSize": 11, "titleFontSize": 11, "labelColor": INK, "titleColor": GREY,
               "labelLimit": 260},
    "header": {"labelFont": FONT, "titleFont": FONT, "labelColor": INK},
    "text": {"font": FONT, "fontSize": 11, "color": INK},
    "bar": {"cornerRadiusEnd": 2},
}


def q_text(q: float | None, words: Words) -> str:
    """An adjusted p; one under a thousandth is never printed as zero."""
    return words("voice.below", value=words.number(0.001, 3)) if q is not None and q < 0.001 else words.number(q, 3)
