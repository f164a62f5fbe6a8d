"""The journey maps of step 05, each in every format (A3, A4, poster, PNG, SVG, HTML, slides, spreadsheet), and the lived paths beside them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cxkit.sheets import journey_map, map_print
from cxkit.sheets.context import SheetContext
from cxkit.sheets.journey_paths import publish_paths
from cxkit.sheets.map_slides import slides
from cxkit.sheets.map_table import write_map_table
from cxkit.sheets.names import persona_names
from cxkit.steps.journey import Result
from cxkit.steps.journey_view import JourneyMapView

COMPARED = ("goals", "actions", "touchpoints", "emotion", "moments")
"""Lanes of the map that compares personas: the emotions have the room."""


def publish(results: Mapping[str, Any], context: SheetContext) -> tuple[Path, ...]:
    """Write every as-is map, the global one first, all personas on one curve, then the lived paths."""
    result: Result = results["journey"]
    maps = [path for view in result.maps for path in write_map(view, context)]
    everybody, *personas = result.maps
    if len(personas) > 1:
        lanes = tuple(lane for lane in everybody.lanes if lane in COMPARED) or COMPARED
        others = tuple((view.persona.name, view) for view in personas if view.persona)
        maps += write_map(everybody.model_copy(update={"lanes": lanes}), context, others=others)
    return (*maps, *publish_paths(result.paths, context, persona_names(context, results)))


def map_name(view: JourneyMapView, others: journey_map.Others = ()) -> str:
    """Name of a map's files: what it shows, beside what, of whom."""
    beside = f".beside-{'target' if any(other.kind == 'to-be' for _, other in others) else 'personas'}" if others else ""
    return f"journey-map.{view.kind}{beside}.{view.persona.id if view.persona else 'global'}"


def write_map(view: JourneyMapView, context: SheetContext, *, others: journey_map.Others = ()) -> tuple[Path, ...]:
    """Write one map under ``maps/``: PDF on every paper that the client asks for, PNG and SVG (one file a page), HTML, slides, spreadsheet."""
    client, words, look = context.folder.client, context.words, context.identity
    shown = {"others": others, "confidentiality": words.text(client.identity.confidentiality)}
    name = map_name(view, others)
    written: list[Path] = []

    def write(ending: str, content: bytes) -> None:
        written.append(context.path("maps", f"{name}.{ending}"))
        written[-1].write_bytes(content)

    data = map_print.print_data(view, words, look, **shown)
    write("pdf", map_print.pdf(data, view))
    write("html", journey_map.page(view, words, look, **shown).encode("utf-8"))
    write("pptx", slides(view, words, look, **shown))
    for ending, pages in (("png", map_print.png(data)), ("svg", map_print.svg(data))):
        for number, page in enumerate(pages, 1):
            write(ending if number == 1 else f"{number}.{ending}", page)
    for size, paper in ((size, map_print.PAPERS[size]) for size in dict.fromkeys(client.map.papers) if size != "a3"):
        poster = map_print.enlarged(data, paper) if paper.zoom > 1 else None
        laid_out = poster or map_print.print_data(view, words, look, **shown, paper=paper)
        write(f"{'poster-' if paper.zoom > 1 else ''}{size}.pdf", map_print.pdf(laid_out, view))
    written.append(context.path("maps", f"{name}.xlsx"))
    write_map_table(view, context, written[-1], others)
    return tuple(written)
