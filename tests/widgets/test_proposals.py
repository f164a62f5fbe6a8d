"""Mappings proposed in notebook 01 for the files that no source names."""

from types import SimpleNamespace

import pytest

from cxkit.model.folder import read_folder
from cxkit.widgets import proposals
from cxkit.words import Words

CLIENT = """client: acme
name: Acme
as_of: 2026-01-31
offer: o
journey: Buying
stages: [{id: need}]
sources: [{id: d, kind: documents, file: evidence/d.txt}]
"""


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "notebook.ipynb")
    monkeypatch.delenv("CXKIT_STATIC", raising=False)
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "d.txt").write_text("x", encoding="utf-8")
    (tmp_path / "client.yaml").write_text(CLIENT, encoding="utf-8")
    return SimpleNamespace(words=Words("en"), folder=read_folder(tmp_path))


def test_a_folder_whose_files_are_all_named_says_so(study):
    assert repr(proposals(study)) == "Every file of evidence/ is described in client.yaml."


def test_a_new_file_gets_a_source_and_a_broken_one_its_fault(study):
    evidence = study.folder.root / "evidence"
    (evidence / "wave.csv").write_text("id;nps\n" + "".join(f"r{i};{i % 11}\n" for i in range(40)), encoding="utf-8")
    (evidence / "wrong.xlsx").write_text("<html>", encoding="utf-8")
    told = repr(proposals(study))
    assert told.startswith("2 files of evidence/ are not described")
    assert 'file: "evidence/wave.csv"' in told
    assert "metric: nps" in told
    assert "CX-E" in told
    assert "Traceback" not in told


def test_a_run_depends_on_named_files_only(study, monkeypatch):
    monkeypatch.setenv("CXKIT_STATIC", "1")
    (study.folder.root / "evidence" / "wave.csv").write_text("id;nps\n1;2\n", encoding="utf-8")
    assert "wave.csv" not in repr(proposals(study))
