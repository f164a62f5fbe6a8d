"""A user's mistake: one CX-E line, exit code 2, no traceback."""

import json
import shutil
import sys

import pytest

from cxkit.cli import main

BAD_IDS = ["", "../acme", "../../etc", "/etc/passwd", "a/b", "a\\b", ".", "..", ".hidden", "-rf", "_a", "Acme", "acmé", "a b", "con", "nul", "com1",
           "a" * 42]


@pytest.fixture
def cxkit(monkeypatch, capsys, tmp_path):
    """Run a command in an empty folder; gives (exit code, standard output, standard error)."""
    monkeypatch.setenv("CXKIT_LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["cxkit", *arguments])
        with pytest.raises(SystemExit) as stopped:
            main()
        told = capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        return stopped.value.code or 0, told.out, told.err

    return call


@pytest.fixture
def client(cxkit, tmp_path):
    assert cxkit("new", "acme", "--into", "clients")[0] == 0
    return tmp_path / "clients" / "acme"


@pytest.mark.parametrize("bad", BAD_IDS)
def test_bad_client_ids_are_refused(cxkit, tmp_path, bad):
    code, _, err = cxkit("new", "--", bad)
    assert code == 2
    assert err.startswith(f"CX-E003 — {bad!r} is not a valid id — use 1 to 41 lower-case letters")
    assert list(tmp_path.iterdir()) == []


def test_a_new_client_is_valid_and_is_not_overwritten(cxkit, client):
    code, out, _ = cxkit("check", str(client))
    assert code == 0
    assert "survey (evidence/survey.csv): 160 rows read, 160 kept, 0 rejected" in out
    code, out, _ = cxkit("check", str(client), "--format", "json")
    assert json.loads(out)["valid"] is True
    code, _, err = cxkit("new", "acme", "--into", "clients")
    assert (code, err[:7]) == (2, "CX-E016")
    for path in [client / "client.yaml", client / "personas.yaml", *client.glob("maps/*.yaml")]:
        schema = path.read_text().splitlines()[0].removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / schema).is_file(), path


@pytest.mark.parametrize(("content", "said"), [
    (b"client: a\nclient: b\n", "CX-E103 client.yaml:2:1"),
    (b"name: !!python/object/apply:os.system [ls]\n", "CX-E110 client.yaml:1:7"),
    (b"a: &x [1]\nb: *x\n", "CX-E104 client.yaml:1:4"),
    (b"", "CX-E101 client.yaml"),
    (b"a: 1\n---\nb: 2\n", "CX-E102 client.yaml:2:1"),
    (b"a:\n\tb: 1\n", "CX-E106 client.yaml:2:1"),
    ("client: a\nname: d\u00e9\u00e7u\n".encode("cp1252"), "CX-E105 client.yaml:2"),
    (b"- a\n- b\n", "CX-E108 client.yaml:1:1"),
])
def test_bad_yaml_is_refused_with_its_place(cxkit, client, content, said):
    (client / "client.yaml").write_bytes(content)
    code, _, err = cxkit("check", str(client))
    assert code == 2
    assert err.startswith(said)
    assert err.count(" — ") == 2


def test_a_misspelt_key_names_the_right_one(cxkit, client):
    path = client / "client.yaml"
    path.write_text(path.read_text().replace("customer_kind: customer", "custmer_kind: customer"))
    line = path.read_text().splitlines().index(next(line for line in path.read_text().splitlines() if line.startswith("custmer_kind"))) + 1
    code, _, err = cxkit("check", str(client))
    assert (code, err) == (2, f"CX-E121 client.yaml:{line}:1 — unknown key custmer_kind — did you mean customer_kind?\n")
    code, out, _ = cxkit("check", str(client), "--format", "json")
    assert (code, json.loads(out)["faults"][0]["code"]) == (2, "CX-E121")


def test_a_map_that_names_an_unknown_stage_is_refused(cxkit, client):
    path = next(client.glob("maps/*.yaml"))
    path.write_text(path.read_text().replace("stage: service", "stage: servise"))
    code, _, err = cxkit("check", str(client))
    assert code == 2
    assert err.startswith(f"CX-E130 maps/{path.name} — the stage servise is not defined — did you mean service?")


@pytest.mark.parametrize(("arguments", "code"), [
    (("check", "nowhere"), "CX-E001"),
    (("run", "clients/acme", "--steps", "voise"), "CX-E011"),
    (("run", "clients/acme", "-p", "n_persona=6"), "CX-E012"),
    (("run", "clients/acme", "-p", "n_personas=six"), "CX-E013"),
    (("run", "clients/acme", "--language", "de"), "CX-E010"),
    (("verify", "clients/acme"), "CX-E015"),
    (("mask", "nothing.txt"), "CX-E100"),
    (("batch", "nowhere"), "CX-E002"),
])
def test_wrong_requests_are_refused_before_a_kernel_starts(cxkit, client, tmp_path, arguments, code):
    status, _, err = cxkit(*arguments)
    assert (status, err[:7]) == (2, code)
    assert not (tmp_path / "out" / "acme").exists()


def test_a_folder_without_client_yaml_is_told(cxkit, client):
    shutil.rmtree(client / "maps")
    (client / "client.yaml").unlink()
    assert cxkit("check", str(client))[2].startswith("CX-E002 acme")


def test_masking_tells_where_in_the_line(cxkit, tmp_path):
    (tmp_path / "a.txt").write_text("Appelez le 06 12 34 56 78\nmerci\n", encoding="utf-8")
    code, out, _ = cxkit("mask", "a.txt", "--format", "json")
    assert code == 0
    assert json.loads(out)["lines"][0]["spans"] == [{"start": 11, "end": 25, "kind": "phone"}]
    assert json.loads(out)["lines"][1] == {"text": "merci", "spans": []}


def test_differences_of_two_maps(cxkit, client):
    path = next(client.glob("maps/*.yaml"))
    other = path.with_name("2026-03-01.as-is.global.yaml")
    other.write_text(path.read_text().replace("reaction: irritant", "reaction: dissatisfaction"))
    code, out, _ = cxkit("diff", str(path), str(other), "--format", "json")
    assert code == 1
    assert [change["kind"] for change in json.loads(out)["changes"]] == ["reaction"]
    assert cxkit("diff", str(path), str(path))[0] == 0


def test_mask_gives_one_line_for_each_line_of_the_file(cxkit, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    long = "mot " * 60 + ":smile: [b]gras[/b] 12:30"
    lines = ["Je suis Odile Perrin, déçue.", "", "deux\u2028morceaux", long, "Merci Julie !"]
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        content = [line for line in lines if encoding != "cp1252" or "\u2028" not in line]
        (tmp_path / "a.txt").write_bytes("\r\n".join([*content, ""]).encode(encoding))
        code, out, _ = cxkit("mask", "a.txt", "--language", "fr")
        assert (code, out.removesuffix("\n").split("\n")) == (0, ["Je suis [nom], déçue.", *content[1:-1], "Merci [nom] !"])
    (tmp_path / "a.txt").write_bytes(b"")
    assert cxkit("mask", "a.txt")[:2] == (0, "")
