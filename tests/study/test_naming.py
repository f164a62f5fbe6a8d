"""Names that charts write in a notebook, and how a notebook shows a drawing."""

from cxkit.evidence.tables import Evidence
from cxkit.model.folder import read_folder
from cxkit.sheets.context import SheetContext
from cxkit.study.door import Figure
from cxkit.study.naming import names
from cxkit.words import Words

CLIENT = """client: acme
name: Acme
as_of: 2026-01-31
offer: o
journey: Buying
stages: [{id: need}]
outcome: {event: purchase, name: {fr: Achat, en: Purchase}}
sources: [{id: s, kind: documents, file: evidence/d.txt}]
"""


def test_the_outcome_bears_its_name_where_it_stands_among_touchpoints(tmp_path):
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "d.txt").write_text("x", encoding="utf-8")
    (tmp_path / "client.yaml").write_text(CLIENT, encoding="utf-8")
    found = names(SheetContext(read_folder(tmp_path), Evidence({}), Words("fr"), tmp_path), {})
    assert (found["purchase"], found["unknown"]) == ("Achat", "unknown")


def test_a_drawing_fits_the_panel_of_a_notebook_with_its_fonts():
    bundle = Figure('<svg width="900"><text font-family="Inter">a</text></svg>', "a line")._repr_mimebundle_()
    assert bundle == {"text/plain": "a line", "image/svg+xml":
                      '<svg style="max-width:100%;height:auto" width="900"><text font-family="Inter, sans-serif">a</text></svg>'}
