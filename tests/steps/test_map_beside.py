"""Two maps aligned: every activity once, each side as drawn, what differs named."""

from cxkit.model.journey_map import JourneyMap
from cxkit.steps.map_beside import beside, moved_items
from cxkit.steps.map_diff import diff
from tests.steps.test_map_diff import OLD, as_data


def aligned(new: dict, names=None) -> list[tuple]:
    stages = beside(JourneyMap.model_validate(OLD), JourneyMap.model_validate(new), names)
    return [(stage.stage, stage.state, [(pair.activity, pair.state, pair.fields) for pair in stage.pairs]) for stage in stages]


def test_same_map_is_kept_throughout():
    assert aligned(as_data()) == [("need", "kept", [("see", "kept", ()), ("ask", "kept", ()), ("wait", "kept", ())]),
                                  ("use", "kept", [("call", "kept", ())])]


def test_each_kind_of_difference_stands_in_its_row():
    new = as_data()
    need, use = new["stages"]
    need["activities"][0] |= {"reaction": "irritant", "owner": "store", "evidence": {"kind": "reported", "n": 12}}
    need["activities"][1:] = [{"id": "new", "action": "Is new"}]
    use["activities"].append({"id": "wait", "action": "Waits"})
    assert aligned(new) == [
        ("need", "changed", [("see", "changed", ("reaction", "owner", "evidence")), ("ask", "removed", ()), ("new", "added", ())]),
        ("use", "changed", [("call", "kept", ()), ("wait", "moved", ())])]


def test_sides_hold_names_valences_and_evidence():
    new = as_data()
    new["stages"][0]["activities"][0] |= {"reaction": "rupture", "evidence": {"kind": "measured", "n": 40}}
    [stage, _] = beside(JourneyMap.model_validate(OLD), JourneyMap.model_validate(new), {"owner.web": "The Web", "stage.need": "Wanting"})
    pair = stage.pairs[0]
    assert stage.name == "Wanting"
    assert (pair.old.owner, pair.old.valence, pair.old.solid) == ("The Web", 0, False)
    assert (pair.new.valence, pair.new.evidence, pair.new.n, pair.new.solid) == (-3, "measured", 40, True)


def test_stages_gone_stand_where_they_stood_and_moved_ones_are_told():
    old = {"title": "t", "date": "2025-01-01", "stages": [{"stage": name} for name in ("a", "b", "c", "d")]}
    new = old | {"stages": [{"stage": name} for name in ("d", "a", "c", "e")]}
    told = beside(JourneyMap.model_validate(old), JourneyMap.model_validate(new))
    assert [(one.stage, one.state) for one in told] == [("d", "moved"), ("a", "kept"), ("b", "removed"), ("c", "kept"), ("e", "added")]


def test_an_id_that_changed_is_the_same_activity():
    new = as_data()
    new["stages"][0]["activities"][1]["id"] = "question"
    assert aligned(new)[0] == ("need", "kept", [("see", "kept", ()), ("question", "kept", ()), ("wait", "kept", ())])


def test_fewest_moves():
    assert moved_items(["a", "b", "c", "d"], ["b", "c", "d", "a"]) == ["a"]
    assert moved_items(["a", "b"], ["a", "b"]) == []


def test_base_severity_and_goal_are_told():
    old = as_data()
    old["stages"][1]["activities"][0]["irritants"] = [{"text": "slow", "severity": 2}]
    new = as_data()
    new["stages"][1]["goal"] = "Peace"
    new["stages"][1]["activities"][0] |= {"evidence": {"kind": "measured", "n": 55}, "irritants": [{"text": "slow", "severity": 3}]}
    found = diff(JourneyMap.model_validate(old), JourneyMap.model_validate(new))
    assert [(one.kind, one.facts.get("old"), one.facts.get("new")) for one in found.changes] == [
        ("goal", None, None), ("evidence_base", "–", "55"), ("irritant_severity", "2", "3")]
