"""The journey maps of step 05, each as A3 PDF, PNG, HTML and slides, and the lived paths beside them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cxkit.sheets import journey_map
from cxkit.sheets.context import SheetContext
from cxkit.sheets.journey_paths import publish_paths
from cxkit.sheets.map_slides import slides
from cxkit.sheets.names import persona_names
from cxkit.steps.journey import Result
from cxkit.steps.journey_view import JourneyMapView


def publish(results: Mapping[str, Any], context: SheetContext) -> tuple[Path, ...]:
    """Write every as-is map, the global one first, then the lived paths."""
    result: Result = results["journey"]
    maps = (path for view in result.maps for path in write_map(view, context))
    return (*maps, *publish_paths(result.paths, context, persona_names(context, results)))


def write_map(view: JourneyMapView, context: SheetContext, *, others: journey_map.Others = ()) -> tuple[Path, ...]:
    """Write one map as PDF, PNG (one file a page), HTML and editable slides under ``maps/``."""
    client = context.folder.client
    look, line = context.identity, context.words.text(client.identity.confidentiality)
    name = f"journey-map.{view.kind}{'.beside-target' if others else ''}.{view.persona.id if view.persona else 'global'}"
    data = journey_map.print_data(view, context.words, look, others=others, confidentiality=line)
    pdf, html = context.path("maps", f"{name}.pdf"), context.path("maps", f"{name}.html")
    pdf.write_bytes(journey_map.pdf(data, view))
    html.write_text(journey_map.page(view, context.words, look, others=others, confidentiality=line), encoding="utf-8")
    deck = context.path("maps", f"{name}.pptx")
    deck.write_bytes(slides(view, context.words, look, others=others, confidentiality=line))
    pictures = []
    for number, picture in enumerate(journey_map.png(data), 1):
        pictures.append(context.path("maps", f"{name}.png" if number == 1 else f"{name}.{number}.png"))
        pictures[-1].write_bytes(picture)
    return (pdf, html, deck, *pictures)
