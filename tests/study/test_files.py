"""Whole files and canonical JSON."""

import pytest

from cxkit.study.files import canonical, sha256, write_whole


def test_canonical_json_depends_on_content_only():
    assert canonical({"b": 1, "a": "é"}) == canonical({"a": "é", "b": 1}) == '{\n "a": "é",\n "b": 1\n}\n'.encode()
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": float("nan")})


def test_a_failed_write_leaves_the_last_version(tmp_path):
    path = tmp_path / "deep" / "a.json"
    write_whole(path, b"one")
    with pytest.raises(TypeError):
        write_whole(path, "not bytes")
    assert path.read_bytes() == b"one"
    assert [entry.name for entry in path.parent.iterdir()] == ["a.json"]
    assert sha256(b"one") == "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"
