"""Small drawings of a persona sheet as SVG: the emotion curve by stage with faces, and channels as bars."""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import escape
from scipy.interpolate import PchipInterpolator

from cxkit.sheets.assets import drawing, text_width
from cxkit.sheets.frame import EMOTIONS

INK, GREY, HAIR, POSITIVE, NEGATIVE = "#1b2733", "#55616c", "#d5dde4", "#eef5fa", "#fdf3ef"
_FACE = 18.0
_TOP, _FOOT, _LEAST, _TEXT = 10.0, 43.0, 10.7, 11.3
_WIDE, _UPRIGHT = 0.54, 15  # mean width of a letter, as a share of the size; letters of a line that stands upright


@dataclass(frozen=True)
class Point:
    """A point of the curve: stage label, height −3..2, its interval, the face and whether customers' evidence supports it."""

    label: str
    valence: float | None
    low: float | None = None
    high: float | None = None
    reaction: str = "none"
    solid: bool = True
    note: str = ""


def emotion_curve(points: Sequence[Point], brand: str, *, width: float = 560, height: float = 178, labels: bool = True) -> str:
    """The mini emotion curve: equal columns, zero line, interval band, monotone curve, a face at each point.

    Stages without evidence keep their column, and the curve breaks there: nothing is interpolated.
    """
    column = width / max(1, len(points))
    upright = labels and _is_upright(points, column)
    foot = 4.0 if not labels else 8 + _WIDE * _LEAST * _UPRIGHT if upright else _FOOT
    y = _scale(height - foot)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" '
             'font-family="Inter" font-size="9">']
    for i in range(len(points)):
        left = i * column + 1
        parts.append(_rect(left, _TOP - 8, column - 2, y(0) - _TOP + 8, POSITIVE) + _rect(left, y(0), column - 2, y(-3) + 8 - y(0), NEGATIVE))
    size = _size(points, column)
    parts.append(f'<line x1="0" x2="{width:g}" y1="{y(0):.1f}" y2="{y(0):.1f}" stroke="#b6c2cd" stroke-dasharray="2 3"/>')
    centres = [(i + 0.5) * column for i in range(len(points))]
    for run in _runs(points):
        parts.append(_band(run, points, centres, y))
        parts.append(_line(run, points, centres, y, brand))
    for i, point in enumerate(points):
        if point.valence is not None:
            parts.append(_face(point, centres[i], y(point.valence)))
        if labels:
            parts.append(_upright(point.label, centres[i], height - foot + 4) if upright
                         else _label(point.label, centres[i], height - foot + 13, column, size))
    return "".join(parts) + "</svg>"


def _scale(bottom: float):
    return lambda valence: _TOP + (2 - valence) / 5 * (bottom - 2 * _TOP)


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"/>'


def _runs(points: Sequence[Point]) -> list[list[int]]:
    """Unbroken stretches of stages that have a point."""
    runs: list[list[int]] = [[]]
    for i, point in enumerate(points):
        if point.valence is None:
            runs.append([])
        else:
            runs[-1].append(i)
    return [run for run in runs if run]


def _band(run: list[int], points: Sequence[Point], centres: list[float], y) -> str:
    known = [i for i in run if points[i].low is not None]
    if not known:
        return ""
    if len(known) == 1:
        i = known[0]
        return (f'<line x1="{centres[i]:.1f}" x2="{centres[i]:.1f}" y1="{y(points[i].low):.1f}" y2="{y(points[i].high):.1f}" '
                'stroke="#b6c2cd" stroke-width="6" stroke-linecap="round"/>')
    upper = [f"{centres[i]:.1f},{y(points[i].high):.1f}" for i in known]
    lower = [f"{centres[i]:.1f},{y(points[i].low):.1f}" for i in reversed(known)]
    return f'<polygon points="{" ".join(upper + lower)}" fill="#7f93a5" fill-opacity="0.22"/>'


def _line(run: list[int], points: Sequence[Point], centres: list[float], y, brand: str) -> str:
    if len(run) < 2:
        return ""
    x, heights = [centres[i] for i in run], [y(points[i].valence) for i in run]
    fine = np.linspace(x[0], x[-1], 14 * len(run))
    path = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(fine, PchipInterpolator(x, heights)(fine), strict=True))
    return f'<polyline points="{path}" fill="none" stroke="{brand}" stroke-width="2.2" stroke-linejoin="round"/>'


def _face(point: Point, x: float, y: float) -> str:
    svg = drawing("marks", f"face-{point.reaction}{'' if point.solid else '-hollow'}").replace("currentColor", EMOTIONS[point.reaction])
    inner = svg[svg.index(">") + 1: svg.rindex("</svg>")]
    return (f'<svg x="{x - _FACE / 2:.1f}" y="{y - _FACE / 2:.1f}" width="{_FACE:g}" height="{_FACE:g}" viewBox="0 0 24 24" fill="none">'
            f'<circle cx="12" cy="12" r="12.6" fill="#fff"/>{inner}</svg>')


def _size(points: Sequence[Point], column: float) -> float:
    """Size of level labels: the largest at which the longest word fits its column, no smaller than the least."""
    return max(_LEAST, min(_TEXT, (column - 2) / max(_longest(points), 1)))


def _is_upright(points: Sequence[Point], column: float) -> bool:
    """True where a word is longer than its column at the least size: then labels stand upright."""
    return _longest(points) * _LEAST > column


def _longest(points: Sequence[Point]) -> float:
    """Width of the longest word of the labels, in font sizes."""
    return max((text_width(word, 1) for point in points for word in re.split(r"(?<=-)| ", point.label)), default=1.0)


def _label(text: str, x: float, y: float, column: float, size: float) -> str:
    lines: list[str] = []
    for piece in re.findall(r"[^\s-]*-|[^\s-]+\s*", text):
        if lines and text_width(f"{lines[-1]}{piece}".rstrip(), size) <= column:
            lines[-1] += piece
        else:
            lines.append(piece)
    shown = [escape(line.rstrip()) for line in lines[:3]]
    return "".join(f'<text x="{x:.1f}" y="{y + 11.5 * i:.1f}" text-anchor="middle" fill="{GREY}" font-size="{size:.3g}">{line}</text>'
                   for i, line in enumerate(shown))


def _upright(text: str, x: float, y: float) -> str:
    lines = textwrap.wrap(text, _UPRIGHT)[:2]
    first = x + _LEAST * (0.36 - 0.55 * (len(lines) - 1))
    return "".join(f'<text transform="translate({first + 1.1 * _LEAST * i:.1f},{y:.1f}) rotate(-90)" text-anchor="end" fill="{GREY}" '
                   f'font-size="{_LEAST:g}">{escape(line)}</text>' for i, line in enumerate(lines))
