"""A persona sheet as an editable slide: named native shapes, real bullets, the portrait as a picture."""

from functools import partial
from itertools import pairwise
from typing import Any

from pptx.enum.shapes import MSO_SHAPE

from cxkit.sheets.assets import text_width
from cxkit.sheets.context import SheetContext
from cxkit.sheets.map_slide_curve import draw_face
from cxkit.sheets.slides import Deck, Run
from cxkit.steps.persona_view import PersonaProfile

WIDTH, HEIGHT = 841.9, 595.3  # A4 across, in points
RAIL, PAD = 214.0, 22.0
INK, GREY, SOFT = "#1b2733", "#55616c", "#ffffff"
TONES = {"plain": ("#eef2f6", None), "irritant": ("#fdf3ef", "#a9371b"), "opportunity": ("#edf7f4", "#0b7a66")}
MOST_CARDS, MOST_LINES, MOST_FACTS = 6, 3, 6
HIGHEST, LOWEST = 2.0, -3.0


def persona_slide(data: dict[str, Any], profile: PersonaProfile, picture: bytes, context: SheetContext) -> bytes:
    """One slide for one persona, and its notes with what the slide has no room for.

    Parameters
    ----------
    data : the sheet's data, as the printed sheet takes it.
    picture : the portrait as PNG; empty for a monogram.
    """
    words, sheet = data["words"]["personas"], data["persona"]
    deck = Deck(WIDTH, HEIGHT, title=f"{data['title']} · {data['client']}", as_of=context.as_of, language=context.words.language)
    deck.new_slide(notes=_notes(sheet, data))
    _rail(deck, data, sheet, words, picture)
    top = _lead(deck, data, sheet, words)
    top = _cards(deck, data, sheet, top)
    _drawings(deck, data, sheet, profile, context, top)
    foot = " · ".join([*data["facts"], data["date"]])
    deck.text("Method and sample", RAIL + PAD, HEIGHT - 24, WIDTH - RAIL - 2 * PAD, 16, [[(foot, {"color": GREY})]], size=7.5, inset=0)
    return deck.save()


def _rail(deck: Deck, data: dict[str, Any], sheet: dict[str, Any], words: dict[str, Any], picture: bytes) -> None:
    """The dark rail: portrait, name, facts, quote, share."""
    light = _light(data["colours"]["brand"])
    inner = RAIL - 2 * PAD
    deck.shape("Rail", 0, 0, RAIL, HEIGHT, fill=data["colours"]["brand"])
    _portrait(deck, data, words, picture)
    whose = [[(line, {"color": light})] for line in (data["client"], sheet["kind"], sheet["origin"], sheet["since"]) if line]
    deck.text("Client and kind", PAD + 82, PAD + 6, inner - 82, 60, whose, size=8, align="right", inset=0)
    size = next((size for size in (21, 18, 16, 14) if text_width(data["title"], size, 700) <= 2 * inner * 0.9), 12)
    lines = _lines(data["title"], inner, size, 700)
    y = PAD + 88.0
    deck.text("Name", PAD, y, inner, lines * size * 1.25 + 4, [[(data["title"], {"bold": True, "color": SOFT})]], size=size, inset=0)
    y += lines * size * 1.25 + 6
    under = [text for text in (sheet["tagline"], words["anti"] if sheet["anti"] else "") if text]
    tall = sum(_lines(text, inner, 10, 400) for text in under) * 13.0
    deck.text("Tagline", PAD, y, inner, tall + 4, [[(text, {"color": light})] for text in under], size=10, inset=0)
    y += tall + 12
    for fact in sheet["facts"][:MOST_FACTS]:
        value = f"{fact['value']} {fact['figure']}".strip()
        tall = 11 + _lines(value, inner, 9.5, 400) * 12.5
        if y + tall > HEIGHT - 200:
            break
        deck.text(f"Fact {fact['name']}", PAD, y, inner, tall, [[(fact["name"], {"color": light, "size": 7.5})], [(value, {"color": SOFT})]],
                  size=9.5, inset=0)
        y += tall + 4
    if sheet["quote"]:
        room = HEIGHT - 96 - y - 8
        size = _fitting([sheet["quote"]], inner, room - 6, (12, 11, 10, 9, 8, 7, 6))
        deck.text("Quote", PAD, y + 4, inner, room, [[(sheet["quote"], {"italic": True, "color": SOFT})]], size=size, inset=0)
    share = sheet["share"]
    deck.text("Share of the base", PAD, HEIGHT - 92, inner, 70, [
        [(share["figure"], {"bold": True, "color": SOFT, "size": 20}), (f"  {words['share']}" if share["figure"] else "", {"color": light})],
        [(share["note"], {"color": light, "size": 7.5})]], size=8.5, inset=0)


def _portrait(deck: Deck, data: dict[str, Any], words: dict[str, Any], picture: bytes) -> None:
    if picture:
        deck.picture("Portrait", picture, PAD, PAD, height=74, alt=words["portrait_of"]).auto_shape_type = MSO_SHAPE.OVAL
        return
    letters = "".join(part[:1] for part in data["title"].replace("-", " ").split()[:2]).upper()
    deck.shape("Monogram", PAD, PAD, 74, 74, fill=data["colours"]["soft"], kind=MSO_SHAPE.OVAL)
    deck.text("Initials", PAD, PAD, 74, 74, [[(letters, {"bold": True, "color": data["colours"]["deep"]})]], size=26, align="center", middle=True)


def _lead(deck: Deck, data: dict[str, Any], sheet: dict[str, Any], words: dict[str, Any]) -> float:
    """Who it is and its scores; returns where the cards begin."""
    x, wide, brand = RAIL + PAD, WIDTH - RAIL - 2 * PAD, data["colours"]["brand"]
    right = bool(sheet["scores"] or sheet["motivations"])
    left = wide * 0.56 if right else wide
    told = sheet["story"] or "\n".join(f"{row['answer']}{words['colon']}{row['share']}" for row in sheet["apart"]) or sheet["tagline"]
    title = words["who"] if sheet["story"] or not sheet["apart"] else words["apart"]
    size = _fitting([told], left - 12, 88, (9.5, 9, 8.5, 8, 7.5, 7, 6.5, 6))
    deck.text("Who", x, PAD, left - 12, 110, [[(title, {"bold": True, "color": brand, "size": 11})], *([(line, {})] for line in told.split("\n"))],
              size=size, inset=0)
    if sheet["scores"]:
        part = (wide - left) / len(sheet["scores"])
        for i, score in enumerate(sheet["scores"]):
            deck.text(f"Score {score['short']}", x + left + i * part, PAD, part - 4, 56, [
                [(score["short"], {"color": GREY, "size": 7.5})],
                [(score["value"], {"bold": True, "color": brand, "size": 9 if score["small"] else 15})],
                [(f"{score['interval']} {score['n']} {score['weak']}".strip(), {"color": GREY, "size": 7})]], size=8, inset=0)
    if sheet["motivations"]:
        heading = [(words["sections"]["motivations"], {"bold": True, "color": brand, "size": 9.5})]
        lines = [heading, *([(row["text"], {})] for row in sheet["motivations"])]
        deck.text("Motivations", x + left, PAD + (58 if sheet["scores"] else 0), wide - left, 54, lines, size=8, inset=0)
    return PAD + 118


def _cards(deck: Deck, data: dict[str, Any], sheet: dict[str, Any], top: float) -> float:
    """Equal cards with real bullets; returns where the drawings begin."""
    cards = sheet["cards"][:MOST_CARDS]
    if not cards:
        return top
    across = min(3, len(cards))
    rows = -(-len(cards) // across)
    wide = (WIDTH - RAIL - 2 * PAD - 8 * (across - 1)) / across
    needed = max(sum(_lines(_said(row), wide - 32, 9, 400) for row in card["lines"][:MOST_LINES]) for card in cards) * 9 * 1.3 + 34
    tall = min(max(64.0, needed), 120.0)
    for i, card in enumerate(cards):
        fill, ink = TONES[card["tone"]]
        x, y = RAIL + PAD + (i % across) * (wide + 8), top + (i // across) * (tall + 8)
        deck.shape(f"Card {card['title']}", x, y, wide, tall, fill=fill, kind=MSO_SHAPE.ROUNDED_RECTANGLE).adjustments[0] = 0.05
        look = {"bold": True, "color": ink or data["colours"]["brand"]}
        deck.text(f"Title {card['title']}", x + 6, y + 4, wide - 12, 18, [[(card["title"], look)]], size=10, inset=2)
        shown = card["lines"][:MOST_LINES]
        size = _fitting([_said(row) for row in shown], wide - 32, tall - 28, (9, 8.5, 8, 7.5, 7, 6.5))
        deck.text(f"Lines {card['title']}", x + 6, y + 22, wide - 12, tall - 26, [_line(row) for row in shown], size=size, bullets=True, inset=2)
    return top + rows * (tall + 8) + 6


def _drawings(deck: Deck, data: dict[str, Any], sheet: dict[str, Any], profile: PersonaProfile, context: SheetContext, top: float) -> None:
    """Bars of the channels, the emotion curve as native shapes, and the verbatims under them."""
    x, wide, brand = RAIL + PAD, WIDTH - RAIL - 2 * PAD, data["colours"]["brand"]
    quotes = sheet["quotes"]
    bottom = HEIGHT - 30 - (44 if quotes else 0)
    bars = sheet["bars"]["rows"]
    if bars and bottom - top > 60:
        _bars(deck, sheet["bars"], brand, x, top, wide * (0.36 if sheet["has_curve"] else 0.75), bottom - top)
    if sheet["has_curve"] and bottom - top > 60:
        left = x + (wide * 0.4 if bars else 0)
        _curve(deck, data, profile, context, left, top, x + wide - left, bottom - top)
    for i, quote in enumerate(quotes):
        part = wide / len(quotes)
        said = [[(quote["text"], {"italic": True})], [(quote["source"], {"color": GREY, "size": 6.5})]]
        size = _fitting([quote["text"]], part - 20, 28, (8.5, 8, 7.5, 7, 6.5, 6))
        deck.text(f"Verbatim {i + 1}", x + i * part, bottom + 2, part - 10, 42, said, size=size, inset=2)


def _bars(deck: Deck, bars: dict[str, Any], brand: str, x: float, top: float, wide: float, tall: float) -> None:
    deck.text("Bars title", x, top, wide, 16, [[(bars["title"], {"bold": True, "color": brand})]], size=10.5, inset=0)
    most = max(1.0, *(row["width"] for row in bars["rows"]))
    step = min(17.0, (tall - 32) / len(bars["rows"]))
    for i, row in enumerate(bars["rows"]):
        y = top + 20 + i * step
        size = min(8, step * 0.55)
        deck.text(f"Channel {row['name']}", x, y, wide * 0.38, step, [[(row["name"], {})]], size=size, align="right", middle=True, inset=2)
        deck.shape(f"Bar {row['name']}", x + wide * 0.4, y + step * 0.2, max(0.5, wide * 0.4 * row["width"] / most), step * 0.6,
                   fill="#2E86B5" if row["measured"] else None, line="#2E86B5")
        deck.text(f"Share {row['name']}", x + wide * (0.4 + 0.4 * row["width"] / most) + 4, y, wide * 0.2, step, [[(row["figure"], {"bold": True})]],
                  size=size, middle=True, inset=0)
    deck.text("Basis", x, top + 22 + len(bars["rows"]) * step, wide, 12, [[(bars["basis"], {"color": GREY})]], size=7, inset=0)


def _curve(deck: Deck, data: dict[str, Any], profile: PersonaProfile, context: SheetContext, x: float, top: float, wide: float, tall: float) -> None:
    """The emotion curve: tinted halves, one line a stretch, a face a stage; broken where nobody said anything."""
    found = {one.stage: one.point for one in profile.curve}
    stages = context.folder.client.stage_ids() or tuple(found)
    words, part = data["words"], wide / max(1, len(stages))
    low, high = top + tall - 26, top + 24
    level = partial(_level, high, low)
    look = {"bold": True, "color": data["colours"]["brand"]}
    deck.text("Curve title", x, top, wide, 16, [[(words["personas"]["curve"], look)]], size=10.5, inset=0)
    deck.shape("Emotion positive", x, high - 6, wide, level(0) - high + 6, fill="#eef5fa")
    deck.shape("Emotion negative", x, level(0), wide, low - level(0) + 6, fill="#fdf3ef")
    centres = {stage: x + (i + 0.5) * part for i, stage in enumerate(stages)}
    for before, after in pairwise(stages):
        if before in found and after in found:
            ends = [(centres[stage], level(found[stage].valence)) for stage in (before, after)]
            deck.line(f"Curve {before} {after}", ends, data["colours"]["brand"], thickness=2)
    for stage in stages:
        name = context.stage_name(stage)
        if point := found.get(stage):
            drawn = {"code": name, "x": centres[stage], "y": level(point.valence), "reaction": point.reaction, "solid": point.solid}
            draw_face(deck, drawn, 0, 0, 14, data["colours"]["emotions"][point.reaction], words["reactions"][point.reaction])
        deck.text(f"Stage {name}", centres[stage] - part / 2, low + 7, part, 20, [[(name, {"color": GREY})]], size=6.5, align="center", inset=0)


def _level(high: float, low: float, valence: float) -> float:
    return high + (HIGHEST - valence) / (HIGHEST - LOWEST) * (low - high)


def _line(row: dict[str, Any]) -> list[Run]:
    return [(row["text"], {}), (f"  {row['figure']}" if row["figure"] else "", {"bold": True})]


def _said(row: dict[str, Any]) -> str:
    return f"{row['text']}  {row['figure']}"


def _lines(text: str, wide: float, size: float, weight: int) -> int:
    """How many lines a text takes; the slide's font is a little narrower than the one that measures."""
    return sum(max(1, -(-int(text_width(part, size, weight) * 0.97) // max(1, int(wide)))) for part in text.split("\n"))


def _fitting(texts: list[str], wide: float, tall: float, sizes: tuple[float, ...]) -> float:
    """The largest of the sizes at which the texts fit; the last one where none does."""
    return next((size for size in sizes if sum(_lines(text, wide, size, 400) for text in texts) * size * 1.27 <= tall), sizes[-1])


def _light(brand: str) -> str:
    return "#" + "".join(f"{round(255 * 0.78 + int(brand[at: at + 2], 16) * 0.22):02x}" for at in (1, 3, 5))


def _notes(sheet: dict[str, Any], data: dict[str, Any]) -> str:
    """What the second page of the printed sheet says, as plain lines."""
    more = sheet["more"]
    rows = [*more["facts"], *more["statements"]]
    cells = [[cell["text"] if isinstance(cell, dict) else cell for cell in row] for row in rows]
    return "\n".join([*(" · ".join(part for part in row if part) for row in cells), *more["notes"], data["words"]["personas"]["reading"]])
