"""The small emotion curve: labels level where they fit their column, upright where they do not."""

import re

import pytest

from cxkit.sheets.persona_drawings import Point, emotion_curve


def curve(label, width=560, stages=8):
    return emotion_curve([Point(label=label, valence=0.5, low=0.2, high=0.8, reaction="satisfaction") for _ in range(stages)], "#123456", width=width)


def sizes(drawn):
    return {float(size) for size in re.findall(r'font-size="([\d.]+)">[^<]', drawn)}


@pytest.mark.parametrize(("label", "size"), [("Need", 11.3), ("Fidélisation", 11.3), ("Comparaison", 10.8)])
def test_a_label_is_as_large_as_its_longest_word_allows(label, size):
    drawn = curve(label)
    assert "rotate" not in drawn
    assert sizes(drawn) == {size}
    assert drawn.count(f">{label}<") == 8


def test_a_word_longer_than_its_column_stands_upright_and_whole():
    drawn = curve("Fidélisation", width=400)
    assert drawn.count("rotate(-90)") == 8
    assert drawn.count(">Fidélisation<") == 8
    # printed at two thirds: 7 pt
    assert min(sizes(drawn)) == 10.7
