"""Placing new respondents and people of other sources; outcomes and the buying centre by persona."""

import pytest
from sklearn.metrics import adjusted_rand_score

from cxkit.steps import personas
from cxkit.steps.persona_scoring import score
from tests.steps.persona_study import attribute, planted, questions


def ruled(id_: str, name: str, code: str) -> dict:
    return {"id": id_, "name": id_, "tagline": "…", "rules": [{"attribute": name, "values": [code]}]}


@pytest.fixture(scope="module")
def three():
    return planted(500, 3)


def test_new_respondents_are_placed_with_the_error_that_was_measured(persona_study, three):
    rows, truth = three
    result = personas.compute(persona_study(questions(), rows[:400]), personas.Parameters())
    assert result.scorer.error < 10 < result.scorer.naive
    assert result.scorer.rules_error < result.scorer.naive
    new = [score(result.scorer, {key: value for key, value in row.items() if key.startswith("q") and value}) for row in rows[400:]]
    assert adjusted_rand_score(truth[400:], [one.persona for one in new]) >= 0.75
    assert all(sum(one.probabilities.values()) == pytest.approx(1) for one in new)
    assert {rule.persona for rule in result.scorer.rules} == {one.id for one in result.personas}


def test_people_who_answered_too_little_are_placed_by_the_classifier_of_their_source(persona_study, three):
    """The last hundred answered five of twelve questions: too few to be drawn from, enough to be placed."""
    rows, truth = three
    short = [{key: value for key, value in row.items() if key in {"respondent", "weight", "q0", "q1", "q2", "q3", "q4"}} for row in rows[400:]]
    seen = [{"respondent": row["respondent"], "touchpoint": "web", "stage": "use", "text": f"{i} " + "mot " * 9} for i, row in enumerate(short)]
    result = personas.compute(persona_study(questions(), rows[:400] + short, verbatims=seen), personas.Parameters())
    account = result.others[0]
    assert (account.source, account.people) == ("s", 100)
    assert account.attributes == ("q0", "q1", "q2", "q3", "q4")
    assert account.scored == len(result.scored) == sum(one.scored for one in result.personas)
    assert len(result.scored) > 60
    assert not set(result.scored) & set(result.assignments)
    assert sum(one.n for one in result.personas) == 400
    placed = [result.scored[row["respondent"]] for row in short if row["respondent"] in result.scored]
    planned = [kind for row, kind in zip(short, truth[400:], strict=True) if row["respondent"] in result.scored]
    assert adjusted_rand_score(planned, placed) > 0.5
    assert any(one.quotes for one in result.personas)


def test_whom_the_declared_rules_reject_is_not_placed(persona_study):
    people = [{"respondent": f"r{i:03}", "age": ("y", "o", "m")[i % 3], "shop": ("web", "store", "web")[i % 3]} for i in range(180)]
    pair = [ruled("young", "age", "y"), ruled("old", "age", "o")]
    people += [{"respondent": f"x{i:02}", "age": None, "shop": "web"} for i in range(20)]
    result = personas.compute(persona_study([attribute("age"), attribute("shop")], people, pair), personas.Parameters())
    assert result.coverage.none == 60
    assert set(result.scored) == {f"x{i:02}" for i in range(20)}
    assert set(result.scored.values()) == {"young"}


def test_a_number_is_scored_by_its_range(persona_study):
    people = [{"respondent": f"r{i:03}", "age": float(20 + i % 20 if i < 100 else 60 + i % 20), "kind": "a" if i < 100 else "b"} for i in range(200)]
    pair = [ruled("young", "kind", "a"), ruled("old", "kind", "b")]
    result = personas.compute(persona_study([attribute("age", type="number"), attribute("kind", segments=False)], people, pair),
                              personas.Parameters())
    assert score(result.scorer, {"age": 22}).persona == "young"
    assert score(result.scorer, {"age": "75"}).persona == "old"


def outcome_study(persona_study):
    """100 on monthly contracts of whom 40 left, 100 on two-year contracts of whom 10 left."""
    people = [{"respondent": f"r{i:03}", "contract": "month" if i < 100 else "years", "left": "yes" if i < 40 or 100 <= i < 110 else "no",
               "part": "decider" if i % 2 else "user"} for i in range(200)]
    left = attribute("left", role="outcome", labels={"yes": "Left", "no": "Stayed"})
    declared = [{"id": id_, "name": id_, "tagline": "…", "kind": "b2b", "rules": [{"attribute": "contract", "values": [id_]}],
                 "buying": [{"role": "gatekeeper"}]} for id_ in ("month", "years")]
    given = persona_study([attribute("contract"), left, attribute("part", role="buying")], people, declared)
    return personas.compute(given, personas.Parameters())


def test_an_outcome_is_told_of_the_persona_of_the_others_and_of_its_answers(persona_study):
    result = outcome_study(persona_study)
    (found,) = result.persona("month").outcomes
    assert (found.share.value, found.others, found.everyone) == (40.0, 10.0, 25.0)
    assert [(row.attribute, row.choice.code, row.share.value, row.carried.value) for row in found.rows] == [("contract", "month", 40.0, 100.0)]
    assert "left" not in result.segmentation.attributes
    assert all(one.attribute != "left" for profile in result.personas for one in (*profile.over, *profile.under))


def test_the_buying_centre_joins_what_was_declared_and_what_contacts_say(persona_study):
    profile = outcome_study(persona_study).persona("month")
    assert profile.kind == "b2b"
    assert [(use.role, use.share and use.share.value, use.mark.kind) for use in profile.buying] == [
        ("user", 50.0, "measured"), ("decider", 50.0, "measured"), ("gatekeeper", None, "hypothesis")]
