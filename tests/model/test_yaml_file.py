"""Every refused YAML gives its own code with file, line and column, and never the value."""

import pytest

from cxkit.errors import CxError
from cxkit.model.client import Client
from cxkit.model.folder import read_folder
from cxkit.model.yaml_file import read_record

GOOD = "client: acme\nname: Acme\nas_of: 2026-01-31\noffer: o\njourney: j\nsources:\n  - {id: s, kind: survey, file: evidence/s.csv}\n"
NINE = "a: &a [x, x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(9))


def faults(tmp_path, content: bytes):
    path = tmp_path / "client.yaml"
    path.write_bytes(content)
    with pytest.raises(CxError) as caught:
        read_record(path, Client, "client.yaml")
    return [(fault.code, fault.where) for fault in caught.value.faults], caught.value.text("en")


@pytest.mark.parametrize(("content", "code", "where"), [
    ("clinet: acme\n" + GOOD.split("\n", 1)[1], "CX-E121", "client.yaml:1:1"),
    (GOOD + "name: Again\n", "CX-E103", "client.yaml:8:1"),
    ("client: !!python/object/apply:os.system ['true']\n", "CX-E110", "client.yaml:1:9"),
    (NINE, "CX-E104", "client.yaml:1:4"),
    ("", "CX-E101", "client.yaml"),
    (" \n\n", "CX-E101", "client.yaml"),
    (GOOD + "---\n" + GOOD, "CX-E102", "client.yaml:8:1"),
    ("market:\n\tcountry: FR\n", "CX-E106", "client.yaml:2:1"),
    ("client: [a\n", "CX-E107", "client.yaml:2:1"),
    ("- a\n", "CX-E108", "client.yaml:1:1"),
    (GOOD.replace("acme", "Acme!"), "CX-E123", "client.yaml:1:1"),
    (GOOD.replace("acme", "con"), "CX-E123", "client.yaml:1:1"),
    (GOOD.replace("kind: survey", "kind: survy"), "CX-E124", "client.yaml:7:13"),
    (GOOD.replace("name: Acme\n", ""), "CX-E122", "client.yaml:1:1"),
    ("x: " + "[" * 40 + "]" * 40, "CX-E111", "client.yaml:1:33"),
])
def test_refused(tmp_path, content, code, where):
    assert (code, where) in faults(tmp_path, content.encode())[0]


def test_unknown_key_says_what_was_meant(tmp_path):
    _, text = faults(tmp_path, ("clinet: acme\n" + GOOD.split("\n", 1)[1]).encode())
    assert "CX-E121 client.yaml:1:1 — unknown key clinet — did you mean client?" in text


def test_cp1252_is_told_with_its_line(tmp_path):
    codes, _ = faults(tmp_path, GOOD.replace("offer: o", "offer: café").encode("cp1252"))
    assert codes == [("CX-E105", "client.yaml:4")]


def test_all_faults_of_a_folder_come_at_once(tmp_path):
    (tmp_path / "client.yaml").write_text(GOOD.replace("name: Acme\n", "nam: Acme\n"), encoding="utf-8")
    (tmp_path / "personas.yaml").write_text("personas:\n  - {id: p, name: P}\n", encoding="utf-8")
    (tmp_path / "touchpoints.csv").write_text("id,name,colour\nweb,Web,red\n", encoding="utf-8")
    with pytest.raises(CxError) as caught:
        read_folder(tmp_path)
    assert {fault.where.split(":")[0] for fault in caught.value.faults} == {"client.yaml", "personas.yaml", "touchpoints.csv"}


def test_a_map_that_names_an_unknown_stage_is_refused(tmp_path):
    (tmp_path / "client.yaml").write_text(GOOD + "stages:\n  - {id: need}\n", encoding="utf-8")
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "m.yaml").write_text("title: t\ndate: 2026-01-01\nstages:\n  - {stage: ned}\n", encoding="utf-8")
    with pytest.raises(CxError) as caught:
        read_folder(tmp_path)
    assert caught.value.text("fr").startswith("CX-E130 maps/m.yaml")
    assert "vouliez-vous dire need" in caught.value.text("fr")


def test_a_good_file_is_read(tmp_path):
    (tmp_path / "client.yaml").write_text(GOOD, encoding="utf-8")
    assert read_folder(tmp_path).client.id == "acme"
