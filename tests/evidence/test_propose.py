"""A proposed mapping is a valid source, and finds what a person would declare."""

import io

import pandas as pd
import pytest
from ruamel.yaml import YAML

from cxkit.evidence.profile import profile
from cxkit.evidence.propose import propose
from cxkit.model.source import Source
from tests.evidence.folders import read
from tests.evidence.public import public


def proposed(path, language="en"):
    text = propose(path, language)
    item, = YAML(typ="safe").load(io.StringIO(text))
    return Source.model_validate(item), text


@pytest.mark.parametrize(("values", "kind", "more"), [
    (["10", "9", "8", "7", "6", "0", "11"], "score", {"scale": (0, 10), "missing": ("11",)}),
    (["5", "4", "3", "2", "1", "0", "6", "Blank"], "score", {"scale": (1, 5), "missing": ("0", "6", "Blank")}),
    (["7", "6", "5", "4", "1", "99"], "score", {"scale": (1, 7), "missing": ("99",)}),
    (["2025-01-31", "2025-02-01", "31/01/2025"] * 4 + ["2025-01-01"] * 40, "date", {"forms": (("day_month", 4), ("iso", 48))}),
    (["oui", "non", "oui"], "yes_no", {}),
    (["1,5", "2,25", "abc"] + ["3,5"] * 30, "number", {"odd": (("abc", 1),)}),
    (["a@b.fr", "c@d.fr", "e@f.com"], "personal", {"labels": (), "odd": ()}),
    (["", " "], "empty", {}),
    (["0 - Jamais", "1", "2", "5", "7", "9", "10 - Sûrement"], "score", {"scale": (0, 10), "metric": "nps",
                                                                        "answers": (("0 - Jamais", 0), ("10 - Sûrement", 10))}),
    (["Très satisfait", "Satisfait", "Insatisfait", "NSP"], "score", {"scale": (1, 5), "metric": "csat", "missing": ("NSP",), "answers": (
        ("Insatisfait", 2), ("Satisfait", 4), ("Très satisfait", 5))}),
    (["1 enfant", "2 enfants", "3 enfants", "5 ou plus"], "category", {}),
    (["Nord", "Sud", "Nord"], "category", {"labels": ("Nord", "Sud")}),
])
def test_columns_are_recognised(values, kind, more):
    found = profile("x", pd.Series(values, dtype="str"), "," if "1,5" in values else ".")
    assert found.kind == kind
    assert {name: getattr(found, name) for name in more} == more


def test_a_direct_identifier_is_named_but_its_values_are_not_shown(tmp_path):
    path = tmp_path / "clients.csv"
    lines = (f"K{n},p{n}@planted.example,{n % 11},Je suis content de ce magasin numéro {n}\n" for n in range(60))
    path.write_text("id,email,note,avis\n" + "".join(lines))
    source, text = proposed(path, "fr")
    assert "planted" not in text
    assert "écartées, nomment directement des personnes: email" in text.replace("\u202f", "").replace(" :", ":")
    assert source.columns.respondent == "id"
    assert source.columns.text == "avis"
    assert source.scores[0].scale == (0, 10)


def test_the_proposal_for_the_passenger_survey_reads_it(tmp_path):
    path = public("sfo", "sfo_2017.csv")
    source, text = proposed(path)
    evidence = read(tmp_path, text, {"sfo_2017.csv": path.read_bytes()})
    nps = evidence["scores"].query("metric == 'nps'")["value"]
    assert (source.kind, source.columns.weight, len(nps)) == ("survey", "WEIGHT", 2746)
    assert round(100 * ((nps >= 9).mean() - (nps <= 6).mean()), 2) == 39.84


@pytest.mark.parametrize(("file", "kind"), [(("telco", "telco_customer_churn.csv"), "customers"), (("ecom", "ecom.csv"), "interactions"),
                                            (("abcd", "dstc11_insurance_dev_utterances.jsonl"), "verbatims")])
def test_public_files_are_recognised(tmp_path, file, kind):
    path = public(*file)
    source, text = proposed(path)
    assert source.kind == kind
    assert read(tmp_path, text, {path.name: path.read_bytes()}).sources[0].n >= 600


def test_columns_that_only_look_like_scores_are_attributes():
    path = public("sfo", "sfo_2016.csv")
    source, _ = proposed(path)
    columns = {name for score in source.scores for name in score.columns}
    assert {"Q7FOOD", "Q7ALL", "Q10SAFE", "Q14FIND"} <= columns
    assert not {"DAY", "DESTGEO", "Q5TIMESFLOWN", "Q18PET", "Q21INCME", "Q19AGE"} & columns
    assert (source.columns.time, source.dialect.day_first) == ("INTDATE", False)
    attributes = {item.column: item for item in source.attributes}
    assert attributes["Q20GENDER"].missing == ("0",)
    assert not {"RUNID", "AIRLINE CODE", "Q17ZIP"} & set(attributes)


def test_what_happened_is_proposed_as_outcome():
    source, _ = proposed(public("telco", "telco_customer_churn.csv"))
    churn = next(item for item in source.attributes if item.column == "Churn")
    assert (churn.role, list(churn.labels)) == ("outcome", ["Yes", "No"])


def test_turns_inside_records_are_found(tmp_path):
    path = public("abcd", "abcd_sample.json")
    source, text = proposed(path)
    assert (source.kind, source.dialect.records, source.columns.conversation, source.columns.role, source.columns.text) == (
        "conversations", "original", "^convo_id", "0", "1")
    assert "full_address" not in text
    assert len(read(tmp_path, text, {path.name: path.read_bytes()})["conversations"]) == 72


def test_half_days_and_days_that_may_be_months(tmp_path):
    path = tmp_path / "s.csv"
    path.write_text("id,recorded,note\n" + "".join(f"{n},0{1 + n % 9}/02/2025 1{n % 3}:05 PM,{n % 11}\n" for n in range(40)))
    source, text = proposed(path)
    assert (source.columns.time, source.dialect.day_first) == ("recorded", True)
    assert "is it the day first?" in text
    times = read(tmp_path / "c", text, {"s.csv": path.read_bytes()})["scores"]["time"]
    assert sorted(set(times.dt.strftime("%H:%M"))) == ["12:05", "22:05", "23:05"]


def test_headers_of_survey_tools_are_found(tmp_path):
    path = tmp_path / "q.csv"
    path.write_text('StartDate,ResponseId,Q1\n"Start Date","Response ID","How likely?"\n"{""ImportId"":""startDate""}","{""ImportId"":""id""}",'
                    '"{""ImportId"":""QID1""}"\n' + "".join(f"2025-03-{n:02d} 10:00:00,R{n},{n % 11}\n" for n in range(1, 26)))
    source, text = proposed(path)
    assert (source.dialect.header_rows, source.columns.time, source.scores[0].columns) == (3, "StartDate", {"Q1": "overall"})
    assert len(read(tmp_path / "q", text, {"q.csv": path.read_bytes()})["scores"]) == 25
    path = tmp_path / "m.csv"
    path.write_text("Respondent ID,Please rate,\n,Website,Shop\n" + "".join(f"{n},{1 + n % 5},{1 + n % 3}\n" for n in range(40)))
    source, _ = proposed(path)
    assert (source.dialect.header_rows, list(source.scores[0].columns)) == (2, ["Please rate — Website", "Please rate — Shop"])


def test_subtitles_are_conversations(tmp_path):
    path = tmp_path / "c.vtt"
    path.write_text("WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Julie>Bonjour\n")
    source, text = proposed(path)
    assert (source.kind, source.columns.speaker, source.columns.text) == ("conversations", "speaker", "text")
    assert len(read(tmp_path / "c", text, {"c.vtt": path.read_bytes()})["conversations"]) == 1


def test_titles_above_the_header_and_event_logs(tmp_path):
    path = tmp_path / "crm.csv"
    path.write_text("Export du 12/03/2025\n\nClient;Ville;Note\n" + "".join(f"{n};Lyon;{n % 5 + 1}\n" for n in range(40)))
    found, text = proposed(path)
    assert found.dialect.header_row == 2
    assert "header_row: 2}" in text
    assert found.columns.respondent == "Client"
    log = tmp_path / "log.xes"
    log.write_text('<log><trace><string key="concept:name" value="c1"/><event><string key="concept:name" value="Shop"/>'
                   '<date key="time:timestamp" value="2025-01-01T10:00:00Z"/></event></trace></log>')
    found, _ = proposed(log)
    assert (found.kind, found.columns.respondent, found.columns.touchpoint, found.columns.time) == (
        "interactions", "case:concept:name", "concept:name", "time:timestamp")
