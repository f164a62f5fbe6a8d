"""Labels beside points that cover neither each other nor the points: greedy placement in pixels."""

import math
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

CHARACTER, LINE = 0.56, 1.25
"""Mean width of a character and height of a line, in font sizes."""

LEADING = 11
"""Pixels from line to line of a label on an axis."""

_OFFSETS = [(8, 0, "left"), (-8, 0, "right"), (8, -11, "left"), (8, 11, "left"), (-8, -11, "right"), (-8, 11, "right"),
            (0, -14, "center"), (0, 14, "center"), (12, -22, "left"), (12, 22, "left"), (-12, -22, "right"), (-12, 22, "right"),
            (16, -34, "left"), (16, 34, "left"), (-16, -34, "right"), (-16, 34, "right"), (0, -46, "center"), (0, 46, "center")]


def on_lines(text: str, width: int) -> str:
    """The whole text on lines of ``width`` characters, words kept whole where they fit within one more, else hyphenated in equal parts."""
    parted = " ".join(_parted(word, width) for word in text.split(" "))
    return "\n".join(textwrap.wrap(parted, width, break_on_hyphens=False, break_long_words=False) or [""])


def _parted(word: str, width: int) -> str:
    if len(word) <= width + 1:
        return word
    size = math.ceil(len(word) / math.ceil(len(word) / (width - 1)))
    return "- ".join(word[at:at + size] for at in range(0, len(word), size))


def lined_axis(**look: Any) -> alt.Axis:
    """A quiet axis whose labels stand on the lines that :func:`on_lines` made."""
    quiet = {"domain": False, "ticks": False, "labelFontSize": 10.5, "labelLineHeight": LEADING}
    return alt.Axis(labelExpr="split(datum.label, '\\n')", **{**quiet, **look})


def top_axis(labels: Iterable[str], **look: Any) -> alt.Axis:
    """:func:`lined_axis` above a chart; its lines run down from where one would stand, so the longest of these labels lifts all."""
    most = max((label.count("\n") for label in labels), default=0)
    return lined_axis(orient="top", labelAngle=0, labelPadding=4 + LEADING * most, **look)


def rows_height(labels: Iterable[str], between: int = 13) -> int:
    """Height in pixels of a chart with an equal row for each of these labels of :func:`lined_axis`: none reaches into the next."""
    lines = [label.count("\n") + 1 for label in labels]
    return max(sum(between + LEADING * count for count in lines), len(lines) * (LEADING * max(lines, default=1) + 2))


@dataclass(frozen=True)
class Label:
    """Where a label stands: anchor in pixels from the left and top, and its alignment; ``far`` asks for a leader line."""

    x: float
    y: float
    align: str
    far: bool


def place_labels(points: Sequence[tuple[float, float, str]], width: float, height: float, size: float = 11) -> list[Label]:
    """Place one label a point (x, y, text), in the order given; the first free place wins, else the least covered one."""
    taken = [(x - 5, y - 5, x + 5, y + 5) for x, y, _ in points]
    labels = []
    for x, y, text in points:
        scored = []
        for order, (dx, dy, align) in enumerate(_OFFSETS):
            box = _box(x + dx, y + dy, text, align, size)
            outside = max(0, -box[0]) + max(0, box[2] - width) + max(0, -box[1]) + max(0, box[3] - height)
            scored.append((sum(_shared(box, other) for other in taken) + 20 * outside, order, box, Label(x + dx, y + dy, align, abs(dy) > 14)))
        _, _, box, label = min(scored, key=lambda item: item[:2])
        taken.append(box)
        labels.append(label)
    return labels


def _box(x: float, y: float, text: str, align: str, size: float) -> tuple[float, float, float, float]:
    wide, high = len(text) * size * CHARACTER, size * LINE
    left = {"left": x, "right": x - wide, "center": x - wide / 2}[align]
    return left, y - high / 2, left + wide, y + high / 2


def _shared(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> float:
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
