"""The journey map on paper (A3: PDF, PNG, SVG) and on screen (one HTML page), from one view."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Any

from cxkit.sheets import html, typst
from cxkit.sheets.frame import frame
from cxkit.sheets.identity import Identity
from cxkit.sheets.map_curve import Canvas, curve, describe, point_rows, shape
from cxkit.sheets.map_lanes import lanes, quoted, shortened, stage_label
from cxkit.steps.journey_view import JourneyMapView
from cxkit.words import Words

PRINT = "journey_map/map.typ"
SCREEN = "journey_map/map.html"
MAX_STAGES = 9
SIZES = tuple(tenths / 10 for tenths in range(70, 93, 2))
"""Sizes of the body text that are tried, in points; a map that would need less is split over more pages."""
FEW_NOTES = 16
"""So many notes may stand under the map, where that costs no more than two sizes; else they have their own page."""

Others = Sequence[tuple[str, JourneyMapView]]


@dataclass(frozen=True)
class Page:
    """An A3 sheet, landscape; points."""

    width: float = 1190.55
    height: float = 841.89
    side: float = 34.0
    top: float = 28.0
    bottom: float = 36.0
    label: float = 96.0
    emotion: float = 160.0
    """Least height of the emotion lane, about a fifth of the page; what is left over goes to it first."""

    @property
    def lane(self) -> float:
        """Width of all stage columns together."""
        return self.width - 2 * self.side - self.label

    @property
    def body(self) -> float:
        """Height between the margins."""
        return self.height - self.top - self.bottom


def print_data(view: JourneyMapView, words: Words, identity: Identity, *, others: Others = (), confidentiality: str = "") -> dict[str, Any]:
    """The map laid out for print: the largest text that fits, on as few pages as hold 7 pt.

    Parameters
    ----------
    view : the map.
    words, identity : the reader's language, the client's look.
    others : further curves by name: the journey aimed at, other personas.
    confidentiality : the client's own line.
    """
    data = content(view, words, identity, others, confidentiality)
    page, count = Page(), len(view.stages)
    for parts in range(ceil(count / MAX_STAGES), count + 1):
        data["pages"] = cut(view, data["lanes"], words, others, parts, page.emotion, page)
        found = _fitted(data, page)
        if found["fits"]:
            break
    # the emotion lane takes up to half of what is left, the rows the rest, so that the sheet is filled evenly
    free = max(0.0, found["free"] - 6)
    emotion = page.emotion + min(free * 0.5, 90)
    pad = min((free - (emotion - page.emotion)) / (2 * len(data["lanes"])), 5)
    data["pages"] = cut(view, data["lanes"], words, others, parts, emotion, page)
    left = _left_out(data["pages"], words, len(data["notes"]))
    data["notes"] += left
    return data | {"layout": _layout(page, size=found["size"], pad=pad, inline=found["inline"] and not left)}


def _fitted(data: dict[str, Any], page: Page) -> dict[str, Any]:
    """The largest size at which every page holds; the notes stay on the last one if that costs little, else they follow."""
    apart = typst.query(PRINT, data | {"layout": _layout(page, fit=True)}, "fit")[0] | {"inline": False}
    if not apart["fits"] or not 0 < len(data["notes"]) <= FEW_NOTES:
        return apart
    under = typst.query(PRINT, data | {"layout": _layout(page, fit=True, inline=True)}, "fit")[0] | {"inline": True}
    return under if under["fits"] and SIZES.index(under["size"]) >= SIZES.index(apart["size"]) - 2 else apart


def pdf(data: dict[str, Any], view: JourneyMapView) -> bytes:
    """PDF/A-2a and PDF/UA-1 of :func:`print_data`, dated with the map's day."""
    return typst.compile_pdf(PRINT, data, as_of=view.date)


def png(data: dict[str, Any], ppi: float = 144) -> tuple[bytes, ...]:
    """Pictures of :func:`print_data`, one a page."""
    return typst.compile_png(PRINT, data, ppi=ppi)


def svg(data: dict[str, Any]) -> tuple[bytes, ...]:
    """Drawings of :func:`print_data`, one a page."""
    return typst.compile_svg(PRINT, data)


def page(view: JourneyMapView, words: Words, identity: Identity, *, others: Others = (), confidentiality: str = "") -> str:
    """The map as one self-contained HTML page."""
    data = content(view, words, identity, others, confidentiality)
    canvas = Canvas(width=max(1300, 150 * len(view.stages)), height=280, text=12, face=26)
    return html.render(SCREEN, data | {"curve": curve(view, words, canvas, others), "rows": point_rows(view, words)})


def content(view: JourneyMapView, words: Words, identity: Identity, others: Others, confidentiality: str) -> dict[str, Any]:
    """What every form of the map shows: its frame, lanes, notes and persona."""
    rows, notes = lanes(view, words)
    drafted = words("map.drafted") if view.drafted else ""
    return frame(
        words,
        identity,
        title=words.text(view.title),
        client=view.client,
        as_of=view.date,
        eyebrow=" · ".join(part for part in (words(f"map_kinds.{view.kind}"), drafted) if part),
        subtitle=view.persona.name if view.persona else words("map.global"),
        sample=_sample(view, words),
        period=words("sheet.period", start=words.date(view.start), end=words.date(view.end)) if view.start and view.end else "",
        version=view.version,
        method=words("map.method"),
        confidentiality=confidentiality,
        sections=("map", "map_kinds"),
        kind=view.kind,
        persona=_persona(view, words),
        stages=[stage_label(words, stage) for stage in view.stages],
        lanes=rows,
        notes=notes,
        curves=[{"name": name, "shape": shape(at), "dashed": other.kind == "to-be"} for at, (name, other) in enumerate(others)],
        description=describe(view, words),
    )


def _sample(view: JourneyMapView, words: Words) -> str:
    bases = [words("map.sample", kind=words(f"evidence_kinds.{mark.kind}"), n=mark.n) for mark in view.sample if mark.n]
    return ", ".join(bases) or words("map.no_sample")


def _persona(view: JourneyMapView, words: Words) -> dict[str, str] | None:
    if view.persona is None:
        return None
    card = view.persona
    quote = shortened(words.text(card.quote))
    return {
        "name": card.name,
        "tagline": shortened(words.text(card.tagline)),
        "quote": quoted(words, quote) if quote else "",
        "share": words("map.share", share=words.percent(card.share)) if card.share is not None else "",
        "base": words("base.n", n=card.n) if card.n else "",
    }


def _layout(page: Page, *, size: float = SIZES[0], pad: float = 0.0, fit: bool = False, inline: bool = False) -> dict[str, Any]:
    return {
        "fit": fit,
        "inline_notes": inline,
        "size": size,
        "pad": pad,
        "sizes": SIZES,
        "label": page.label,
        "lane": page.lane,
        "body": page.body,
        "side": page.side,
        "top": page.top,
        "bottom": page.bottom,
    }


def cut(
    view: JourneyMapView, rows: list[dict[str, Any]], words: Words, others: Others, parts: int, emotion: float, page: Page
) -> list[dict[str, Any]]:
    """The stages cut into ``parts`` runs as equal as can be; each with its lanes and its piece of the curve."""
    count = len(view.stages)
    bounds = [round(count * at / parts) for at in range(parts + 1)]
    pages = []
    for start, end in pairwise(bounds):
        part = view.model_copy(update={"stages": view.stages[start:end]})
        pages.append(
            {
                "first": start,
                "stages": [stage_label(words, stage) for stage in part.stages],
                "lanes": [{**row, "cells": row["cells"][start:end]} for row in rows],
                "curve": curve(part, words, Canvas(page.lane, emotion), others, start),
            }
        )
    return pages


def _left_out(pages: list[dict[str, Any]], words: Words, count: int) -> list[dict[str, Any]]:
    """Notes for the labels of the curve that found no place beside their points."""
    left = [(point["code"], point["left_out"]) for page in pages for point in page["curve"]["points"] if point["left_out"]]
    lane = words("map.lanes.emotion")
    return [{"number": count + at, "stage": code, "lane": lane, "texts": texts} for at, (code, texts) in enumerate(left, start=1)]
