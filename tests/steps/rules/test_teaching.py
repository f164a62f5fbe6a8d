"""Each rule on its teaching map: the flaw is found, the sound map is not accused."""

import pytest

from cxkit.steps.rules import RULES
from cxkit.steps.rules.base import rule_ids, spec
from tests.steps.rules.worlds import TEACHING, fired, reviewed, taught, world


def test_every_rule_of_the_method_is_registered_and_taught():
    method = {f"{family}{n}" for family, most in {"T": 5, "I": 5, "H": 5, "C": 4, "F": 6, "Q": 8}.items() for n in range(1, most + 1)}
    assert set(RULES) == method == set(rule_ids()) == set(TEACHING["rules"])


def test_sound_world_has_no_finding():
    result = reviewed(world())
    assert [(one.rule, one.facts) for one in result.findings] == []
    assert (result.verdict, result.gaps) == ("trusted", ())


@pytest.mark.parametrize("rule", sorted(TEACHING["rules"]))
def test_flaw_is_found_and_nothing_else(rule):
    result = taught(rule)
    assert fired(result) == set(TEACHING["rules"][rule]["finds"])
    assert {one.severity for one in result.active if one.rule == rule} == {spec(rule)["severity"]}


@pytest.mark.parametrize("name", sorted(TEACHING["mixed"]))
def test_mixed_flaws_are_all_found(name):
    case = TEACHING["mixed"][name]
    assert fired(reviewed(world(case["set"]))) == set(case["finds"])
