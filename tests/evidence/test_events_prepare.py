"""The prepared log: order, episodes, end states, lifecycle; each test names the wrong reading that it guards against."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from cxkit.errors import CxError
from cxkit.evidence.events import LogColumns, LogOptions, prepare
from cxkit.evidence.events.inventory import inventory
from cxkit.evidence.events.pages import _alphabetical, read_pages
from cxkit.evidence.events.sequence import by_run, in_order
from cxkit.evidence.events.stored import stored_log
from cxkit.evidence.events.variants import count_variants, variants
from tests.evidence.event_logs import tiny


def paths_of(log):
    return {"".join(path): n for path, n in variants(log)[["path", "n"]].itertuples(index=False)}


def test_ties_in_time_keep_the_order_of_the_file():
    # wrong reading: ordering by time alone leaves ties to chance and multiplies variants
    log = prepare(tiny(*["bac", "bac", "bac", "bac"], days=0))
    assert paths_of(log) == {"bac": 4}


def test_an_unsorted_log_gives_the_same_variants():
    # wrong reading: the order of rows in the file taken for the order of contacts
    table = tiny("abc", "abd", "abc")
    shuffled = table.sample(frac=1, random_state=3).reset_index(drop=True)
    assert paths_of(prepare(shuffled)) == paths_of(prepare(table)) == {"abc": 2, "abd": 1}


def test_start_and_complete_count_once():
    # wrong reading: START/COMPLETE pairs counted as two contacts
    table = pd.DataFrame({"customer": "c", "time": pd.date_range("2025-01-01", periods=4, freq="h"), "touchpoint": list("aabb"),
                          "lifecycle": ["START", "COMPLETE", "start", "complete"]})
    log = prepare(table)
    assert paths_of(log) == {"ab": 1}
    assert log.counts()["events"] == 2


def test_an_inactivity_gap_cuts_and_an_episode_column_does_not():
    table = tiny("ab", days=31).assign(episode=None)
    assert prepare(table, LogOptions(gap_days=30)).counts()["episodes"] == 2
    assert prepare(table, LogOptions(gap_days=31)).counts()["episodes"] == 1, "a gap of exactly the limit does not cut"
    assert prepare(table.assign(episode="e"), LogOptions(gap_days=30)).counts()["episodes"] == 1


def test_an_episode_id_used_by_two_customers_is_two_episodes():
    assert prepare(tiny("ab", "cd").assign(episode="1")).counts()["episodes"] == 2


def test_three_end_states():
    # wrong reading: the last event of an episode that may still go on, taken for an exit
    log = prepare(tiny("ao", "ab", "ab", gap_between=40, days=1), LogOptions(outcome="o", gap_days=30))
    states = log.rows("SELECT customer, state FROM {episodes} ORDER BY 1")
    assert states == [("c0", "outcome"), ("c1", "left"), ("c2", "open")]
    assert log.counts() == {"events": 6, "episodes": 3, "customers": 3, "outcome": 1, "left": 1, "open": 1}


def test_an_outcome_counts_wherever_it_stands_in_the_episode():
    log = prepare(tiny("aob"), LogOptions(outcome="o"))
    assert log.rows("SELECT state, outcome_step FROM {episodes}") == [("outcome", 2)]


def test_stage_channel_owner_and_persona_are_joined():
    options = LogOptions(stages={"a": "need"}, channels={"a": "web", "b": "phone"}, owners={"b": "care"}, personas={"c0": "p"})
    log = prepare(tiny("ab").assign(channel=["store", None], stage=None), options)
    names = ("touchpoint", "channel", "stage", "owner")
    assert log.rows(f"SELECT {', '.join(f'{name}::VARCHAR' for name in names)} FROM {{log}} ORDER BY step") == [
        ("a", "store", "need", None), ("b", "phone", None, "care")]
    assert log.personas() == ("p",)


def test_rows_without_customer_touchpoint_or_time_are_counted():
    broken = pd.DataFrame({"customer": [None, "c9"], "time": [pd.Timestamp("2025-01-01"), pd.NaT], "touchpoint": "a"})
    table = pd.concat([tiny("ab"), broken])
    log = prepare(table)
    assert (log.left_out, log.counts()["events"]) == (2, 2)


def test_customers_of_a_part_of_the_log_are_counted_in_it():
    # wrong reading: who met a touchpoint first in an episode that is not in the part counts nowhere
    log = prepare(tiny("aba", days=20), LogOptions(gap_days=10)).only("episode > 1")
    assert dict(inventory(log)[["touchpoint", "customers"]].itertuples(index=False)) == {"a": 1, "b": 1}


def test_a_log_put_in_order_part_by_part_is_the_same():
    table = tiny("abcab", "bca", "c", "ba", days=2).assign(channel=["web", None] * 5 + ["web"], persona=["p"] * 4 + [None] * 7)
    options = LogOptions(outcome="c", gap_days=5, stages={"a": "need"}, owners={"b": "care"})
    whole, parts = (prepare(table.sample(frac=1, random_state=2), options, part_rows=rows) for rows in (100, 3))
    for name, order in (("log", "episode, step"), ("visits", "touchpoint, episode"), ("episodes", "episode")):
        one, two = (log.rows(f"SELECT * FROM {{{name}}} ORDER BY {order}") for log in (whole, parts))
        assert one == two


def test_contacts_that_the_file_holds_out_of_time_are_put_in_order_and_the_others_left_as_they_stand():
    rows = {"run": np.array([1, 0, 1, 0, 0], dtype=np.int32), "time": np.array([5, 9, 4, 9, 9]), "position": np.array([10, 3, 12, 1, 2]),
            "touchpoint": np.arange(5)}
    found = in_order(rows, *by_run(rows))
    assert {name: values.tolist() for name, values in found.items()} == {
        "run": [0, 0, 0, 1, 1], "time": [9, 9, 9, 4, 5], "touchpoint": [3, 4, 1, 2, 0]}


def test_places_given_by_customer_order_contacts_of_equal_time():
    # wrong reading: a place in the file taken for one that no two rows share
    table = tiny("ab", "ba", "ab", days=0)
    table = table.assign(position=[1, 0, 1, 0, 1, 0]).sample(frac=1, random_state=1)
    assert paths_of(prepare(table)) == {"ba": 2, "ab": 1}


def test_an_empty_log_has_no_episode():
    assert prepare(tiny("a").iloc[:0], LogOptions(outcome="o", gap_days=1)).counts() == {
        "events": 0, "episodes": 0, "customers": 0, "outcome": 0, "left": 0, "open": 0}


def test_one_persona_only():
    log = prepare(tiny("ab", "cd"), LogOptions(personas={"c0": "p", "c1": "q"}))
    assert log.personas() == ("p", "q")
    assert paths_of(log.of_persona("q")) == {"cd": 1}


@pytest.mark.parametrize("times", [["2025-01-02 10:00:00", "2025-01-03 09:00:00"], ["2025-01-02T10:00:00Z", "2025-01-03T09:00:00Z"],
                                   ["2025-01-02T12:00:00+02:00", "2025-01-03T11:00:00+02:00"], ["02/01/2025 10:00", "13/01/2025 09:00"],
                                   ["1735812000", "1735894800"]])
def test_times_of_a_file(tmp_path, times):
    path = tmp_path / "log.csv"
    pd.DataFrame({"case": 1, "what": ["a", "b"], "when": times}).to_csv(path, index=False)
    log = prepare(path, columns=LogColumns(customer="case", time="when", touchpoint="what"))
    assert str(log.rows("SELECT min(time) FROM {log}")[0][0]) == "2025-01-02 10:00:00"
    assert paths_of(log) == {"ab": 1}


def test_parquet_and_csv_agree(tmp_path):
    table = tiny("abcab", "bca")
    table.to_parquet(tmp_path / "log.parquet")
    table.to_csv(tmp_path / "log.csv", index=False)
    assert paths_of(prepare(tmp_path / "log.parquet")) == paths_of(prepare(tmp_path / "log.csv")) == {"abcab": 1, "bca": 1}


def test_a_missing_column_is_named(tmp_path):
    tiny("ab").to_csv(tmp_path / "log.csv", index=False)
    with pytest.raises(CxError, match=r"CX-E160 log\.csv — there is no column custome — did you mean customer"):
        prepare(tmp_path / "log.csv", columns=LogColumns(customer="custome"))


def test_unreadable_times_are_refused(tmp_path):
    tiny("ab").assign(time=["2025-01-01", "soon"]).to_csv(tmp_path / "log.csv", index=False)
    with pytest.raises(CxError, match="CX-E161"):
        prepare(tmp_path / "log.csv")


def test_a_kept_log_is_read_again_and_renewed_when_the_rows_or_the_options_change(tmp_path):
    table, options = tiny("abcab", "bca"), LogOptions(outcome="c", gap_days=3, stages={"a": "need"})
    first = stored_log(table, options, tmp_path)
    kept = {path.name: path.stat().st_mtime_ns for path in next(tmp_path.glob("log-*")).iterdir()}
    again = stored_log(table, replace(options, personas={"c1": "p"}), tmp_path)
    assert {path.name: path.stat().st_mtime_ns for path in next(tmp_path.glob("log-*")).iterdir()} == kept, "not prepared anew"
    assert first.counts() == again.counts() == prepare(table, options).counts()
    assert (first.personas(), again.personas(), again.left_out) == ((), ("p",), 0)
    assert paths_of(again.of_persona("p")) == {"bca": 1}
    stored_log(table.iloc[:-1], options, tmp_path)
    assert len(list(tmp_path.iterdir())) == 1, "the older log is removed"
    assert set(kept) == {"log.parquet", "visits.parquet", "episodes.parquet", "facts.json"}


def test_the_stored_log_repeats_to_the_byte(tmp_path):
    table = tiny("abcab", "bca", "cab")
    first = prepare(table).store(tmp_path / "one")
    second = prepare(table.sample(frac=1, random_state=1)).store(tmp_path / "two")
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]
    assert count_variants(prepare(table)) == 3


def test_shares_of_the_customers_on_threads_are_the_same(monkeypatch):
    table = tiny("abcab", "bca", "c", "ba", "cab", days=2).assign(episode=["x", "y", "y", None, None] + ["z"] * 9)
    options = LogOptions(outcome="c", gap_days=5)
    one = prepare(table, options, threads=1)
    monkeypatch.setattr("cxkit.evidence.events.sequence.SHARE", 2)
    many = prepare(table, options, threads=4)
    for name, order in (("log", "episode, step"), ("visits", "touchpoint, episode"), ("episodes", "episode")):
        assert one.rows(f"SELECT * FROM {{{name}}} ORDER BY {order}") == many.rows(f"SELECT * FROM {{{name}}} ORDER BY {order}")


@pytest.mark.parametrize("unit", ["us", "ms", "ns"])
def test_parquet_pages_give_the_tables_that_sql_gives(tmp_path, unit):
    # wrong readings: a blank customer taken for one, an unused category for a touchpoint met, the texts of a second file for those of the first
    table = tiny("abcab", "bca", "c", "ba", days=2).assign(channel=["web", None] * 5 + ["web"], persona=["p"] * 4 + [None] * 7)
    table = pd.concat([table, pd.DataFrame({"customer": ["c9", " ", None, "c9"], "touchpoint": [" ", "a", "b", "c"], "persona": "p", "channel": "",
                                            "time": [*pd.date_range("2025-01-01", periods=3), pd.NaT]})]).sample(frac=1, random_state=2)
    table = table.assign(time=table["time"].astype(f"M8[{unit}]"), touchpoint=pd.Categorical(table["touchpoint"], categories=["z", *"abc", " "]))
    (folder := tmp_path / "log").mkdir()
    for i, part in enumerate((table.iloc[:7], table.iloc[7:])):
        part.to_parquet(folder / f"{i}.parquet", row_group_size=3)
    options = LogOptions(outcome="c", gap_days=5, stages={"a": "need"}, owners={"b": "care"}, personas={"c2": "q"})
    columns = LogColumns(channel="channel", persona="persona")
    assert (read_pages(folder, columns, 100) is None) == (unit == "ns")
    logs = [prepare(log, options, columns) for log in (folder, table)]
    assert [log.left_out for log in logs] == [4, 4]
    for name, order in (("log", "episode, step"), ("visits", "touchpoint::VARCHAR, episode"), ("episodes", "episode")):
        told = "* EXCLUDE (path_one, path_two)" if name == "episodes" else "*"  # fingerprints depend on how many touchpoints there could be
        one, two = (log.rows(f"SELECT {told} FROM {{{name}}} ORDER BY {order}") for log in logs)
        assert one == two


def test_logs_that_are_not_read_by_pages(tmp_path):
    table = tiny("ab")
    table.to_parquet(tmp_path / "log.parquet")
    assert read_pages(tmp_path / "log.parquet", LogColumns(), 2) is not None
    assert read_pages(tmp_path / "log.parquet", LogColumns(), 1) is None, "too many rows"
    table.assign(time=table["time"].astype(str), customer=[1, 2]).to_parquet(tmp_path / "typed.parquet")
    assert read_pages(tmp_path / "typed.parquet", LogColumns(), 9) is None
    (folder := tmp_path / "two").mkdir()
    table.assign(channel="web").to_parquet(folder / "0.parquet")
    table.to_parquet(folder / "1.parquet")
    assert read_pages(folder, LogColumns(channel="channel"), 9) is None, "a column that one file lacks"
    assert prepare(folder, columns=LogColumns(channel="channel")).counts()["events"] == 4
    table.rename(columns={"touchpoint": "concept.name"}).to_parquet(tmp_path / "dotted.parquet")
    assert paths_of(prepare(tmp_path / "dotted.parquet", columns=LogColumns(touchpoint="concept.name"))) == {"ab": 1}
    (tmp_path / "broken.parquet").write_bytes(b"PAR1")
    assert read_pages(tmp_path / "broken.parquet", LogColumns(), 9) is None


@pytest.mark.parametrize("texts", [["C010", "C002", "C011"], ["b", "a"], ["bb", "a", ""], ["éé", "zz", "az", "àa"],
                                   ["x0123456789", "y9876543210", "x0123456788"], [], ["same"]])
def test_customers_stand_in_the_order_of_their_bytes(texts):
    order = _alphabetical(pa.array([*"pq", *texts]).slice(2))
    assert [texts[i] for i in order] == sorted(texts, key=str.encode)
