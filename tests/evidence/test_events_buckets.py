"""One DuckDB run and two Dask worker processes give the same figures."""

import numpy as np
import pandas as pd
import pytest

distributed = pytest.importorskip("distributed")

from cxkit.errors import CxError  # noqa: E402
from cxkit.evidence.events import LogColumns, LogOptions, prepare  # noqa: E402
from cxkit.evidence.events.buckets import connected, prepare_buckets  # noqa: E402
from cxkit.evidence.events.chain import counted_paths, removal_effects  # noqa: E402
from cxkit.evidence.events.deviations import deviations, skipping_share  # noqa: E402
from cxkit.evidence.events.exits import exits  # noqa: E402
from cxkit.evidence.events.funnel import durations, funnel, waits  # noqa: E402
from cxkit.evidence.events.inventory import channel_mix, conversion_after, inventory, next_hours, outcome_by, outcome_of_visitors  # noqa: E402
from cxkit.evidence.events.report import Asked, paths_report  # noqa: E402
from cxkit.evidence.events.transitions import changed_share, changes, labyrinth, transitions  # noqa: E402
from cxkit.evidence.events.variants import count_variants, frequent_loops, loops, variants  # noqa: E402

PLACES = list("abcdefo")


@pytest.fixture(scope="module")
def log_file(tmp_path_factory):
    draw = np.random.default_rng(7)
    n, people = 2400, 400
    table = pd.DataFrame({
        "who": [f"C{i}" for i in draw.integers(0, people, n)],
        "when": pd.Timestamp("2025-01-01") + pd.to_timedelta(draw.integers(0, 120000, n), unit="min"),
        "what": draw.choice(PLACES, n, p=[0.3, 0.2, 0.2, 0.1, 0.1, 0.07, 0.03]), "how": draw.choice(["web", "phone", "store"], n)})
    path = tmp_path_factory.mktemp("log") / "log.csv"
    table.to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def cluster():
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as found:
        yield found


@pytest.fixture(scope="module")
def both(log_file, cluster, tmp_path_factory):
    options = LogOptions(outcome="o", gap_days=20, stages={"a": "need", "b": "need", "c": "use"}, owners={"a": "x", "b": "y", "c": "y"})
    columns = LogColumns("who", "when", "what", channel="how")
    whole = prepare(log_file, options, columns)
    with connected(cluster.scheduler_address) as client:
        assert len(client.scheduler_info()["workers"]) == 2
        yield whole, prepare_buckets(client, log_file, options, columns, tmp_path_factory.mktemp("buckets"), buckets=3)


QUESTIONS = {
    "counts": lambda log: pd.DataFrame([log.counts()]), "inventory": inventory, "channels": channel_mix,
    "next": lambda log: pd.Series(next_hours(log)),
    "visitors": outcome_of_visitors, "conversion": conversion_after, "by": lambda log: outcome_by(log, "channel"),
    "transitions": lambda log: transitions(log, ends=True, episodes=True), "stages": lambda log: transitions(log, "stage"), "changes": changes,
    "variants": variants, "merged": lambda log: variants(log, merge_repeats=True, to_outcome=True), "top": lambda log: variants(log, limit=7),
    "round trips": frequent_loops, "funnel": lambda log: funnel(log, ["a", "b", "c", "z", "o"], "touchpoint"),
    "funnel of stages": lambda log: funnel(log, ["need", "use"]), "waits": waits, "durations": durations, "exits": exits,
    "deviations": lambda log: deviations(log, ["a", "b", "c"]),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_equal_tables(both, question):
    one, two = (QUESTIONS[question](log) for log in both)
    assert len(one)
    compare = pd.testing.assert_series_equal if isinstance(one, pd.Series) else pd.testing.assert_frame_equal
    compare(one, two, check_dtype=False, check_exact=True)


def test_equal_figures(both):
    one, two = both
    assert count_variants(one) == count_variants(two)
    assert loops(one) == loops(two)
    assert labyrinth(one) == labyrinth(two)
    assert changed_share(one) == changed_share(two)
    assert skipping_share(one, ["a", "b", "c"]) == skipping_share(two, ["a", "b", "c"])
    assert counted_paths(one) == counted_paths(two)
    assert removal_effects(one, seed=1, draws=20) == removal_effects(two, seed=1, draws=20)


def test_a_part_of_the_log(both):
    one, two = (log.only("state = ?", ["left"]) for log in both)
    assert one.counts() == two.counts()
    assert transitions(one).equals(transitions(two).astype(transitions(one).dtypes))


def test_the_report_by_a_scheduler(log_file, cluster, tmp_path):
    asked = Asked("who", "what", "when", outcome="o", gap_days=20)
    one, two = paths_report(log_file, asked), paths_report(log_file, asked, scheduler=cluster.scheduler_address, shared=tmp_path)
    assert [key for key in one if one[key] != two[key]] == []


def test_no_scheduler_there():
    with pytest.raises(CxError, match=r"CX-E251 .*nowhere"):
        connected("nowhere")
