"""Needs, motivations and objections of a persona, from the clauses of its own texts."""

import pytest

from cxkit.steps.persona_told import told, voiced_lines

WISH, REASON, DOUBT = "J'aimerais un suivi en direct", "J'ai choisi ce magasin parce qu'il est à dix minutes.", "Trop cher pour une famille."


@pytest.fixture
def voiced(make_given):
    def run(texts, persona="p"):
        given = make_given(verbatims=[{"text": text, "persona": "p"} for text in texts] + [{"text": "I need a map.", "persona": "q"}] * 9)
        return voiced_lines(given, told(given, {}, {}), persona)
    return run


def test_sections_hold_the_clauses_with_the_share_of_texts(voiced):
    found = voiced([f"{WISH}, mais le magasin est beau. Voilà." for _ in range(12)] + [REASON, DOUBT] + ["Livreur aimable."] * 16)
    need = found["needs"][0]
    assert (need.text, need.verbatim, need.mark.kind, need.mark.n) == (WISH, True, "reported", 12)
    # 12 of 30 texts, Wilson interval
    assert (need.share.value, need.share.n, need.share.base) == (pytest.approx(40), 30, "weak")
    assert need.share.low == pytest.approx(24.59, abs=0.01)
    assert [(line.text, line.share, line.mark.n) for line in found["motivations"]] == [(REASON, None, 1)]
    assert [line.text for line in found["objections"]] == [DOUBT]


def test_too_few_texts_say_nothing(voiced):
    assert voiced([WISH] * 9) == {}
    assert voiced([WISH] * 10)["needs"][0].share.value is None
    assert voiced([WISH] * 10, persona="q") == {}
