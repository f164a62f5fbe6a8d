"""What was read in the words, in the spreadsheet of verbatims and in the deck."""

import datetime as dt

import openpyxl
import pytest
from pptx import Presentation

from cxkit.evidence.tables import Evidence
from cxkit.sheets.context import SheetContext
from cxkit.sheets.study_deck import publish_deck
from cxkit.sheets.verbatims import verbatim_table
from cxkit.steps import voice
from cxkit.steps.base import Given
from cxkit.words import Words
from tests.sheets import small_study
from tests.steps.conftest import table

LATE = "Le livreur n'est jamais venu au rendez-vous, une honte. Je ne reviendrai plus jamais, à fuir !"
PAIRS = {("like", "neutral"): 20, ("like", "dislike"): 30, ("neutral", "dislike"): 35, ("neutral", "neutral"): 10}


@pytest.fixture(scope="module")
def study():
    rows = [{"text": f"{LATE} {i}", "time": "2025-03-01", "score": 2.0, "reaction": "dissatisfaction"} for i in range(30)]
    rows += [{"text": "Accueil parfait, la vendeuse est très aimable, mais le livreur n'est jamais venu au rendez-vous, une honte."}]
    kano = [{"feature": "slots", "functional": first, "dysfunctional": second} for (first, second), n in PAIRS.items() for _ in range(n)]
    base = small_study.given()
    evidence = Evidence(base.evidence.tables | {"verbatims": table("verbatims", rows), "kano": table("kano", kano)}, base.evidence.sources)
    given = Given(base.folder, evidence, {})
    return given, voice.compute(given, voice.Parameters(engine="words"))


def test_each_verbatim_stands_beside_what_was_read_in_it(study, tmp_path):
    given, result = study
    sheet = openpyxl.load_workbook(verbatim_table(result, SheetContext(given.folder, given.evidence, Words("en"), tmp_path))).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    found = [dict(zip(head, row, strict=True)) for row in rows]
    late = found[0]
    assert (late["Polarity read"], late["Reaction read"], late["Departure, advice"]) == ("Negative", "Rupture", "leaves · warns others")
    assert late["Confidence"] == pytest.approx(1 - result.readings[0].probability)
    assert late["Date"] == dt.datetime(2025, 3, 1)
    assert "Missed appointment · Delivery (negative)" in late["Themes read"]
    assert found[-1]["Mixed"] == "mixed"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_deck_shows_themes_and_kano_as_native_charts_with_sources(study, tmp_path, language):
    given, result = study
    words = Words(language)
    [path] = publish_deck({"voice": result}, SheetContext(given.folder, given.evidence, words, tmp_path))
    found = {shape.text_frame.text: slide for slide in Presentation(path).slides for shape in slide.shapes if shape.name == "Title"}
    themes, kano = found[words("voice.themes.title")], found[words("voice.kano.title")]
    drawn = next(shape.chart for shape in themes.shapes if shape.has_chart)
    first = next(one for one in result.themes if one.touchpoint is None and one.net is not None)
    assert [series.values[0] for series in drawn.plots[0].series] == [first.negative, first.neutral, first.positive]
    assert words("mining.engines.words") in themes.notes_slide.notes_text_frame.text
    points = next(shape.chart for shape in kano.shapes if shape.has_chart).plots[0].series[0]
    assert points.values[0] == pytest.approx(0.5263, abs=1e-4)
