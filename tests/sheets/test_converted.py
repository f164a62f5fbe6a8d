"""What the client opens: slides converted by LibreOffice say what the PDF says; a spreadsheet reopens with its types, filters and header."""

import datetime as dt
import re
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

from cxkit.model.client import Client
from cxkit.model.folder import ClientFolder
from cxkit.sheets import map_print
from cxkit.sheets.context import SheetContext
from cxkit.sheets.identity import identity
from cxkit.sheets.map_slides import slides
from cxkit.sheets.map_table import write_map_table
from cxkit.sheets.verbatims import verbatim_table
from cxkit.words import Words

from . import whole_study
from .page_checks import pdf_faults
from .small_study import CLIENT, HOSTILE, given
from .stress_maps import NAME, stress_map

LOOK, FR = identity("#0F3B57"), Words("fr")
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed: nothing to open slides with")


def converted(path: Path, kind: str) -> list[Path]:
    """The file as LibreOffice writes it, in a profile of its own."""
    subprocess.run([OFFICE, f"-env:UserInstallation={(path.parent / 'profile').as_uri()}", "--headless", "--convert-to", kind, "--outdir",
                    str(path.parent / "made"), str(path)], check=True, capture_output=True, timeout=240)  # fmt: skip
    return sorted((path.parent / "made").iterdir())


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{4,}", text.replace("\u200b", "").replace("\xad", "")))


def said(path: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(path).pages]


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize(("stages", "personas"), [(5, 0), (7, 8), (12, 0)])
def test_slides_open_in_libreoffice_and_say_what_the_pdf_says(stages, personas, tmp_path):
    view = stress_map(stages, length=60)
    others = [(f"{at} {NAME[:38]}", stress_map(stages, seed=at + 2)) for at in range(personas)]
    deck = tmp_path / "map.pptx"
    deck.write_bytes(slides(view, FR, LOOK, others=others))
    [made] = converted(deck, "pdf")
    shown = said(made)
    assert len(shown) == len(Presentation(deck).slides)
    printed = tmp_path / "print.pdf"
    printed.write_bytes(map_print.pdf(map_print.print_data(view, FR, LOOK), view))
    # both hold every word of the map; paper names what its icons mean, slides the marks of evidence: both in the same words
    of_map = {word for stage in view.stages for activity in stage.activities for word in words_of(f"{activity.action} {activity.thought}")}
    on_slides, on_paper = words_of(" ".join(shown)), words_of(" ".join(said(printed)))
    assert len(of_map) > 20
    assert of_map - on_slides == set()
    missing = {word for word in on_paper - on_slides if word in of_map}
    assert missing == set()
    assert pdf_faults(made, smallest=6.9) == []


@pytest.mark.slow
@needs_office
def test_slides_become_pictures_of_their_own_size(tmp_path):
    deck = tmp_path / "map.pptx"
    deck.write_bytes(slides(stress_map(3, length=30), FR, LOOK))
    [picture] = converted(deck, "png")
    with Image.open(picture) as shown:
        assert shown.width / shown.height == pytest.approx(1190.55 / 841.89, rel=0.01)
        colours = {colour for _, colour in shown.convert("RGB").getcolors(1 << 24)}
    # the stages bear the client's colour: something was drawn
    assert any(abs(r - 0x0F) < 4 and abs(g - 0x3B) < 4 and abs(b - 0x57) < 4 for r, g, b in colours)


def test_a_map_reopens_as_a_typed_table(tmp_path):
    view = stress_map(3, length=40)
    action = view.stages[0].activities[0].model_copy(update={"action": HOSTILE})
    first = view.stages[0].model_copy(update={"activities": (action, *view.stages[0].activities[1:])})
    view = view.model_copy(update={"stages": (first, *view.stages[1:])})
    path = tmp_path / "map.xlsx"
    write_map_table(view, SheetContext(ClientFolder(tmp_path, Client.model_validate(CLIENT)), given().evidence, FR, tmp_path), path)
    book = openpyxl.load_workbook(path)
    rows = book.worksheets[0]
    head = [cell.value for cell in rows[1]]
    assert rows.freeze_panes == "D2"
    assert rows.auto_filter.ref == f"A1:{rows.cell(1, len(head)).column_letter}{rows.max_row}"
    assert rows.max_row == 1 + sum(len(stage.activities) for stage in view.stages)
    column = {name: [rows.cell(row, at).value for row in range(2, rows.max_row + 1)] for at, name in enumerate(head, 1)}
    assert column[FR("map.head.action")][0] == FR.text(HOSTILE)
    assert all(isinstance(value, int | float) for value in column[FR("map.head.valence")] if value is not None)
    assert all(isinstance(value, int) for value in column[FR("map.head.n")] if value is not None)
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s", "n", "d"}


def test_verbatims_reopen_with_days_numbers_and_language(tmp_path):
    study = whole_study.given()
    path = verbatim_table(SimpleNamespace(readings=()), SheetContext(study.folder, study.evidence, Words("en"), tmp_path))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    head = [cell.value for cell in sheet[1]]
    rows = [dict(zip(head, [cell.value for cell in row], strict=True)) for row in sheet.iter_rows(min_row=2)]
    assert len(rows) == 90
    assert {row["Language"] for row in rows} == {"English", "French"}
    assert all(isinstance(row["Date"], dt.datetime) and isinstance(row["Score"], int | float) for row in rows)
    assert sheet.auto_filter.ref
    assert sheet.freeze_panes
