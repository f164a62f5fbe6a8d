"""Every format gives the same text, and the line where it stands."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cxkit.errors import CxError
from cxkit.evidence.readers import read_raw
from cxkit.model.source import Dialect


def raw(tmp_path, name, content, wanted=None, **dialect):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_raw(path, Dialect(**dialect), wanted, f"evidence/{name}")


def code(tmp_path, name, content, **dialect):
    with pytest.raises(CxError) as error:
        raw(tmp_path, name, content, **dialect)
    return [(fault.code, fault.where) for fault in error.value.faults]


def test_json_lines_keep_line_numbers_and_types(tmp_path):
    table = raw(tmp_path, "a.jsonl", '{"id": 1, "who": {"age": 0123}}'.replace("0123", "12") + '\n\n{"id": "1.0", "ok": true, "x": null}\n')
    assert table.columns == ("id", "who.age", "ok", "x")
    assert table.frame.index.tolist() == [1, 3]
    assert table.frame.to_dict("list") == {"id": ["1", "1.0"], "who.age": ["12", ""], "ok": ["", "true"], "x": ["", ""]}


def test_json_records_at_a_path_with_what_is_around(tmp_path):
    content = json.dumps([{"id": 7, "turns": [["agent", "Hi"], ["customer", "Yes"]]}, {"id": 8, "turns": [["agent", "Bye"]]}])
    table = raw(tmp_path, "a.json", content, records="turns")
    assert table.frame.to_dict("list") == {"0": ["agent", "customer", "agent"], "1": ["Hi", "Yes", "Bye"], "^id": ["7", "7", "8"]}


def test_parquet_as_text(tmp_path):
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"n": [1.0, 2.5, None], "d": pa.array([1, None, 3], pa.date32()), "t": ["NA", None, "é"]}), path)
    table = read_raw(path, Dialect(), {"n", "t", "d"}, "a.parquet")
    assert table.frame.to_dict("list") == {"n": ["1", "2.5", ""], "d": ["1970-01-02", "", "1970-01-04"], "t": ["NA", "", "é"]}
    assert code(tmp_path, "cut.parquet", path.read_bytes()[:-20]) == [("CX-E206", "evidence/cut.parquet")]


def test_webvtt_and_srt(tmp_path):
    vtt = "WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.500\n<v Nadia>Bonjour,\nje vous écoute.</v>\n\nNOTE rien\n\n00:04.000 --> 00:05.000\nClient: Allô\n"
    table = raw(tmp_path, "a.vtt", vtt)
    assert table.frame.index.tolist() == [4, 10]
    assert table.frame.to_dict("list") == {"start": ["00:00:01.000", "00:04.000"], "end": ["00:00:03.500", "00:05.000"],
                                           "speaker": ["Nadia", "Client"], "text": ["Bonjour, je vous écoute.", "Allô"]}
    srt = raw(tmp_path, "a.srt", "1\r\n00:00:01,000 --> 00:00:02,000\r\nOui\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\nNon\r\n")
    assert srt.frame["text"].tolist() == ["Oui", "Non"]
    assert srt.frame["start"].tolist() == ["00:00:01.000", "00:00:02.000"]


def test_qualtrics_takes_the_first_row_and_surveymonkey_joins_two(tmp_path):
    qualtrics = 'Q1,Q2\n"How likely?","Why?"\n"{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"\n9,Bien\n'
    table = raw(tmp_path, "q.csv", qualtrics, header_rows=3)
    assert table.columns == ("Q1", "Q2")
    assert table.frame.index.tolist() == [4]
    monkey = "ID,Rate,,Why\n,Shop,Site,Open-Ended Response\n1,5,4,Ok\n"
    assert raw(tmp_path, "m.csv", monkey, header_rows=2).columns == ("ID", "Rate — Shop", "Rate — Site", "Why — Open-Ended Response")


@pytest.mark.parametrize(("name", "content", "expected"), [
    ("a.json", "{", ("CX-E235", "evidence/a.json:1:2")),
    ("a.jsonl", '{"a": 1}\n{"a": \n', ("CX-E235", "evidence/a.jsonl:2:7")),
    ("a.json", '{"a": 1}', None),
    ("a.json", "[1, 2]", ("CX-E230", "evidence/a.json")),
    ("a.vtt", "WEBVTT\n", ("CX-E214", "evidence/a.vtt")),
    ("a.doc", "x", ("CX-E213", "evidence/a.doc")),
])
def test_refused(tmp_path, name, content, expected):
    if expected is None:
        assert raw(tmp_path, name, content).rows_read == 1
    else:
        assert code(tmp_path, name, content) == [expected]
