"""The hostile corpus in every text field of a map, in every file format (Chromium: test_in_browser.py)."""

import io
import subprocess
import zipfile

import openpyxl
import pytest
from lxml import etree
from pptx import Presentation

from cxkit.model.client import Client
from cxkit.model.folder import ClientFolder
from cxkit.sheets import map_print
from cxkit.sheets.context import SheetContext
from cxkit.sheets.identity import identity
from cxkit.sheets.map_slides import slides
from cxkit.sheets.map_table import write_map_table
from cxkit.words import Words

from .hostile import CORPUS, hostile_map
from .small_study import CLIENT, given

LOOK, EN = identity("#0F3B57"), Words("en")


def squeezed(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def check_print(view, texts, folder):
    data = map_print.print_data(view, EN, LOOK)
    path = folder / "map.pdf"
    path.write_bytes(map_print.pdf(data, view))
    said = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert "root:" not in said
    assert "ok" not in said.split()
    # a long statement breaks over lines: what is looked for is its longest plain word
    assert [text for text in texts if max("".join(c if c.isalnum() else " " for c in text).split(), key=len) not in squeezed(said)] == []
    assert not any(word in path.read_bytes() for word in (b"/JavaScript", b"/URI", b"/Launch"))
    for drawn in map_print.svg(data):
        tree = etree.fromstring(drawn)
        assert not tree.xpath("//*[local-name()='script' or local-name()='foreignObject' or @*[starts-with(name(), 'on')]]")
        assert not [href for href in tree.xpath("//@*[local-name()='href']") if not href.startswith(("#", "data:image/"))]


def check_slides(view, texts):
    content = slides(view, EN, LOOK)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        rels = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".rels"))
        assert b'TargetMode="External"' not in rels
        assert not any("vbaProject" in name or "activeX" in name for name in parts.namelist())
    shapes = [shape for slide in Presentation(io.BytesIO(content)).slides for shape in slide.shapes if shape.has_text_frame]
    said = squeezed("".join(shape.text_frame.text for shape in shapes))
    assert [text for text in texts if squeezed(text) not in said] == []


def check_table(view, texts, folder):
    client = ClientFolder(folder, Client.model_validate(CLIENT))
    path = folder / "map.xlsx"
    write_map_table(view, SheetContext(client, given().evidence, EN, folder), path)
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]
    said = squeezed(" ".join(str(cell.value) for cell in cells))
    assert [text for text in texts if squeezed(text) not in said] == []
    assert all(sheet.freeze_panes and sheet.auto_filter.ref for sheet in book)


def test_the_corpus_stays_text_in_every_file(tmp_path):
    view = hostile_map()
    check_print(view, CORPUS, tmp_path)
    check_slides(view, CORPUS)
    check_table(view, CORPUS, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("text", CORPUS)
def test_each_text_alone_in_every_field(text, tmp_path):
    view = hostile_map((text,))
    check_print(view, (text,), tmp_path)
    check_slides(view, (text,))
    check_table(view, (text,), tmp_path)
