"""Labels of the emotion curve: beside their points, covering neither each other nor a face, off the curves where they can."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from cxkit.sheets.assets import text_width

Box = tuple[float, float, float, float]
Line = tuple[str, int]
"""Words and weight of a line."""


LONG = 12
"""Shortest text, in characters, that may take two lines."""


def labelled(
    points: Sequence[tuple[float, float, list[Line]]], canvas: Any, pieces: list[list[float]], further: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Place the label of each point.

    Parameters
    ----------
    points : centre and lines of each, from left to right; the last line is the last to go where there is no room.
    canvas : the lane (:class:`cxkit.sheets.map_curve.Canvas`).
    pieces, further : what is drawn there: Bézier pieces of the curve, the other curves.

    Returns
    -------
    one mapping a point: ``lines`` kept, ``label`` (left, top, right, bottom; None without room) and ``left_out``.
    """
    half = canvas.face / 2
    centres = [(x, y) for x, y, _ in points]
    taken: list[Box] = [(x - half, y - half, x + half, y + half) for x, y in centres]
    dots = np.array([(each["x"], each["y"]) for other in further for each in other["dots"]]).reshape(-1, 2)
    # a covered dot weighs as much as a long run of covered curve: dots are where the other curves carry information
    path = np.vstack([_samples([*pieces, *(piece for other in further for piece in other["segments"])]), np.repeat(dots, 25, axis=0)])
    made = []
    for x, y, lines in points:
        left_out, kept, spot = _fitted(lines, x, y, canvas, taken, path, clear=len(further) > 1)
        if spot is not None:
            taken.append(spot)
        made.append({"lines": [{"text": text, "weight": weight} for text, weight in kept], "label": list(spot) if spot else None,
                     "left_out": [text for text, _ in lines[:left_out]]})
    return made


def _fitted(lines: list[Line], x: float, y: float, canvas: Any, taken: list[Box], path: np.ndarray, *,
            clear: bool) -> tuple[int, list[Line], Box | None]:  # fmt: skip
    """How many lines are left out, those kept, and their free place around the point, off the curves if they can; the base is the last to go.

    Among many curves (``clear``) what would cover one is left out: it stands in the notes and in the table.
    """
    for start in range(len(lines)):
        found = []
        for form in _forms(lines[start:]):
            free = [spot for spot in _spots(form, x, y, canvas) if not any(_overlap(spot, other) for other in taken)]
            found += [(_crossings(spot, path), form, spot) for spot in free]
        if clear:
            found = [one for one in found if not one[0]]
        if found:
            _, form, spot = min(found, key=lambda one: one[0])
            return start, form, spot
    return len(lines), [], None


def _forms(lines: list[Line]) -> list[list[Line]]:
    """The lines as they are, and with a first one of several words on two lines as equal as can be."""
    text, weight = lines[0]
    cuts = [at for at, char in enumerate(text) if char == " "]
    if not cuts or len(text) < LONG:
        return [lines]
    middle = min(cuts, key=lambda at: abs(2 * at - len(text)))
    return [lines, [(text[:middle], weight), (text[middle + 1 :], weight), *lines[1:]]]


def _spots(lines: list[Line], x: float, y: float, canvas: Any) -> list[Box]:
    """Places around a point, the best first: under and over it, slid to the sides, then beside it, then a little farther."""
    width = max(text_width(text, canvas.text, weight) for text, weight in lines)
    height = len(lines) * canvas.text * 1.2
    gap = canvas.face / 2 + canvas.text * 0.25
    corners = []
    for farther in (0.0, 0.5 * canvas.text, canvas.text):
        for slide in (0.0, -0.3, 0.3, -0.5, 0.5):
            corners += [(x + (slide - 0.5) * width, top) for top in (y + gap + farther, y - gap - farther - height)]
        side = gap + canvas.text * 0.2 + farther
        for rise in (0.5, 0.25, 0.75, 0.0, 1.0):
            corners += [(left, y - rise * height) for left in (x + side, x - side - width)]
    corners = [(min(max(left, 1), canvas.width - width - 1), top) for left, top in corners]
    return [(left, top, left + width, top + height) for left, top in corners if 0 <= top <= canvas.height - canvas.foot - height]


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _crossings(spot: Box, path: np.ndarray) -> int:
    if not len(path):
        return 0
    inside = (path[:, 0] > spot[0]) & (path[:, 0] < spot[2]) & (path[:, 1] > spot[1]) & (path[:, 1] < spot[3])
    return int(inside.sum())


def _samples(pieces: Sequence[list[float]]) -> np.ndarray:
    t = np.linspace(0, 1, 25)[:, None]
    weights = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
    return np.vstack([weights @ np.reshape(piece, (4, 2)) for piece in pieces]) if pieces else np.empty((0, 2))
