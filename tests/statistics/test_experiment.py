import pytest

from cxkit.statistics.experiment import Arm, planned_size, power_reached, read_experiment, sample_ratio_check


def test_sample_ratio_golden():
    check = sample_ratio_check([821588, 815482])
    assert check.p == pytest.approx(1.8e-6, abs=5e-8)
    assert not check.passes
    assert sample_ratio_check([1000, 1010]).passes
    assert sample_ratio_check([900, 100], [9, 1]).p == pytest.approx(1.0)
    assert sample_ratio_check([0, 0]).p is None
    with pytest.raises(ValueError, match="ratio"):
        sample_ratio_check([1, 2], [1])


def test_planned_size_by_hand():
    # (1.959964 sqrt(2 * .11 * .89) + .841621 sqrt(.1 * .9 + .12 * .88))^2 / .02^2 = 3840.8
    assert planned_size(0.10, 0.02) == 3841
    assert planned_size(0.10, 0.02, variants=3) > 3841
    assert power_reached(0.10, 0.02, 3841, 3841) == pytest.approx(0.80, abs=1e-3)
    assert power_reached(0.10, 0.0, 10, 10) is None
    with pytest.raises(ValueError, match="effect"):
        planned_size(0.10, 0.0)


def test_adopt_a_better_variant():
    reading = read_experiment([Arm("a", 4000, 400), Arm("b", 4000, 500)], planned_n=3841, effect=0.02)
    variant = reading.variants[0]
    assert (reading.decision, reading.winner) == ("adopt", "b")
    assert variant.difference.value == pytest.approx(0.025)
    assert variant.lift == pytest.approx(0.25)
    assert variant.difference.low > 0
    assert variant.power == pytest.approx(0.815, abs=0.01)
    assert reading.control.rate == pytest.approx(0.1)
    assert reading.control.lift is None


@pytest.mark.parametrize(
    ("arms", "planned", "decision"),
    [
        ([Arm("a", 4000, 400), Arm("b", 3000, 375)], 1000, "stop_sample_ratio"),
        ([Arm("a", 400, 40), Arm("b", 400, 80)], 3841, "wait"),
        ([Arm("a", 4000, 400), Arm("b", 4000, 500)], None, "wait"),
        ([Arm("a", 4000, 400), Arm("b", 4000, 405)], 3841, "inconclusive"),
        ([Arm("a", 4000, 500), Arm("b", 4000, 400)], 3841, "reject"),
        ([Arm("a", 4000, 500), Arm("b", 0, 0)], 3841, "empty"),
    ],
)
def test_decisions(arms, planned, decision):
    reading = read_experiment(arms, planned)
    assert reading.decision == decision
    assert reading.winner is None
    assert reading.variants[0].decision == decision


def test_several_variants_are_adjusted():
    arms = [Arm("a", 4000, 400), Arm("b", 4000, 456), Arm("c", 4000, 401)]
    reading = read_experiment(arms, 3841)
    b, c = reading.variants
    assert b.difference.p < 0.05 < b.q
    assert b.q == pytest.approx(2 * b.difference.p)
    assert reading.decision == "inconclusive"
    assert c.decision == "inconclusive"


def test_planned_split():
    reading = read_experiment([Arm("a", 9000, 900), Arm("b", 1000, 150)], 900, ratio={"a": 0.9, "b": 0.1})
    assert reading.decision == "adopt"


def test_no_conversion_at_all():
    reading = read_experiment([Arm("a", 100, 0), Arm("b", 100, 0)], 50)
    assert reading.variants[0].lift is None
    assert reading.decision == "inconclusive"


def test_names_must_differ():
    with pytest.raises(ValueError, match="distinct"):
        read_experiment([Arm("a", 1, 0), Arm("a", 1, 0)])
