"""The comparison of two maps on a page, in print and as a picture."""

from itertools import combinations

import pytest
from pypdf import PdfReader

from cxkit.charts.map_diff import curves
from cxkit.charts.svg import to_svg
from cxkit.model.journey_map import JourneyMap
from cxkit.sheets import map_diff as sheet
from cxkit.sheets.identity import identity
from cxkit.sheets.map_diff import Comparison
from cxkit.steps.map_diff import diff
from cxkit.words import Words
from tests.charts.label_boxes import labels
from tests.steps.test_map_diff import OLD, as_data

HOSTILE = '<script>window.__X=1</script> #read("/etc/passwd")'


def comparison(**parts) -> Comparison:
    new = as_data() | {"version": "2.0", "date": "2025-06-01"}
    new["stages"][0]["activities"][0] |= parts
    new["stages"][1]["activities"].append({"id": "fresh", "action": "Feels Ω 東京 fresh", "reaction": "delight"})
    return Comparison(diff(JourneyMap.model_validate(OLD), JourneyMap.model_validate(new)), "A journey", "Acme", identity("#0F3B57"))


@pytest.mark.parametrize(("language", "said"), [
    ("en", ("What changed on the map", "From version 1.0 (1 January 2025) to version 2.0 (1 June 2025)", "1 activity added", "1 reaction changed",
            "evidence gained for 1 activity", "not on this map", "Feels Ω 東京 fresh")),
    ("fr", ("Ce qui a changé sur la carte", "1 action ajoutée", "preuve gagnée pour 1 action", "absente de cette carte"))])
def test_page_tells_what_changed(language, said):
    page = sheet.page(comparison(reaction="rupture", evidence={"kind": "reported"}), Words(language))
    assert f'<html lang="{language}">' in page
    assert page.count("<h1") == 1
    for text in said:
        assert text in page, text
    assert "http://" not in page.replace("http://www.w3.org", "")


def test_names_of_short_stages_stand_clear_of_each_other():
    lasting = {"need": 6, "service": 2, "loyalty": 1, "use": 1}
    stages = [{"stage": stage, "activities": [{"id": f"{stage}{step}", "action": "Acts", "reaction": "none"} for step in range(most)]}
              for stage, most in lasting.items()]
    one, words = JourneyMap.model_validate({"title": "t", "date": "2025-01-01", "stages": stages}), Words("fr")
    names = " ".join(words(f"stages.{stage}") for stage in lasting)
    found = [label for label in labels(to_svg(curves(diff(one, one), words, width=300).chart, words)) if label.text in names]
    assert sorted(" ".join(label.text for label in found).split()) == sorted(names.split())
    for first, second in combinations(found, 2):
        apart = [max(one[0], two[0]) >= min(one[1], two[1]) for axis in ((1, 0), (0, 1)) for one, two in [(first.across(axis), second.across(axis))]]
        assert any(apart), (first.text, second.text)


def test_text_of_clients_stays_text():
    page = sheet.page(comparison(action=HOSTILE, owner="store", irritants=[{"text": HOSTILE}]), Words("en"))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_print_is_archivable_and_repeats(tmp_path):
    made = [sheet.pdf(comparison(reaction="rupture"), Words("fr")) for _ in range(2)]
    assert made[0] == made[1]
    assert b"pdfuaid" in made[0]
    (tmp_path / "d.pdf").write_bytes(made[0])
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "d.pdf").pages)
    assert "Ce qui a changé sur la carte" in text
    assert "Rupture" in text


def test_pictures_are_one_png_and_one_drawing():
    what = comparison(reaction="rupture")
    assert sheet.png(what, Words("en")).startswith(b"\x89PNG")
    assert sheet.svg(what, Words("en")).lstrip().startswith("<svg")


def test_maps_without_reactions_have_no_curves():
    bare = {"title": "t", "date": "2025-01-01", "stages": [{"stage": "need", "activities": [{"id": "a", "action": "Acts"}]}]}
    one = JourneyMap.model_validate(bare)
    page = sheet.page(Comparison(diff(one, one), "t", "Acme", identity("#0F3B57")), Words("en"))
    assert "Emotion before and after" not in page
    assert "Nothing changed." in page
