"""CSV records and ids of a client folder: what cannot be joined or read is refused with its line."""

import pytest

from cxkit.errors import CxError
from cxkit.model.folder import read_folder

CLIENT = "client: acme\nname: Acme\nas_of: 2026-01-31\noffer: o\njourney: j\nstages:\n  - {id: need}\n  - {id: use}\n" \
         "sources:\n  - {id: s, kind: survey, file: a.csv}\n"
PERSONA = "{id: p, name: P, tagline: t}"


def folder(tmp_path, client: str = CLIENT, **files):
    (tmp_path / "client.yaml").write_text(client, encoding="utf-8")
    for name, content in files.items():
        (tmp_path / name.replace("_", ".")).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_folder(tmp_path)


def refused(tmp_path, client: str = CLIENT, **files):
    with pytest.raises(CxError) as error:
        folder(tmp_path, client, **files)
    return [(fault.code, fault.where) for fault in error.value.faults]


@pytest.mark.parametrize(("content", "expected"), [
    ("id,name\nweb,Web\nweb,Site\n", ("CX-E176", "touchpoints.csv:3")),
    ("id,id\nweb,web\n", ("CX-E207", "touchpoints.csv:1")),
    ("id,name\nweb,Web,more\n", ("CX-E208", "touchpoints.csv:2")),
    ('id,name\nshop,Shop\nweb,"Web\n', ("CX-E209", "touchpoints.csv:3")),
    (b"id,name\nweb,\x81\n", ("CX-E210", "touchpoints.csv:2")),
    ("id,nam\nweb,Web\n", ("CX-E121", "touchpoints.csv:2")),
])
def test_refused_rows(tmp_path, content, expected):
    assert expected in refused(tmp_path, touchpoints_csv=content)


def test_cp1252_quotes_and_blank_lines_are_read(tmp_path):
    read = folder(tmp_path, touchpoints_csv='id;name\r\n\r\nweb;"Site ""été"""\r\n'.encode("cp1252"))
    assert [(item.id, item.name) for item in read.touchpoints] == [("web", 'Site "été"')]


@pytest.mark.parametrize(("client", "files", "where"), [
    (CLIENT.replace("use", "need"), {}, "client.yaml"),
    (CLIENT + "  - {id: s, kind: survey, file: b.csv}\n", {}, "client.yaml"),
    (CLIENT, {"personas_yaml": f"personas:\n  - {PERSONA}\n  - {PERSONA}\n"}, "personas.yaml"),
])
def test_an_id_twice_is_refused(tmp_path, client, files, where):
    assert refused(tmp_path, client, **files) == [("CX-E176", where)]
