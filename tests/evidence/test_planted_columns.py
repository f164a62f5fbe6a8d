"""Columns that hold people: their values are masked, and a proposed mapping does not show them."""

import pandas as pd
import pytest

from cxkit.evidence.masking import names_people
from cxkit.evidence.profile import profile
from tests.evidence.folders import read


@pytest.mark.parametrize(("values", "people"), [
    (["DUPONT", "MARTIN", "LEFEBVRE", "Garnier"], True), (["julie", "kevin", "sandra"], True), (["Julie D.", "Marc T.", "Sonia"], True),
    (["Nord", "Sud", "Est"], False), (["web", "store", "phone"], False), (["Paris", "Lyon", "Marseille", "Nantes"], False),
    (["DUPONT", "MARTIN"], False), (["18-34", "35-54", "55+"], False)])
def test_a_column_that_names_people_is_known(values, people):
    assert names_people(values) is people


def test_lone_surnames_in_a_category_are_masked(tmp_path):
    rows = "".join(f"{n},{name}\n" for n, name in enumerate(["DUPONT", "MARTIN", "LEFEBVRE", "Vauquelin"]))
    evidence = read(tmp_path, "- {id: k, kind: customers, file: evidence/k.csv, columns: {respondent: id}, "
                              "attributes: [{id: adviser, column: a, name: A}]}", {"k.csv": "id,a\n" + rows})
    assert evidence["respondents"]["adviser"].tolist() == ["[nom]"] * 4
    assert evidence.reading[0].masked == {"name": 4}


def test_a_profile_shows_no_person():
    found = profile("x", pd.Series(["9", "8", "Julie Marchal"] + ["7", "3"] * 20, dtype="str"), ".")
    assert found.odd == (("[nom]", 1),)
    assert profile("conseiller", pd.Series(["DUPONT", "julie", "GARNIER"] * 9, dtype="str"), ".").kind == "personal"
