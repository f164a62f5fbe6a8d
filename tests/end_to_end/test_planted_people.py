"""Twenty invented people in every input column leave no trace in any output, log, temporary file or message."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cxkit.errors import CxError
from cxkit.evidence.propose import propose
from cxkit.evidence.read import read_evidence
from cxkit.model.folder import read_folder
from tests.end_to_end.planted import PEOPLE, texts_of, traces, write

ROOT = Path(__file__).resolve().parents[2]
OFFLINE = Path(__file__).resolve().parent / "offline"


def command(*arguments: str, cwd: Path) -> subprocess.CompletedProcess:
    """The command line in a process whose temporary files can be looked at, and that reaches no other machine unnoticed."""
    (cwd / "tmp").mkdir(exist_ok=True)
    code = "from cxkit.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, *arguments], cwd=cwd, capture_output=True, text=True, check=False,
                          env={**os.environ, "PYTHONPATH": f"{OFFLINE}{os.pathsep}{ROOT}", "OFFLINE_LOG": str(cwd / "reached"),
                               "TMPDIR": str(cwd / "tmp"), "CXKIT_LANGUAGE": "fr"})


def left_in(folder: Path) -> dict[str, list[str]]:
    """Files that name somebody, and whom."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): found for path in files if (found := [*traces(path.name), *traces(texts_of(path))])}


def test_the_input_names_all_of_them_in_every_file(tmp_path):
    root = write(tmp_path / "c")
    for name in ("survey.csv", "reviews.jsonl", "base.xlsx", "log.csv", "claims.csv", "staff.csv", "calls.vtt", "chats.csv"):
        assert len({person for person in traces(texts_of(root / "evidence" / name)) if not person[0].isdigit()} - {"planted.example"}) >= 20, name


def test_no_trace_after_a_run_of_two_steps(tmp_path):
    write(tmp_path / "c")
    ran = command("run", "c", "--out", "out", "--language", "fr", "--steps", "01-02", cwd=tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert traces(ran.stdout + ran.stderr) == []
    assert len(list((tmp_path / "out" / "planted" / "fr").rglob("*.*"))) > 5
    assert left_in(tmp_path / "out") == left_in(tmp_path / "tmp") == {}
    assert not (tmp_path / "reached").exists()


def test_a_process_that_reaches_out_would_be_noticed(tmp_path):
    code = "import socket; socket.create_connection(('192.0.2.1', 80), 1)"
    subprocess.run([sys.executable, "-c", code], check=False, capture_output=True,
                   env={**os.environ, "PYTHONPATH": str(OFFLINE), "OFFLINE_LOG": str(tmp_path / "reached")})
    assert (tmp_path / "reached").read_text() == "('192.0.2.1', 80)\n"


@pytest.mark.slow
def test_no_trace_after_a_complete_run(tmp_path):
    write(tmp_path / "c")
    ran = command("run", "c", "--out", "out", "--language", "fr,en", cwd=tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert traces(ran.stdout + ran.stderr) == []
    assert len(list((tmp_path / "out" / "planted").rglob("*.pdf"))) > 10
    assert left_in(tmp_path / "out") == left_in(tmp_path / "tmp") == {}
    assert not (tmp_path / "reached").exists()


@pytest.mark.parametrize(("old", "new"), [("scale: [0, 10]", "scale: [0, 3]"), ("time: date", "time: who"), ("{nps: overall}", "{who: overall}"),
                                          ("column: adviser", "column: nobody"),
                                          ("columns: {respondent: who}, attributes", "columns: {respondent: adviser}, attributes")])
def test_no_trace_in_messages(tmp_path, old, new):
    root = write(tmp_path, rows=40)
    (root / "client.yaml").write_text((root / "client.yaml").read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(CxError) as error:
        read_evidence(read_folder(root))
    assert traces(error.value.text("fr") + error.value.text("en") + repr(error.value) + str(error.value.faults)) == []


def test_a_proposed_mapping_shows_no_one(tmp_path):
    root = write(tmp_path)
    for name in ("survey.csv", "base.xlsx", "reviews.jsonl"):
        # the header of one column is a name: the analyst's own file names it so
        assert traces(propose(root / "evidence" / name, "fr").replace(PEOPLE[0], "")) == [], name
