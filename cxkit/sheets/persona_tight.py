"""A persona sheet with less on its first page: what it leaves out stands on the second, so that nothing is printed below 7 pt."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cxkit.sheets.persona_text import shortened


@dataclass(frozen=True)
class Room:
    """Most on the first page: lines a card and their characters, facts, traits, bars, quotes and their characters, characters of the story."""

    lines: int
    characters: int
    facts: int
    traits: int
    bars: int
    quotes: int
    said: int
    story: int


ROOMS = (Room(3, 80, 6, 4, 4, 2, 120, 300), Room(2, 60, 5, 3, 3, 1, 110, 220), Room(2, 44, 4, 2, 3, 1, 80, 160), Room(1, 40, 3, 1, 2, 0, 60, 110))
"""From little less to the least; tried in turn."""


def tightened(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The content of a sheet as it is, then with less and less on its first page."""
    yield content
    for room in ROOMS:
        yield _within(content, room)


def _within(content: dict[str, Any], room: Room) -> dict[str, Any]:
    more = dict(content["more"])
    cut = len(content["story"]) > room.story
    more["traits"] = [*content["traits"][room.traits:], *more["traits"]]
    more["quotes"] = [*(quote for quote in content["quotes"] if len(quote["text"]) > room.said or quote in content["quotes"][room.quotes:]),
                      *more["quotes"]]  # fmt: skip
    said = [content["quote"]] if len(content["quote"]) > room.said else []
    # the whole story is a note already where the first page never held it
    told = [content["story"]] if cut and not content["story"].endswith("…") else []
    more["notes"] = [*said, *told, *more["notes"]]
    return content | {
        "tagline": shortened(content["tagline"], 60), "story": shortened(content["story"], room.story),
        "quote": shortened(content["quote"], room.said),
        "facts": [fact | {"value": shortened(fact["value"], room.characters)} for fact in content["facts"][: room.facts]],
        "traits": content["traits"][: room.traits], "motivations": [_short(row, room) for row in content["motivations"][: room.lines]],
        "apart": content["apart"][: room.lines + 1],
        "cards": [card | {"lines": [_short(row, room) for row in card["lines"][: room.lines]]} for card in content["cards"]],
        "bars": content["bars"] | {"rows": content["bars"]["rows"][: room.bars]},
        "quotes": [quote | {"text": shortened(quote["text"], room.said)} for quote in content["quotes"][: room.quotes]], "more": more,
    }


def _short(row: dict[str, Any], room: Room) -> dict[str, Any]:
    return row | {"text": shortened(row["full"], room.characters)}
