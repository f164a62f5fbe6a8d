"""Gaps are told in words: a fact that names a word is told by it, any other as it is."""

from cxkit.sheets.gaps import gap_text
from cxkit.steps.base import Gap
from cxkit.words import Words


def test_a_fact_that_names_a_word_is_told_by_it():
    gap = Gap(key="no_benefit", facts={"actor": "@quality.actors.front_line"})
    assert "Front line" in gap_text("quality", gap, Words("en"))
    assert "Terrain" in gap_text("quality", gap, Words("fr"))


def test_any_other_fact_stands_as_it_is():
    assert "@nowhere" in gap_text("quality", Gap(key="unknown_question", facts={"question": "@nowhere"}), Words("en"))
