"""Where the graph of moves stands on the page: stages in columns, boxes that never overlap, curves between their sides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cxkit import method
from cxkit.steps.journey_paths_view import LivedPaths, Transition

NODE_WIDTH, LINE = 118, 14
COLUMN, GAP, HEAD = 154, 18, 42
WIDEST = 11
ENDS = ("^outcome", "^left")


@dataclass(frozen=True)
class Box:
    """A touchpoint or an end, its left top corner and height in pixels, and the share of episodes that pass there."""

    key: str
    x: float
    y: float
    reach: float
    height: float


@dataclass(frozen=True)
class Edge:
    """A move as a smooth line through points; ``angle`` of its arrow in degrees; ``kind``: forward, back, outcome or left."""

    points: tuple[tuple[float, float], ...]
    width: float
    kind: str
    angle: float


@dataclass(frozen=True)
class Column:
    """A stage and the left of its boxes; None for touchpoints without stage, ``^end`` for the ends."""

    stage: str | None
    x: float


@dataclass(frozen=True)
class Layout:
    """The graph in pixels; ``hidden`` moves were too rare to be drawn."""

    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    columns: tuple[Column, ...]
    width: float
    height: float
    hidden: int


def lay_out(paths: LivedPaths, stages: Sequence[str], lines: int = 2, most_rows: int = 7, most_edges: int = 34) -> Layout:
    """Lay the graph out: at most ``most_rows`` touchpoints a stage, the most used first, and the most frequent moves; names take ``lines`` lines."""
    tall = 26 + LINE * lines
    rare = method.data("paths")["rare_share"]
    nodes = [node for node in paths.nodes if node.reach >= rare and node.touchpoint != paths.outcome_event]
    order = [stage for stage in [*stages, None] if any(_column_of(node.stage, stages) == stage for node in nodes)]
    columns = [Column(stage, i * COLUMN) for i, stage in enumerate([*order, "^end"])]
    boxes = []
    for column in columns[:-1]:
        here = sorted((n for n in nodes if _column_of(n.stage, stages) == column.stage), key=lambda n: (-n.reach, n.touchpoint))[:most_rows]
        boxes += [Box(node.touchpoint, column.x, 0, node.reach, tall) for node in here]
    ends = {"^outcome": paths.outcome, "^left": paths.left}
    boxes += [Box(key, columns[-1].x, 0, ends[key] / paths.episodes, tall) for key in ENDS if ends[key]]
    rows = max((sum(box.x == column.x for box in boxes) for column in columns), default=0)
    height = HEAD + rows * (tall + GAP)
    boxes = [box for column in columns for box in _centred([b for b in boxes if b.x == column.x], height)]
    place = {box.key: box for box in boxes}
    moves = [t.model_copy(update={"target": "^outcome"}) if t.target == paths.outcome_event else t for t in paths.transitions]
    drawn = [t for t in moves if t.source in place and t.target in place]
    drawn.sort(key=lambda t: (-t.episodes, t.source, t.target))
    shown = [t for t in drawn if t.reach >= rare][:most_edges]
    edges = tuple(_edge(t, place, shown, WIDEST / shown[0].reach) for t in reversed(shown))
    return Layout(tuple(boxes), edges, tuple(columns), columns[-1].x + NODE_WIDTH + 34 if columns else 0, height, len(drawn) - len(shown))


def _column_of(stage: str | None, stages: Sequence[str]) -> str | None:
    return stage if stage in stages else None


def _centred(boxes: list[Box], height: float) -> list[Box]:
    taken = sum(box.height + GAP for box in boxes)
    top = HEAD + (height - HEAD - taken) / 2 + GAP / 2
    return [replace(box, y=top + i * (box.height + GAP)) for i, box in enumerate(boxes)]


def _edge(move: Transition, place: dict[str, Box], shown: list[Transition], scale: float) -> Edge:
    a, b = place[move.source], place[move.target]
    if a is b:
        return _loop(a, max(0.8, scale * move.reach))
    ya, yb = _port(move, a, shown, out=True), _port(move, b, shown, out=False)
    width = max(0.8, scale * move.reach)
    if a.x == b.x:
        # within a stage: down along the right side, up along the left side
        down = b.y > a.y
        side, sign = (a.x + NODE_WIDTH, 1) if down else (a.x, -1)
        bulge = side + sign * min(14 + 0.06 * abs(yb - ya), 30)
        return Edge(((side, ya), (bulge, ya), (bulge, (ya + yb) / 2), (bulge, yb), (side + sign * 3, yb)), width, "forward" if down else "back",
                    180 if down else 0)
    forward = b.x > a.x
    start, end = (a.x + NODE_WIDTH, b.x - 4) if forward else (a.x, b.x + NODE_WIDTH + 4)
    bend = max(20.0, abs(end - start) * 0.4) * (1 if forward else -1)
    return Edge(((start, ya), (start + bend, ya), (end - bend, yb), (end, yb)), width,
                move.target[1:] if move.target in ENDS else "forward" if forward else "back", 0 if forward else 180)


def _loop(box: Box, width: float) -> Edge:
    """From a box to itself: a bow over its right corner."""
    right = box.x + NODE_WIDTH
    points = ((right - 30, box.y), (right - 30, box.y - 13), (right - 8, box.y - 13), (right - 8, box.y - 6), (right - 8, box.y - 3))
    return Edge(points, min(width, 5.0), "back", 90)


def _port(move: Transition, box: Box, shown: list[Transition], *, out: bool) -> float:
    """Height at which the move leaves or enters the box: moves of a box are spread over its side."""
    mine = sorted((t for t in shown if (t.source if out else t.target) == box.key and t.source != t.target), key=lambda t: (t.target, t.source))
    step = (box.height - 16) / max(len(mine), 1)
    return box.y + 8 + step * (mine.index(move) + 0.5)
