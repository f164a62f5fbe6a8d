"""Slides of what customers say and who they are: scores, reactions, verbatims, personas."""

from collections.abc import Mapping
from typing import Any

from cxkit.charts.voice import COLOURS, REACTIONS, interval, shown
from cxkit.sheets.context import SheetContext
from cxkit.sheets.deck_parts import BOTTOM, FULL, LANE, SIDE, TOP, Slides
from cxkit.sheets.deck_text import cut
from cxkit.sheets.persona_compare import comparison

ORANGE, GREY, BLUE = "#C4623B", "#66717C", "#2E86B5"


def scores(slides: Slides, results: Mapping[str, Any], context: SheetContext, notes: str) -> None:
    """Satisfaction by stage: bars, with intervals and bases in the table beside."""
    words, result = context.words, results["voice"]
    found = [(one.key, estimate) for one in result.breakdowns if one.dimension == "stage" for estimate in one.estimates
             if estimate.metric == "csat" and estimate.value is not None]
    if not found:
        return
    title = words("voice.by", metric=words("voice.metrics.csat"), dimension=words("voice.dimensions.stage").lower())
    slides.slide(title, notes, words("steps.voice.title"))
    names = [context.stage_name(key) for key, _ in found]
    slides.bars(names, [(words("voice.metrics.csat"), [round(one.value, 1) for _, one in found], slides.look.brand)], SIDE, TOP + 8, 480,
                BOTTOM - TOP - 12, alt=title, form="0", low=0, high=112)
    head = [words("voice.dimensions.stage"), words("voice.metrics.csat"), words("voice.interval"), "n"]
    slides.table(head, [[name, shown(one, words), interval(one, words), words.number(one.n)] for name, (_, one) in zip(names, found, strict=True)],
                 [2.2, 1.5, 1.9, 0.9], x=SIDE + 500, width=FULL - 500, numeric=[1, 3])


def reactions(slides: Slides, results: Mapping[str, Any], context: SheetContext, notes: str) -> None:
    """The distribution of reactions by stage, the net emotion beside."""
    words = context.words
    found = [one for one in results["voice"].stage_reactions if one.point.net_emotion is not None]
    if not found:
        return
    slides.slide(words("voice.reactions"), notes, words("steps.voice.title"))
    names = [context.stage_name(one.stage) for one in found]
    series = [(words(f"reactions.{name}"), [one.point.distribution.get(name, 0) for one in found], COLOURS[name]) for name in REACTIONS]
    slides.bars(names, series, SIDE, TOP + 8, 590, BOTTOM - TOP - 12, alt=words("voice.reactions_lead"), stacked=True)
    head = [words("framing.stage"), words("voice.net_emotion"), "n"]
    slides.table(head, [[name, f"{words.number(100 * one.point.net_emotion, 0, sign=True)} "
                               f"{words.interval(100 * one.point.net_low, 100 * one.point.net_high, 0, sign=True)}", words.number(one.point.n)]
                        for name, one in zip(names, found, strict=True)], [2, 2, 0.9], x=SIDE + 606, width=FULL - 606, numeric=[2])


def quotes(slides: Slides, results: Mapping[str, Any], context: SheetContext, notes: str) -> None:
    """What customers say: unhappy on the left, happy on the right."""
    words = context.words
    told = {side: [one for one in results["voice"].quotes if one.kind == "reported" and one.side == side][:3] for side in ("negative", "positive")}
    if not any(told.values()):
        return
    slides.slide(words("voice.verbatims"), notes, words("steps.voice.title"))
    for column, (side, found) in enumerate(told.items()):
        x, width = SIDE + column * (FULL / 2 + 8), FULL / 2 - 8
        ink = ORANGE if side == "negative" else BLUE
        slides.deck.text(f"Side {side}", x, TOP + 4, width, 22, [[(words(f"voice.sides.{side}"), {"bold": True, "color": ink})]], size=13, inset=0)
        for row, quote in enumerate(found):
            y = TOP + 32 + row * 124
            slides.deck.shape(f"Card {side} {row + 1}", x, y, width, 114, fill=LANE)
            slides.deck.shape(f"Bar {side} {row + 1}", x, y, 4, 114, fill=ink)
            stage = context.stage_name(quote.stage) if quote.stage else ""
            place = " · ".join(part for part in (stage, context.touchpoint_name(quote.touchpoint)) if part)
            slides.deck.text(f"Quote {side} {row + 1}", x + 10, y + 4, width - 18, 84,
                             [[(cut(words("voice.quoted", text=words.text(quote.text)), width - 34, 13, 4), {"italic": True})]], size=13)
            slides.deck.text(f"Place {side} {row + 1}", x + 10, y + 90, width - 18, 20, [[(cut(place, width - 30, 10, 1), {"color": GREY})]], size=10)


def personas(slides: Slides, results: Mapping[str, Any], context: SheetContext, notes: str) -> None:
    """The customer types side by side, as cards."""
    words, result = context.words, results["personas"]
    content = comparison(result, context)
    columns = content["columns"][:8]
    slides.slide(words("personas.compare_title"), notes + "\n" + content["verdict"], words("steps.personas.title"))
    if not columns:
        slides.bullets([content["verdict"], *content["gaps"]], TOP + 10, 300)
        return
    per_row = len(columns) if len(columns) <= 4 else (len(columns) + 1) // 2
    rows = -(-len(columns) // per_row)
    width, height = (FULL - 12 * (per_row - 1)) / per_row, (BOTTOM - TOP - 8 - 12 * (rows - 1)) / rows
    for at, column in enumerate(columns):
        x, y = SIDE + (at % per_row) * (width + 12), TOP + 8 + (at // per_row) * (height + 12)
        slides.deck.shape(f"Persona {at + 1}", x, y, width, height, fill=LANE)
        slides.deck.shape(f"Persona {at + 1} bar", x, y, width, 4, fill=slides.look.brand)
        share = " ".join(part for part in (column["share"]["figure"], column["share"]["short"]) if part)
        paragraphs = [[(cut(column["name"], width - 22, 14, 1), {"bold": True, "size": 14, "color": slides.look.brand})],
                      [(cut(share, width - 22, 10, 2), {"color": GREY})], [(cut(column["tagline"], width - 22, 12, 2), {"italic": True, "size": 12})]]
        room = height - 96
        for row in content["rows"]:
            cells = column["cells"][row["id"]]
            if row["id"] in {"goals", "pains", "apart"} and cells and room > 34:
                text = cut(f"{row['title']} — " + " · ".join(cell["text"] for cell in cells[:2]), width - 26, 11, 2)
                paragraphs.append([(text, {"size": 11})])
                room -= 30
        slides.deck.text(f"Persona {at + 1} text", x + 4, y + 8, width - 8, height - 12, paragraphs, size=10)
