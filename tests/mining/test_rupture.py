"""Rupture by rules: precision and recall on sentences written after the rules were frozen.

``rupture_blind.txt`` is the last set, written before the rules were run on it and never used to change them. ``rupture_known.txt`` holds
the sets before it, from which the rules learnt. D: the writer leaves; A: advice to others; B: both; -: neither.
"""

from pathlib import Path

import pytest

from cxkit.evidence.personal.sieve import sift
from cxkit.mining.rupture import rupture

FOLDER = Path(__file__).parent


def measured(name: str) -> tuple[float, float]:
    lines = [line.split(" ", 1) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]
    said = [(mark != "-", bool(rupture(text))) for mark, text in lines]
    hits = sum(truth and found for truth, found in said)
    return hits / sum(found for _, found in said), hits / sum(truth for truth, _ in said)


def test_precision_and_recall_on_the_blind_set(capsys):
    precision, recall = measured("rupture_blind.txt")
    with capsys.disabled():
        print(f"\nrupture, blind set: precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= 0.80
    assert recall >= 0.75


def test_what_was_learnt_stays_learnt():
    precision, recall = measured("rupture_known.txt")
    assert precision >= 0.95
    assert recall >= 0.95


@pytest.mark.parametrize(("text", "departure", "advice"), [
    ("J'ai résilié mon contrat hier.", True, False), ("À fuir !", False, True), ("Je ne reviendrai plus, évitez cette enseigne.", True, True),
    ("Ils m'ont résilié après un bris de glace.", False, False), ("Je n'irai pas voir ailleurs.", False, False),
    ("They cancelled my flight. I will never fly with them again.", True, False), ("I would never fly with anyone else.", False, False),
    ("Avoid the queue by coming early.", False, False), ("Stay away from this bank.", False, True), ("", False, False),
])
def test_two_flags(text, departure, advice):
    found = rupture(text)
    assert (found.departure, found.advice) == (departure, advice)


def test_every_rupture_holds_a_stem_by_which_texts_are_searched():
    lines = [line.split(" ", 1)[1] for name in ("rupture_blind.txt", "rupture_known.txt") for line in (FOLDER / name).read_text("utf-8").splitlines()]
    assert [text for text in lines if rupture(text) and "leaving" not in sift(text)] == []
