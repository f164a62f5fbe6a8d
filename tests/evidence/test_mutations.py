"""Mutated CSV, YAML and XLSX: reading either succeeds with balanced accounts or refuses with a code; nothing else.

A short run by default. ``make fuzz`` sets CXKIT_FUZZ to the number of examples of each kind, draws them anew, and bounds time and memory.
"""

import io
import os
import resource
import time
import zipfile

import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxkit.errors import CxError
from cxkit.evidence.read import read_evidence
from cxkit.model.folder import read_folder
from tests.evidence.folders import HEAD, write
from tests.evidence.test_read import SURVEY, SURVEY_FILE

FUZZ = int(os.environ.get("CXKIT_FUZZ", "0"))
SECONDS, KILOBYTES = 5, 500_000
RUNS = settings(max_examples=FUZZ or 25, deadline=None, derandomize=not FUZZ, print_blob=True,
                suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
RAW = SURVEY_FILE.encode()
CELLS = [b";", b",", b'"', b"\n", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf", b"sep=;\n", b"99", b"-1", b"2099", b"03/02/2025", b"2025-02-13",
         b"abc", b"=1+1", b"NR", b"1 234,50", "é".encode(), "é".encode("cp1252"), b"A;03/02/2025;9;5;2;x;1;1;1;1;0\n", b"", b"x" * 5000,
         b"31/02/2025", b"1e309", b"9" * 400, "١٢٣".encode(), "²".encode(), "Ⅷ".encode(), b"inf", b"nan", b"-0", b"--1", b"\x1a", b"\xc2\x85",
         b"\xe2\x80\xa8", b"\xff\xfe", b"1_000", b"0x1F", b"+5", b"01/01/0001", b"9999-12-31", b"2025-02-13T25:61", b"\xed\xa0\x80", b'"";""',
         b"id", b"nps;nps"]
KEYS = ["survey", "verbatims", "interactions", "customers", "complaints", "conversations", "experiment", "documents", "[]", "{}", "null", "~",
        "''", "-1", "1e999", ".inf", "on", "2025-01-01", "[1, 2]", "{a: b}", "&a x", "*a", "!!python/object/apply:os.system [id]", "\t", "  ",
        "\n", "- ", ": ", "#", "nps", "id", "why", "overall", "row", "[0, 0]", "[10, 0]", "[0, 1e9]", "date", "../../etc/passwd",
        "evidence/s.csv", "x" * 3000, "\u0000", "\ud83d\ude00", "%d", "%Q", "excel", "Mars/Olympus", "utf-7", "utf-16", ";;", "''''",
        "columns: {respondent: id}\n", "[[[[[[[[", "? ", "|", ">-", "table: x\n", "url: sqlite:///x\n", "labels: evidence/s.csv",
        "{1: a, 1: b}", "true", "header_rows: 3", "separator: ''", "records: a.b", "day_first: 1"]
XML = [b"<c r='A1'><v>1</v></c>", b"<f>1+1</f>", b"<v></v>", b"t=\"s\"", b"t=\"inlineStr\"", b"<row r=\"99999999\">",
       b"<mergeCell ref=\"A1:C1\"/>", b"&#0;", b"&xxe;", b"<!DOCTYPE x [<!ENTITY xxe SYSTEM 'file:///etc/passwd'>]>", b"", b"</sheetData>",
       b"1e400", b"<v>-1</v>", b"ZZZ9", b"9" * 60, b"\xff", b"<"]


def edits(length: int, pieces: list) -> st.SearchStrategy:
    """Places, lengths to cut and what to put there."""
    return st.lists(st.tuples(st.integers(0, length), st.integers(0, 12), st.sampled_from(pieces)), min_size=1, max_size=6)


def edited(content, changes):
    for place, length, piece in changes:
        content = content[:place] + piece + content[place + length:]
    return content


def workbook() -> dict[str, bytes]:
    """Members of the survey as a workbook."""
    raw = io.BytesIO()
    book = xlsxwriter.Workbook(raw)
    for row, line in enumerate(SURVEY_FILE.splitlines()):
        book.get_worksheet_by_name("S") or book.add_worksheet("S")
        book.get_worksheet_by_name("S").write_row(row, 0, [float(cell) if row and cell.isdigit() else cell for cell in line.split(";")])
    book.close()
    with zipfile.ZipFile(raw) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


MEMBERS = workbook()
PARTS = sorted(name for name in MEMBERS if name.endswith(("sheet1.xml", "sharedStrings.xml", "workbook.xml", ".rels", "[Content_Types].xml")))
YAML = HEAD + "sources:\n" + "".join(f"  {line}\n" for line in SURVEY.strip("\n").splitlines())


def holds(root, columns: int | None = 11) -> None:
    """Read the folder: success with a balanced account, or coded faults in both languages."""
    began, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    faults, evidence = (), None
    try:
        evidence = read_evidence(read_folder(root))
    except CxError as error:
        faults = error.faults
    for language in ("fr", "en"):
        assert all(fault.text(language).startswith("CX-E") for fault in faults)
    assert bool(faults) != (evidence is not None)
    for account in evidence.reading if evidence else ():
        assert account.rows_read == account.rows_kept + account.rows_rejected
        if columns:
            sound = account.rows_read - sum(count for reason, count, _ in account.reasons if reason == "short_row")
            assert account.cells_valid + account.cells_missing + account.cells_rejected == columns * sound
    if FUZZ:
        assert time.process_time() - began < SECONDS
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < KILOBYTES


@RUNS
@given(changes=edits(len(RAW), CELLS))
def test_csv(tmp_path, changes):
    holds(write(tmp_path, SURVEY, {"s.csv": edited(RAW, changes)}))


@RUNS
@given(changes=edits(len(YAML), KEYS))
def test_yaml(tmp_path, changes):
    root = write(tmp_path, SURVEY, {"s.csv": RAW})
    (root / "client.yaml").write_text(edited(YAML, changes), encoding="utf-8", errors="surrogatepass")
    holds(root, None)


@RUNS
@given(part=st.sampled_from(PARTS), data=st.data(), tail=st.integers(0, 3))
def test_xlsx(tmp_path, part, data, tail):
    members = MEMBERS | {part: edited(MEMBERS[part], data.draw(edits(len(MEMBERS[part]), XML)))}
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    content = raw.getvalue()
    if tail == 3:
        content = content[:-data.draw(st.integers(1, len(content) - 4))]
    holds(write(tmp_path, SURVEY.replace("s.csv", "s.xlsx"), {"s.xlsx": content}))
