"""``paths_report``: a log, an XES and aggregated paths without a client folder."""

import gzip
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from cxkit.errors import CxError
from cxkit.evidence.events.aggregated import AggregatedPath, is_aggregated, read_aggregated
from cxkit.evidence.events.report import Asked, paths_report
from tests.evidence.event_logs import tiny

XES = """<?xml version="1.0" encoding="UTF-8"?><log xmlns="http://www.xes-standard.org/">
<trace><string key="concept:name" value="k1"/>
 <event><string key="concept:name" value="b"/><date key="time:timestamp" value="2025-01-02T10:00:00+01:00"/>
  <string key="lifecycle:transition" value="complete"/></event>
 <event><string key="concept:name" value="a"/><date key="time:timestamp" value="2025-01-01T10:00:00+01:00"/>
  <string key="lifecycle:transition" value="start"/></event>
 <event><string key="concept:name" value="a"/><date key="time:timestamp" value="2025-01-01T11:00:00+01:00"/>
  <string key="lifecycle:transition" value="complete"/></event></trace></log>"""


def test_a_log(tmp_path):
    tiny("abo", "ab", "abo", "c").to_csv(tmp_path / "log.csv", index=False)
    report = paths_report(tmp_path / "log.csv", Asked("customer", "touchpoint", "time", outcome="o"))
    assert (report["events"], report["cases"], report["activities"]) == (9, 4, 4)
    assert report["transitions"] == [["a", "b", 3], ["b", "o", 2]]
    assert report["variants"] == [[["a", "b", "o"], 2], [["a", "b"], 1], [["c"], 1]]
    assert [(row["step"], row["cases"]) for row in report["funnel"]] == [("a", 3), ("b", 3), ("o", 2)]
    assert report["exits"] == {"b": 1, "c": 1}
    assert report["removal"] == {"a": 1.0, "b": 1.0, "c": 0.0}
    assert report["ends"] == {"outcome": 2, "left": 2, "open": 0}


def test_without_outcome_there_is_no_removal_effect(tmp_path):
    tiny("ab").to_csv(tmp_path / "log.csv", index=False)
    report = paths_report(tmp_path / "log.csv", Asked("customer", "touchpoint", "time"))
    assert (report["removal"], report["exits"]) == ({}, {"b": 1})


def test_xes_with_and_without_lifecycle(tmp_path):
    (tmp_path / "log.xes").write_text(XES)
    with gzip.open(tmp_path / "log.xes.gz", "wt") as stream:
        stream.write(XES)
    assert paths_report(tmp_path / "log.xes")["variants"] == [[["a", "a", "b"], 1]]
    assert paths_report(tmp_path / "log.xes.gz", Asked(lifecycle="lifecycle:transition"))["variants"] == [[["a", "b"], 1]]


def test_aggregated_paths(tmp_path):
    # a > b converts 2 of 4, c 1 of 2: P = .5; without a (or b) only c is left: 1/6; effect 2/3; without c: 1/3
    (tmp_path / "paths.csv").write_text("path,conversions,nulls\na > b,2,2\nc,1,1\n")
    report = paths_report(tmp_path / "paths.csv")
    assert (report["cases"], report["events"]) == (6, 10)
    assert report["transitions"] == [["a", "b", 4]]
    assert report["variants"] == [[["a", "b"], 4], [["c"], 2]]
    assert report["removal"] == pytest.approx({"a": 2 / 3, "b": 2 / 3, "c": 1 / 3})
    assert report["ends"] == {"outcome": 3, "left": 3, "open": 0}


@pytest.mark.parametrize("row", ["a > b,x,1", "a > b,-1,1", ",1,1", "a,1.5,0"])
def test_a_wrong_aggregated_row_is_told_by_line(tmp_path, row):
    (tmp_path / "paths.csv").write_text(f"path,conversions,nulls\na,1,1\n{row}\n")
    with pytest.raises(CxError, match=r"CX-E164 paths\.csv:3"):
        paths_report(tmp_path / "paths.csv")


def test_a_latin_1_file(tmp_path):
    pd.DataFrame({"case": [1, 1], "what": ["déçu", "a"]}).to_csv(tmp_path / "log.csv", index=False, sep=";", encoding="latin-1")
    assert paths_report(tmp_path / "log.csv", Asked("case", "what"))["variants"] == [[["déçu", "a"], 1]]


def test_missing_and_unreadable_files(tmp_path):
    with pytest.raises(CxError, match=r"CX-E100 nothing\.csv"):
        paths_report(tmp_path / "nothing.csv", Asked("a", "b"))
    (tmp_path / "log.xes").write_text("<log>")
    with pytest.raises(CxError, match="CX-E163"):
        paths_report(tmp_path / "log.xes")


ODD = """case:concept:name;concept:name;time:timestamp;cost, total
k1;Ask > wait;2025-01-01T10:00:00.123+01:00;1,5
k1;Pay;2025-01-01T10:00:00+01:00;2
k2;Pay ;2025/01/02 08:00:00;3
k2;"Say ""no""; leave";03/01/2025 08:00;4
"""


def test_odd_columns_separators_times_and_activities(tmp_path):
    # wrong readings: `Pay ` trimmed into `Pay`, the later fraction of a second lost, a day taken for a month
    (tmp_path / "log.csv").write_text(ODD)
    report = paths_report(tmp_path / "log.csv")
    assert report["variants"] == [[["Pay", "Ask > wait"], 1], [["Pay ", 'Say "no"; leave'], 1]]
    assert (report["events"], report["cases"], report["activities"], report["left_out"]) == (4, 2, 4, 0)
    assert {(w["source"], w["median"]) for w in report["waits"]} == {("Pay", 0.123 / 3600), ("Pay ", 24.0)}


@pytest.mark.parametrize(("text", "hours"), [
    ("1735732800,1735736400", 1.0), ("1735732800000,1735736400000", 1.0), ("01/31/2025 09:00,02/01/2025 10:00", 25.0),
    ("31.01.2025 09:00,01.02.2025 10:00", 25.0), ("2025-01-31 09:00:00+02:00,2025-01-31 09:00:00Z", 2.0),
    ("Jan 31 2025 11:00 PM,Feb 1 2025 01:00 AM", 2.0), ("20250131,20250201", 24.0)])
def test_ways_to_write_times(tmp_path, text, hours):
    first, second = text.split(",")
    (tmp_path / "log.csv").write_text(f"c\tw\tt\nk\tb\t{second}\nk\ta\t{first}\n")
    assert [(w["source"], w["mean"]) for w in paths_report(tmp_path / "log.csv", Asked("c", "w", "t"))["waits"]] == [("a", hours)]


def test_times_that_mix_two_orders_are_refused(tmp_path):
    (tmp_path / "log.csv").write_text("c,w,t\nk,a,31/01/2025\nk,b,01/31/2025\n")
    with pytest.raises(CxError, match=r"CX-E161 log\.csv — the times of column t"):
        paths_report(tmp_path / "log.csv", Asked("c", "w", "t"))


def test_a_folder_of_parquet_files_is_one_log(tmp_path):
    # wrong reading: the order of each file alone; ties follow the order of the files
    table = tiny("bac", "bac", days=0)
    for i, part in enumerate((table.iloc[:2], table.iloc[2:])):
        part.to_parquet(tmp_path / f"part-{i}.parquet")
    asked = Asked("customer", "touchpoint", "time")
    assert paths_report(tmp_path, asked)["variants"] == [[["b", "a", "c"], 2]]
    (tmp_path / "empty").mkdir()
    with pytest.raises(CxError, match="CX-E252 empty"):
        paths_report(tmp_path / "empty", asked)


@pytest.mark.parametrize("kind", ["sqlite:///", "adbc:sqlite:"])
def test_a_table_of_a_database(tmp_path, kind):
    if kind.startswith("adbc"):
        pytest.importorskip("adbc_driver_sqlite")
    with closing(sqlite3.connect(tmp_path / "log.db")) as base:
        tiny("abo", "ab").assign(time=lambda t: t["time"].astype(str)).to_sql("contacts", base, index=False)
        base.commit()
    asked = Asked("customer", "touchpoint", "time", outcome="o")
    url = f"{kind}{tmp_path / 'log.db'}"
    assert paths_report(url, asked)["variants"] == [[["a", "b"], 1], [["a", "b", "o"], 1]]
    with pytest.raises(CxError, match=r"CX-E256 .* there is no table contact — .* did you mean contacts"):
        paths_report(url, replace(asked, table="contact"))
    with pytest.raises(CxError, match="CX-E255"):
        paths_report(f"{kind}{tmp_path / 'none' / 'log.db'}", asked)


def test_completions_only_and_none(tmp_path):
    tiny("aabb").assign(step=["START", "COMPLETE"] * 2).to_csv(tmp_path / "log.csv", index=False)
    asked = Asked("customer", "touchpoint", "time", lifecycle="step")
    assert paths_report(tmp_path / "log.csv", asked)["variants"] == [[["a", "b"], 1]]
    with pytest.raises(CxError, match=r"CX-E253 log\.csv — no row of column touchpoint is a completion \(complete\)"):
        paths_report(tmp_path / "log.csv", replace(asked, lifecycle="touchpoint"))


def test_quoted_aggregated_paths_with_an_index_column(tmp_path):
    text = '"";"path";"total_conversions";"total_conversion_value";"total_null"\n"1";"eta > iota > alpha";"1";"0,24";"3"\n"2";"iota";"2";"1";"0"\n'
    (tmp_path / "paths.csv").write_text(text)
    report = paths_report(tmp_path / "paths.csv")
    assert (report["cases"], report["variants"]) == (6, [[["eta", "iota", "alpha"], 4], [["iota"], 2]])
    # P = (4/6)(4/6)(1/4) + (2/6)... by the chain: iota goes on to alpha in 4 of 6, converts in 2 of 6; alpha converts in 1 of 4
    f_iota = 4 / 6 * 1 / 4 + 2 / 6
    assert report["removal"] == pytest.approx({"eta": 4 / 6, "iota": 1.0, "alpha": 4 / 6 * 1 / 4 / f_iota})


def test_a_document_type_in_xes_is_refused(tmp_path):
    declared = '<!DOCTYPE log [<!ENTITY a "aaaa">]>'
    (tmp_path / "log.xes").write_text(f'{declared}<log><trace><event><string key="concept:name" value="&a;"/></event></trace></log>')
    with pytest.raises(CxError, match="CX-E163"):
        paths_report(tmp_path / "log.xes")


def test_an_outcome_that_no_event_is_called_is_refused(tmp_path):
    # wrong reading: a mistyped outcome taken for one that nobody reached
    tiny("abo", "ab").replace("o", "order").to_csv(tmp_path / "log.csv", index=False)
    with pytest.raises(CxError, match=r"CX-E257 .* no event is called ordr, .* did you mean order\?"):
        paths_report(tmp_path / "log.csv", Asked("customer", "touchpoint", "time", outcome="ordr"))


def test_headings_of_aggregated_paths_may_be_in_capitals(tmp_path):
    (tmp_path / "paths.csv").write_text("PATH;Total_Conversions;Total_Null\na > b;3;1\n", encoding="utf-8")
    assert paths_report(tmp_path / "paths.csv")["ends"] == {"outcome": 3, "left": 1, "open": 0}


@pytest.mark.parametrize(("case", "activity", "time"), [
    ("Case ID", "Activity", "Complete Timestamp"), ("case_id", "event", "event_time"), ("customer_id", "touchpoint", "date"),
    ("user_id", "event_name", "timestamp"),
    ("ID_CLIENT", "Activité", "Horodatage"), ("visitorId", "page", "ts"), ("session_id", "action", "datetime"), ("cookie", "channel", "time"),
    ("case:concept:name", "concept:name", "time:timestamp")])
def test_usual_column_names_are_found(tmp_path, case, activity, time):
    # the later row stands first: the time is read too
    pd.DataFrame({case: [1, 1], "noise": [0, 0], activity: ["b", "a"], time: ["2025-01-02", "2025-01-01"]}).to_csv(tmp_path / "log.csv", index=False)
    report = paths_report(tmp_path / "log.csv")
    assert report["variants"] == [[["a", "b"], 1]]
    assert report["columns"] == {"case": case, "activity": activity, "time": time}


def test_a_more_telling_name_wins_and_two_alike_are_refused(tmp_path):
    # wrong reading: a session taken for a customer, or a page for the event, without a word
    (tmp_path / "log.csv").write_text("user_id,case_id,event,page\n1,7,a,x\n2,7,b,y\n")
    assert paths_report(tmp_path / "log.csv")["variants"] == [[["a", "b"], 1]]
    (tmp_path / "two.csv").write_text("user_id,session_id,event\n1,7,a\n")
    with pytest.raises(CxError, match=r"CX-E258 two\.csv — several columns could be the case: user_id, session_id"):
        paths_report(tmp_path / "two.csv")
    assert paths_report(tmp_path / "two.csv", Asked(case="user_id"))["columns"]["activity"] == "event"
    (tmp_path / "none.csv").write_text("who,what\n1,a\n")
    with pytest.raises(CxError, match=r"CX-E259 none\.csv(.|\n)*--case(.|\n)*CX-E259(.|\n)*--activity"):
        paths_report(tmp_path / "none.csv")


@pytest.mark.parametrize("header", ["path,conversions,nulls", "Path,Total_Conversions,Total_Null",
                                    "path,total_conversions,total_null,total_conversion_value",
                                    "journey,conversion,null", "Chemin,Converted,Not converted", "PATH,conv,non_conversions"])
@pytest.mark.parametrize("mark", [" > ", ">", "|", " | ", ",", ";", " → ", "->"])
def test_spellings_of_aggregated_paths(header, mark):
    columns = header.split(",")
    table = pd.DataFrame([[f"a{mark}b", "2", "1", "9.5"], ["c", "1", "0", "0"]]).iloc[:, :len(columns)].set_axis(columns, axis=1)
    assert is_aggregated(columns)
    assert read_aggregated(Path("paths.csv"), table) == (AggregatedPath(("a", "b"), 2, 1), AggregatedPath(("c",), 1, 0))


def test_paths_of_single_episodes_and_lists(tmp_path):
    # wrong reading: a row that did not convert taken for no row at all
    pd.DataFrame({"path": [["a", "b"], ["a", "b"], ["c"]], "converted": [1, 0, 0]}).to_parquet(tmp_path / "paths.parquet")
    report = paths_report(tmp_path / "paths.parquet")
    assert (report["ends"], report["variants"]) == ({"outcome": 1, "left": 2, "open": 0}, [[["a", "b"], 2], [["c"], 1]])
