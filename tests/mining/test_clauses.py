"""Clauses: where a text may be felt otherwise."""

import pytest

from cxkit.mining.clauses import clauses

CASES = [
    ("Livraison rapide, mais le canapé était abîmé.", ("Livraison rapide", "mais le canapé était abîmé.")),
    ("The crew were kind. However the seat was broken!", ("The crew were kind.", "However the seat was broken!")),
    ("M. Dupont a tout réglé. Le S.A.V. ne répond pas.", ("M. Dupont a tout réglé.", "Le S.A.V. ne répond pas.")),
    ("Prix : 3.50 euros, correct.", ("Prix : 3.50 euros, correct.",)),
    ("Nul.", ("Nul.",)),
    ("Top ! Je reviendrai avec plaisir.", ("Top ! Je reviendrai avec plaisir.",)),
    ("", ()),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_clauses_part_where_the_text_turns(text, expected):
    assert clauses(text) == expected
