"""The real survey, mapped as it is: the figures that its publisher's data give. Skipped where the public file is absent."""

import shutil

import pytest

from cxkit.evidence.read import read_evidence
from cxkit.model.folder import read_folder
from cxkit.paths import resources
from cxkit.statistics.scores import nps
from tests.evidence.public import public

CLIENT = resources() / "data" / "sfo-passengers"


def test_the_committed_folder_is_valid():
    folder = read_folder(CLIENT)
    named = {activity.touchpoint for stage in folder.maps[0].map.stages for activity in stage.activities}
    assert named <= {touchpoint.id for touchpoint in folder.touchpoints}
    targets = {target for score in folder.client.sources[0].scores for target in score.columns.values()} - {"overall"}
    assert targets <= {touchpoint.id for touchpoint in folder.touchpoints}


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    file = public("sfo", "sfo_2017.csv")
    root = tmp_path_factory.mktemp("sfo") / "sfo-passengers"
    shutil.copytree(CLIENT, root, ignore=shutil.ignore_patterns("evidence"))
    (root / "evidence").mkdir()
    shutil.copyfile(file, root / "evidence" / "sfo_2017.csv")
    return read_evidence(read_folder(root))


def test_nps(evidence):
    rows = evidence["scores"].query("metric == 'nps'")
    assert len(rows) == 2746
    assert nps(rows["value"]).value == pytest.approx(39.84, abs=0.005)
    assert nps(rows["value"], weights=rows["weight"]).value == pytest.approx(40.40, abs=0.005)


def test_touchpoint_means(evidence):
    rows = evidence["scores"].query("metric == 'csat'")
    overall = rows.query("of == 'overall'")["value"]
    assert (len(overall), round(overall.mean(), 3), round(100 * (overall >= 4).mean(), 2)) == (2688, 4.064, 82.07)
    means = rows.query("of == 'touchpoint'").groupby("touchpoint")["value"].mean().sort_values().round(3)
    assert means.head(2).to_dict() == {"restaurants": 3.615, "stores": 3.641}
    assert means.tail(1).to_dict() == {"walkways": 4.147}


def test_account_and_mark(evidence):
    account, mark = evidence.reading[0], evidence.sources[0]
    assert (account.rows_read, account.rows_kept, account.rows_rejected) == (2831, 2831, 0)
    # codes 141 and 29 are not in the published code list
    assert account.reasons == (("code/Q8COM1", 1, (1616,)), ("code/Q8COM2", 1, (2721,)))
    assert (mark.n, str(mark.start), str(mark.end)) == (2831, "2017-05-05", "2017-05-30")
    assert round(mark.n_eff) == 2337


def test_coded_answers_become_texts(evidence):
    texts = evidence["verbatims"]
    wide = texts[texts["text"] == "Offer a wider selection of restaurants."]
    assert len(wide) == 108 + 36 + 4 + 2
    assert set(wide["touchpoint"]) == {"restaurants"}
    assert set(wide["stage"]) == {"waiting"}
    assert set(wide["reaction"]) == {"irritant"}
