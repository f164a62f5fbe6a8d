"""Step 03: planted customer types, declared rules and their coverage, statements judged by hand-made bases."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from cxkit.model.persona import Persona
from cxkit.steps import personas
from tests.steps.persona_study import attribute, planted, questions

AGES = {"y": "18-34", "m": "35-54", "o": "55+"}


@pytest.fixture
def study(persona_study):
    """The same by its short name."""
    return persona_study


def test_planted_types_are_recovered_with_their_number(study):
    rows, truth = planted(700, 5)
    result = personas.compute(study(questions(), rows), personas.Parameters())
    assert (result.segmentation.verdict, result.segmentation.carried, result.segmentation.drawn) == ("carried", 5, 5)
    drawn = [result.assignments[row["respondent"]] for row in rows]
    assert adjusted_rand_score(truth, drawn) >= 0.8
    assert [one.n for one in result.personas] == sorted((one.n for one in result.personas), reverse=True)
    assert len({one.name for one in result.personas}) == 5
    assert sum(one.share.value for one in result.personas) == pytest.approx(100)


def test_fewer_types_than_five_are_said(study):
    rows, _ = planted(500, 3)
    result = personas.compute(study(questions(), rows), personas.Parameters())
    assert (result.segmentation.verdict, result.segmentation.carried, len(result.personas)) == ("fewer", 3, 3)


def test_an_analyst_may_ask_for_another_number_and_is_told(study):
    rows, _ = planted(500, 3)
    result = personas.compute(study(questions(), rows), personas.Parameters(n_personas=4))
    assert (result.segmentation.verdict, result.segmentation.carried, result.segmentation.drawn) == ("asked_other", 3, 4)


def test_noise_has_no_persona(study):
    rng = np.random.default_rng(5)
    rows = [{"respondent": f"r{i}"} | {f"q{j}": f"a{rng.integers(0, 3)}" for j in range(8)} for i in range(400)]
    result = personas.compute(study(questions(8), rows), personas.Parameters())
    assert (result.segmentation.verdict, result.segmentation.carried) == ("none", 1)
    assert (result.personas, result.assignments) == ((), {})
    assert [gap.key for gap in result.gaps][:2] == ["none", "no_personas"]


def test_no_respondent_is_said(study):
    result = personas.compute(study(), personas.Parameters())
    assert result.segmentation.verdict == "no_data"
    assert result.gaps[0].key == "no_respondents"


def declared(id_: str, **more) -> Persona:
    return Persona.model_validate({"id": id_, "name": id_.title(), "tagline": "…", **more})


def test_rules_assign_and_their_coverage_is_counted(study):
    people = [{"respondent": "a", "age": "y", "visits": 2.0}, {"respondent": "b", "age": "y", "visits": 20.0},
              {"respondent": "c", "age": "o", "visits": 1.0}, {"respondent": "d", "age": None, "visits": 1.0}]
    young = declared("young", rules=[{"attribute": "age", "values": ["y"]}])
    keen = declared("keen", rules=[{"attribute": "age", "values": ["y"]}, {"attribute": "visits", "least": 10}])
    given = study([attribute("age", labels=AGES), attribute("visits", type="number")], people, (young, keen))
    result = personas.compute(given, personas.Parameters())
    assert result.assignments == {"a": "young", "b": "keen"}
    coverage = result.coverage
    assert (coverage.respondents, coverage.one, coverage.several, coverage.none, coverage.unknown) == (4, 1, 1, 1, 1)


def test_what_the_evidence_states_goes_before_rules(study):
    people = [{"respondent": "a", "age": "y", "persona": "old"}]
    both = (declared("young", rules=[{"attribute": "age", "values": ["y"]}]), declared("old"))
    given = study([attribute("age")], people, both)
    assert personas.compute(given, personas.Parameters()).assignments == {"a": "old"}


def test_persona_without_data_stays_and_is_marked(study):
    given = study(declared=(declared("future", kind="prospect", goals=[{"text": "Try it"}]),))
    result = personas.compute(given, personas.Parameters())
    profile = result.persona("future")
    assert (profile.without_data, profile.mark.kind, profile.n, profile.share) == (True, "hypothesis", 0, None)
    assert profile.lines["goals"][0].mark.kind == "hypothesis"
    assert "without_data" in [gap.key for gap in result.gaps]


def confronted(study, identity, pains=()):
    """40 young respondents of whom 30 shop online; 60 old ones of whom 12 do; parcel rated 1 by 20 of the young, 5 by 20."""
    people = [{"respondent": f"y{i:02}", "age": "y", "shop": "web" if i < 30 else "store"} for i in range(40)]
    people += [{"respondent": f"o{i:02}", "age": "o", "shop": "web" if i < 12 else "store"} for i in range(60)]
    rated = [{"respondent": f"y{i:02}", "metric": "rating", "of": "touchpoint", "touchpoint": "parcel", "stage": "use",
              "value": 1.0 if i < 20 else 5.0, "low": 1.0, "high": 5.0, "reaction": "dissatisfaction" if i < 20 else "delight",
              "weight": 1.0} for i in range(40)]
    persona = declared("young", rules=[{"attribute": "age", "values": ["y"]}], identity=identity, pains=pains)
    other = declared("old", rules=[{"attribute": "age", "values": ["o"]}])
    asked = [attribute("age", labels=AGES), attribute("shop", labels={"web": "Online", "store": "Store"})]
    given = study(asked, people, (persona, other), [{"id": "parcel", "name": "The parcel"}], scores=rated)
    return personas.compute(given, personas.Parameters())


@pytest.mark.parametrize(("value", "verdict"), [("Online", "supported"), ("Store", "contradicted"), ("By post", "not_judged")])
def test_declared_identity_is_judged_by_the_answers(study, value, verdict):
    profile = confronted(study, {"shop": value}).persona("young")
    assert profile.facts[0].judgement == verdict


def test_declared_pain_is_judged_where_it_names_a_touchpoint(study):
    profile = confronted(study, {}, [{"text": "Waits for the parcel"}, {"text": "Long queues"}]).persona("young")
    named, other = profile.lines["pains"]
    assert (named.judgement, named.touchpoint, named.share.value, named.mark.kind) == ("supported", "parcel", 50.0, "measured")
    assert (other.judgement, other.mark.kind) == ("not_judged", "hypothesis")


def test_what_sets_a_persona_apart_is_tested_and_corrected(study):
    found = {one.choice.code: one for one in confronted(study, {}).persona("young").over if one.attribute == "shop"}
    assert set(found) == {"web"}
    assert (found["web"].share.value, found["web"].others) == (75.0, pytest.approx(20.0))
    assert found["web"].difference == pytest.approx(55.0)
    assert found["web"].q < 0.001
    assert not found["web"].formed


def test_emotion_curve_stands_on_the_reactions_of_the_persona(study):
    point = confronted(study, {}).persona("young").curve[0]
    assert (point.stage, point.point.n, point.point.valence) == ("use", 40, 0.0)


def test_small_persona_shows_no_share(study):
    people = [{"respondent": f"r{i}", "age": "y" if i < 20 else "o"} for i in range(100)]
    pair = (declared("young", rules=[{"attribute": "age", "values": ["y"]}]),)
    result = personas.compute(study([attribute("age")], people, pair), personas.Parameters())
    assert (result.personas[0].n, result.personas[0].share) == (20, None)


def test_result_survives_storage(study):
    result = confronted(study, {"shop": "Online"})
    assert personas.Result.model_validate_json(result.model_dump_json()) == result


def test_irritants_stand_on_scores_rather_than_on_who_writes(study):
    people = [{"respondent": f"r{i:02}", "age": "y" if i < 60 else "o"} for i in range(100)]
    rated = [{"respondent": f"r{i:02}", "metric": "rating", "touchpoint": "till", "stage": "use", "value": 2.0 if i < 12 else 4.0,
              "reaction": "irritant" if i < 12 else "satisfaction"} for i in range(60)]
    told = [{"respondent": f"r{i:02}", "touchpoint": "desk", "stage": "use", "text": "x" * 30, "reaction": "dissatisfaction"} for i in range(40)]
    given = study([attribute("age")], people, (declared("young", rules=[{"attribute": "age", "values": ["y"]}]),), scores=rated, verbatims=told)
    pains = personas.compute(given, personas.Parameters()).persona("young").lines["pains"]
    assert [(line.touchpoint, line.share.value, line.mark.kind) for line in pains] == [("till", 20.0, "measured")]


def test_a_statement_in_the_words_of_an_answer_takes_its_share(study):
    people = [{"respondent": f"r{i:02}", "age": "y", "why": "low" if i < 30 else "fast"} for i in range(40)]
    why = attribute("why", role="motivation", labels={"low": {"en": "Pay little", "fr": "Payer peu"}, "fast": "Be served fast"})
    persona = declared("young", rules=[{"attribute": "age", "values": ["y"]}], motivations=[{"text": {"fr": "payer peu"}}, {"text": "Stay free"}])
    lines = personas.compute(study([attribute("age"), why], people, (persona,)), personas.Parameters()).persona("young").lines["motivations"]
    assert [(line.text, line.share and line.share.value, line.judgement, line.mark.kind) for line in lines] == [
        ({"fr": "payer peu"}, 75.0, "supported", "measured"), ("Stay free", None, "not_judged", "hypothesis"), (None, 25.0, None, "measured")]


def test_numbered_scales_become_traits(study):
    people = [{"respondent": f"r{i:02}", "age": "y", "ease": "5" if i < 30 else "2"} for i in range(40)]
    scale = attribute("ease", type="ordered", role="habit", labels={"1": "1 (low)", "2": "2", "3": "3", "4": "4", "5": "5 (high)"})
    given = study([attribute("age"), scale], people, (declared("young", rules=[{"attribute": "age", "values": ["y"]}]),))
    profile = personas.compute(given, personas.Parameters()).persona("young")
    assert [(trait.level, trait.most, trait.n) for trait in profile.traits] == [(pytest.approx(4.25), 5, 40)]
    assert "habits" not in profile.lines


def test_fictional_names_fit_gender_generation_and_are_nobodys(study):
    rows, truth = planted(300, 2)
    people = [row | {"gender": "f" if kind else "h", "age": "70" if kind else "25"} for row, kind in zip(rows, truth, strict=True)]
    said = [{"respondent": "r0000", "text": "Merci à Monique Fontaine pour son accueil", "stage": "use"}]
    found = personas.compute(study([*questions(), attribute("gender"), attribute("age")], people, verbatims=said), personas.Parameters())
    names = {one.name.split()[0] for one in found.personas}
    assert any(name in {"Monique", "Françoise", "Danielle", "Martine"} for name in names)
    assert any(name in {"Lucas", "Hugo", "Mehdi", "Thomas"} for name in names)
    assert "Monique Fontaine" not in {one.name for one in found.personas}
