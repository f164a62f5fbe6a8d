"""A map that others wrote becomes a client folder; every value that is not carried over is listed with its line."""

import json
import os
from pathlib import Path

import pytest

from cxkit.cli import main
from cxkit.errors import CxError
from cxkit.model.folder import read_folder
from cxkit.paths import resources
from cxkit.study.importing import import_map, looks_foreign, report
from cxkit.words import Words

OWN = Path(__file__).parent / "foreign_map.yaml"
PUBLIC = Path(os.environ.get("CXKIT_PUBLIC_DATA") or resources().parent / "shared" / "data") / "journeys" / "ems_sample.yaml"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return import_map(OWN, tmp_path_factory.mktemp("data"), "library", "2026-01-31", "fr")


def test_the_folder_is_a_client_that_the_kit_reads(made):
    folder = read_folder(made.folder)
    client = folder.client
    assert [(stage.id, stage.name) for stage in client.stages] == [("arrive", "Arriver"), ("stage-2", "借りる")]
    assert [(owner.id, owner.name) for owner in client.owners] == [("desk", "Accueil")]
    assert client.objectives == ("Plus de prêts", "Prêts par visite — prêts / visites — 3 livres")
    assert [(one.id, one.name, one.stage) for one in folder.touchpoints] == [
        ("touchpoint-1", "Parvis", "arrive"), ("touchpoint-2", "Signalétique", "arrive"), ("touchpoint-3", "Automate", "stage-2")]
    assert folder.personas[0].name == "Lectrice du samedi"
    assert (made.folder / "documents" / "foreign_map.yaml").read_bytes() == OWN.read_bytes()


def test_the_map_holds_actions_thoughts_reactions_and_back_stage(made):
    [dated] = read_folder(made.folder).maps
    assert (dated.file, dated.map.title) == ("maps/2026-01-31.as-is.global.yaml", "Lectrice du samedi")
    find, borrow = (stage.activities[0] for stage in dated.map.stages)
    assert (find.id, find.action, find.touchpoint, find.reaction) == ("find-entrance", "Cherche l'entrée", "touchpoint-1", "dissatisfaction")
    assert (find.thought, find.back_stage) == ("Où est la porte ? / Il pleut", ("Accueil: Oriente — À la porte",))
    # a score beyond the table is its end, and nothing is anybody's evidence
    assert (borrow.reaction, borrow.evidence.kind, borrow.back_stage) == ("delight", "hypothesis", ("Accueil: Prête",))


def test_what_is_left_is_listed_with_its_lines(made):
    assert {(one.document, one.path): one.lines for one in made.left} == {
        ("cjm", "id"): (4,), ("cjm", "phases[].colour"): (11,), ("sbp", "id"): (28,), ("sbp", "lanes[].id"): (30,), ("sbp", "lanes[].kind"): (30,),
        ("sbp", "tasks[].position.x"): (32,), ("sbp", "connections[].source"): (35,), ("sbp", "connections[].target"): (35,),
        ("outcome", "kgi.id"): (38,)}
    assert made.counts == {"stages": 2, "activities": 2, "touchpoints": 3, "owners": 1, "further_touchpoints": 1}


def test_the_report_says_what_print_cannot_show(made):
    text = report(made, Words("en"))
    # five characters of 本を借りる on the map; the stage's name stands in client.yaml
    assert made.unprintable == 5
    assert "5 characters have no glyph" in text
    assert "`cjm: phases[].colour` — line 11" in text
    assert (made.folder / "IMPORT.md").read_text(encoding="utf-8") == report(made, Words("fr"))


@pytest.mark.parametrize(("arguments", "code"), [(("x", ""), "CX-E263"), (("Not An Id", "2026-01-31"), "CX-E003")])
def test_refusals(tmp_path, arguments, code):
    with pytest.raises(CxError) as error:
        import_map(OWN, tmp_path, *arguments, "en")
    assert error.value.faults[0].code == code


def test_another_file_is_no_such_map(tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text("kind: recipe\n", encoding="utf-8")
    assert not looks_foreign(other)
    with pytest.raises(CxError) as error:
        import_map(other, tmp_path, "x", "2026-01-31", "en")
    assert error.value.faults[0].code == "CX-E264"


@pytest.mark.parametrize("command", [("review", str(OWN)), ("diff", str(OWN), str(OWN))])
def test_review_and_diff_say_how_to_import(command, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["cxkit", *command])
    with pytest.raises(SystemExit) as stopped:
        main()
    told = capsys.readouterr()
    assert stopped.value.code == 2
    assert "CX-E265" in told.err
    assert "cxkit import" in told.err
    assert "Traceback" not in told.out + told.err


def test_a_public_map_in_japanese_is_imported(tmp_path, monkeypatch, capsys):
    if not PUBLIC.is_file():
        pytest.skip("public data not found: set CXKIT_PUBLIC_DATA to the folder that holds journeys/ems_sample.yaml")
    monkeypatch.setattr("sys.argv", ["cxkit", "import", str(PUBLIC), "--into", str(tmp_path), "--date", "2025-06-01", "--format", "json"])
    with pytest.raises(SystemExit) as stopped:
        main()
    told = json.loads(capsys.readouterr().out)
    assert (stopped.value.code or 0, told["counts"]["stages"], told["counts"]["activities"]) == (0, 5, 6)
    folder = read_folder(tmp_path / "ems-sample")
    assert folder.maps[0].map.stages[0].activities[0].action == "要求を伝える"
    assert {one["document"] for one in told["left"]} == {"cjm", "sbp", "outcome", "em"}
