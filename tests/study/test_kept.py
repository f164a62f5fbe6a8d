"""Kept evidence is the evidence that was read: same tables, same types, same account; damage and changed inputs read anew."""

import pandas as pd
import pytest

from cxkit.evidence.tables import COLUMNS
from cxkit.paths import HOUSE
from cxkit.study import open_study
from cxkit.study.inputs import input_hashes, reading_digest
from cxkit.study.kept import KeptEvidence
from tests.evidence.folders import read, write
from tests.evidence.test_read import SURVEY, SURVEY_FILE

LOG = "- {id: l, kind: interactions, file: evidence/l.csv, columns: {respondent: c, time: d, touchpoint: t}}"
TALK = "- {id: t, kind: conversations, file: evidence/t.csv, columns: {conversation: c, text: x}}"
FILES = {"s.csv": SURVEY_FILE.replace("Très bien", "Merci Hortense Vauquelin"), "l.csv": "c,d,t\nK1,2025-01-01,shop\n", "t.csv": "c,x\n1,Oui\n"}
SOURCES = f"{SURVEY}\n{LOG}\n{TALK}"


def forbidden():
    raise AssertionError("the evidence was read again")


def test_what_was_kept_is_what_was_read(tmp_path):
    evidence = read(tmp_path / "c", SOURCES, FILES)
    kept = KeptEvidence(tmp_path / "out", "acme")
    assert kept.get("d1", lambda: evidence) is evidence
    again = kept.get("d1", forbidden)
    for name in COLUMNS:
        pd.testing.assert_frame_equal(again[name], evidence[name], check_exact=True)
        assert again[name].dtypes.to_dict() == evidence[name].dtypes.to_dict()
    assert list(again.respondent_counts) == list(evidence.respondent_counts)
    assert (again.sources, again.reading, again.respondent_counts, again.notes) == (
        evidence.sources, evidence.reading, evidence.respondent_counts, evidence.notes)


def test_the_same_reading_is_the_same_bytes_and_older_ones_are_swept(tmp_path):
    evidence = read(tmp_path / "c", SOURCES, FILES)
    for out in ("a", "b"):
        KeptEvidence(tmp_path / out, "acme").get("d0", lambda: evidence)
        KeptEvidence(tmp_path / out, "acme").get("d1", lambda: evidence)
    first, second = ({path.relative_to(tmp_path / out).as_posix(): path.read_bytes() for path in (tmp_path / out / HOUSE / "evidence").rglob("*.*")}
                     for out in ("a", "b"))
    assert first == second
    assert {name.split("/")[3] for name in first} == {"d1"}


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(path.read_bytes()[:-9]),
                                    lambda path: path.write_bytes(b"")])
@pytest.mark.parametrize("name", ["scores.parquet", "evidence.json"])
def test_damage_reads_anew(tmp_path, damage, name):
    evidence = read(tmp_path / "c", SOURCES, FILES)
    kept = KeptEvidence(tmp_path / "out", "acme")
    kept.get("d1", lambda: evidence)
    damage(kept.folder / "d1" / name)
    assert kept.get("d1", lambda: evidence) is evidence
    kept.get("d1", forbidden)


def test_a_study_reads_once_and_a_stage_shares_its_house(tmp_path, monkeypatch):
    root = write(tmp_path / "c", SOURCES, FILES)
    first = open_study(str(root), str(tmp_path / "out")).evidence
    monkeypatch.setattr("cxkit.study.study.read_evidence", lambda folder: forbidden())
    staged = open_study(str(root), str(tmp_path / "out" / HOUSE / "stage" / "acme"))
    pd.testing.assert_frame_equal(staged.evidence["scores"], first["scores"])
    before = reading_digest(input_hashes(staged.folder))
    (root / "evidence" / "l.csv").write_text("c,d,t\nK2,2025-01-01,shop\n")
    assert reading_digest(input_hashes(staged.folder)) != before


def test_kept_evidence_names_no_one(tmp_path):
    root = write(tmp_path / "c", SOURCES, FILES)
    kept = open_study(str(root), str(tmp_path / "out"))
    assert len(kept.evidence["verbatims"]) == 2
    for path in (tmp_path / "out").rglob("*.parquet"):
        shown = pd.read_parquet(path).to_csv().lower()
        assert "vauquelin" not in shown
        assert "k1" not in shown
