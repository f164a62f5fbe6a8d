"""The review report: it prints to the PDF standards, repeats to the byte, and says the same on screen."""

from cxkit.sheets import review as sheet
from cxkit.sheets.context import SheetContext
from cxkit.steps import review
from cxkit.steps.base import Given
from cxkit.words import Words
from tests.steps.rules.worlds import TEACHING, given, world


def published(tmp_path, language: str, rules=("T2", "I5", "Q1", "C1")) -> tuple[str, bytes]:
    what: Given = given(world({path: value for rule in rules for path, value in TEACHING["rules"][rule]["set"].items()}))
    result = review.compute(what, review.Parameters())
    pdf, page = sheet.publish({"review": result}, SheetContext(what.folder, what.evidence, Words(language), tmp_path))
    return page.read_text(encoding="utf-8"), pdf.read_bytes()


def test_report_in_french_is_pdf_a_and_repeats_to_the_byte(tmp_path):
    page, pdf = published(tmp_path / "a", "fr")
    assert b"pdfuaid" in pdf
    assert '<html lang="fr">' in page
    assert "Non\u00a0: on ne peut pas se fier à cette carte en l’état." in page
    assert page.count("<h1") == 1
    assert (page, pdf) == published(tmp_path / "b", "fr")


def test_report_in_english_holds_findings_places_tests_and_verdict(tmp_path):
    page, _ = published(tmp_path, "en")
    for said in ("No: this map is not to be trusted", "Customers are lost at a touchpoint that is not on the map", "Tries it in store",
                 "Benjamini–Hochberg", "Whole journey", "maps/2025-10-01.as-is.global.yaml"):
        assert said in page


def test_text_of_clients_stays_text(tmp_path):
    hostile = "<script>window.__X=1</script> #read(\"/etc/passwd\")"
    what = given(world({"map.stages.decision.activities.try-it.action": hostile,
                        "map.stages.decision.activities.try-it.irritants": [{"text": hostile, "severity": 3}]}))
    result = review.compute(what, review.Parameters())
    _, page = sheet.publish({"review": result}, SheetContext(what.folder, what.evidence, Words("en"), tmp_path))
    text = page.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "&lt;script&gt;" in text
