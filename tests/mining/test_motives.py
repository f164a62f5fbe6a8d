"""Needs, motivations and objections by rules, on sentences written before the rules were tried on them."""

from pathlib import Path

from cxkit.mining.motives import MOTIVES, motives

BLIND = [tuple(part.strip() for part in line.split("|", 1))
         for line in Path(__file__).with_name("motives_blind.txt").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def test_rules_find_what_is_voiced_in_blind_sentences():
    said = [(motive, next((one for one, _ in motives(text)), "none")) for motive, text in BLIND]
    for motive in MOTIVES:
        hits = sum(a == b == motive for a, b in said)
        assert hits / sum(b == motive for _, b in said) >= 0.8, (motive, "precision")
        assert hits / sum(a == motive for a, _ in said) >= 0.75, (motive, "recall")
    assert sum(b != "none" for a, b in said if a == "none") <= 1


def test_only_the_clause_that_voices_something_is_taken():
    assert motives("Le magasin est beau. J'aimerais un parking couvert, mais le vendeur est aimable.") == (
        ("needs", "J'aimerais un parking couvert"),)
