"""The journey map on screen, one HTML page, and the content that it shares with paper, slides and spreadsheet."""

from collections.abc import Sequence
from typing import Any

from cxkit.sheets import html
from cxkit.sheets.frame import frame
from cxkit.sheets.identity import Identity
from cxkit.sheets.map_curve import SHAPES, Canvas, curve, describe, point_rows, shape
from cxkit.sheets.map_lanes import lanes, quoted, shortened, stage_label
from cxkit.steps.journey_view import JourneyMapView
from cxkit.words import Words

SCREEN = "journey_map/map.html"
Others = Sequence[tuple[str, JourneyMapView]]


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
        eyebrow=" · ".join(part for part in (words(f"map_kinds.{view.kind}"), drafted, _beside(others, words)) if part),
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
        curves=[
            {"name": name, "shape": shape(at), "outline": SHAPES[shape(at)], "dashed": other.kind == "to-be"}
            for at, (name, other) in enumerate(others)
        ],
        description=describe(view, words),
    )


def _beside(others: Others, words: Words) -> str:
    """What the further curves are."""
    if any(other.kind == "to-be" for _, other in others):
        return words("map.beside_target")
    return words("map.beside_personas", n=len(others)) if others else ""


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
