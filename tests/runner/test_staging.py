"""Outputs appear whole or not at all; one run a client; nothing of a killed run shows."""

import subprocess
import sys
from pathlib import Path

import pytest

from cxkit.errors import CxError
from cxkit.paths import HOUSE
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
    fill(tmp_path / "acme", fr__a="old", results__voice="r", en__b="kept")
    stage = Stage(tmp_path, "acme")
    stage.open({"results", "en"})
    fill(stage.folder, fr__c="new")
    assert shown(tmp_path) == {"acme/en/b": "kept", "acme/fr/a": "old", "acme/results/voice": "r"}
    stage.promote()
    assert shown(tmp_path) == {"acme/en/b": "kept", "acme/fr/c": "new", "acme/results/voice": "r"}
    assert not (tmp_path / HOUSE / "stage" / "acme").exists()
    assert not (tmp_path / HOUSE / "old" / "acme").exists()


def test_a_run_killed_between_the_two_renames_is_repaired(tmp_path):
    fill(tmp_path / HOUSE / "old" / "acme", fr__a="old")
    Stage(tmp_path, "acme").open(set())
    assert shown(tmp_path) == {"acme/fr/a": "old"}


def test_results_of_a_killed_run_are_kept_its_pages_are_not(tmp_path):
    stage = Stage(tmp_path, "acme")
    stage.open(set())
    fill(stage.folder, **{"results__voice.json": "{}", "fr__page.html": "half"})
    again = Stage(tmp_path, "acme")
    again.open(set())
    assert [path.relative_to(again.folder).as_posix() for path in again.folder.rglob("*") if path.is_file()] == ["results/voice.json"]


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
