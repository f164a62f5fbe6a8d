"""Slides of what was mined from words: themes with what they take from the score, and the features of a Kano questionnaire."""

from collections.abc import Mapping
from typing import Any

from cxkit.charts.voice_mined import COLOURS, SIDES
from cxkit.method import data
from cxkit.sheets.context import SheetContext
from cxkit.sheets.deck_parts import BOTTOM, FULL, SIDE, TOP, Slides

MOST = 8
INK = "#0F4C7A"


def themes(slides: Slides, results: Mapping[str, Any], context: SheetContext, notes: str) -> None:
    """Customers' themes by how they are felt; beside them the net and, where texts have a 0–10 score, what a theme takes from the NPS.

    Themes on a base that shows no percentage stay in the report.
    """
    words, result = context.words, results["voice"]
    found = [one for one in result.themes if one.kind == "reported" and one.touchpoint is None and one.net is not None][:MOST]
    if not found:
        return
    slides.slide(words("voice.themes.title"), f"{notes}\n{_accuracy(result.reading, words)}", words("steps.voice.title"))
    names = [context.theme_name(one.cause) for one in found]
    series = [(words(f"voice.mined.sides.{side}"), [getattr(one, side) for one in found], ink) for side, ink in zip(SIDES, COLOURS, strict=True)]
    slides.bars(names, series, SIDE, TOP + 8, 500, BOTTOM - TOP - 12,
                alt=words("voice.themes.description", n=data("voice")["themes"]["least"]), stacked=True)
    contributions = {one.cause: one for one in result.impact.scores}
    scored = any(one.cause in contributions for one in found)
    head = [words(f"voice.themes.head.{key}") for key in ("theme", "n", "net")] + ([words("voice.impact.axis")] if scored else [])
    rows = [[name, words.number(one.n), _net(one, words)] + ([_contribution(contributions.get(one.cause), words)] if scored else [])
            for name, one in zip(names, found, strict=True)]
    slides.table(head, rows, [2, 0.8, 1.5, 1.7][: len(head)], x=SIDE + 516, width=FULL - 516, numeric=[1])


def kano(slides: Slides, results: Mapping[str, Any], context: SheetContext, notes: str) -> None:
    """Features by what lacking them costs and what having them brings."""
    words, result = context.words, results["voice"]
    drawn = [one for one in result.kano if one.better is not None and one.worse is not None][:12]
    if not drawn:
        return
    slides.slide(words("voice.kano.title"), notes, words("steps.voice.title"))
    slides.scatter([(words.number(at), -one.worse, one.better, INK) for at, one in enumerate(drawn, 1)], SIDE, TOP + 8, 420, BOTTOM - TOP - 12,
                   alt=words("voice.kano.description"), across=words("voice.kano.worse"), up=words("voice.kano.better"), most=(1.0, 1.0))
    head = ["", *(words(f"voice.kano.head.{key}") for key in ("feature", "category", "better", "worse", "n"))]
    rows = [[words.number(at), context.feature_name(one.feature), words(f"voice.kano.categories.{one.category}"),
             f"{words.number(one.better, 2)} {words.interval(one.better_low, one.better_high, 2)}",
             f"{words.number(one.worse, 2)} {words.interval(one.worse_low, one.worse_high, 2)}", words.number(one.n)]
            for at, one in enumerate(drawn, 1)]
    slides.table(head, rows, [0.4, 2.0, 1.8, 1.4, 1.5, 0.7], x=SIDE + 436, width=FULL - 436, numeric=[5])


def _net(theme: Any, words: Any) -> str:
    return f"{words.number(100 * theme.net, 0, sign=True)} {words.interval(100 * theme.low, 100 * theme.high, 0, sign=True)}"


def _contribution(split: Any, words: Any) -> str:
    return "–" if split is None else f"{words.number(split.contribution, 1, sign=True)} {words.interval(split.low, split.high, 1, sign=True)}"


def _accuracy(reading: Any, words: Any) -> str:
    """How the texts were read, and how good that is on scores kept aside."""
    labels = words("voice.mined.learnt", n=reading.labels) if reading.labels else words("voice.mined.unlearnt")
    told = words("voice.mined.lead", engine=words(f"mining.engines.{reading.engine}"), labels=labels)
    return told if reading.held_out_f1 is None else f"{told} {words('voice.mined.figures.f1')}: {words.number(reading.held_out_f1, 2)}"
