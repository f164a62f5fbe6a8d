"""What breaks the contract of a table is told by table, column and check, without a value."""

import pytest

from cxkit.errors import CxError
from cxkit.evidence.contract import check_tables, schema
from cxkit.evidence.tables import COLUMNS
from tests.steps.conftest import table

SCORE = {"metric": "nps", "of": "overall", "value": 9.0, "low": 0.0, "high": 10.0, "respondent": "Odile Perrin", "time": "2025-03-01"}


def broken(**change):
    with pytest.raises(CxError) as error:
        check_tables({"scores": table("scores", [SCORE, SCORE]).assign(**change)})
    assert "Odile" not in error.value.text("en") + error.value.text("fr")
    return [tuple(value for key, value in fault.facts if key != "table") for fault in error.value.faults]


def test_every_table_has_a_contract_and_a_sound_one_passes():
    assert [set(schema(name).columns) for name in COLUMNS] == [set(columns) for columns in COLUMNS.values()]
    check_tables({"scores": table("scores", [SCORE])})


def test_what_is_broken_is_named():
    assert broken(value=[9.0, 11.0]) == [("", "within_scale", "1")]
    assert broken(weight=[1.0, 0.0]) == [("weight", "greater_than", "1")]
    assert broken(respondent=["Odile Perrin", None]) == [("respondent", "not_nullable", "1")]
    assert broken(reaction=["Odile", "none"]) == [("reaction", "isin", "1")]
    assert broken(value=[1, 2]) == [("value", "dtype", "1")]
