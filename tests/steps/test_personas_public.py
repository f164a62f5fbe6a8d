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
    outcomes = {profile.id: profile.outcomes[0] for profile in result.personas}
    assert all(one.everyone == pytest.approx(26.537, abs=0.001) for one in outcomes.values())
    most, least = (choose(outcomes.values(), key=lambda one: one.share.value) for choose in (max, min))
    contracts = [next(row for row in one.rows if row.attribute == "contract") for one in (most, least)]
    assert [(row.choice.code, round(row.share.value, 2)) for row in contracts] == [("Month-to-month", 42.71), ("Two year", 2.83)]
    assert most.share.value > 55
    assert least.share.value < 3



def test_passengers_have_fewer_types_than_five(tmp_path):
    result = drawn(tmp_path, "sfo-passengers", "sfo_2017.csv", "sfo", "sfo_2017.csv")
    assert (result.segmentation.verdict, result.segmentation.carried, len(result.personas)) == ("fewer", 4, 4)
    assert sum(one.n for one in result.personas) == 2815
    assert all(one.shared_by >= 10 for one in result.personas)
