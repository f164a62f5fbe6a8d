"""Logs in XES and in database tables, and code books in files, through client.yaml."""

import gzip
import io
import sqlite3

import openpyxl
import pytest
import xlsxwriter

from cxkit.errors import CxError
from cxkit.evidence.propose import propose
from cxkit.model.folder import read_folder
from cxkit.study.inputs import input_hashes
from tests.evidence.folders import read, write

XES = """<?xml version="1.0" encoding="UTF-8"?>
<log xmlns="http://www.xes-standard.org/">
 <trace><string key="concept:name" value="K1"/>
  <event><string key="concept:name" value="website"/><date key="time:timestamp" value="2025-01-02T10:00:00.000+01:00"/></event>
  <event><string key="concept:name" value="shop"/><date key="time:timestamp" value="2025-01-01T10:00:00.000+01:00"/></event>
 </trace>
 <trace><string key="concept:name" value="K2"/>
  <event><string key="concept:name" value="shop"/><date key="time:timestamp" value="2025-01-03T10:00:00.000+01:00"/></event>
 </trace>
</log>"""
OF_XES = """
- id: log
  kind: interactions
  file: evidence/log.xes
  columns: {respondent: "case:concept:name", touchpoint: "concept:name", time: "time:timestamp"}
"""
OF_TABLE = """
- id: log
  kind: interactions
  url: sqlite:///evidence/log.db
  table: moves
  columns: {respondent: who, touchpoint: what, time: at}
"""
REGION = """
- id: k
  kind: customers
  file: evidence/k.csv
  columns: {{respondent: id}}
  attributes: [{{id: region, column: r, name: Region, labels: {book}}}]
"""
PEOPLE = {"k.csv": "id,r\nA,1\nB,2\n"}


def database(folder, rows=(("K1", "website", "2025-01-02 10:00"), ("K1", "shop", "2025-01-01 10:00"), ("K2", "shop", None))):
    (folder / "evidence").mkdir(parents=True)
    with sqlite3.connect(folder / "evidence" / "log.db") as base:
        base.execute("CREATE TABLE moves (who TEXT, what TEXT, at TEXT)")
        base.executemany("INSERT INTO moves VALUES (?, ?, ?)", rows)
        base.execute("CREATE TABLE other (x INTEGER)")


def codes(error):
    return [(fault.code, fault.where) for fault in error.value.faults]


@pytest.mark.parametrize("packed", [False, True])
def test_an_xes_log(tmp_path, packed):
    name = "log.xes.gz" if packed else "log.xes"
    content = gzip.compress(XES.encode(), mtime=0) if packed else XES
    evidence = read(tmp_path, OF_XES.replace("log.xes", name), {name: content})
    log = evidence["interactions"]
    assert [group["touchpoint"].tolist() for _, group in sorted(log.groupby("customer"), key=lambda item: len(item[1]))] == [
        ["shop"], ["shop", "website"]]
    assert log["time"].dt.strftime("%d %H:%M").tolist().count("01 10:00") == 1
    assert (evidence.reading[0].rows_read, evidence.reading[0].rows_rejected, evidence.sources[0].n) == (3, 0, 2)


def test_an_xes_log_is_proposed_as_it_was_meant(tmp_path):
    (tmp_path / "log.xes").write_text(XES)
    text = propose(tmp_path / "log.xes")
    assert 'respondent: "case:concept:name"' in text
    assert 'touchpoint: "concept:name"' in text
    assert 'time: "time:timestamp"' in text


@pytest.mark.parametrize(("content", "code"), [
    ("<log><trace>", "CX-E163"), ("no xml", "CX-E163"), ("<log/>", "CX-E163"),
    ('<!DOCTYPE x [<!ENTITY a "1">]><log>&a;</log>', "CX-E163"),
    (gzip.compress(b"0" * 30_000_000), "CX-E202"), (gzip.compress(XES.encode())[:-9], "CX-E206")])
def test_refused_xes(tmp_path, content, code):
    name = "log.xes.gz" if isinstance(content, bytes) else "log.xes"
    with pytest.raises(CxError) as error:
        read(tmp_path, OF_XES.replace("log.xes", name), {name: content})
    assert codes(error) == [(code, f"evidence/{name}")]


def test_a_table_of_a_database(tmp_path):
    database(tmp_path)
    evidence = read(tmp_path, OF_TABLE, {})
    assert evidence["interactions"]["touchpoint"].tolist() == ["shop", "website"]
    account = evidence.reading[0]
    assert (account.file, account.rows_read, account.rows_kept) == ("table moves", 3, 2)
    assert account.reasons == (("no_time", 1, (3,)),)
    before = input_hashes(read_folder(tmp_path))
    assert len(before["table moves"]) == 64
    with sqlite3.connect(tmp_path / "evidence" / "log.db") as base:
        base.execute("INSERT INTO moves VALUES ('K3', 'shop', '2025-01-04')")
    assert input_hashes(read_folder(tmp_path))["table moves"] != before["table moves"]


def test_the_address_may_come_from_the_environment(tmp_path, monkeypatch):
    database(tmp_path)
    source = OF_TABLE.replace("url: sqlite:///evidence/log.db", "url_from: SHOP_LOG")
    with pytest.raises(CxError) as error:
        read(tmp_path, source, {})
    assert codes(error) == [("CX-E171", "client.yaml")]
    monkeypatch.setenv("SHOP_LOG", "sqlite:///evidence/log.db")
    assert len(read(tmp_path, source, {})["interactions"]) == 2
    # nothing listens there; the driver may also be absent: neither message names user or password
    monkeypatch.setenv("SHOP_LOG", "postgresql://ada:s3cret@127.0.0.1:1/shop")
    with pytest.raises(CxError) as error:
        read(tmp_path, source, {})
    assert codes(error)[0][1] == "table moves"
    assert "s3cret" not in error.value.text() + error.value.text("fr")
    assert "ada" not in error.value.text()


@pytest.mark.parametrize(("old", "new", "expected"), [
    ("sqlite:///evidence/log.db", "postgresql://ada:s3cret@host/base", ("CX-E170", "client.yaml")),
    ("sqlite:///evidence/log.db", "postgresql://host/base?password=s3cret", ("CX-E170", "client.yaml")),
    ("sqlite:///evidence/log.db", "sqlite:///../log.db", ("CX-E004", "client.yaml")),
    ("sqlite:///evidence/log.db", "sqlite:////etc/passwd", ("CX-E004", "client.yaml")),
    ("sqlite:///evidence/log.db", "sqlite:///evidence/no.db", ("CX-E200", "table moves")),
    ("table: moves", "table: movez", ("CX-E256", "table movez")),
    ("who,", "whom,", ("CX-E220", "table moves")),
])
def test_refused_tables(tmp_path, old, new, expected):
    database(tmp_path)
    with pytest.raises(CxError) as error:
        read(tmp_path, OF_TABLE.replace(old, new), {})
    assert codes(error) == [expected]
    assert "s3cret" not in error.value.text()


def test_a_source_is_a_file_or_a_table(tmp_path):
    for source in (OF_TABLE + "  file: evidence/x.csv\n", OF_TABLE.replace("  table: moves\n", ""), "- {id: x, kind: survey}"):
        with pytest.raises(CxError) as error:
            read(tmp_path, source, {})
        assert codes(error)[0][0] == "CX-E125"


def sheet(rows) -> bytes:
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw)
    book.add_worksheet("Notes")
    page = book.add_worksheet("Regions")
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return raw.getvalue()


@pytest.mark.parametrize(("name", "content"), [
    ("region.csv", "code;label_fr;label_en\n1;Nord;North\n2;Sud;South\n"),
    ("region.tsv", "code\tlabel_fr\tlabel_en\n1\tNord\tNorth\n\n2\tSud\tSouth\n"),
    ("region.yaml", "1: {fr: Nord, en: North}\n2: {fr: Sud, en: South}\n"),
    ("region.xlsx#Regions", sheet([("code", "label_fr", "label_en"), (1, "Nord", "North"), (2, "Sud", "South")])),
])
def test_code_books_from_files(tmp_path, name, content):
    file = name.partition("#")[0]
    root = write(tmp_path, REGION.format(book=f'"evidence/{name}"'), PEOPLE | {file: content})
    folder = read_folder(root)
    assert folder.client.sources[0].attributes[0].labels == {"1": {"fr": "Nord", "en": "North"}, "2": {"fr": "Sud", "en": "South"}}
    assert folder.books == (f"evidence/{file}",)
    assert f"evidence/{file}" in input_hashes(folder)
    assert read(tmp_path, REGION.format(book=f'"evidence/{name}"'), {})["respondents"]["region"].tolist() == ["1", "2"]


@pytest.mark.parametrize(("name", "content", "expected"), [
    ("b.csv", "code,label\n1,Nord\n1,Sud\n", ("CX-E173", "evidence/b.csv:3")),
    ("b.csv", "code,label\n1,\n", ("CX-E173", "evidence/b.csv:2")),
    ("b.csv", "", ("CX-E172", "evidence/b.csv")),
    ("b.csv", b"code,label\n1,\x81\n", ("CX-E210", "evidence/b.csv:2")),
    ("b.xlsx", "<html>", ("CX-E172", "evidence/b.xlsx")),
    ("b.xlsx#None", sheet([("code", "label")]), ("CX-E172", "evidence/b.xlsx")),
    ("b.doc", "x", ("CX-E172", "evidence/b.doc")),
    ("b.yaml", "1: a\n1: b\n", ("CX-E103", "evidence/b.yaml:2:1")),
    ("../../b.csv", "", ("CX-E004", "client.yaml")),
])
def test_refused_code_books(tmp_path, name, content, expected):
    files = {} if name.startswith("..") else {name.partition("#")[0]: content}
    root = write(tmp_path, REGION.format(book=f'"evidence/{name}"'), PEOPLE | files)
    with pytest.raises(CxError) as error:
        read_folder(root)
    assert codes(error) == [expected]


def test_answers_in_words_are_scores(tmp_path):
    sources = """
    - id: s
      kind: survey
      file: evidence/s.csv
      columns: {text: why}
      scores:
        - {metric: csat, columns: {q: website}, scale: [1, 5], answers: {Très satisfait: 5, Satisfait: 4, "1 - Pas du tout": 1}}
    """
    file = "q,why\nTrès satisfait,a\nTRÈS SATISFAIT,b\n3,c\n1 - Pas du tout,d\n" + "Satisfait,e\n" * 40 + "Bof,f\n"
    evidence = read(tmp_path, sources, {"s.csv": file})
    assert evidence["scores"]["value"].tolist() == [5, 5, 3, 1, *[4] * 40]
    assert evidence.reading[0].reasons == (("number/q", 1, (46,)),)


def test_a_header_below_titles(tmp_path):
    score = "{metric: nps, columns: {nps: overall}, scale: [0, 10]}"
    source = f"- {{id: s, kind: survey, file: evidence/s.csv, dialect: {{header_row: 3}}, scores: [{score}]}}"
    evidence = read(tmp_path, source, {"s.csv": "Baromètre 2025\n\nnps;x\n9;1\n8;2\n"})
    assert evidence["scores"][["row", "value"]].to_numpy().tolist() == [[4, 9], [5, 8]]
    book = openpyxl.Workbook()
    for row in (["Baromètre"], ["", "Note", ""], ["id", "Site", "Magasin"], ["A", 5, 4]):
        book.active.append(row)
    book.save(tmp_path / "b.xlsx")
    mapping = """
    - id: b
      kind: survey
      file: evidence/b.xlsx
      dialect: {header_row: 2, header_rows: 2}
      columns: {respondent: id}
      scores: [{metric: csat, columns: {Note — Site: website, Note — Magasin: shop}, scale: [1, 5]}]
    """
    scores = read(tmp_path / "b", mapping, {"b.xlsx": (tmp_path / "b.xlsx").read_bytes()})["scores"]
    assert scores[["row", "touchpoint", "value"]].to_numpy().tolist() == [[4, "website", 5.0], [4, "shop", 4.0]]
