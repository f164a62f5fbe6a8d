"""No sheet points at a person: facts that few share together are withheld, small cells give way to bounds."""

from cxkit.steps import personas
from tests.steps.persona_study import attribute


def young(persona_study, people, *asked, **more):
    persona = {"id": "young", "name": "Young", "tagline": "…", "rules": [{"attribute": "age", "values": ["y"]}], **more}
    given = persona_study([attribute("age"), *asked], people, (persona, {"id": "old", "name": "Old", "tagline": "…"}))
    return personas.compute(given, personas.Parameters()).persona("young")


def test_a_fact_that_too_few_share_with_the_others_is_withheld(persona_study):
    """60 young: 40 in town, 40 tenants, but only 20 − 12 = 8 of those in town rent alone with a dog."""
    people = [{"respondent": f"y{i:02}", "age": "y", "place": "town" if i < 40 else "land", "home": "rent" if i >= 20 else "own",
               "pet": "dog" if i < 8 or 20 <= i < 28 or i >= 40 else "cat"} for i in range(60)]
    people += [{"respondent": f"o{i:02}", "age": "o", "place": "land", "home": "own", "pet": "cat"} for i in range(60)]
    found = young(persona_study, people, attribute("place"), attribute("home"), attribute("pet"))
    assert [(fact.id, fact.choice.code) for fact in found.facts] == [("age", "y"), ("place", "town"), ("home", "rent")]
    assert found.shared_by == 20
    assert found.withheld == ("pet",)


def test_declared_fiction_is_not_withheld(persona_study):
    people = [{"respondent": f"y{i:02}", "age": "y"} for i in range(60)] + [{"respondent": f"o{i}", "age": "o"} for i in range(60)]
    found = young(persona_study, people, identity={"place": "Nantes"})
    assert [fact.id for fact in found.facts] == ["place", "age"]


def test_a_cell_under_ten_people_gives_its_bound(persona_study):
    """4 of 50 young pay by cheque (8 %): under ten people, so at most 10 / 50 = 20 %, against 45 of 50 old."""
    people = [{"respondent": f"y{i:02}", "age": "y", "pays": "cheque" if i < 4 else "card"} for i in range(50)]
    people += [{"respondent": f"o{i:02}", "age": "o", "pays": "cheque" if i < 45 else "card"} for i in range(50)]
    found = young(persona_study, people, attribute("pays"))
    less = next(one for one in found.under if one.choice.code == "cheque")
    assert (less.at_most, less.share.value, less.share.counts, less.others, less.difference) == ("share", 20.0, {}, 90.0, -70.0)
    more = next(one for one in found.over if one.choice.code == "card")
    assert (more.at_most, more.share.value, more.others, more.difference) == ("others", 92.0, 20.0, 72.0)


def test_answers_of_fewer_than_ten_people_are_no_lines(persona_study):
    people = [{"respondent": f"y{i:02}", "age": "y", "goal": "rare" if i < 9 else "usual"} for i in range(40)]
    people += [{"respondent": f"o{i:02}", "age": "o", "goal": "usual"} for i in range(40)]
    found = young(persona_study, people, attribute("goal", role="goal"))
    assert [line.choice.code for line in found.lines["goals"]] == ["usual"]
