"""Maps written into a client folder."""

import pytest

from cxkit.errors import CxError
from cxkit.model.folder import read_folder
from cxkit.study.maps import draft, save_map

CLIENT = """client: acme
name: Acme
as_of: 2026-01-31
offer: o
journey: Buying
stages: [{id: need}]
sources: [{id: s, kind: documents, file: evidence/d.txt}]
"""
MAP = """# drawn with the team
title: Buying
date: 2026-01-01
stages:
  - stage: need
    activities:
      - id: see      # the poster
        action: Sees
        reaction: irritant
        irritants: [{text: slow}]
      - {id: ask, action: Asks, reaction: none}   # at the desk
"""


@pytest.fixture
def root(tmp_path):
    (tmp_path / "maps").mkdir()
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "d.txt").write_text("x", encoding="utf-8")
    (tmp_path / "client.yaml").write_text(CLIENT, encoding="utf-8")
    (tmp_path / "maps" / "2026-01-01.as-is.global.yaml").write_text(MAP, encoding="utf-8")
    (tmp_path / "improvements.csv").write_text("id,name,effort,repairs\nfix,A faster page,1,see\n", encoding="utf-8")
    return tmp_path


def test_a_saved_map_keeps_its_comments(root):
    folder = read_folder(root)
    old = folder.maps[0].map
    [stage] = old.stages
    activities = (stage.activities[0], stage.activities[1].model_copy(update={"reaction": "delight"}))
    path = save_map(folder, folder.maps[0].file, old.model_copy(update={"stages": (stage.model_copy(update={"activities": activities}),)}))
    assert path.read_text(encoding="utf-8") == MAP.replace("reaction: none", "reaction: delight")


def test_the_target_is_the_lived_map_changed_where_an_improvement_repairs(root):
    path = draft(read_folder(root), "to-be")
    text = path.read_text(encoding="utf-8")
    assert path.name == "2026-01-31.to-be.global.yaml"
    assert text.startswith("# drawn with the team\n")
    assert "      - {id: ask, action: Asks, reaction: none}   # at the desk\n" in text
    found = read_folder(root).current_map(kind="to-be").map
    see, ask = found.stages[0].activities
    assert (found.kind, see.reaction, see.irritants, see.opportunities) == ("to-be", "satisfaction", (), ("A faster page",))
    assert see.evidence.kind == "hypothesis"
    assert ask.reaction == "none"


def test_a_map_that_is_there_is_not_written_over(root):
    draft(read_folder(root), "to-be")
    with pytest.raises(CxError) as error:
        draft(read_folder(root), "to-be")
    assert error.value.faults[0].code == "CX-E261"


def test_a_draft_from_evidence_reads_back(root):
    path = draft(read_folder(root))
    found = read_folder(root).current_map()
    assert (found.file, found.map.version) == (f"maps/{path.name}", "0")
    assert found.map.stages[0].stage == "need"
