"""Static drawings of charts: SVG that repeats to the byte and lives beside others on one page."""

import hashlib
import json
import math
import re

import altair as alt
from altair.utils import schemapi

from cxkit.charts.drawing import draw
from cxkit.paths import template
from cxkit.words import Words

MOST_ROWS = 5000
_ID = re.compile(r"\b((?:clip|gradient|mark)[_-]?)(\d+)\b")
_IDLE = re.compile(r'<path class="(?:background|foreground)"(?: d="[^"]*"| transform="[^"]*"| display="none"| pointer-events="[^"]*")*/>')
_UNUSED = re.compile(r' (?:class="(?!marks)[^"]*"|pointer-events="[^"]*")')
_VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_FONT_SIZE = re.compile(r'font-size="([\d.]+)')
_UNSEEN = re.compile(r'(?<=<g transform="translate\(0,0\)">)<path d="M0,0h[\d.]+v[\d.]+h-?[\d.]+Z"/>|<path d="" display="none"/>')
"""Grounds of groups, which have no fill and no stroke."""
_DEFAULT = re.compile(r' (?:opacity="1"|stroke-width="1"|text-anchor="start"|transform="translate\(0,0\)")')
_LINE = re.compile(r"<line [^>]*>")
_FROM_ZERO = re.compile(r' [xy][12]="0"')
_VEGA_LITE = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])


def to_svg(chart: alt.TopLevelMixin, words: Words) -> str:
    """Draw a chart, the numbers of its axes in the language of ``words``; it makes no request.

    Where Altair's debug mode is off, as in runs, the chart is not checked against the schema of Vega-Lite: that takes longer than drawing.

    Raises
    ------
    ValueError : when the chart embeds more than 5000 rows: charts take aggregates.
    """
    spec = chart.to_dict(validate=schemapi.DEBUG_MODE)
    rows = _rows(spec)
    if rows > MOST_ROWS:
        raise ValueError(f"a chart of {rows} rows: aggregate before drawing (at most {MOST_ROWS})")
    return _lean(_own_ids(draw(json.dumps(spec, sort_keys=True), _VEGA_LITE, words.d3_locale(), str(template("sheets", "_shared", "fonts")))))


def measured(svg: str) -> tuple[float, float, float]:
    """Width and height of a drawing, and the size of its smallest letters, in its own units."""
    width, height = (float(side) for side in _VIEW.search(svg).groups())
    return width, height, min((float(size) for size in _FONT_SIZE.findall(svg)), default=math.inf)


def _rows(node: object) -> int:
    """Rows embedded anywhere in a chart's specification."""
    if isinstance(node, dict):
        own = len(node["values"]) if isinstance(node.get("values"), list) and "type" not in node else 0
        return own + sum(_rows(value) for value in node.values())
    return sum(_rows(value) for value in node) if isinstance(node, list) else 0


def _own_ids(svg: str) -> str:
    """Counted ids (clip1, clip2, …) depend on what was drawn before: rename them by the drawing's content."""
    order: dict[str, int] = {}
    neutral = _ID.sub(lambda m: f"{m[1]}{order.setdefault(m[0], len(order))}", svg)
    stamp = hashlib.sha256(neutral.encode()).hexdigest()[:8]
    return _ID.sub(lambda m: f"{m[1]}{stamp}{order[m[0]]}", svg)


def _lean(svg: str) -> str:
    """The same drawing without what nobody sees: frames that are not painted, classes, default values, one font named at each text."""
    families = set(re.findall(r' font-family="[^"]*"', svg))
    slim = _DEFAULT.sub("", _UNSEEN.sub("", _UNUSED.sub("", _IDLE.sub("", svg))))
    slim = _LINE.sub(lambda line: _FROM_ZERO.sub("", line[0]), slim)
    if len(families) != 1:
        return slim
    family = families.pop()
    return slim.replace(family, "").replace("<svg ", f"<svg{family} ", 1)
