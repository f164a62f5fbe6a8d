"""The client's colour is readable, the client's logo carries no script."""

import base64

import pytest

from cxkit.sheets.frame import EMOTIONS
from cxkit.sheets.identity import contrast, identity, readable


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
