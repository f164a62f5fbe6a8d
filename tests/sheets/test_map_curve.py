"""Geometry of the emotion curve: inside its columns, no overshoot, hollow where nobody asked, labels apart."""

import itertools

import numpy as np
import pytest

from cxkit.sheets.map_curve import Canvas, curve, describe, point_rows
from cxkit.sheets.map_labels import labelled
from cxkit.words import Words

from .sample_map import COUNTS, HOLLOW, SOLID, activity, sample_map
from .stress_maps import stress_map

EN = Words("en")
CANVAS = Canvas(width=900, height=160)


def _samples(piece):
    t = np.linspace(0, 1, 50)[:, None]
    return np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3]) @ np.reshape(piece, (4, 2))


def test_points_stand_inside_their_columns():
    drawn = curve(sample_map(3), EN, CANVAS)
    # three columns of 300, two activities each: a quarter and three quarters of the way
    assert [point["x"] for point in drawn["points"]] == pytest.approx([75, 225, 375, 525, 675, 825])
    assert [point["code"] for point in drawn["points"]] == ["1.1", "1.2", "2.1", "2.2", "3.1", "3.2"]


def test_the_curve_never_leaves_the_range_of_its_neighbours():
    for segment in curve(sample_map(9), EN, CANVAS)["segments"]:
        piece = segment["piece"]
        ys = _samples(piece)[:, 1]
        assert ys.min() >= min(piece[1], piece[7]) - 0.01
        assert ys.max() <= max(piece[1], piece[7]) + 0.01


def test_segments_to_a_point_without_customer_evidence_are_told_apart():
    drawn = curve(sample_map(4), EN, CANVAS)  # points: solid weak | weak counts | counts hollow | hollow solid
    assert [segment["solid"] for segment in drawn["segments"]] == [True, True, True, True, False, False, False]
    assert [point["solid"] for point in drawn["points"]] == [True] * 5 + [False, False, True]


def test_the_band_holds_the_curve_and_skips_hollow_points():
    drawn = curve(sample_map(4), EN, CANVAS)
    bands = [band for band in drawn["bands"] if "upper" in band]
    assert len(bands) == 4
    for band, segment in zip(bands, drawn["segments"], strict=False):
        assert (_samples(band["upper"])[:, 1] <= _samples(segment["piece"])[:, 1]).all()
        assert (_samples(band["lower"])[:, 1] >= _samples(segment["piece"])[:, 1]).all()


def test_a_missing_point_breaks_the_curve():
    view = sample_map(1)
    activities = (activity("a", SOLID), activity("b", None), activity("c", SOLID), activity("d", HOLLOW))
    drawn = curve(view.model_copy(update={"stages": (view.stages[0].model_copy(update={"activities": activities}),)}), EN, CANVAS)
    assert len(drawn["points"]) == 3
    assert len(drawn["segments"]) == 1


def test_labels_do_not_overlap_each_other_or_a_face():
    drawn = curve(sample_map(9), EN, CANVAS)
    labels = [point["label"] for point in drawn["points"] if point["label"]]
    half = drawn["face"] / 2
    faces = [[p["x"] - half, p["y"] - half, p["x"] + half, p["y"] + half] for p in drawn["points"]]
    apart = itertools.chain(itertools.combinations(labels, 2), itertools.product(labels, faces))
    assert not [pair for pair in apart if _overlap(*pair)]


def test_among_many_curves_no_label_covers_one_and_what_is_left_out_is_told():
    view = stress_map(9, length=60)
    drawn = curve(view, EN, CANVAS, [(f"Persona {at}", stress_map(9, length=60, seed=at)) for at in range(2, 8)])
    pieces = [segment["piece"] for segment in drawn["segments"]] + [piece for other in drawn["others"] for piece in other["segments"]]
    drawn_points = np.vstack([_samples(piece) for piece in pieces])
    labels = [(point["label"], point["lines"]) for point in drawn["points"] if point["label"]]
    assert len(labels) > 5
    for (left, top, right, bottom), _ in labels:
        inside = (drawn_points > (left + 1, top + 1)).all(axis=1) & (drawn_points < (right - 1, bottom - 1)).all(axis=1)
        assert not inside.any()
    alone = curve(view, EN, CANVAS)
    said = [line["text"] for point in alone["points"] for line in point["lines"]] + [text for point in alone["points"] for text in point["left_out"]]
    told = [line["text"] for point in drawn["points"] for line in point["lines"]] + [text for point in drawn["points"] for text in point["left_out"]]
    assert sorted(" ".join(told).split()) == sorted(" ".join(said).split())


def test_a_long_emotion_takes_two_lines_where_one_would_cover_the_curve():
    # the curve climbs steeply on both sides of the point: a wide label crosses it, a narrow one does not
    walls = [[30.0, 0.0, 30.0, 50.0, 30.0, 100.0, 30.0, 150.0], [90.0, 0.0, 90.0, 50.0, 90.0, 100.0, 90.0, 150.0]]
    [made] = labelled([(60.0, 75.0, [("quietly but truly content", 600), ("n = 64", 400)])], Canvas(width=120, height=160), walls, [])
    assert [line["text"] for line in made["lines"]] == ["quietly but", "truly content", "n = 64"]
    assert made["left_out"] == []
    assert made["label"][0] > 30
    assert made["label"][2] < 90


def _overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def test_small_bases_show_counts_and_hollow_points_their_evidence():
    rows = {row["code"]: row for row in point_rows(sample_map(4), EN)}
    assert (rows["1.1"]["net"], rows["1.1"]["base"]) == ("+32%", "n\u00a0=\u00a0431")
    assert (rows["1.2"]["net"], rows["1.2"]["base"]) == ("−77%", "told, n\u00a0=\u00a064*")
    assert (rows["3.1"]["net"], rows["3.1"]["base"]) == ("7 + / 11 −", "told, n\u00a0=\u00a022*")
    assert (rows["4.1"]["net"], rows["4.1"]["base"]) == ("", "Hypothesis")


def test_a_suppressed_base_shows_no_figure():
    point = COUNTS.model_copy(update={"n": 7, "base": "suppressed"})
    view = sample_map(1)
    stage = view.stages[0].model_copy(update={"activities": (activity("a", point),)})
    [row] = point_rows(view.model_copy(update={"stages": (stage,)}), EN)
    assert (row["net"], row["base"]) == ("", "n < 10")


def test_description_says_every_point():
    said = describe(sample_map(2), EN)
    assert said.count("n\u00a0=") == 4
    assert "1.1 Satisfaction +0.7" in said


def test_further_curves_meet_the_stages_by_id():
    target = sample_map(2, kind="to-be")
    target = target.model_copy(update={"stages": target.stages[1:]})
    [other] = curve(sample_map(2), EN, CANVAS, [("Target", target)])["others"]
    assert other["dashed"]
    assert [dot["x"] for dot in other["dots"]] == pytest.approx([562.5, 787.5])
