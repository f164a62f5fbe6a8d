"""Reports of quality, actions and target: they say their figures, carry hostile text as text, and repeat to the byte."""

import subprocess
from html.parser import HTMLParser

import altair as alt
import openpyxl
import pytest
from pypdf import PdfReader

from cxkit.charts.style import Picture, styled
from cxkit.evidence.tables import COLUMNS, Evidence, empty
from cxkit.model.client import Client
from cxkit.model.folder import ClientFolder
from cxkit.sheets import actions, quality, target
from cxkit.sheets.context import SheetContext
from cxkit.sheets.report import Report, placed, publish_report
from cxkit.steps.base import Given
from cxkit.words import Words, languages
from tests.sheets import small_study
from tests.sheets.page_checks import pdf_faults

SHEETS = {"quality": quality, "actions": actions, "target": target}


@pytest.fixture(scope="module")
def study():
    given = small_study.given()
    return given, small_study.results(given)


def written(study, folder, language="en"):
    given, results = study
    context = SheetContext(given.folder, given.evidence, Words(language), folder)
    return {path.name: path for sheet in SHEETS.values() for path in sheet.publish(results, context)}


@pytest.fixture(scope="module")
def english(study, tmp_path_factory):
    return written(study, tmp_path_factory.mktemp("en"))


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.text = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


def test_every_step_gives_its_files(english):
    endings = ("a4.pdf", "html", "pdf", "png", "poster-a1.pdf", "pptx", "svg", "xlsx")
    maps = [f"journey-map.{name}.global.{ending}" for name in ("as-is.beside-target", "to-be") for ending in endings]
    assert sorted(english) == ["actions.html", "actions.pdf", "actions.xlsx", *maps, "quality.html", "quality.pdf", "target.html", "target.pdf"]


@pytest.mark.parametrize("name", ["quality.html", "actions.html", "target.html"])
def test_pages_hold_no_script_and_describe_each_picture(english, name):
    page = Page(english[name].read_text(encoding="utf-8"))
    assert "script" not in {tag for tag, _ in page.tags}
    pictures = [attrs for tag, attrs in page.tags if attrs.get("role") == "img" and tag == "div"]
    assert pictures
    assert all(attrs["aria-label"] for attrs in pictures)
    assert [tag for tag, _ in page.tags].count("h1") == 1


def test_pages_say_their_figures(english):
    said = {name: " ".join(" ".join(Page(english[f"{name}.html"].read_text(encoding="utf-8")).text).split()) for name in SHEETS}
    assert "30.0%" in said["quality"]
    assert small_study.SCRIPT in said["actions"]
    assert small_study.HOSTILE in said["actions"]
    assert "+15.00" in said["target"]
    assert "Adopt" in said["target"]


def test_print_writes_hostile_text_literally(english):
    text = subprocess.run(["pdftotext", "-layout", english["actions.pdf"], "-"], capture_output=True, text=True, check=True).stdout
    assert "#read(" in text
    assert "root:" not in text


@pytest.mark.parametrize("name", ["quality.pdf", "actions.pdf", "target.pdf"])
def test_no_letter_of_a_chart_is_printed_below_7_pt(english, name):
    assert [fault for fault in pdf_faults(english[name]) if " pt: " in fault] == []


def test_a_chart_is_never_printed_narrower_than_its_letters_need():
    drawing = '<svg viewBox="0 0 {} {}"><text font-size="10">a</text><text font-size="14">b</text></svg>'
    # 7 pt from letters of 10: seven tenths of the drawing's own size
    assert placed({"name": "a"}, drawing.format(600, 300), flipped=False) == {"name": "a", "ratio": 2.0, "least": 420.0, "large": False}
    assert placed({}, drawing.format(900, 300), flipped=False)["large"]  # 630 pt on a page of 504
    assert not placed({}, drawing.format(900, 300), flipped=True)["large"]
    assert placed({}, drawing.format(900, 800), flipped=True)["large"]  # 560 pt high on a landscape page of 474


def test_a_chart_too_large_for_its_page_has_an_a3_page(study, tmp_path):
    given, _ = study
    report = Report(title="Title").section("Section", "Lead")
    for width, height in ((300, 200), (1500, 300), (400, 1300)):
        chart = alt.Chart(alt.Data(values=[{"x": 1, "y": 1, "t": "word"}])).mark_text(fontSize=10).encode(x="x:Q", y="y:Q", text="t:N")
        report.picture(Picture(styled(chart, width=width, height=height), f"Figure of {width}", "Description", ("a",), (("b",),)))
    context = SheetContext(given.folder, given.evidence, Words("en"), tmp_path)
    pdf, _ = publish_report(report, context, "quality", "pictures")
    sizes = [(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in PdfReader(pdf).pages]
    assert sizes.count((1191, 842)) == sizes.count((842, 1191)) == 1
    assert [fault for fault in pdf_faults(pdf) if " pt: " in fault] == []


def test_bytes_repeat(study, english, tmp_path):
    again = written(study, tmp_path)
    assert {name: path.read_bytes() for name, path in again.items()} == {name: path.read_bytes() for name, path in english.items()}


@pytest.mark.parametrize("language", languages())
def test_spreadsheet_has_types_and_no_formula(study, tmp_path, language):
    book = openpyxl.load_workbook(written(study, tmp_path, language)["actions.xlsx"])
    plan = book.worksheets[0]
    assert plan.freeze_panes == "C2"
    assert plan.auto_filter.ref.startswith("A1:")
    kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s", "n"}
    words = Words(language)
    assert words.text(small_study.HOSTILE) in [row[1].value for row in plan.iter_rows(min_row=2)]
    head = [cell.value for cell in plan[1]]
    first = dict(zip(head, [cell.value for cell in plan[2]], strict=True))
    assert first[words("actions.head.rank")] == 1
    assert first[words("actions.head.gain")] == pytest.approx(15)
    assert first[words("actions.head.investment")] == 1000
    assert [row[1].value for row in book.worksheets[1].iter_rows(min_row=2)] == ["Wait"]


def test_empty_results_still_make_reports(tmp_path):
    bare = {key: value for key, value in small_study.CLIENT.items() if key not in ("outcome", "competitors")}
    given = Given(ClientFolder(tmp_path, Client.model_validate(bare)), Evidence({name: empty(name) for name in COLUMNS}))
    results = small_study.results(given)
    files = written((given, results), tmp_path)
    assert all(path.stat().st_size > 1000 for path in files.values())
