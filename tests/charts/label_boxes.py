"""Where the texts of a drawn chart stand: boxes from the advances of the print face, so that labels that meet or leave the picture are found."""

import re
from math import cos, hypot, radians, sin
from typing import NamedTuple

from lxml import etree

from cxkit.sheets.assets import text_width

ASCENT, DESCENT = 0.74, 0.16
"""Of a line of Inter above and below its baseline, in font sizes; capitals and descenders, not the line's leading."""
_NUMBERS = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_STEP = re.compile(r"(translate|rotate|matrix|scale)\(([^)]*)\)")


class Label(NamedTuple):
    """A text and the corners of its box in pixels: left top, left bottom, right top, right bottom of the text as it is read."""

    text: str
    corners: tuple[tuple[float, float], ...]

    def across(self, axis: tuple[float, float]) -> tuple[float, float]:
        """From where to where the box reaches along a direction."""
        places = [x * axis[0] + y * axis[1] for x, y in self.corners]
        return min(places), max(places)


Matrix = tuple[float, float, float, float, float, float]


def labels(svg: str) -> list[Label]:
    """Every visible text of a chart that vl-convert drew."""
    found = []
    for node in etree.fromstring(svg.encode()).iter("{http://www.w3.org/2000/svg}text"):
        text = " ".join("".join(node.itertext()).split())
        if text and node.get("opacity") != "0" and node.get("fill") != "transparent":
            rows = node.findall("{http://www.w3.org/2000/svg}tspan") or [node]
            found += [_label(row, node) for row in rows if "".join(row.itertext()).strip()]
    return found


def faults(svg: str, told: str = "", slack: float = 1.0) -> list[str]:
    """Texts that cover each other, leave the picture or were cut; ``told`` is what may hold an ellipsis."""
    root = etree.fromstring(svg.encode())
    _, _, width, height = (float(value) for value in root.get("viewBox").split())
    boxes = labels(svg)
    found = [f"{one.text!r} cut" for one in boxes if "…" in one.text and one.text not in told]
    found += [f"{one.text!r} off the picture" for one in boxes
              if not all(-slack <= x <= width + slack and -slack <= y <= height + slack for x, y in one.corners)]  # fmt: skip
    return found + [f"{a.text!r} over {b.text!r}" for at, a in enumerate(boxes) for b in boxes[:at] if _meet(a, b, slack)]


def _meet(a: Label, b: Label, slack: float) -> bool:
    """Two boxes cover each other unless a side of one of them parts them (separating axes)."""
    axes = [_along(box.corners[at], box.corners[to]) for box in (a, b) for at, to in ((0, 1), (0, 2))]
    return all(min(a.across(axis)[1], b.across(axis)[1]) - max(a.across(axis)[0], b.across(axis)[0]) > slack for axis in axes)


def _along(start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
    length = hypot(end[0] - start[0], end[1] - start[1])
    return (end[0] - start[0]) / length, (end[1] - start[1]) / length


def _label(row: etree._Element, node: etree._Element) -> Label:
    text = "".join(row.itertext())
    size = float(node.get("font-size", "11px").removesuffix("px"))
    width = text_width(text, size, 600 if node.get("font-weight") in ("600", "bold", "700") else 400)
    anchor = {"start": 0.0, "middle": 0.5, "end": 1.0}[node.get("text-anchor", "start")]
    x, y = float(row.get("x", "0")), float(row.get("y", "0")) + float(row.get("dy", "0"))
    left = x - anchor * width
    corners = [(left + dx, y + dy) for dx in (0, width) for dy in (-ASCENT * size, DESCENT * size)]
    return Label(" ".join(text.split()), tuple(_moved(_chain(node), corner) for corner in corners))


def _chain(node: etree._Element) -> list[Matrix]:
    """Transforms of a node, the outermost first."""
    chain = []
    while node is not None:
        chain[:0] = [_matrix(kind, values) for kind, values in _STEP.findall(node.get("transform", ""))]
        node = node.getparent()
    return chain


def _matrix(kind: str, values: str) -> Matrix:
    numbers = [float(value) for value in _NUMBERS.findall(values)]
    if kind == "translate":
        return (1, 0, 0, 1, numbers[0], numbers[1] if len(numbers) > 1 else 0)
    if kind == "scale":
        return (numbers[0], 0, 0, numbers[-1], 0, 0)
    if kind == "rotate":
        turn = radians(numbers[0])
        return (cos(turn), sin(turn), -sin(turn), cos(turn), 0, 0)
    return tuple(numbers)


def _moved(chain: list[Matrix], point: tuple[float, float]) -> tuple[float, float]:
    for a, b, c, d, e, f in reversed(chain):
        point = (a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f)
    return point
