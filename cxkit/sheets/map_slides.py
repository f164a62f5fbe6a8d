"""The journey map as editable slides: named native shapes, real bullets, a native chart for the emotion curve."""

import base64
from dataclasses import replace
from typing import Any

from pptx.util import Pt

from cxkit.sheets.assets import text_width
from cxkit.sheets.identity import Identity, logo_png
from cxkit.sheets.journey_map import Others, content
from cxkit.sheets.map_print import A3, SMALLEST, cut, label_width
from cxkit.sheets.map_slide_curve import GREY, TARGET, emotion
from cxkit.sheets.map_split import Split, splits
from cxkit.sheets.slides import Deck, Run
from cxkit.steps.journey_view import JourneyMapView
from cxkit.words import Words

PAGE = A3
SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
HAIR, LANE = "#d5dde4", "#f1f4f7"
TINTS = {"plain": None, "truth": "#fff8e8", "irritant": "#fdf3ef", "opportunity": "#edf7f4", "positive": "#eef5fa"}
MARKS = {"measured": "●", "reported": "■", "observed": "▲", "internal": "◇", "hypothesis": "○"}
GLYPHS = {"circle": "●", "square": "■", "triangle": "▲", "diamond": "◆", "plus": "✚", "dash": "▬", "star": "★", "cross": "✖"}
_TOP, _HEAD, _EDGE = 84.0, 34.0, 10.0
"""Where the head of the stages begins, its height, what stays free under the foot."""
_FOOT_SIZE = 7.5


def slides(view: JourneyMapView, words: Words, identity: Identity, *, others: Others = (), confidentiality: str = "") -> bytes:
    """The map as a PowerPoint file on A3 slides, editable by the client.

    The text is set at 11 pt or as near as fits, at least 8; a map that needs less takes more slides.
    """
    data = content(view, words, identity, others, confidentiality)
    paper = replace(PAGE, label=max(PAGE.label, label_width(data["lanes"], words, SIZES[-1], 12)))

    def lane_heights(parts: int) -> tuple[float, float, list[float]]:
        runs = [_heights(page, SIZES[-1]) for page in cut(view, data["lanes"], words, others, Split(parts), paper.emotion, paper)]
        used = PAGE.body - _room(data)
        return used, used, [max(heights) for heights in zip(*runs, strict=True)]

    for split in splits(len(view.stages), paper, lane_heights):
        pages = cut(view, data["lanes"], words, others, split, paper.emotion, paper)
        size = next((size for size in SIZES if all(sum(_heights(page, size)) <= _room(data) for page in pages)), None)
        if size is not None:
            break
    logo = base64.b64decode(logo_png(identity))
    deck = Deck(PAGE.width, PAGE.height, title=data["title"], as_of=view.date, language=words.language)
    for page in pages:
        deck.new_slide(notes="\n".join(data["facts"]))
        _head(deck, data, logo)
        _stages(deck, page, data, size or SIZES[-1])
        _lanes(deck, page, data, size or SIZES[-1])
        _foot(deck, data)
    _notes(deck, data, words)
    return deck.save()


def _room(data: dict[str, Any]) -> float:
    return PAGE.height - _TOP - _HEAD - _foot_height(data) - _EDGE - _legend_height(data)


def _curve_legend(data: dict[str, Any]) -> list[Run]:
    """The curves by shape, ink and name; empty where there is one."""
    if not data["curves"]:
        return []
    inks, said = data["colours"]["others"], data["words"]
    own = [(f"{said['map']['curve']}  ", {"bold": True}), (f"▬ {said['map_kinds'][data['kind']]}   ", {"color": data["colours"]["brand"]})]
    return own + [(f"{GLYPHS[other['shape']]} {other['name']}   ", {"color": TARGET if other["dashed"] else inks[at % len(inks)]})
                  for at, other in enumerate(data["curves"])]  # fmt: skip


def _legend_height(data: dict[str, Any]) -> float:
    named = "".join(text for text, _ in _curve_legend(data))
    return 10.5 * _lines(named, PAGE.width - 2 * PAGE.side, 8) + 3 if named else 0


def _foot_lines(data: dict[str, Any]) -> list[list[Run]]:
    """What the marks mean, then what the page says of itself."""
    said = data["words"]
    legend: list[Run] = [(f"{said['sheet']['evidence']}  ", {"bold": True})]
    legend += [(f"{glyph} {said['evidence_kinds'][kind]}   ", {"color": GREY}) for kind, glyph in MARKS.items()]
    legend.append((f"{said['map']['hollow']}. {said['map']['weak']}", {"color": GREY}))
    if any(lane["layout"] == "irritants" for lane in data["lanes"]):
        legend.append((f"   {said['sheet']['severity']}  ", {"bold": True}))
        legend += [(f"[{level}] {word}   ", {"color": GREY}) for level, word in enumerate(said["sheet"]["severities"], 1)]
    facts = " · ".join((data["confidentiality"], *data["facts"], data["date"], *([data["note"]] if data["note"] else ())))
    return [legend, [(facts, {"color": GREY})]]


def _foot_height(data: dict[str, Any]) -> float:
    lines = sum(_lines("".join(text for text, _ in runs), PAGE.width - 2 * PAGE.side - 6, _FOOT_SIZE) for runs in _foot_lines(data))
    return lines * _FOOT_SIZE * 1.22 + 2


def _column(page: dict[str, Any]) -> float:
    return page["lane"] / len(page["stages"])


def _label_size(page: dict[str, Any], size: float) -> float:
    """Size of a lane's label: its longest word is never broken."""
    widest = max(text_width(word, 1, 700) for lane in page["lanes"] for word in lane["label"].split())
    return min(size * 0.9, (page["label"] - 12) / widest)


def _heights(page: dict[str, Any], size: float) -> list[float]:
    """Height of each lane from the widths of its words."""
    width = _column(page) - 10
    heights = []
    for lane in page["lanes"]:
        if lane["layout"] == "curve":
            heights.append(page["curve"]["height"])
            continue
        cells = [sum(_lines(_plain(lane, item), width - size, size) for item in cell["items"]) + bool(cell["more"]) for cell in lane["cells"]]
        label = _lines(lane["label"], page["label"] - 10, _label_size(page, size))
        heights.append(max(*cells, label, 1) * size * 1.2 + size * 0.7)
    return heights


def _lines(text: str, width: float, size: float) -> int:
    """Lines that a text takes in a column, word by word."""
    lines, at = 1, 0.0
    space = text_width(" ", size)
    for word in text.split():
        long = text_width(word, size, 600)
        if at and at + long > width:
            lines, at = lines + 1, 0.0
        lines += int(long // width)
        at += long + space
    return lines


def _plain(lane: dict[str, Any], item: dict[str, Any]) -> str:
    return "".join(text for text, _ in _runs(lane, item))


def _runs(lane: dict[str, Any], item: dict[str, Any]) -> list[Run]:
    """One statement as runs of text: what leads it, its words, its note, its evidence."""
    runs: list[Run] = []
    if item["severity"]:
        runs.append((f"[{item['severity']}] ", {"bold": True, "color": "#a9371b"}))
    label = (f"{item['label']} ", {"bold": True, "color": "#8a2a14" if lane["layout"] == "irritants" else "#1b2733"})
    lead = (f"{item['lead']} ", {"bold": True, "color": GREY})
    runs += [run for run in ((lead, label) if lane["layout"] == "codes" else (label, lead)) if run[0].strip()]
    runs.append((item["text"], {"bold": lane["id"] == "goals", "italic": lane["layout"] == "quotes"}))
    if item["note"]:
        runs.append((f" [{item['note']}]", {"color": GREY}))
    if item["kind"]:
        runs.append((f"\u00a0{MARKS[item['kind']]}", {"color": GREY}))
    return runs


def _head(deck: Deck, data: dict[str, Any], logo: bytes) -> None:
    brand, width = data["colours"]["brand"], PAGE.width * 0.62
    size = next((size for size in (22, 18, 14) if text_width(data["title"], size, 700) < width - 8), 11)
    deck.text("Title", PAGE.side - 4, 20, width, 52, [
        [(data["eyebrow"].upper(), {"bold": True, "size": 9, "color": TARGET})],
        [(data["title"], {"bold": True, "size": size, "color": brand})],
        [(" · ".join(part for part in (data["client"], data["subtitle"]) if part), {"size": 10, "color": GREY})],
    ], size=10)  # fmt: skip
    persona = data["persona"]
    right = PAGE.width - PAGE.side - (370 if persona else 0)
    if logo:
        made = deck.picture("Logo", logo, right - 140, 26, height=38, width=130, alt=data["client"])
        made.left = int(Pt(right - 8)) - made.width
    if persona:
        about = " · ".join(part for part in (persona["tagline"], persona["share"], persona["base"]) if part)
        paragraphs = [[(persona["name"], {"bold": True, "color": brand, "size": 11}), (f"  {about}", {"color": GREY})]]
        paragraphs += [[(persona["quote"], {"italic": True})]] if persona["quote"] else []
        told = ["".join(text for text, _ in runs) for runs in paragraphs]
        size = next((size for size in (9.5, 9.0, 8.5, 8.0) if sum(_lines(text, 350, size) for text in told) * size * 1.2 < 46), SMALLEST)
        deck.text("Persona", PAGE.width - PAGE.side - 370, 20, 370, 54, paragraphs, size=size, fill=data["colours"]["pale"], middle=True, inset=8)


def _stages(deck: Deck, page: dict[str, Any], data: dict[str, Any], size: float) -> None:
    width = _column(page)
    tallest = (_HEAD - 6) / 1.2
    shrunk = (at for at in (size * 1.1, *SIZES, 7.5) if at <= size * 1.1)
    size = next((at for at in shrunk if all(_lines(f"88 {name}", width - 16 - at, at) * at <= tallest for name in page["stages"])), SMALLEST)
    for at, name in enumerate(page["stages"]):
        runs = [(f"{page['first'] + at + 1}  ", {"bold": True, "color": data["colours"]["soft"], "size": min(size * 1.3, tallest / 2)})]
        runs.append((name, {"bold": True, "color": "#ffffff", "size": size}))
        x = PAGE.side + page["label"] + at * width
        deck.text(f"Stage {page['first'] + at + 1}", x + 1, _TOP, width - 2, _HEAD - 2, [runs], size=size, fill=data["colours"]["brand"], middle=True,
                  inset=4)  # fmt: skip


def _lanes(deck: Deck, page: dict[str, Any], data: dict[str, Any], size: float) -> None:
    width, y = _column(page), _TOP + _HEAD
    for lane, height in zip(page["lanes"], _heights(page, size), strict=True):
        label = [[(lane["label"], {"bold": True, "color": data["colours"]["brand"]})]]
        deck.text(f"Lane {lane['id']}", PAGE.side, y, page["label"] - 2, height - 1.5, label, size=_label_size(page, size), fill=LANE)
        if lane["layout"] == "curve":
            emotion(deck, page["curve"], data, PAGE.side + page["label"], y, page["label"])
        else:
            for at, cell in enumerate(lane["cells"]):
                paragraphs = [_runs(lane, item) for item in cell["items"]] or [[("–", {"color": GREY})]]
                if cell["more"]:
                    paragraphs.append([(f"+ {cell['more']} [{cell['note']}]", {"color": GREY})])
                x = PAGE.side + page["label"] + at * width
                bullets = bool(cell["items"]) and lane["layout"] == "bullets" and lane["id"] != "goals"
                deck.text(f"{lane['id']} {page['first'] + at + 1}", x + 1, y, width - 2, height - 1.5, paragraphs, size=size,
                          fill=TINTS[lane["tint"]] or "#ffffff", bullets=bullets)  # fmt: skip
        y += height
        if lane["layout"] != "curve":
            deck.shape(f"Rule {lane['id']}", PAGE.side, y - 1.2, PAGE.width - 2 * PAGE.side, 0.6, fill=HAIR)


def _foot(deck: Deck, data: dict[str, Any]) -> None:
    top = PAGE.height - _EDGE - _foot_height(data)
    if named := _curve_legend(data):
        high = _legend_height(data)
        deck.text("Curves", PAGE.side, top - high, PAGE.width - 2 * PAGE.side, high, [named], size=8, inset=0)
    deck.text("Legend", PAGE.side, top, PAGE.width - 2 * PAGE.side, _foot_height(data), _foot_lines(data), size=_FOOT_SIZE, inset=0)


def _notes(deck: Deck, data: dict[str, Any], words: Words) -> None:
    """Notes on slides of their own, in reading order."""
    paragraphs = [
        [(f"[{note['number']}] ", {"bold": True}), (f"{note['stage']} · {note['lane']}: ", {"color": GREY}), ("; ".join(note["texts"]), {})]
        for note in data["notes"]
    ]
    while paragraphs:
        deck.new_slide()
        title = (data["words"]["sheet"]["notes"], {"bold": True, "color": data["colours"]["brand"]})
        deck.text("Notes title", PAGE.side, 24, 500, 30, [[title]], size=18)
        for column in range(3):
            width, taken, height = PAGE.width / 3 - 30, [], 0.0
            while paragraphs:
                height += (_lines("".join(text for text, _ in paragraphs[0]), width, 10) + 0.3) * 12.5
                if taken and height > PAGE.height - 110:
                    break
                taken.append(paragraphs.pop(0))
            if taken:
                deck.text(f"Notes {column + 1}", PAGE.side + column * (width + 15), 62, width, PAGE.height - 100, taken, size=10)
