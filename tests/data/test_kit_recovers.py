"""The kit's own results recover the planted stories of data/README.md, and its review the planted flaws."""

from itertools import combinations
from types import SimpleNamespace

import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from cxkit.evidence.pseudonyms import client_pseudonyms
from tests.data.kit import computed

STEPS = ("personas", "touchpoints", "voice", "journey", "moments", "actions", "target", "review")
ERRORS = {"T2", "I2", "I5", "H2", "C1", "F1", "Q1", "Q3"}
WARNINGS = {"T1", "T4", "H3", "H4", "C2", "C4", "F3", "F4", "F5", "Q2", "Q4", "Q5", "Q6", "Q7", "Q8"}


@pytest.fixture(scope="module")
def kit() -> SimpleNamespace:
    """Results of the steps on the demonstration client, with their default parameters."""
    return computed("maison-verdier", *STEPS)


@pytest.fixture(scope="module")
def types(kit, raw) -> dict[str, str]:
    """Pseudonym → hidden type."""
    pseudonyms, _ = client_pseudonyms(kit.folder)
    return {pseudonyms.of(customer): kind for customer, kind in raw.truth.items()}


def found(kit, rule: str) -> list:
    return [finding for finding in kit.review.findings if finding.rule == rule]


def test_rows_are_accounted_for(kit):
    read = {report.source: report for report in kit.evidence.reading}
    assert {name: report.rows_kept for name, report in read.items()} == {
        "survey": 800, "customers": 2000, "interactions": 20_000, "verbatims": 600, "complaints": 80, "employees": 40,
        "observations": 25, "conversations": 53, "slot-test": 6000, "kano": 600}
    assert read["survey"].cells_rejected == 2


def test_nps(kit):
    nps = next(estimate for estimate in kit.voice.unweighted if estimate.metric == "nps")
    assert nps.counts == {"promoters": 292, "passives": 280, "detractors": 214}
    assert nps.value == pytest.approx(100 * (292 - 214) / 786)


def test_the_data_carry_six_types(kit):
    assert kit.personas.segmentation.carried == 6


def test_declared_personas_follow_the_hidden_types(kit, types):
    pairs = [(types[who], persona) for who, persona in kit.personas.assignments.items()]
    assert len(pairs) > 0.8 * len(types)
    assert adjusted_rand_score(*zip(*pairs, strict=True)) > 0.8


def test_missed_deliveries_lead_the_drivers_of_detractors(kit):
    first = kit.voice.drivers[0]
    assert first.touchpoint == "home_delivery"
    assert first.q < 0.001
    assert first.low > 0.4


def test_only_the_delivery_slot_leaks(kit):
    assert [view.id for view in kit.touchpoints.touchpoints if view.exit and view.exit.leaking] == ["delivery_slot"]


def test_inventory_four_ways(kit):
    status = {view.id: view.status for view in kit.touchpoints.touchpoints}
    assert {name for name, value in status.items() if value == "used_undeployed"} == {"review_site", "forum", "price_comparator"}
    assert {name for name, value in status.items() if value == "deployed_unused"} == {"garden_app", "kiosk"}


def test_only_gardeners_take_another_path(kit):
    different = {frozenset((pair.first, pair.second)) for pair in kit.journey.paths.differences if pair.q < 0.05}
    others = ["new-owner", "urban", "bargain", "decor", "handyman"]
    assert {frozenset(("gardener", name)) for name in others} <= different
    assert not different & {frozenset(pair) for pair in combinations(others, 2)}


def test_the_slot_page_hurts_most_and_a_missed_delivery_is_the_moment_of_truth(kit):
    assert kit.moments.moments[0].touchpoint == "home_delivery"
    assert kit.moments.pains[0].touchpoint == "delivery_slot"
    assert {one.touchpoint for one in kit.moments.engagements if one.verdict == "below"} >= {"delivery_slot"}


def test_the_slots_come_first_in_the_plan(kit):
    assert kit.actions.actions[0].id == "slots-on-page"


def test_the_test_is_read_as_planted(kit):
    reading = kit.target.test.reading
    assert (reading.decision, reading.winner) == ("adopt", "B")
    assert reading.sample_ratio.passes
    assert reading.variants[0].difference.value == pytest.approx(1068 / 2988 - 911 / 3012)


def test_the_review_finds_every_planted_error_and_no_other(kit):
    assert {finding.rule for finding in kit.review.findings if finding.severity == "error"} == ERRORS


def test_the_review_finds_every_planted_warning(kit):
    assert {finding.rule for finding in kit.review.findings if finding.severity == "warning"} >= WARNINGS
    assert found(kit, "T3")


@pytest.mark.parametrize(("rule", "touchpoint"), [
    ("T2", "delivery_slot"), ("T3", "garden_app"), ("I2", "garden_app"), ("I5", "phone_service"), ("Q1", "returns_desk"),
    ("F5", "self_checkout"), ("Q4", "click_collect"), ("Q8", "delivery_slot")])
def test_where_a_flaw_is(kit, rule, touchpoint):
    assert {finding.place.touchpoint for finding in found(kit, rule)} == {touchpoint}


def test_where_several_touchpoints_are_at_fault(kit):
    assert {finding.place.touchpoint for finding in found(kit, "T1")} == {"delivery_slot", "forum", "self_checkout"}
    assert {finding.place.touchpoint for finding in found(kit, "F4")} == {"home_delivery", None}  # None: the whole
    assert {finding.place.touchpoint for finding in found(kit, "T4")} == {"delivery_slot", "kiosk", "self_checkout"}
    assert {finding.place.touchpoint for finding in found(kit, "Q5")} == {"home_delivery", "phone_service"}
    assert "click_collect" in {finding.place.touchpoint for finding in found(kit, "H4")}


def test_gardeners_should_have_their_own_map(kit):
    names = {frozenset(map(str, (finding.facts["first"], finding.facts["second"]))) for finding in found(kit, "H2")}
    assert names == {frozenset(("Monique Lafargue", other)) for other in ("Sandrine Petit", "Hélène Vauquelin", "Jean-Marc Le Goff")}


def test_improvements_at_fault(kit):
    assert {finding.place.improvement for finding in found(kit, "Q3")} == {"saturday-slots", "workshops"}
    assert {finding.place.improvement for finding in found(kit, "Q7")} == {"app-logo"}


def test_personal_data_of_the_texts_are_masked(kit):
    texts = pd.concat([kit.evidence["verbatims"]["text"], kit.evidence["complaints"]["text"]])
    assert not texts.str.contains(r"@example\.fr|06 39 98|01 99 00", regex=True).any()
