"""A purge removes what is due, all of it and nothing else, and leaves a record that proves it."""

import datetime as dt
import hashlib
import json

import pytest

from cxkit.errors import CxError
from cxkit.paths import HOUSE
from cxkit.runner.purge import purge
from cxkit.study import open_study
from tests.evidence.folders import write

SOURCES = """
- {id: old, kind: verbatims, file: evidence/old.csv, period: {start: 2023-01-01, end: 2023-08-31}, columns: {text: t}}
- {id: new, kind: verbatims, file: evidence/new.csv, period: {start: 2025-01-01, end: 2025-05-31}, columns: {text: t}}
"""
FILES = {"old.csv": "t\nRien\n", "new.csv": "t\nTout\n"}


def study(tmp_path, policy):
    """A client with outputs, kept evidence and a neighbour that a purge must not touch."""
    write(tmp_path / "c", SOURCES, FILES, f"privacy: {{key_file: k.key, {policy}}}\n" if policy else "")
    (tmp_path / "c" / "k.key").write_text("sixteen bytes or more")
    out = tmp_path / "out"
    assert open_study(str(tmp_path / "c"), str(out)).evidence.has("verbatims")
    for name in ("acme/fr/map.pdf", "acme/results/voice.json", "lab/acme/01.ipynb", f"{HOUSE}/failed/acme/x.ipynb", f"{HOUSE}/logs/acme.json",
                 f"{HOUSE}/left/acme/acme/fr/map.pdf", f"{HOUSE}/stage/acme/records/voice.fr.json", f"{HOUSE}/old/acme/fr/map.pdf",
                 "other/fr/map.pdf", f"{HOUSE}/logs/other.json"):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(name)
    return tmp_path / "c", out


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_everything_after_the_last_day(tmp_path):
    client, out = study(tmp_path, "retain_until: 2026-01-31")
    before = files(client) | files(out)
    assert purge(client, out, dt.date(2026, 1, 31)).removed == ()
    told = purge(client, out, dt.date(2026, 2, 1), dry_run=True)
    assert {name for name in files(client) | files(out) if "locks" not in name} == {name for name in before if "locks" not in name}
    assert {(item.path, item.kind) for item in told.removed} >= {
        ("client/evidence/old.csv", "evidence"), ("client/evidence/new.csv", "evidence"), ("client/k.key", "key"),
        ("out/acme/fr/map.pdf", "derived"), ("out/acme/results/voice.json", "derived"), ("out/lab/acme/01.ipynb", "derived"),
        (f"out/{HOUSE}/failed/acme/x.ipynb", "derived"), (f"out/{HOUSE}/logs/acme.json", "derived"),
        (f"out/{HOUSE}/left/acme/acme/fr/map.pdf", "derived"), (f"out/{HOUSE}/stage/acme/records/voice.fr.json", "derived"),
        (f"out/{HOUSE}/old/acme/fr/map.pdf", "derived")}
    assert sum(item.path.endswith(".parquet") for item in told.removed) == sum(name.endswith(".parquet") for name in before) > 0
    done = purge(client, out, dt.date(2026, 2, 1))
    assert done.removed == told.removed
    assert done.left == ()
    assert {name for name in files(out) if "locks" not in name} == {"other/fr/map.pdf", f"{HOUSE}/logs/other.json"}
    assert files(client) == {"client.yaml", "touchpoints.csv", "purges/2026-02-01.json"}
    record = json.loads((client / "purges" / "2026-02-01.json").read_text())
    old = next(item for item in record["removed"] if item["path"] == "client/evidence/old.csv")
    assert (old["sha256"], old["bytes"]) == (hashlib.sha256(FILES["old.csv"].encode()).hexdigest(), 7)
    assert record["sources"] == ["old", "new"]


@pytest.mark.parametrize(("day", "due"), [(dt.date(2025, 2, 28), ()), (dt.date(2025, 3, 1), ("old",)), (dt.date(2026, 11, 30), ("old",)),
                                          (dt.date(2026, 12, 1), ("old", "new"))])
def test_months_after_the_end_of_each_period(tmp_path, day, due):
    # 18 months after 31 August 2023 is 28 February 2025; after 31 May 2025 it is 30 November 2026
    client, out = study(tmp_path, "retain_months: 18")
    told = purge(client, out, day)
    assert told.sources == due
    assert (client / "evidence" / "old.csv").exists() == ("old" not in due)
    assert (client / "evidence" / "new.csv").exists() == ("new" not in due)
    assert (client / "k.key").exists() == (len(due) < 2)
    assert (out / "acme").exists() == (not due)


def test_a_client_without_retention_and_one_at_work(tmp_path):
    client, out = study(tmp_path, "")
    with pytest.raises(CxError, match="CX-E174"):
        purge(client, out)
