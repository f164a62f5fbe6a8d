"""Pseudonyms are keyed and stable; people planted in every column leave no trace in any table or account."""

import hashlib
import hmac

import pytest

from cxkit.errors import CxError
from cxkit.evidence.human_check import human_check
from tests.evidence.folders import read

LOG = "- {id: l, kind: interactions, file: evidence/l.csv, columns: {respondent: c, time: d, touchpoint: t, episode: s}}"
SURVEY = "- {id: s, kind: survey, file: evidence/s.csv, columns: {respondent: c}, scores: [{metric: nps, columns: {n: overall}, scale: [0, 10]}]}"
FILES = {"l.csv": "c,d,t,s\nK1,2025-01-01,shop,K1\n", "s.csv": "c,n\nK1,9\nK2,3\n"}
PEOPLE = [("Hortense", "Vauquelin"), ("Bertrand", "Lachaume"), ("Samantha", "Wetherby"), ("Kwame", "Asante-Boadu"), ("Priya", "Venkatesan"),
          ("Guillaume", "Kerbrat"), ("Fatoumata", "Diabaté"), ("Michael", "Thornbury"), ("Nathalie", "Zielinski"), ("Carlos", "Iturralde")]


def test_one_person_is_one_pseudonym_in_every_file_and_another_in_another_client(tmp_path):
    first = read(tmp_path / "a", f"{LOG}\n{SURVEY}", FILES)
    person = first["interactions"]["customer"].item()
    assert person == first["scores"]["respondent"].iloc[0] != first["scores"]["respondent"].iloc[1]
    assert person != first["interactions"]["episode"].item()
    assert "K1" not in str(first.tables)
    assert first.notes == ("default_key",)
    (tmp_path / "b" / "evidence").mkdir(parents=True)
    (tmp_path / "b" / "k.key").write_text("sixteen bytes or more")
    keyed = read(tmp_path / "b", f"{LOG}\n{SURVEY}", FILES, "privacy: {key_file: k.key}\n")
    assert keyed.notes == ()
    digest = hmac.new(b"sixteen bytes or more", b"r:K1", hashlib.sha256).hexdigest()
    assert keyed["interactions"]["customer"].item() == f"r{digest[:16]}" != person
    again = read(tmp_path / "b", f"{LOG}\n{SURVEY}", FILES, "privacy: {key_file: k.key}\n")
    assert again["interactions"]["customer"].item() == keyed["interactions"]["customer"].item()


def test_only_mapped_columns_enter(tmp_path):
    evidence = read(tmp_path, SURVEY, {"s.csv": "c,n,secret\nK1,9,vault\n"})
    assert "vault" not in "".join(table.to_csv() for table in evidence.tables.values()) + str(evidence)
    assert [name for table in evidence.tables.values() for name in table.columns if name == "secret"] == []


@pytest.mark.parametrize("key", [None, "short"])
def test_an_absent_or_short_key_is_refused(tmp_path, key):
    tmp_path.joinpath("k.key").write_text(key) if key else None
    with pytest.raises(CxError, match="CX-E229"):
        read(tmp_path, SURVEY, FILES, "privacy: {key_file: k.key}\n")


def test_planted_people_leave_no_trace(tmp_path):
    def cell(number: int) -> str:
        first, last = PEOPLE[number % len(PEOPLE)]
        return f"{first} {last} {first.lower()}.{last.lower()}@planted.example 06 39 98 {number:02d} {number + 10:02d}"

    rows = "".join(f"{cell(n)},2025-01-{n + 1:02d},{','.join(cell(n) for _ in range(8))}\n" for n in range(20))
    evidence = read(tmp_path, """
    - {id: v, kind: verbatims, file: evidence/x.csv,
       columns: {respondent: a, time: d, text: b, touchpoint: c, stage: e, channel: f, persona: g, language: h}}
    - {id: c, kind: complaints, file: evidence/x.csv, columns: {respondent: a, time: d, text: b, cause: c, asked: e, given: f}}
    - {id: e, kind: employees, file: evidence/x.csv, columns: {text: a, function: b}}
    - {id: t, kind: conversations, file: evidence/x.csv, columns: {conversation: a, text: b, role: c, speaker: e}}
    - {id: l, kind: interactions, file: evidence/x.csv, columns: {respondent: a, time: d, touchpoint: b, channel: c, episode: e}}
    - id: s
      kind: survey
      file: evidence/x.csv
      columns: {respondent: a, time: d}
      attributes: [{id: p, column: b, name: P}, {id: q, column: c, name: Q, type: multi}]
    """, {"x.csv": "a,d,b,c,e,f,g,h,i,j\n" + rows})
    shown = " ".join(table.to_csv() for table in evidence.tables.values()) + str(evidence.reading) + str(evidence.sources)
    shown = shown.lower()
    assert [name for person in PEOPLE for name in person if name.lower() in shown] == []
    assert "planted" not in shown
    assert "06 39" not in shown


def test_the_human_check_lists_masked_and_sensitive_texts(tmp_path):
    lines = "t\nMerci Julie\nRien à dire\nJe suis en fauteuil roulant\n"
    evidence = read(tmp_path, "- {id: v, kind: verbatims, file: evidence/v.csv, columns: {text: t}}", {"v.csv": lines})
    assert human_check(evidence).to_numpy().tolist() == [["v", 2, "Merci [nom]", "name", ""],
                                                         ["v", 4, "Je suis en fauteuil roulant", "", "health"]]


def test_towns_that_are_also_surnames_stay_and_people_in_a_column_of_towns_do_not(tmp_path):
    mapping = """
    - id: k
      kind: customers
      file: evidence/k.csv
      columns: {respondent: id}
      attributes: [{id: ville, column: ville, name: Ville}, {id: adviser, column: who, name: Adviser}]
    """
    towns = ["Laval", "Vidal", "Chauvin", "Saint-Martin", "Roubaix", "Nancy", "Vincent"]
    named = ["Laval", "Vidal", "Chauvin", "Martin", "Julie", "Nancy", "Vincent"]
    rows = "".join(f"{n},{town},{name}\n" for n, (town, name) in enumerate(zip(towns, named, strict=True)))
    table = read(tmp_path / "t", mapping, {"k.csv": "id,ville,who\n" + rows})["respondents"]
    assert table["ville"].tolist() == towns
    assert table["adviser"].unique().tolist() == ["[nom]"]
    rows = "".join(f"{n},{first} {last},x\n" for n, (first, last) in enumerate(PEOPLE))
    table = read(tmp_path / "p", mapping, {"k.csv": "id,ville,who\n" + rows})["respondents"]
    assert table["ville"].unique().tolist() == ["[nom]"]
