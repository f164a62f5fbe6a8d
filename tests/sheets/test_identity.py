"""The client's colour is readable, the client's logo carries no script."""

import base64
import subprocess

import pytest
from PIL import Image
from pypdf import PdfReader

from cxkit.sheets import map_print
from cxkit.sheets.frame import EMOTIONS
from cxkit.sheets.identity import contrast, identity, readable
from cxkit.words import Words

from .page_checks import pdf_faults
from .sample_map import sample_map

FR = Words("fr")
LINE = "Strictement confidentiel – diffusion limitée au comité de direction de la société, à ses conseils et à leurs ayants droit nommés en annexe"


def test_contrast_of_known_pairs():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_dark_colour_is_kept():
    look = identity("#0F3B57")
    assert (look.brand, look.corrected) == ("#0f3b57", False)


@pytest.mark.parametrize("colour", ["#38b6ff", "#ffee00", "#ffffff", "#ff5500", "#808080"])
def test_a_light_colour_is_darkened_to_the_contrast(colour):
    look = identity(colour)
    assert look.corrected
    assert contrast(look.brand, "#ffffff") >= 7


def test_readable_changes_no_more_than_needed():
    assert 7 <= contrast(readable("#38b6ff"), "#ffffff") < 7.6


def test_emotions_stand_out_on_white_and_on_the_tints():
    for colour in EMOTIONS.values():
        assert contrast(colour, "#ffffff") >= 4
        assert min(contrast(colour, "#fdf3ef"), contrast(colour, "#eef5fa")) >= 3.6


def test_an_svg_logo_is_rebuilt_from_drawing_elements(tmp_path):
    path = tmp_path / "logo.svg"
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" onload="x()">'
        '<script>alert(1)</script><rect width="9" height="9" fill="#0a7" onclick="x()"/><image xlink:href="http://x/y.png"/>'
        '<a href="javascript:x()"><path d="M0 0"/></a><circle r="2" fill="url(http://evil.invalid)"/></svg>'
    )
    kind, content = identity("#0F3B57", path).logo
    clean = base64.b64decode(content).decode()
    assert kind == "svg+xml"
    assert "<rect" in clean
    for trace in ("script", "onload", "onclick", "http://x", "javascript", "evil"):
        assert trace not in clean


def test_what_is_no_picture_gives_no_logo(tmp_path):
    for name, content in (("a.png", b"no picture"), ("b.svg", b"<svg"), ("c.svg", b"<!DOCTYPE svg [<!ENTITY x 'y'>]><svg/>")):
        (tmp_path / name).write_bytes(content)
        assert identity("#0F3B57", tmp_path / name).logo is None
    assert identity("#0F3B57", tmp_path / "absent.png").logo is None


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_a_long_line_and_the_note_of_a_corrected_colour_stay_on_the_page(paper, tmp_path):
    view, look = sample_map(4, "Une phrase assez longue pour remplir sa case"), identity("#ffd400")
    data = map_print.print_data(view, FR, look, confidentiality=LINE, paper=map_print.PAPERS[paper])
    path = tmp_path / "map.pdf"
    path.write_bytes(map_print.pdf(data, view))
    assert pdf_faults(path) == []
    for page in PdfReader(path).pages:
        said = " ".join(page.extract_text().replace("\u00a0", " ").split())
        assert LINE in said
        assert "#ffd400" in said


@pytest.mark.parametrize(("width", "height", "size"), [(1200, 75, (44, 2.75)), (100, 400, (2.75, 11))])
def test_a_logo_is_11_mm_high_and_never_wider_than_44(width, height, size, tmp_path):
    Image.new("RGB", (width, height), "#1F5A46").save(tmp_path / "logo.png")
    look, view = identity("#0F3B57", tmp_path / "logo.png"), sample_map(1)
    path = tmp_path / "map.pdf"
    path.write_bytes(map_print.pdf(map_print.print_data(view, FR, look), view))
    images = subprocess.run(["pdfimages", "-list", str(path)], capture_output=True, text=True, check=True).stdout.splitlines()
    [drawn] = [row for row in map(str.split, images) if row[2:5] == ["image", str(width), str(height)]]
    # columns: …, width, height, …, x-ppi, y-ppi, size, ratio
    assert (width / float(drawn[-4]) * 25.4, height / float(drawn[-3]) * 25.4) == pytest.approx(size, rel=0.01)
