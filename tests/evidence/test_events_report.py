"""``paths_report``: a log, an XES and aggregated paths without a client folder."""

import gzip

import pandas as pd
import pytest

from cxkit.errors import CxError
from cxkit.evidence.events.report import paths_report
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
    report = paths_report(tmp_path / "log.csv", "customer", "touchpoint", "time", outcome="o")
    assert (report["events"], report["cases"], report["activities"]) == (9, 4, 4)
    assert report["transitions"] == [["a", "b", 3], ["b", "o", 2]]
    assert report["variants"] == [[["a", "b", "o"], 2], [["a", "b"], 1], [["c"], 1]]
    assert [(row["step"], row["cases"]) for row in report["funnel"]] == [("a", 3), ("b", 3), ("o", 2)]
    assert report["exits"] == {"b": 1, "c": 1}
    assert report["removal"] == {"a": 1.0, "b": 1.0, "c": 0.0}
    assert report["ends"] == {"outcome": 2, "left": 2, "open": 0}


def test_without_outcome_there_is_no_removal_effect(tmp_path):
    tiny("ab").to_csv(tmp_path / "log.csv", index=False)
    report = paths_report(tmp_path / "log.csv", "customer", "touchpoint", "time")
    assert (report["removal"], report["exits"]) == ({}, {"b": 1})


def test_xes_with_and_without_lifecycle(tmp_path):
    (tmp_path / "log.xes").write_text(XES)
    with gzip.open(tmp_path / "log.xes.gz", "wt") as stream:
        stream.write(XES)
    assert paths_report(tmp_path / "log.xes")["variants"] == [[["a", "a", "b"], 1]]
    assert paths_report(tmp_path / "log.xes.gz", lifecycle="lifecycle:transition")["variants"] == [[["a", "b"], 1]]


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
    assert paths_report(tmp_path / "log.csv", "case", "what")["variants"] == [[["déçu", "a"], 1]]


def test_missing_and_unreadable_files(tmp_path):
    with pytest.raises(CxError, match=r"CX-E100 nothing\.csv"):
        paths_report(tmp_path / "nothing.csv", "a", "b")
    (tmp_path / "log.xes").write_text("<log>")
    with pytest.raises(CxError, match="CX-E163"):
        paths_report(tmp_path / "log.xes")
