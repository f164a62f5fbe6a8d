"""Files that are small and unpack, nest or grow without end are refused before they are read."""

import gzip
import io
import json
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cxkit.errors import CxError
from cxkit.evidence.readers import read_raw
from cxkit.model.code_books import read_book
from cxkit.model.source import Dialect


def zipped(**members: bytes) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return raw.getvalue()


def parquet(table: pa.Table, **options) -> bytes:
    raw = io.BytesIO()
    pq.write_table(table, raw, **options)
    return raw.getvalue()


LAUGHS = "<!DOCTYPE log [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(20)) + "]>"
REPEATED = pa.table({"t": pa.DictionaryArray.from_arrays(pa.array([0] * 50_000, pa.int32()), ["x" * 100_000])})
BOMBS = {
    "zeros.xlsx": (lambda: zipped(**{"xl/worksheets/sheet1.xml": b"0" * 60_000_000}), "CX-E202"),
    "entities.xlsx": (lambda: zipped(**{"xl/workbook.xml": (LAUGHS + "<log>&u;</log>").encode(), "xl/_rels/workbook.xml.rels": b"<a/>"}), "CX-E206"),
    "deep.json": (lambda: b"[" * 200_000 + b"]" * 200_000, "CX-E111"),
    "deep.jsonl": (lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"\n", "CX-E111"),
    "wide.csv": (lambda: b",".join(b"c%d" % n for n in range(300_000)) + b"\n" + b"1," * 299_999 + b"1\n", "CX-E177"),
    "wide.json": (lambda: json.dumps([{f"c{n}": 1} for n in range(40_000)]).encode(), "CX-E177"),
    "line.csv": (lambda: b"t\n" + b"x" * 30_000_000 + b"\n", "CX-E178"),
    "line.jsonl": (lambda: b'{"t": "' + b"x" * 30_000_000 + b'"}\n', "CX-E178"),
    "repeated.parquet": (lambda: parquet(REPEATED), "CX-E201"),
    "laughs.xes": (lambda: (LAUGHS + "<log><trace><event><string key='concept:name' value='&u;'/></event></trace></log>").encode(), "CX-E163"),
    "zeros.xes.gz": (lambda: gzip.compress(b"0" * 60_000_000), "CX-E202"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_refused_at_once(tmp_path, name):
    content, expected = BOMBS[name]
    path = tmp_path / name
    path.write_bytes(content())
    with pytest.raises(CxError) as error:
        read_raw(path, Dialect(), None, name)
    assert [fault.code for fault in error.value.faults] == [expected]


def test_aliases_in_a_code_book_are_refused(tmp_path):
    lines = "a: &a [x, x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(9))
    (tmp_path / "book.yaml").write_text(lines)
    with pytest.raises(CxError) as error:
        read_book(tmp_path, "book.yaml")
    assert error.value.faults[0].code == "CX-E104"
