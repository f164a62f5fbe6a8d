"""`cxkit review` given a map: a map without client folder, or of another schema, is refused with a message."""

import pytest

from cxkit.cli import main

GOOD = "title: t\ndate: 2026-01-01\nstages:\n  - {stage: need}\n"


@pytest.mark.parametrize(("content", "code"), [(GOOD, "CX-E019"), ("kind: cjm\nid: x\n", "CX-E122"), (GOOD + "---\na: 1\n", "CX-E102")])
def test_a_stray_map_is_refused(tmp_path, monkeypatch, capsys, content, code):
    path = tmp_path / "map.yaml"
    path.write_text(content, encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["cxkit", "review", str(path)])
    with pytest.raises(SystemExit) as stopped:
        main()
    told = capsys.readouterr()
    assert stopped.value.code == 2
    assert code in told.out + told.err
    assert "Traceback" not in told.out + told.err
