"""A map written again keeps what a person wrote: comments, order, quotes, long lines, accents; unchanged lines are the same bytes."""

import pytest
from ruamel.yaml import YAML

from cxkit.model.journey_map import JourneyMap
from cxkit.model.map_file import rewritten, written
from cxkit.model.yaml_file import read_record
from cxkit.paths import resources

LONG = "Elle feuillette le magazine, repère une table en chêne, puis demande l'avis de sa sœur " * 3
TEXT = f"""# La carte de l'équipe — à relire avec Zoé
version: '1.0'      # entre guillemets
kind: as-is
date: 2026-01-31

title:   "Acheter « pour » la maison"   # odd spaces, odd order
stages:
  # l'envie
  - stage: need
    goal: {{fr: "Se décider", en: Decide}}
    activities:
      - action: {LONG.strip()}
        id: look     # the id comes second
        reaction: satisfaction   # said by Zoé
        evidence:   {{kind: internal,   source: "atelier"}}

      # une remarque avant la deuxième
      - {{id: ask, action: 'Demande l''avis', reaction: none}}   # au comptoir
      - id: wait
        action: >-
          Attend
          son tour
        irritants:
          - text: Trop long   # dixit trois clients
            severity: 3
          - {{text: Froid, severity: 1}}
  - stage: use     # plus tard
    activities: []
notes:
  - "Une note : avec deux points"
# fin
"""


def drawn(text: str = TEXT) -> JourneyMap:
    return JourneyMap.model_validate(YAML(typ="safe").load(text))


def changed(text: str, *path, **values) -> JourneyMap:
    """The map of a text with the fields of one activity set."""
    content = drawn(text).model_dump(mode="json")
    stage, activity = path
    content["stages"][stage]["activities"][activity] |= values
    return JourneyMap.model_validate(content)


def differences(new: str, old: str = TEXT) -> tuple[set[str], set[str]]:
    """Lines that are gone, and lines that are new."""
    return set(old.splitlines()) - set(new.splitlines()), set(new.splitlines()) - set(old.splitlines())


def test_same_map_is_the_same_bytes():
    assert rewritten(TEXT, drawn()) == TEXT
    assert rewritten(TEXT.replace("\n", "\r\n"), drawn()) == TEXT.replace("\n", "\r\n")


def test_one_value_changes_one_line_and_keeps_its_comment():
    wanted = changed(TEXT, 0, 0, reaction="rupture")
    new = rewritten(TEXT, wanted)
    gone, came = differences(new)
    assert drawn(new) == wanted
    assert (len(gone), [line.split() for line in came]) == (1, [["reaction:", "rupture", "#", "said", "by", "Zoé"]])


def test_flow_mappings_and_quoted_strings_change_alone():
    wanted = changed(TEXT, 0, 1, reaction="delight")
    new = rewritten(TEXT, wanted)
    gone, came = differences(new)
    assert drawn(new) == wanted
    assert (len(gone), len(came)) == (1, 1)
    line = came.pop()
    assert "'Demande l''avis'" in line
    assert line.endswith("# au comptoir")


def test_a_new_key_stands_in_the_record_s_order_and_touches_nothing():
    wanted = changed(TEXT, 0, 0, owner="web")
    new = rewritten(TEXT, wanted)
    assert drawn(new) == wanted
    assert differences(new) == (set(), {"        owner: web"})


def test_items_come_go_and_keep_their_comments():
    content = drawn().model_dump(mode="json")
    content["stages"][0]["activities"][2]["irritants"] = [{"text": "Trop long", "severity": 3}, {"text": "Bruyant", "severity": 2}]
    content["stages"][1]["activities"] = [{"id": "sit", "action": "S'assoit"}]
    wanted = JourneyMap.model_validate(content)
    new = rewritten(TEXT, wanted)
    assert drawn(new) == wanted
    gone, _ = differences(new)
    assert gone == {"          - {text: Froid, severity: 1}", "    activities: []"}
    for kept in ("# dixit trois clients", "# une remarque avant la deuxième", "# plus tard", "# fin"):
        assert kept in new


def test_an_activity_that_goes_leaves_its_neighbours_alone():
    content = drawn().model_dump(mode="json")
    del content["stages"][0]["activities"][1]
    wanted = JourneyMap.model_validate(content)
    new = rewritten(TEXT, wanted)
    assert drawn(new) == wanted
    assert differences(new)[0] <= {"      - {id: ask, action: 'Demande l''avis', reaction: none}   # au comptoir"}
    assert LONG.strip() in new


def test_folded_text_and_long_lines_stay_as_they_are_written():
    new = rewritten(TEXT, changed(TEXT, 0, 2, owner="store"))
    assert "        action: >-\n          Attend\n          son tour\n" in new
    assert f"      - action: {LONG.strip()}\n" in new


@pytest.mark.parametrize("name", ["2025-09-15.as-is.global", "2026-02-15.as-is.global", "2026-04-20.to-be.global"])
def test_the_demonstration_s_maps_change_in_one_place(name):
    path = resources() / "data" / "maison-verdier" / "maps" / f"{name}.yaml"
    if not path.is_file():
        pytest.skip("the demonstration client is not beside the package")
    text = path.read_text(encoding="utf-8")
    old = read_record(path, JourneyMap, path.name)
    assert rewritten(text, old) == text
    content = old.model_dump(mode="json")
    content["stages"][0]["activities"][0]["reaction"] = "dissatisfaction"
    new = rewritten(text, JourneyMap.model_validate(content))
    assert drawn(new) == JourneyMap.model_validate(content)
    assert sum(map(len, differences(new, text))) <= 2


def test_a_new_map_is_in_the_record_s_order_without_defaults():
    text = written(drawn())
    assert drawn(text) == drawn()
    assert text.startswith("# yaml-language-server: $schema=")
    assert [line.split(":")[0] for line in text.splitlines() if line[0] not in " #"] == ["title", "date", "stages", "notes"]


def test_activities_in_another_order_keep_their_comments():
    content = drawn().model_dump(mode="json")
    activities = content["stages"][0]["activities"]
    activities[0], activities[1] = activities[1], activities[0]
    wanted = JourneyMap.model_validate(content)
    new = rewritten(TEXT, wanted)
    assert drawn(new) == wanted
    for kept in ("# au comptoir", "# said by Zoé", "# the id comes second", "# dixit trois clients", LONG.strip()):
        assert kept in new
