"""Folders for a moment: what a killed process leaves does not stay."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from cxkit.scratch import scratch, scratch_prefix, socket_place

HOLD = """
from cxkit.scratch import scratch
with scratch() as folder:
    (folder / "rows.csv").write_text("x")
    print(folder, flush=True)
    input()
"""


def holder(place: Path) -> tuple[subprocess.Popen[str], Path]:
    """A process that holds a folder with a file."""
    process = subprocess.Popen([sys.executable, "-c", HOLD], env={**os.environ, "TMPDIR": str(place), "PYTHONPATH": os.getcwd()}, text=True,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    return process, Path(process.stdout.readline().strip())


def end(process: subprocess.Popen[str], how: signal.Signals) -> None:
    process.send_signal(how)
    process.communicate()


def test_a_killed_process_leaves_its_folder_until_the_next_one_starts(tmp_path):
    killed, left = holder(tmp_path)
    end(killed, signal.SIGKILL)
    assert (left / "rows.csv").exists()
    alive, held = holder(tmp_path)
    assert not left.exists()
    other, _ = holder(tmp_path)
    assert (held / "rows.csv").exists(), "a folder in use was removed"
    for process in (alive, other):
        process.communicate("\n")
    assert list(tmp_path.iterdir()) == []


def test_folders_of_other_machines_and_other_programs_stay(tmp_path):
    elsewhere, foreign = tmp_path / "cxkit-000000-999999-abc", tmp_path / "cxkit-notes"
    elsewhere.mkdir()
    foreign.mkdir()
    with scratch(tmp_path) as folder:
        assert sorted(tmp_path.iterdir()) == sorted([elsewhere, foreign, folder])
        assert folder.stat().st_mode & 0o077 == 0
    assert sorted(tmp_path.iterdir()) == [elsewhere, foreign]


def test_sockets_have_a_place_of_short_name_where_the_folder_for_temporary_files_has_a_long_one(tmp_path, monkeypatch):
    long = tmp_path / ("x" * 80)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    assert socket_place() == Path("/tmp")
    assert scratch_prefix().startswith("cxkit-")
    monkeypatch.setattr(tempfile, "tempdir", "/var/tmp")
    assert socket_place() == Path("/var/tmp")
