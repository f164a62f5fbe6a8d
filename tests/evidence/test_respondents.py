"""The same person in several sources or at several moments: the later counts, a source may prevail, a contradiction is refused."""

import pytest

from cxkit.errors import CxError
from tests.evidence.folders import read

CRM = """
- id: crm
  kind: customers
  file: evidence/crm.csv
  columns: {{respondent: id{crm}}}
  {more}
  attributes: [{{id: city, column: city, name: City}}, {{id: age, column: age, name: Age, type: number}}]
- id: survey
  kind: survey
  file: evidence/survey.csv
  columns: {{respondent: who{survey}}}
  {own}
  attributes: [{{id: city, column: town, name: City}}, {{id: age, column: age, name: Age, type: number}}]
"""
FILES = {"crm.csv": "id,city,age,d\nA,Lyon,30,2025-01-05\nB,Brest,41,2025-01-05\nC,Nice,,2025-01-05\n",
         "survey.csv": "who,town,age,d\nA,Lyon,31,2025-03-01\nB,,41,2025-03-01\nC,Metz,22,2025-03-01\nD,Pau,50,2025-03-01\n"}


def mapping(crm="", survey="", more="period: {start: 2024-01-01, end: 2024-12-31}", own=""):
    return CRM.format(crm=crm, survey=survey, more=more, own=own)


def table(evidence):
    rows = evidence["respondents"].drop(columns="respondent")
    return [tuple(row) for row in rows[["source", "row", "city", "age"]].itertuples(index=False)]


def refusal(root, sources, files=FILES, language="en"):
    with pytest.raises(CxError) as error:
        read(root, sources, files)
    return error.value.text(language).splitlines()


def test_the_later_counts_and_is_told(tmp_path):
    evidence = read(tmp_path, mapping(survey=", time: d"), FILES)
    assert table(evidence) == [("crm", 2, "Lyon", 31.0), ("crm", 3, "Brest", 41.0), ("crm", 4, "Metz", 22.0), ("survey", 5, "Pau", 50.0)]
    assert [account.reasons for account in evidence.reading] == [(("changed/age", 1, (2,)), ("changed/city", 1, (4,))), ()]
    # periods of the sources tell which is later where rows bear no time: here the survey is the older one
    older = read(tmp_path / "p", mapping(own="period: {start: 2023-01-01, end: 2023-12-31}"), FILES)
    assert table(older) == [("crm", 2, "Lyon", 30.0), ("crm", 3, "Brest", 41.0), ("crm", 4, "Nice", 22.0), ("survey", 5, "Pau", 50.0)]
    assert [account.reasons for account in older.reading] == [(), (("changed/age", 1, (2,)), ("changed/city", 1, (4,)))]


def test_a_contradiction_is_refused_with_lines_and_without_values(tmp_path):
    assert refusal(tmp_path, mapping(more="")) == [
        "CX-E180 evidence/survey.csv:4 — city is told in several ways of the same person (1 in all) and nothing says which is right "
        "(lines of evidence/crm.csv: 4; evidence/survey.csv: 4) — correct the files, map `time` or declare `period` so that the latest counts, "
        "or name city in `prevails` of the source that is right",
        "CX-E180 evidence/survey.csv:2 — age is told in several ways of the same person (1 in all) and nothing says which is right "
        "(lines of evidence/crm.csv: 2; evidence/survey.csv: 2) — correct the files, map `time` or declare `period` so that the latest counts, "
        "or name age in `prevails` of the source that is right"]
    french = refusal(tmp_path / "f", mapping(more=""), language="fr")
    assert french[0].startswith("CX-E180 evidence/survey.csv:4 — city a plusieurs valeurs pour une même personne (1 en tout) et rien ne dit laquelle")
    # the same moment in both files tells nothing either
    same = {name: content.replace("2025-03-01", "2025-01-05") for name, content in FILES.items()}
    assert len(refusal(tmp_path / "s", mapping(crm=", time: d", survey=", time: d"), same)) == 2


def test_a_source_that_prevails_is_right(tmp_path):
    evidence = read(tmp_path, mapping(more="prevails: [city]", own="prevails: [age]"), FILES)
    assert table(evidence) == [("crm", 2, "Lyon", 31.0), ("crm", 3, "Brest", 41.0), ("crm", 4, "Nice", 22.0), ("survey", 5, "Pau", 50.0)]
    assert [account.reasons for account in evidence.reading] == [(("overruled/age", 1, (2,)),), (("overruled/city", 1, (4,)),)]
    # it prevails only where it knows something, and over what is told later
    dated = read(tmp_path / "d", mapping(crm=", time: d", survey=", time: d", more="prevails: [age, city]"), FILES)
    assert [row[2:] for row in table(dated)] == [("Lyon", 30.0), ("Brest", 41.0), ("Nice", 22.0), ("Pau", 50.0)]
    assert refusal(tmp_path / "u", mapping(own="prevails: [citi]"))[0] == (
        "CX-E182 client.yaml — source survey prevails for citi, which it does not map — did you mean city?")


def test_what_a_later_answer_leaves_blank_stays_known(tmp_path):
    sources = """
    - id: s
      kind: survey
      file: evidence/s.csv
      columns: {respondent: id, time: d}
      attributes: [{id: city, column: city, name: City}, {id: job, column: job, name: Job}]
    """
    evidence = read(tmp_path, sources, {"s.csv": "id,d,city,job\nA,2025-01-01,Lyon,cook\nA,2025-02-01,Nice,\n"})
    assert evidence["respondents"][["row", "city", "job"]].to_numpy().tolist() == [[3, "Nice", "cook"]]
    assert evidence.reading[0].reasons == (("changed/city", 1, (2,)),)


def test_personas_and_weights_of_several_sources(tmp_path):
    sources = """
    - {id: k, kind: customers, file: evidence/k.csv, columns: {respondent: id, persona: p}}
    - {id: s, kind: survey, file: evidence/s.csv, columns: {respondent: id, persona: p, weight: w}}
    """
    files = {"k.csv": "id,p\nA,owner\nB,renter\n", "s.csv": "id,p,w\nA,owner,1.5\nB,,0.5\n"}
    assert read(tmp_path, sources, files)["respondents"][["persona", "weight"]].to_numpy().tolist() == [["owner", 1.5], ["renter", 0.5]]
    files["s.csv"] = "id,p,w\nA,renter,1.5\nB,,0.5\n"
    assert [line[:30] for line in refusal(tmp_path / "no", sources, files)] == ["CX-E180 evidence/s.csv:2 — per"]


def test_one_attribute_of_two_kinds(tmp_path):
    wrong = mapping().replace("{id: age, column: age, name: Age, type: number}]\n- id: survey", "{id: age, column: age, name: Age}]\n- id: survey")
    assert refusal(tmp_path, wrong) == ["CX-E181 client.yaml — the attribute age is mapped as different kinds (category, number) by sources crm and "
                                        "survey — declare one `type` in both, or give one of them another id"]


def test_waves_that_code_an_answer_otherwise_are_one_series(tmp_path):
    sources = """
    - id: w1
      kind: survey
      file: evidence/w1.csv
      columns: {respondent: id}
      attributes:
        - {id: gender, column: q1, name: Gender, labels: {1: {fr: Femme, en: Woman}, 2: {fr: Homme, en: Man}}}
        - {id: media, columns: {m_tv: TV, m_web: Web}, name: Media, type: multi}
    - id: w2
      kind: survey
      file: evidence/w2.csv
      columns: {respondent: id}
      attributes:
        - {id: gender, column: sex, name: Gender, labels: {F: Femme, M: Homme, X: Autre}}
        - {id: media, columns: {q7_web: Web, q7_tv: TV, q7_radio: Radio}, name: Media, type: multi}
    """
    evidence = read(tmp_path, sources, {"w1.csv": "id,q1,m_tv,m_web\nA,1,1,1\nB,2,0,1\n",
                                        "w2.csv": "id,sex,q7_web,q7_tv,q7_radio\nA,F,1,1,0\nC,X,1,0,1\n"})
    assert evidence["respondents"][["gender", "media"]].to_numpy().tolist() == [["1", "m_tv|m_web"], ["2", "m_web"], ["X", "m_web|q7_radio"]]
