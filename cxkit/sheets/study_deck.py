"""The deck of the study: native slides from the cover to the method, the client's look, sources in the speaker notes."""

import base64
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from cxkit.sheets import typst
from cxkit.sheets.context import SheetContext
from cxkit.sheets.deck_parts import HEIGHT, SIDE, WIDTH, Slides
from cxkit.sheets.deck_steps import SLIDES
from cxkit.sheets.deck_text import cut, lines_of
from cxkit.sheets.slides import Deck
from cxkit.sheets.study_chapters import headline_figures, headlines


def publish_deck(results: Mapping[str, Any], context: SheetContext) -> tuple[Path, ...]:
    """Write the study as ``reports/study.pptx``: 12 to 20 slides where all steps have a result.

    Parameters
    ----------
    results : step id → result; a step without result has no slide.
    """
    words, client = context.words, context.folder.client
    look = context.identity
    deck = Deck(WIDTH, HEIGHT, title=words("study_report.title"), as_of=context.as_of, language=words.language)
    line = words.text(client.identity.confidentiality) or words("sheet.confidential", client=client.name)
    slides = Slides(deck, look, " · ".join((client.name, words.text(client.journey), line, words.date(context.as_of))), _logo(context), client.name)
    _cover(slides, context, line)
    _brief(slides, results, context)
    for step, write in _steps(results):
        write(slides, results, context, sources(context, step))
    path = context.path("reports", "study.pptx")
    path.write_bytes(deck.save())
    return (path,)


def sources(context: SheetContext, step: str) -> str:
    """What the speaker notes say of a slide: the evidence with its n and period, the step, the version."""
    words = context.words
    told = [words("deck.source", name=words.text(one.name), kind=words(f"evidence_kinds.{one.evidence}"), n=words.number(one.n),
                  period=words("sheet.period", start=words.date(one.start), end=words.date(one.end)) if one.start and one.end else "–")
            for one in context.evidence.sources]
    return "\n".join([words("deck.notes", step=words(f"steps.{step}.title"), question=words(f"steps.{step}.question")), words("deck.sources"), *told,
                      words("deck.report")])


def _steps(results: Mapping[str, Any]) -> Iterable[tuple[str, Callable[..., None]]]:
    return ((step, write) for step, write in SLIDES if step in results)


def _cover(slides: Slides, context: SheetContext, line: str) -> None:
    words, client, deck = context.words, context.folder.client, slides.deck
    deck.new_slide(notes=sources(context, "framing"))
    slides.count += 1
    deck.shape("Cover", 0, 0, WIDTH, 300, fill=slides.look.brand)
    white = {"color": "#ffffff", "bold": True}
    deck.text("Eyebrow", 60, 96, 700, 20, [[(words("study_report.eyebrow"), white)]], size=12, inset=0)
    deck.text("Title", 60, 122, 840, 60, [[(cut(words("study_report.title"), 830, 38, 1), white)]], size=38, inset=0)
    journey = words.text(client.journey)
    size = next((size for size in (20.0, 16.0) if lines_of(journey, 830, size) <= 2), 13.0)
    deck.text("Journey", 60, 194, 840, 70, [[(cut(journey, 830, size, 3), {"color": "#ffffff"})]], size=size, inset=0)
    deck.text("Client", 60, 330, 600, 40, [[(cut(client.name, 590, 26, 1), {"bold": True, "color": slides.look.brand})]], size=26, inset=0)
    deck.text("Offer", 60, 372, 600, 50, [[(cut(words.text(client.offer), 590, 13, 2), {"color": "#55616c"})]], size=13, inset=0)
    deck.text("Date", 60, 430, 600, 22, [[(words.date(context.as_of), {})]], size=13, inset=0)
    deck.text("Confidential", SIDE + 20, 492, 800, 32, [[(cut(line, 780, 10, 2), {"color": "#55616c"})]], size=10, inset=0)
    logo = _logo(context)
    if logo is not None:
        slides.picture("Logo", logo, WIDTH - 280, 340, 220, 90, client.name)


def _brief(slides: Slides, results: Mapping[str, Any], context: SheetContext) -> None:
    words = context.words
    slides.slide(words("study_report.brief_title"), sources(context, "review"), words("study_report.brief"))
    figures = headline_figures(results, context)
    y = slides.tiles(figures) if figures else 100.0
    slides.bullets(headlines(results, context), y + 16, 490 - y - 16)


def _logo(context: SheetContext) -> bytes | None:
    """The client's logo as a PNG; a drawing is rendered."""
    if context.identity.logo is None:
        return None
    kind, content = context.identity.logo
    if kind == "png":
        return base64.b64decode(content)
    return typst.compile_png("study/logo.typ", {"assets": {"logo": content, "logo_type": kind}}, ppi=300)[0]
