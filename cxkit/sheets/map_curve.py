"""Geometry of the emotion curve: a display list that print and screen draw alike.

The curve is a monotone cubic interpolation through the activity points (PCHIP, Fritsch & Butland 1984): it never rises
above or falls below its points.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

import numpy as np
from scipy.interpolate import PchipInterpolator

from cxkit import method
from cxkit.sheets.map_labels import labelled
from cxkit.sheets.map_lanes import code
from cxkit.steps.journey_view import CurvePoint, JourneyMapView
from cxkit.words import Words

HIGHEST, LOWEST = 2, -3
SHAPES: dict[str, tuple[tuple[float, float], ...]] = {
    "circle": tuple((round(cos(pi * k / 10), 3), round(sin(pi * k / 10), 3)) for k in range(20)),
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "triangle": ((0, -1.15), (1.15, 0.95), (-1.15, 0.95)),
    "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "plus": ((-0.4, -1.2), (0.4, -1.2), (0.4, -0.4), (1.2, -0.4), (1.2, 0.4), (0.4, 0.4), (0.4, 1.2), (-0.4, 1.2), (-0.4, 0.4), (-1.2, 0.4),
             (-1.2, -0.4), (-0.4, -0.4)),
    "dash": ((-1.3, -0.5), (1.3, -0.5), (1.3, 0.5), (-1.3, 0.5)),
    "star": tuple((round(r * sin(pi * k / 5), 3), round(-r * cos(pi * k / 5), 3)) for k in range(10) for r in ((1.4, 0.6)[k % 2],)),
    "cross": ((-0.55, -1.15), (0, -0.6), (0.55, -1.15), (1.15, -0.55), (0.6, 0), (1.15, 0.55), (0.55, 1.15), (0, 0.6), (-0.55, 1.15),
              (-1.15, 0.55), (-0.6, 0), (-1.15, -0.55)),
}
"""Outlines of the points of further curves within a radius of about 1; colour is not alone to tell eight curves apart."""


@dataclass(frozen=True)
class Canvas:
    """The lane that a curve is drawn on; lengths in points (print) or pixels (screen).

    Parameters
    ----------
    width, height : of the lane, labels excluded.
    text : size of the smallest print.
    face : diameter of a face.
    """

    width: float
    height: float
    text: float = 7.0
    face: float = 15.0

    @property
    def foot(self) -> float:
        """Height of the strip at the bottom that holds the numbers of the activities."""
        return self.text * 1.6

    def y(self, valence: float) -> float:
        """Height on the canvas of a valence, from the top."""
        top, bottom = self.face * 0.5 + self.text * 2.2, self.foot + self.face * 0.5 + self.text * 1.4
        return top + (HIGHEST - valence) / (HIGHEST - LOWEST) * (self.height - top - bottom)


@dataclass(frozen=True)
class _Placed:
    x: float
    code: str
    point: CurvePoint
    emotion: str


def curve(
    view: JourneyMapView, words: Words, canvas: Canvas, others: Sequence[tuple[str, JourneyMapView]] = (), first: int = 0
) -> dict[str, Any]:
    """Display list of the emotion lane.

    Parameters
    ----------
    view : the map, or the part of its stages that one page shows.
    others : further curves with their names (the journey aimed at, other personas), matched by stage.
    first : index on the whole map of the first stage shown.

    Returns
    -------
    ``levels`` (scale), ``bands`` and ``segments`` (cubic Bézier pieces ``[x0, y0, x1, y1, x2, y2, x3, y3]``), ``points`` with
    face, number and label lines, ``others`` likewise.
    """
    placed = _placed(view, words, canvas, first)
    pieces = _pieces([(each.x, canvas.y(each.point.valence)) if each else None for each in placed])
    present = [each for each in placed if each is not None]
    further = [_other(at, name, other, view, words, canvas) for at, (name, other) in enumerate(others)]
    return {
        "width": canvas.width,
        "height": canvas.height,
        "text": canvas.text,
        "face": canvas.face,
        "foot": canvas.foot,
        "zero": canvas.y(0),
        "columns": [canvas.width * at / len(view.stages) for at in range(1, len(view.stages))],
        "levels": [
            {"y": canvas.y(value), "word": words(f"reactions.{name}"), "value": words.number(value, sign=True)}
            for name, value in method.data("reactions")["valence"].items()
        ],
        "name": words(f"map_kinds.{view.kind}"),
        "dashed": view.kind == "to-be",
        "bands": _bands(placed, pieces, canvas),
        "segments": [
            {"piece": piece, "solid": placed[at].point.solid and placed[at + 1].point.solid} for at, piece in pieces.items()
        ],
        "points": _points(present, words, canvas, list(pieces.values()), further),
        "others": further,
        "description": describe(view, words, first),
    }


def describe(view: JourneyMapView, words: Words, first: int = 0) -> str:
    """The curve in words, for those who do not see it."""
    rows = [f"{row['code']} {row['reaction']} {row['valence']} {row['base']}" for row in point_rows(view, words, first)]
    return words("map.curve_described", points="; ".join(rows)) if rows else words("map.curve_empty")


def point_rows(view: JourneyMapView, words: Words, first: int = 0) -> list[dict[str, str]]:
    """The curve as a table: one row a point."""
    return [
        {
            "code": code(first + at, number),
            "action": words.text(activity.action),
            "emotion": words.text(activity.emotion),
            "reaction": words(f"reactions.{activity.point.reaction}"),
            "valence": words.number(activity.point.valence, 1, sign=True),
            "interval": words.interval(activity.point.low, activity.point.high, 1, sign=True),
            "net": _net(activity.point, words),
            "base": _base(activity.point, words),
            "evidence": words(f"evidence_kinds.{activity.point.kind}"),
        }
        for at, stage in enumerate(view.stages)
        for number, activity in enumerate(stage.activities)
        if activity.point is not None
    ]


def _placed(view: JourneyMapView, words: Words, canvas: Canvas, first: int, order: Sequence[str] = ()) -> list[_Placed | None]:
    ids = list(order) or [stage.id for stage in view.stages]
    column = canvas.width / len(ids)
    placed: list[_Placed | None] = []
    for stage in view.stages:
        if stage.id not in ids:
            continue
        at = ids.index(stage.id)
        step = column / max(1, len(stage.activities))
        for number, activity in enumerate(stage.activities):
            if activity.point is None:
                placed.append(None)
                continue
            x = column * at + step * (number + 0.5)
            placed.append(_Placed(x, code(first + at, number), activity.point, words.text(activity.emotion)))
    return placed


def _pieces(points: Sequence[tuple[float, float] | None]) -> dict[int, list[float]]:
    """Bézier pieces between neighbours, by the index of their first point; a missing point breaks the curve."""
    pieces: dict[int, list[float]] = {}
    run: list[int] = []
    for at, point in enumerate([*points, None]):
        if point is not None:
            run.append(at)
            continue
        if len(run) > 1:
            xs, ys = np.array([points[i] for i in run], dtype=float).T
            slopes = PchipInterpolator(xs, ys).derivative()(xs) if len(run) > 2 else np.repeat((ys[1] - ys[0]) / (xs[1] - xs[0]), 2)
            for k, i in enumerate(run[:-1]):
                third = (xs[k + 1] - xs[k]) / 3
                piece = [xs[k], ys[k], xs[k] + third, ys[k] + third * slopes[k]]
                piece += [xs[k + 1] - third, ys[k + 1] - third * slopes[k + 1], xs[k + 1], ys[k + 1]]
                pieces[i] = [round(float(value), 2) for value in piece]
        run = []
    return pieces


def _bands(placed: Sequence[_Placed | None], pieces: Mapping[int, list[float]], canvas: Canvas) -> list[dict[str, Any]]:
    """Interval bands along the curve between neighbours that both have an interval, a bar at a point that stands alone."""
    known = [each is not None and each.point.low is not None and each.point.high is not None for each in placed]
    joined = [at for at in pieces if known[at] and known[at + 1]]
    alone = [each for at, each in enumerate(placed) if known[at] and at not in joined and at - 1 not in joined]

    def edge(at: int, bound: str) -> list[float]:
        ends = [canvas.y(getattr(each.point, bound)) - canvas.y(each.point.valence) for each in placed[at : at + 2]]
        shifts = np.linspace(ends[0], ends[1], 4)
        return [round(float(value + shifts[k // 2]), 2) if k % 2 else value for k, value in enumerate(pieces[at])]

    return [
        *({"upper": edge(at, "high"), "lower": edge(at, "low")} for at in joined),
        *({"x": each.x, "top": canvas.y(each.point.high), "bottom": canvas.y(each.point.low)} for each in alone),
    ]


def _other(at: int, name: str, other: JourneyMapView, view: JourneyMapView, words: Words, canvas: Canvas) -> dict[str, Any]:
    placed = _placed(other, words, canvas, 0, [stage.id for stage in view.stages])
    dots = [{"x": each.x, "y": canvas.y(each.point.valence), "solid": each.point.solid} for each in placed if each]
    pieces = _pieces([(each.x, canvas.y(each.point.valence)) if each else None for each in placed])
    look = {"shape": shape(at), "outline": SHAPES[shape(at)], "dashed": other.kind == "to-be"}
    return {"name": name, **look, "dots": dots, "segments": list(pieces.values())}


def shape(at: int) -> str:
    """Shape of the points of a further curve, so that colour is not alone to tell curves apart."""
    return list(SHAPES)[at % len(SHAPES)]


def _net(point: CurvePoint, words: Words) -> str:
    """Net emotion; counts where the base carries no percentage, nothing where it carries no figure."""
    if point.base == "counts_only" and point.distribution:
        counts = {sign: sum(n for name, n in point.distribution.items() if sign * method.valence(name) > 0) for sign in (1, -1)}
        return words("map.counts", positive=counts[1], negative=counts[-1])
    if point.base in ("suppressed", "counts_only") or point.net_emotion is None:
        return ""
    sign = "+" if round(point.net_emotion, 2) > 0 else ""
    return sign + words.percent(point.net_emotion)


def _base(point: CurvePoint, words: Words) -> str:
    """The base under a point; the kind of evidence where nobody was counted."""
    if not point.solid or not point.n:
        return words(f"evidence_kinds.{point.kind}")
    if point.base == "suppressed":
        return words("map.too_few")
    if point.inferred:
        return words("map.read", n=point.n)
    base = words("base.n", n=point.n)
    return (base if point.kind == "measured" else words(f"map.told.{point.kind}", base=base)) + ("*" if point.base in ("weak", "counts_only") else "")


def _points(
    placed: Sequence[_Placed], words: Words, canvas: Canvas, pieces: list[list[float]], further: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    told = [[(each.emotion, 600), (_net(each.point, words), 600), (_base(each.point, words), 400)] for each in placed]
    centres = [(each.x, canvas.y(each.point.valence), [line for line in lines if line[0]]) for each, lines in zip(placed, told, strict=True)]
    labels = labelled(centres, canvas, pieces, further)
    return [
        {"x": x, "y": y, "code": each.code, "reaction": each.point.reaction, "solid": each.point.solid, **label}
        for each, (x, y, _), label in zip(placed, centres, labels, strict=True)
    ]
