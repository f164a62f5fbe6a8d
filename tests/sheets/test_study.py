"""The whole study: one report and one deck, from the results that there are."""

import html
import io
import re
import zipfile

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.enum.chart import XL_LABEL_POSITION
from pypdf import PdfReader

from cxkit.sheets.context import SheetContext
from cxkit.sheets.deck_parts import _label_sides
from cxkit.sheets.deck_text import cut, label, lines_of
from cxkit.sheets.study_chapters import Provenance
from cxkit.sheets.study_deck import publish_deck
from cxkit.sheets.study_report import publish_study
from cxkit.steps import framing, review
from cxkit.steps.base import Given
from cxkit.words import Words
from tests.sheets import small_study

PROVENANCE = Provenance({"cxkit": "9.9"}, {"client.yaml": "ab" * 32}, {"target": {"power": 0.9}})


@pytest.fixture(scope="module")
def study():
    given = small_study.given()
    found = small_study.results(given)
    full = Given(given.folder, given.evidence, found)
    return given, found | {"framing": framing.compute(full, framing.Parameters()), "review": review.compute(full, review.Parameters())}


@pytest.fixture(scope="module")
def report(study, tmp_path_factory):
    given, results = study
    out = tmp_path_factory.mktemp("study")
    return {language: publish_study(results, SheetContext(given.folder, given.evidence, Words(language), out / language), PROVENANCE)
            for language in ("en", "fr")}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_report_has_cover_contents_chapters_and_appendix(report, language):
    words, (pdf, page) = Words(language), report[language]
    assert b"pdfuaid" in pdf.read_bytes()
    pages = [one.extract_text() for one in PdfReader(pdf).pages]
    assert words("study_report.title") in pages[0]
    assert "Small" in pages[0]
    assert words("sheet.contents") in pages[1]
    text = html.unescape(page.read_text(encoding="utf-8"))
    for said in (words("study_report.appendix"), "9.9", "ab" * 32, words("steps.actions.question"), words("notebook.target.parameters.power")):
        assert said in text, said
    lacking = [words(f"steps.{step}.title") for step in ("voice", "personas", "touchpoints", "moments")]
    assert words("study_report.missing", steps=words.listing(lacking)) in text
    assert page.stat().st_size < 1_000_000


def test_figures_and_tables_are_numbered_through_all_chapters_and_referred_to(report):
    text = report["en"][1].read_text(encoding="utf-8")
    for kind in ("figure", "table"):
        numbers = [int(number) for number in re.findall(rf'id="{kind}-(\d+)"', text)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) > 3
    targets = set(re.findall(r'id="([^"]+)"', text))
    links = re.findall(r'href="#([^"]+)"', text)
    assert len(links) > 10
    assert set(links) <= targets


def test_hostile_text_stays_text_and_the_report_repeats_to_the_byte(study, report, tmp_path):
    given, results = study
    page = report["fr"][1].read_text(encoding="utf-8")
    assert "<script" not in page
    again = publish_study(results, SheetContext(given.folder, given.evidence, Words("fr"), tmp_path), PROVENANCE)
    assert [one.read_bytes() for one in again] == [one.read_bytes() for one in report["fr"]]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_deck_is_native_has_notes_and_repeats(study, tmp_path, language):
    given, results = study
    made = [publish_deck(results, SheetContext(given.folder, given.evidence, Words(language), tmp_path / name))[0] for name in ("a", "b")]
    assert made[0].read_bytes() == made[1].read_bytes()
    slides = list(Presentation(made[0]).slides)
    shapes = [shape for slide in slides for shape in slide.shapes]
    assert len(slides) >= 9
    assert all(slide.has_notes_slide and "Log" in slide.notes_slide.notes_text_frame.text for slide in slides)
    assert sum(shape.has_chart for shape in shapes) >= 3
    assert sum(shape.has_table for shape in shapes) >= 4
    assert not [shape.name for shape in shapes if shape.shape_type == 13]
    assert [shape for shape in shapes if shape.left < 0 or shape.top < 0 or shape.left + shape.width > 12192000 + 1] == []


def test_no_slide_has_an_empty_table_or_chart(study, tmp_path):
    given, results = study
    everyone = results["journey"].paths.everyone
    moves = sorted(move.n for move in everyone.transitions if not move.source.startswith("^"))
    # a log where no path is shared by enough customers: the moves stand in its place
    bare = results["journey"].model_copy(update={"paths": results["journey"].paths.model_copy(update={"everyone": everyone.model_copy(
        update={"variants": ()})})})
    [path] = publish_deck(results | {"journey": bare}, SheetContext(given.folder, given.evidence, Words("en"), tmp_path))
    slides = {slide.shapes[1].text_frame.text: slide for slide in Presentation(path).slides if len(slide.shapes) > 1}
    tables = [shape.table for slide in slides.values() for shape in slide.shapes if shape.has_table]
    assert [len(table.rows) for table in tables if len(table.rows) < 2] == []
    [shown] = [shape.table for shape in slides["A labyrinth, not a line"].shapes if shape.has_table]
    assert sorted(int(row.cells[2].text) for row in list(shown.rows)[1:]) == moves[-len(shown.rows) + 1:]
    charts = [shape.chart for slide in slides.values() for shape in slide.shapes if shape.has_chart]
    assert all(any(value is not None for series in chart.plots[0].series for value in series.values) for chart in charts)


def test_labels_of_near_points_stand_on_different_sides():
    right, left, above = XL_LABEL_POSITION.RIGHT, XL_LABEL_POSITION.LEFT, XL_LABEL_POSITION.ABOVE
    assert _label_sides([(0.1, 0.5), (0.4, 0.5), (0.42, 0.52), (0.41, 0.48), (0.9, 0.9)]) == [right, right, left, above, right]


def test_no_formula_in_the_workbooks_of_the_charts(study, tmp_path):
    given, results = study
    [path] = publish_deck(results, SheetContext(given.folder, given.evidence, Words("en"), tmp_path))
    with zipfile.ZipFile(path) as deck:
        books = [deck.read(name) for name in deck.namelist() if name.endswith(".xlsx")]
    assert books
    for content in books:
        cells = [cell for sheet in load_workbook(io.BytesIO(content)) for row in sheet.iter_rows() for cell in row]
        assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == []


def test_labels_are_no_formulas_and_text_is_cut_to_its_lines():
    assert label("=1+1") == "\u200b=1+1"
    assert label("https://x") == "\u200bhttps://x"
    assert label("Home delivery") == "Home delivery"
    assert lines_of("one two", 1000, 10) == 1
    long = "word " * 200
    assert lines_of(cut(long, 200, 10, 3), 200, 10) <= 3
    assert lines_of(cut("x" * 400, 200, 10, 2), 200, 10) <= 2
