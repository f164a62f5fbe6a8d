"""The journey map on paper: A4, A3 or a poster, the largest text that fits, split where it would fall below 7 pt."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import Any

from cxkit import method
from cxkit.sheets import typst
from cxkit.sheets.assets import text_width
from cxkit.sheets.identity import Identity
from cxkit.sheets.journey_map import Others, content
from cxkit.sheets.map_curve import Canvas, curve
from cxkit.sheets.map_lanes import stage_label
from cxkit.sheets.map_split import Split, splits
from cxkit.steps.journey_view import JourneyMapView
from cxkit.words import Words

PRINT = "journey_map/map.typ"
SMALLEST = 7.0
"""Smallest text on paper, in points; a map that would need less is split over more pages."""
FEW_NOTES = 16
NEAR = 2
"""So many notes may stand under the map, where that costs no more than so many sizes; else they have their own page."""

MOST_EMOTION, MOST_PAD = 0.9, 6.0
"""How far the emotion lane grows where a page has room, as a share of its least height; the same of a row, in points above and below."""


@dataclass(frozen=True)
class Paper:
    """A sheet in landscape. Lengths are points before ``zoom``: a poster is laid out like an A3 sheet, then enlarged.

    Parameters
    ----------
    emotion : least height of the emotion lane, about a fifth of the page; what is left over goes to it first.
    stages : most stages beside each other.
    sizes : smallest and largest body text.
    """

    width: float
    height: float
    side: float
    top: float
    bottom: float
    label: float
    emotion: float
    stages: int
    sizes: tuple[float, float]
    zoom: float = 1.0

    @property
    def lane(self) -> float:
        """Width of all stage columns together."""
        return self.width - 2 * self.side - self.label

    @property
    def body(self) -> float:
        """Height between the margins."""
        return self.height - self.top - self.bottom

    @property
    def steps(self) -> tuple[float, ...]:
        """Sizes of the body text that are tried."""
        low, high = (round(10 * size) for size in self.sizes)
        return tuple(tenths / 10 for tenths in range(low, high + 1, 2))


A3 = Paper(1190.55, 841.89, side=34, top=28, bottom=36, label=96, emotion=160, stages=9, sizes=(SMALLEST, 9.2))
A4 = Paper(841.89, 595.28, side=24, top=22, bottom=32, label=84, emotion=122, stages=6, sizes=(SMALLEST, 8.2))
A1 = replace(A3, zoom=2.0, stages=12, sizes=(4.6, 9.2))
A0 = replace(A1, zoom=2**1.5)
PAPERS = {"a3": A3, "a4": A4, "a1": A1, "a0": A0}


def print_data(
    view: JourneyMapView, words: Words, identity: Identity, *, others: Others = (), confidentiality: str = "", paper: Paper = A3
) -> dict[str, Any]:
    """The map laid out for print: the largest text that fits, on as few pages as hold 7 pt.

    Parameters
    ----------
    view : the map.
    words, identity : the reader's language, the client's look.
    others : further curves by name: the journey aimed at, other personas.
    confidentiality : the client's own line.
    paper : one of :data:`PAPERS`.
    """
    data = content(view, words, identity, others, confidentiality)
    paper = replace(paper, label=max(paper.label, label_width(data["lanes"], words, SMALLEST, 1.65 * paper.sizes[1] + 13)))

    def cut_into(split: Split, emotion: float = paper.emotion) -> list[dict[str, Any]]:
        return cut(view, data["lanes"], words, others, split, emotion, paper)

    def lane_heights(parts: int) -> tuple[float, float, list[float]]:
        return _measured(data | {"pages": cut_into(Split(parts))}, paper)

    for split in splits(len(view.stages), paper, lane_heights):
        data["pages"] = cut_into(split)
        found = _fitted(data, paper)
        if found["fits"]:
            break
    data["pages"] = _filled(data["pages"], cut_into, split, found["free"], paper)
    left = _left_out(data["pages"], words, len(data["notes"]))
    data["notes"] += left
    return data | {"layout": _layout(paper, size=found["size"], inline=found["inline"] and not left)}


def label_width(rows: list[dict[str, Any]], words: Words, size: float, beside: float) -> float:
    """Least width of the column of labels, so that neither a lane's longest word nor a word of the scale is cut.

    Parameters
    ----------
    rows : the lanes.
    size : of the print, in points.
    beside : what else stands in the column beside a word: margins and the icon.
    """
    lanes = max(text_width(word, size, 700) for row in rows for word in row["label"].split()) + beside
    scale = max(text_width(f"{words(f'reactions.{name}')} −3", size) for name in method.data("reactions")["valence"]) + 14
    return max(lanes, scale)


def _filled(pages: list[dict[str, Any]], cut_into: Callable[[Split, float], list[dict[str, Any]]], split: Split, free: list[float],
            paper: Paper) -> list[dict[str, Any]]:  # fmt: skip
    """Pages filled evenly: the emotion lane takes up to half of the height that is left, the rows the rest."""
    free = [max(0.0, height - 6) for height in free]
    more = min([paper.emotion * MOST_EMOTION, *(free[at] / 2 for at, page in enumerate(pages) if page["curve"])])
    filled = cut_into(split, paper.emotion + more)
    for at, page in enumerate(filled):
        page["pad"] = min((free[at] - more * bool(page["curve"])) / (2 * len(page["lanes"])), MOST_PAD)
    return filled


def enlarged(data: dict[str, Any], paper: Paper) -> dict[str, Any] | None:
    """A map laid out on one A3 page, as a poster of the same layout; None where it took more pages."""
    if len(data["pages"]) > 1:
        return None
    return data | {"layout": data["layout"] | {"zoom": paper.zoom}}


def _measured(data: dict[str, Any], paper: Paper) -> tuple[float, float, list[float]]:
    """At the smallest size: what the first page and a further one hold besides lanes, and the tallest row of each lane."""
    found = typst.query(PRINT, data | {"layout": _layout(paper, fit="lanes")}, "lanes")[0]
    return found["first"], found["further"], found["lanes"]


def _fitted(data: dict[str, Any], paper: Paper) -> dict[str, Any]:
    """The largest size at which every page holds; the notes stay on the last one if that costs little, else they follow."""
    near = NEAR if 0 < len(data["notes"]) <= FEW_NOTES else -1
    return typst.query(PRINT, data | {"layout": _layout(paper, fit="size") | {"near": near}}, "fit")[0]


def pdf(data: dict[str, Any], view: JourneyMapView) -> bytes:
    """PDF/A-2a and PDF/UA-1 of :func:`print_data`, dated with the map's day."""
    return typst.compile_pdf(PRINT, data, as_of=view.date)


def png(data: dict[str, Any], ppi: float = 144) -> tuple[bytes, ...]:
    """Pictures of :func:`print_data`, one a page."""
    return typst.compile_png(PRINT, data, ppi=ppi)


def svg(data: dict[str, Any]) -> tuple[bytes, ...]:
    """Drawings of :func:`print_data`, one a page."""
    return typst.compile_svg(PRINT, data)


def _layout(paper: Paper, *, size: float = 0.0, fit: str = "", inline: bool = False) -> dict[str, Any]:
    return {**asdict(paper), "lane": paper.lane, "body": paper.body, "sizes": paper.steps, "size": size or paper.steps[0],
            "fit": fit, "inline_notes": inline}  # fmt: skip


def cut(view: JourneyMapView, rows: list[dict[str, Any]], words: Words, others: Others, split: Split, emotion: float,
        paper: Paper) -> list[dict[str, Any]]:  # fmt: skip
    """The stages cut into runs as equal as can be, their lanes into groups; each run with its piece of the curve and the widths of its columns."""
    count = len(view.stages)
    pages = []
    for start, end in pairwise(round(count * at / split.parts) for at in range(split.parts + 1)):
        part = view.model_copy(update={"stages": view.stages[start:end]})
        drawn = curve(part, words, Canvas(paper.lane, emotion), others, start)
        lanes = [{**row, "cells": row["cells"][start:end]} for row in rows]
        for top, bottom in pairwise((0, *split.breaks, len(rows))):
            shown = lanes[top:bottom]
            has_curve = any(lane["layout"] == "curve" for lane in shown)
            pages.append({"first": start, "stages": [stage_label(words, stage) for stage in part.stages], "lanes": shown,
                          "curve": drawn if has_curve else None, "group": top > 0,
                          "label": paper.label, "lane": paper.lane})  # fmt: skip
    return pages


def _left_out(pages: list[dict[str, Any]], words: Words, count: int) -> list[dict[str, Any]]:
    """Notes for the labels of the curve that found no place beside their points."""
    left = [(point["code"], point["left_out"]) for page in pages if page["curve"] for point in page["curve"]["points"] if point["left_out"]]
    lane = words("map.lanes.emotion")
    return [{"number": count + at, "stage": code, "lane": lane, "texts": texts} for at, (code, texts) in enumerate(left, start=1)]
