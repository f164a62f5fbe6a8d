"""Personas of two public files: who leaves a telephone company, and passengers of an airport."""

import shutil

import pytest

from cxkit.evidence.read import read_evidence
from cxkit.model.folder import read_folder
from cxkit.paths import resources
from cxkit.steps import personas
from cxkit.steps.base import Given
from tests.evidence.public import public

pytestmark = pytest.mark.slow


def drawn(tmp_path, client: str, file: str, *source: str) -> personas.Result:
    root = tmp_path / client
    shutil.copytree(resources() / "data" / client, root, ignore=shutil.ignore_patterns("evidence"))
    (root / "evidence").mkdir()
    shutil.copyfile(public(*source), root / "evidence" / file)
    folder = read_folder(root)
    return personas.compute(Given(folder, read_evidence(folder)), personas.Parameters())


def test_who_leaves_the_telephone_company_shows_in_the_personas_that_carry_it(tmp_path):
    result = drawn(tmp_path, "telco-customers", "telco_customer_churn.csv", "telco", "telco_customer_churn.csv")
    assert result.base == 7043
    assert result.segmentation.verdict == "carried"
    rates = {}
    for profile in result.personas:
        (outcome,) = profile.outcomes
        contract = {row.choice.code: row for row in outcome.rows if row.attribute == "contract"}
        for code, row in contract.items():
            rates[code] = round(row.share.value, 2)
            if row.carried.value >= 70:
                assert (outcome.share.value > 26.54) == (code == "Month-to-month"), profile.id
        assert outcome.everyone == pytest.approx(26.537, abs=0.001)
    assert (rates["Month-to-month"], rates["Two year"]) == (42.71, 2.83)


def test_passengers_have_fewer_types_than_five(tmp_path):
    result = drawn(tmp_path, "sfo-passengers", "sfo_2017.csv", "sfo", "sfo_2017.csv")
    assert (result.segmentation.verdict, result.segmentation.carried, len(result.personas)) == ("fewer", 4, 4)
    assert sum(one.n for one in result.personas) == 2815
    assert all(one.shared_by >= 10 for one in result.personas)
