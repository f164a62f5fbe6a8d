"""Outputs appear whole or not at all; one run a client; nothing of a killed run shows."""

import subprocess
import sys
from pathlib import Path

import pytest

from cxkit.errors import CxError
from cxkit.paths import HOUSE
from cxkit.runner import staging
from cxkit.runner.staging import Stage, locked

ROOT = Path(__file__).resolve().parents[2]


def fill(folder, **files):
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def shown(out):
    return {path.relative_to(out).as_posix(): path.read_text() for path in sorted((out / "acme").rglob("*")) if path.is_file()}


def test_a_stage_replaces_the_last_version_whole(tmp_path):
    fill(tmp_path / "acme", fr__a="old", results__voice="r")
    stage = Stage(tmp_path, "acme")
    stage.open()
    fill(stage.folder, fr__c="new")
    assert shown(tmp_path) == {"acme/fr/a": "old", "acme/results/voice": "r"}
    stage.promote()
    assert shown(tmp_path) == {"acme/fr/c": "new"}
    assert [path.name for path in (tmp_path / HOUSE).rglob("*") if path.is_file()] == []


def test_without_exchange_of_folders_the_result_is_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(staging, "_exchange", lambda one, other: False)
    test_a_stage_replaces_the_last_version_whole(tmp_path)


def test_a_run_killed_between_the_two_renames_is_repaired(tmp_path):
    fill(tmp_path / HOUSE / "old" / "acme", fr__a="old")
    Stage(tmp_path, "acme").open()
    assert shown(tmp_path) == {"acme/fr/a": "old"}


def test_what_a_killed_run_has_left_is_taken_up_until_one_reaches_its_end(tmp_path):
    stage = Stage(tmp_path, "acme")
    stage.open()
    fill(stage.folder, **{"results__voice.json": "{}", "fr__page.html": "half"})
    fill(stage.records, **{"voice.fr.json": "{}"})
    for _ in range(2):  # killed again before it has done anything: what the first left still counts
        again = Stage(tmp_path, "acme")
        again.open()
        assert [path.name for path in again.folder.rglob("*")] == []
        assert (again.left / "fr" / "page.html").read_text() == "half"
        assert (again.left_records / "voice.fr.json").is_file()
    again.promote()
    assert not again.left.exists()
    assert not again.left_records.exists()


def test_a_second_run_of_a_client_is_told_at_once(tmp_path):
    code = "import sys; from pathlib import Path; from cxkit.runner.staging import locked\nwith locked(Path(sys.argv[1]), 'acme'): pass"
    with locked(tmp_path, "acme"):
        second = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False)
        assert "CX-E014" in second.stderr
        with locked(tmp_path, "other"):
            pass
    with locked(tmp_path, "acme"):
        pass


def test_the_lock_is_released_after_a_failure(tmp_path):
    with pytest.raises(CxError), locked(tmp_path, "acme"):
        raise CxError(())
    with locked(tmp_path, "acme"):
        pass
