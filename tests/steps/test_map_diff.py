"""Two maps compared."""

from cxkit.model.journey_map import JourneyMap
from cxkit.steps.map_diff import diff, diff_text
from cxkit.words import Words

OLD = {"title": "A", "date": "2025-01-01", "version": "1.0", "stages": [
    {"stage": "need", "activities": [{"id": "see", "action": "Sees", "touchpoint": "ad", "owner": "web", "reaction": "none"},
                                     {"id": "ask", "action": "Asks"}, {"id": "wait", "action": "Waits"}]},
    {"stage": "use", "activities": [{"id": "call", "action": "Calls", "evidence": {"kind": "measured"}}]}]}


def as_data() -> dict:
    """OLD as lists and mappings that a test may change."""
    return JourneyMap.model_validate(OLD).model_dump(mode="json")


def changed(**parts) -> list[tuple]:
    """Kinds, activities and told fields of the differences of OLD with a map whose first activity is changed."""
    new = as_data()
    new["stages"][0]["activities"][0] |= parts
    return [(c.kind, c.activity) for c in diff(JourneyMap.model_validate(OLD), JourneyMap.model_validate(new)).changes]


def test_same_map_has_no_difference():
    assert changed() == []
    same = diff(JourneyMap.model_validate(OLD), JourneyMap.model_validate(OLD))
    assert diff_text(same, Words("en")).splitlines()[1] == "- Nothing changed."


def test_each_part_of_an_activity_is_told_once():
    assert changed(reaction="irritant") == [("reaction", "see")]
    assert changed(touchpoint=None) == [("touchpoint", "see")]
    assert changed(owner="store") == [("owner", "see")]
    assert changed(evidence={"kind": "reported"}) == [("evidence_gained", "see")]
    assert changed(evidence={"kind": "internal"}) == [("evidence_kind", "see")]
    assert changed(moment_of_truth=True) == [("moment_added", "see")]
    assert changed(irritants=[{"text": "slow"}]) == [("irritant_added", "see")]
    assert changed(thought="Hm", need="Peace") == [("text", "see")]


def test_evidence_that_is_lost_is_told():
    new = as_data()
    new["stages"][1]["activities"][0]["evidence"] = {"kind": "hypothesis"}
    found = diff(JourneyMap.model_validate(OLD), JourneyMap.model_validate(new))
    assert [(c.kind, c.activity) for c in found.changes] == [("evidence_lost", "call")]


def test_activities_that_move_or_get_another_id_are_not_new_ones():
    new = as_data()
    need, use = new["stages"]
    use["activities"].append(need["activities"].pop(2))
    need["activities"][1]["id"] = "question"
    found = diff(JourneyMap.model_validate(OLD), JourneyMap.model_validate(new))
    assert [(c.kind, c.activity) for c in found.changes] == [("activity_renamed", "question"), ("activity_moved", "wait")]


def test_one_move_is_told_as_one():
    new = as_data()
    activities = new["stages"][0]["activities"]
    activities.append(activities.pop(0))
    found = diff(JourneyMap.model_validate(OLD), JourneyMap.model_validate(new))
    assert [(c.kind, c.activity) for c in found.changes] == [("activity_reordered", "see")]


def test_names_of_the_client_stand_for_ids():
    new = as_data() | {"version": "2.0"}
    new["stages"][0]["activities"][0]["owner"] = "store"
    names = {"owner.web": {"fr": "le Web", "en": "the Web"}, "owner.store": {"fr": "le Magasin", "en": "the Store"}}
    found = diff(JourneyMap.model_validate(OLD), JourneyMap.model_validate(new), names)
    assert "the owner went from “the Web” to “the Store”" in diff_text(found, Words("en"))
    assert "le responsable passe de «\u00a0le Web\u00a0» à «\u00a0le Magasin\u00a0»" in diff_text(found, Words("fr"))


def test_stages_added_and_removed():
    new = as_data()
    new["stages"][1]["stage"] = "service"
    kinds = [(c.kind, c.stage) for c in diff(JourneyMap.model_validate(OLD), JourneyMap.model_validate(new)).changes]
    assert kinds == [("stage_removed", "use"), ("stage_added", "service"), ("activity_moved", "service")]
