"""Steps and parameters of a run are refused before a kernel starts."""

import pytest

from cxkit import method
from cxkit.errors import CxError
from cxkit.runner.request import checked_parameters, chosen_steps


@pytest.mark.parametrize(("text", "numbers"), [
    ("", ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10"]),
    ("03", ["03"]), ("3", ["03"]), ("personas", ["03"]), ("03-05", ["03", "04", "05"]), ("personas-journey", ["03", "04", "05"]),
    ("10,1", ["01", "10"]), (" 02 , 04-05 ", ["02", "04", "05"]), ("05-03", []),
])
def test_steps_are_chosen_by_number_id_and_range(text, numbers):
    assert [step.number for step in chosen_steps(text)] == numbers


@pytest.mark.parametrize("text", ["11", "0", "voise", "03-", "../03", "03;04"])
def test_an_unknown_step_is_refused(text):
    if text == "03-":
        assert [step.number for step in chosen_steps(text)] == ["03"]
        return
    with pytest.raises(CxError) as caught:
        chosen_steps(text)
    assert caught.value.faults[0].code == "CX-E011"


def test_a_parameter_goes_to_the_notebooks_that_know_it():
    steps = chosen_steps("02-03")
    assert checked_parameters(steps, {"n_personas": "6", "weighted": "false"}) == {"voice": {"weighted": False}, "personas": {"n_personas": 6}}


def test_a_whole_number_serves_as_a_float():
    assert checked_parameters(chosen_steps("09"), {"power": "0.9"}) == {"target": {"power": 0.9}}
    chosen = checked_parameters(chosen_steps("09"), {"effect": 1})
    assert chosen == {"target": {"effect": 1.0}}
    assert type(chosen["target"]["effect"]) is float


@pytest.mark.parametrize(("name", "near"), [("n_persona", "n_personas"), ("a=1;open('P','w').close();b", None), ("client", None), ("out", None)])
def test_an_unknown_parameter_is_refused_with_the_nearest_one(name, near):
    with pytest.raises(CxError) as caught:
        checked_parameters(method.steps(), {name: "6"})
    assert caught.value.faults[0].code == "CX-E012"
    if near:
        assert f"did you mean {near}?" in caught.value.text("en")


@pytest.mark.parametrize(("name", "value"), [("n_personas", "six"), ("n_personas", "2.5"), ("n_personas", "True"), ("source", "workshop"),
                                             ("weighted", "2"), ("n_personas", "__import__('os')")])
def test_a_value_of_another_kind_is_refused(name, value):
    with pytest.raises(CxError) as caught:
        checked_parameters(method.steps(), {name: value})
    assert [fault.code for fault in caught.value.faults] == ["CX-E013"]
