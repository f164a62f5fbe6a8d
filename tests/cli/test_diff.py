"""`cxkit diff`: text, data and pages; exit status 1 where something changed."""

import json

import pytest

from cxkit.cli import main

OLD = """title: Buying
date: 2025-01-01
stages:
  - stage: need
    activities:
      - {id: see, action: Sees, reaction: none, touchpoint: ad}
"""
NEW = OLD.replace("reaction: none", "reaction: rupture").replace("2025-01-01", "2025-06-01\nversion: '2.0'")


@pytest.fixture
def call(tmp_path, monkeypatch, capsys):
    (tmp_path / "old.yaml").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(NEW, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.argv", ["cxkit", "diff", *arguments])
        with pytest.raises(SystemExit) as stopped:
            main()
        told = capsys.readouterr()
        return stopped.value.code or 0, told.out + told.err

    return run


def test_text_says_what_changed_and_the_status_that_something_did(call):
    status, told = call("old.yaml", "new.yaml", "--language", "en")
    assert (status, "the reaction went from “No reaction” to “Rupture”" in told) == (1, True)
    status, told = call("old.yaml", "old.yaml", "--language", "en")
    assert (status, "Nothing changed." in told) == (0, True)


def test_json_holds_changes_and_aligned_stages(call):
    status, told = call("old.yaml", "new.yaml", "--format", "json")
    found = json.loads(told)
    assert (status, [one["kind"] for one in found["changes"]]) == (1, ["reaction"])
    assert found["stages"][0]["pairs"][0]["fields"] == ["reaction"]


def test_html_goes_to_the_output_or_to_a_file(call, tmp_path):
    status, told = call("old.yaml", "new.yaml", "--format", "html", "--language", "fr")
    assert (status, told.startswith("<!DOCTYPE html>")) == (1, True)
    status, told = call("old.yaml", "new.yaml", "--format", "html", "--language", "fr", "--out", "d.html")
    assert (status, told) == (1, "")
    assert "Ce qui a changé" in (tmp_path / "d.html").read_text(encoding="utf-8")


def test_folder_receives_page_print_and_pictures(call, tmp_path):
    assert call("old.yaml", "new.yaml", "--out", "made")[0] == 1
    assert sorted(path.name for path in (tmp_path / "made").iterdir()) == [f"map-diff.{kind}" for kind in ("html", "pdf", "png", "svg")]


def test_unknown_ending_is_refused(call):
    status, told = call("old.yaml", "new.yaml", "--out", "d.docx")
    assert (status, "CX-E260" in told) == (2, True)


def test_inside_a_client_folder_names_stand_for_ids(call, tmp_path):
    (tmp_path / "maps").mkdir()
    for name, content in (("old", OLD), ("new", NEW.replace("touchpoint: ad", "touchpoint: tv"))):
        (tmp_path / "maps" / f"{name}.yaml").write_text(content, encoding="utf-8")
    (tmp_path / "client.yaml").write_text("client: acme\nname: Acme\nas_of: 2026-01-01\noffer: o\njourney: j\nstages: [{id: need, name: Wanting}]\n"
                                          "sources: [{id: s, kind: documents, file: evidence/d.txt}]\n", encoding="utf-8")
    (tmp_path / "touchpoints.csv").write_text("id,name\nad,The poster\ntv,The film\n", encoding="utf-8")
    status, told = call("maps/old.yaml", "maps/new.yaml", "--language", "en")
    assert status == 1
    assert "Wanting › Sees: the touchpoint went from “The poster” to “The film”." in told
