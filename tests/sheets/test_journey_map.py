"""The journey map as PDF, picture and page."""

import re
import subprocess

import pytest
from lxml import html as lxml_html

from cxkit.sheets import journey_map, map_print
from cxkit.sheets.identity import identity
from cxkit.words import Words

from .hostile import CORPUS
from .page_checks import pdf_boxes
from .sample_map import sample_map

LOOK = identity("#0F3B57")


def _pdf_text(content: bytes, tmp_path) -> str:
    path = tmp_path / "map.pdf"
    path.write_bytes(content)
    text = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, text=True).stdout
    return text.replace("\u200b", "")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_pdf_says_what_the_map_holds(language, tmp_path):
    view = sample_map(5)
    words = Words(language)
    data = map_print.print_data(view, words, LOOK)
    text = _pdf_text(map_print.pdf(data, view), tmp_path)
    for stage in range(5):
        assert f"Stage {stage}" in text
        assert f"Action a{stage}" in text
    assert words("map.lanes.emotion") in text
    assert "Ada Doe" in text
    assert "812" in text
    assert words.date(view.date) in text


def test_pictures_and_drawings_are_not_empty():
    data = map_print.print_data(sample_map(3), Words("en"), LOOK)
    [png] = map_print.png(data, ppi=40)
    [svg] = map_print.svg(data)
    assert png.startswith(b"\x89PNG")
    assert len(png) > 10_000
    assert svg.startswith(b"<svg")


def test_the_same_map_gives_the_same_bytes():
    view = sample_map(3)
    first, second = (map_print.pdf(map_print.print_data(view, Words("fr"), LOOK), view) for _ in range(2))
    assert first == second
    assert journey_map.page(view, Words("fr"), LOOK) == journey_map.page(view, Words("fr"), LOOK)


@pytest.mark.parametrize(("stages", "pages"), [(3, 1), (9, 1), (10, 2), (12, 2)])
def test_at_most_nine_stages_a_page(stages, pages):
    data = map_print.print_data(sample_map(stages), Words("en"), LOOK)
    assert len(data["pages"]) == pages
    assert sum(len(page["stages"]) for page in data["pages"]) == stages


def test_a_map_that_would_need_less_than_7_pt_is_split():
    long = "Statement of some length that fills its cell up to the limit of what a cell may hold, more or less, says the rule"
    data = map_print.print_data(sample_map(9, long, lanes=("actions", "irritants", "emotion") * 4), Words("en"), LOOK)
    assert len(data["pages"]) > 1
    assert data["layout"]["size"] >= 7
    assert all(len(lane["cells"]) == len(page["stages"]) for page in data["pages"] for lane in page["lanes"])
    assert sum(len(page["stages"]) * len(page["lanes"]) for page in data["pages"]) == 9 * 12


class LongLabels(Words):
    """Labels of lanes and words of the scale in a language of long words."""

    def __call__(self, key: str, /, **values) -> str:
        said = super().__call__(key, **values)
        return "Rindfleischetikett" if key in ("map.lanes.opportunities", "reactions.dissatisfaction") else said


def test_the_column_of_labels_is_as_wide_as_its_longest_word(tmp_path):
    view, paper = sample_map(1, lanes=("actions", "opportunities", "emotion")), map_print.PAPERS["a4"]
    assert map_print.print_data(view, Words("en"), LOOK, paper=paper)["layout"]["label"] == paper.label
    data = map_print.print_data(view, LongLabels("en"), LOOK, paper=paper)
    layout = data["layout"]
    assert layout["label"] > paper.label
    path = tmp_path / "map.pdf"
    path.write_bytes(map_print.pdf(data, view))
    boxes = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"[^>]*>Rindfleischetikett<', pdf_boxes(path))
    assert len(boxes) == 2
    assert all(float(left) >= layout["side"] and float(right) <= layout["side"] + layout["label"] for left, _, right in boxes)


def test_a_map_with_little_on_it_is_set_large():
    data = map_print.print_data(sample_map(2, lanes=("actions", "emotion")), Words("en"), LOOK)
    assert data["layout"]["size"] == 9.2


@pytest.mark.parametrize("text", CORPUS)
def test_hostile_text_is_printed_literally(text, tmp_path):
    view = sample_map(1, text)
    data = map_print.print_data(view, Words("en"), LOOK)
    squeezed = re.sub(r"\s", "", _pdf_text(map_print.pdf(data, view), tmp_path))
    parts = [part for part in re.split(r"\W+", text) if len(part) > 3]
    assert all(part in squeezed for part in parts)
    tree = lxml_html.fromstring(journey_map.page(view, Words("en"), LOOK))
    assert any(text == (node.text_content().strip()) or text in node.text_content() for node in tree.iterfind(".//li"))
    assert not tree.findall(".//script")
    assert not tree.findall(".//main//img")
    assert not tree.findall(".//button")


def test_text_without_glyph_is_a_visible_box_not_a_failure(tmp_path):
    view = sample_map(1, "Hello 😡 漢 end")
    assert "Hello 😡 □ end" in _pdf_text(map_print.pdf(map_print.print_data(view, Words("en"), LOOK), view), tmp_path)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_page_structure(language):
    words = Words(language)
    tree = lxml_html.fromstring(journey_map.page(sample_map(4), words, LOOK, others=[("Target", sample_map(4, kind="to-be"))]))
    assert tree.get("lang") == language
    assert len(tree.findall(".//h1")) == 1
    assert len(tree.findall(".//main")) == 1
    [chart] = tree.xpath("//svg[contains(@class, 'curve')]")
    assert chart.get("role") == "img"
    assert "1.1" in chart.get("aria-label")
    [table] = tree.xpath("//table[@class='data']")
    assert len(table.findall(".//tbody/tr")) == 8
    assert [th.get("scope") for th in tree.xpath("//table[@class='map']/thead//th")] == ["col"] * 5
    for svg in tree.iter("svg"):
        assert svg.get("aria-hidden") == "true" or svg.get("aria-label")
    assert tree.xpath("//*[@tabindex='0']")


def test_page_asks_nothing_of_a_network():
    page = journey_map.page(sample_map(3), Words("en"), LOOK)
    addresses = re.findall(r"(?:src|href|url)\s*[=(]\s*[\"']?(https?:|//)", page)
    assert not addresses
    assert len(page.encode()) < 1_000_000


def test_notes_are_reachable_from_their_cells():
    long = "A sentence that says more than a cell can hold. " * 4
    tree = lxml_html.fromstring(journey_map.page(sample_map(2, long.strip()), Words("en"), LOOK))
    links = {link.get("href").removeprefix("#") for link in tree.xpath("//a[@class='note']")}
    assert links
    assert links <= {node.get("id") for node in tree.xpath("//ol[@class='notes']/li")}


def test_few_notes_stand_under_the_map_and_many_on_their_own_page():
    long = "A sentence that says more than a cell can hold. " * 4
    few = map_print.print_data(sample_map(1, long.strip(), lanes=("actions", "emotion")), Words("en"), LOOK)
    many = map_print.print_data(sample_map(9, long.strip(), lanes=("actions", "emotion")), Words("en"), LOOK)
    assert [len(few["notes"]), len(map_print.png(few, ppi=20))] == [2, 1]
    assert [len(many["notes"]), len(map_print.png(many, ppi=20))] == [18, len(many["pages"]) + 1]
