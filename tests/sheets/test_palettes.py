"""Palettes under the three colour-vision deficiencies, by the matrices of Machado, Oliveira and Fernandes (2009)."""

import itertools

import numpy as np
import pytest

from cxkit.sheets.frame import EMOTIONS, OTHER_INKS
from cxkit.sheets.identity import contrast
from cxkit.sheets.map_curve import SHAPES

DEFICIENCIES = {
    # Machado, Oliveira & Fernandes 2009, severity 1.0, on linear RGB
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])
WHITE = np.array([0.95047, 1.0, 1.08883])


def linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* (D65) of linear RGB."""
    ratio = TO_XYZ @ np.clip(rgb, 0, 1) / WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def seen(colour: str, deficiency: str) -> np.ndarray:
    return lab(np.array(DEFICIENCIES[deficiency]) @ linear(colour))


def test_lab_of_known_colours():
    assert lab(linear("#ffffff")) == pytest.approx([100, 0, 0], abs=0.02)
    assert lab(linear("#ff0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.05)


@pytest.mark.parametrize("matrix", DEFICIENCIES.values(), ids=DEFICIENCIES)
def test_a_deficiency_leaves_white_and_grey_alone(matrix):
    assert np.array(matrix) @ linear("#808080") == pytest.approx(linear("#808080"), abs=0.001)


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_emotions_stay_apart(deficiency):
    # rupture shares the ink of dissatisfaction and has a broken shape of its own
    inks = {name: ink for name, ink in EMOTIONS.items() if name != "rupture"}
    close = {(a, b): round(float(np.linalg.norm(seen(inks[a], deficiency) - seen(inks[b], deficiency))), 1)
             for a, b in itertools.combinations(inks, 2)}
    assert {pair: distance for pair, distance in close.items() if distance <= 20} == {}


def test_further_curves_have_an_ink_that_reads_and_a_shape_each():
    assert min(contrast(ink, ground) for ink in OTHER_INKS for ground in ("#ffffff", "#fdf3ef", "#eef5fa")) >= 4.5
    assert len(SHAPES) == len(OTHER_INKS) == len(set(SHAPES.values()))
