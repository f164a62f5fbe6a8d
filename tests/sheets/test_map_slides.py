"""The journey map as editable slides: native shapes, real words, bytes that repeat, nothing off the slide."""

import io
import re
import time
import zipfile
from itertools import pairwise

import pytest
from pptx import Presentation

from cxkit.sheets.assets import text_width
from cxkit.sheets.identity import identity
from cxkit.sheets.map_slides import slides
from cxkit.words import Words

from .sample_map import sample_map
from .stress_maps import CASES, stress_map

LOOK = identity("#0F3B57")


def _deck(stages=4, text="", language="en", **more):
    return Presentation(io.BytesIO(slides(sample_map(stages, text, **more), Words(language), LOOK)))


def _words(slide):
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_cells_are_named_text_boxes():
    [slide] = _deck().slides
    named = {shape.name: shape for shape in slide.shapes}
    assert "Stage 1" in named["Stage 2"].text_frame.text
    assert named["actions 1"].text_frame.text.splitlines() == ["1.1 Action a0\u00a0●", "1.2 Action b0\u00a0■"]
    assert {"Title", "Persona", "Lane emotion", "Emotion curve", "Face 1.1", "Legend"} <= set(named)


def test_the_curve_is_a_native_chart_with_the_valences():
    [slide] = _deck(2).slides
    [frame] = [shape for shape in slide.shapes if shape.has_chart]
    [series] = frame.chart.plots[0].series
    assert list(series.values) == pytest.approx([0.7, -1.7, -1.7, -0.9], abs=0.01)
    assert "1.1" in frame._element._nvXxPr.cNvPr.get("descr")


def test_target_curve_is_dashed_and_beside():
    deck = Presentation(io.BytesIO(slides(sample_map(2), Words("en"), LOOK, others=[("Target", sample_map(2, kind="to-be"))])))
    [frame] = [shape for shape in deck.slides[0].shapes if shape.has_chart]
    own, target = frame.chart.plots[0].series
    assert [own.format.line.dash_style.name, target.format.line.dash_style.name] == ["SOLID", "DASH"]


def test_the_same_map_gives_the_same_bytes():
    first = slides(sample_map(2), Words("fr"), LOOK)
    time.sleep(2.1)  # zip dates count in steps of two seconds
    assert slides(sample_map(2), Words("fr"), LOOK) == first


def test_no_author_and_no_dates_of_the_machine():
    content = slides(sample_map(2), Words("en"), LOOK)
    core = Presentation(io.BytesIO(content)).core_properties
    assert (core.author, core.last_modified_by, str(core.created.date())) == ("", "", "2026-03-01")
    assert {info.date_time[0] for info in zipfile.ZipFile(io.BytesIO(content)).infolist()} == {1980}


@pytest.mark.parametrize("stages", [3, 9, 12])
def test_nothing_leaves_the_slide_or_overlaps_the_next_row(stages):
    deck = _deck(stages, "Statement of some length that fills its cell up to the limit of what a cell may hold, says the rule")
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width + 1
            assert shape.top + shape.height <= deck.slide_height + 1
        rows = sorted((shape.top, shape.top + shape.height) for shape in slide.shapes if shape.name.startswith("Lane "))
        assert all(bottom <= top for (_, bottom), (top, _) in pairwise(rows))


def _needed(shape) -> float:
    """Height in points that the words of a box take, word by word at their own sizes."""
    room = (shape.width - shape.text_frame.margin_left - shape.text_frame.margin_right) / 12700
    needed = 0.0
    for paragraph in shape.text_frame.paragraphs:
        largest = max((run.font.size.pt for run in paragraph.runs), default=0)
        lines, used = 1, 0.0
        for run in paragraph.runs:
            for word in re.findall(r"\S+\s*", run.text):
                wide = text_width(word, run.font.size.pt, 700 if run.font.bold else 400)
                if used and used + wide > room:
                    lines, used = lines + 1, 0.0
                used += wide
        needed += lines * largest * 1.2
    return needed


@pytest.mark.parametrize("case", ["nine-usual", "three-short"])
def test_heads_card_and_legend_hold_their_words(case):
    view = stress_map(**CASES[case])
    others = [(f"{at} {view.client[:38]}", view) for at in range(4)]
    deck = Presentation(io.BytesIO(slides(view, Words("fr"), LOOK, others=others, confidentiality=view.client * 3)))
    framed = [shape for slide in deck.slides for shape in slide.shapes if shape.name.startswith(("Stage ", "Persona", "Legend", "Curves", "Title"))]
    assert {shape.name.split()[0] for shape in framed} == {"Stage", "Persona", "Legend", "Curves", "Title"}
    assert {shape.name: (_needed(shape), shape.height / 12700) for shape in framed if _needed(shape) > shape.height / 12700} == {}
    [legend] = [shape.text_frame.text for shape in deck.slides[0].shapes if shape.name == "Legend"]
    assert "[3]" in legend


def test_long_statements_are_whole_on_the_notes_slide():
    long = ("A sentence that says more than a cell can hold. " * 4).strip()
    deck = _deck(2, long)
    assert any(long in text for text in _words(deck.slides[len(deck.slides) - 1]))


def test_hostile_text_stays_text():
    text = "=cmd|' /C calc'!A1 </script><script>x</script> {{7*7}}"
    deck = _deck(1, text)
    assert any(text in words for words in _words(deck.slides[0]))
