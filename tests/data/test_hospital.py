"""Hôpital de Vallombre: the planted stories of data/README.md in the raw files, and what the kit makes of them."""

from types import SimpleNamespace

import pandas as pd
import pytest

from cxkit.steps import personas
from cxkit.steps.base import Given
from tests.data.conftest import DATA
from tests.data.kit import agreement, by_severity, computed, hidden_types, places

EVIDENCE = DATA / "hopital-vallombre" / "evidence"
CONNECTED = ["parent", "worker", "young"]


def share(condition) -> float:
    return round(100 * float(condition.mean()), 1)


def nps(scores) -> float:
    scores = scores.dropna()
    return round(100 * float((scores >= 9).mean() - (scores <= 6).mean()), 1)


@pytest.fixture(scope="module")
def files() -> SimpleNamespace:
    """The survey with codes as nulls, the appointment book and the log by case and time, all with the hidden type."""
    truth = pd.read_csv(DATA / "generator" / "truth" / "hopital-vallombre" / "people.csv", sep=";").set_index("person")["type"]
    survey = pd.read_csv(EVIDENCE / "survey.csv", sep=";", decimal=",", encoding="utf-8-sig")
    survey["recommandation"] = survey["recommandation"].where(survey["recommandation"] <= 10)
    for column in [name for name in survey if name.startswith("note_")]:
        survey[column] = survey[column].where(survey[column].between(1, 5))
    survey["type"] = survey["patient"].map(truth)
    book = pd.read_csv(EVIDENCE / "appointments.csv", parse_dates=["rendez_vous_le", "compte_rendu_le"])
    book["type"], book["absent"] = book["patient"].map(truth), book["statut"] == "absent"
    log = pd.read_csv(EVIDENCE / "contacts.csv", parse_dates=["horodatage", "rendez_vous_le"])
    log = log.sort_values(["dossier", "horodatage"], kind="stable", ignore_index=True)
    log["next"] = log.groupby("dossier")["point_de_contact"].shift(-1)
    log["last"] = log.groupby("dossier")["point_de_contact"].transform("last")
    return SimpleNamespace(truth=truth, survey=survey, book=book, log=log)


def test_five_types_of_patients(files):
    assert files.truth.value_counts().to_dict() == {"chronic": 384, "senior": 352, "parent": 320, "worker": 320, "young": 224}


def test_the_phone_loses_booking_attempts_in_the_morning_only(files):
    calls = files.log[files.log["point_de_contact"] == "phone_line"]
    lost = calls["last"] == "phone_line"
    morning = calls["horodatage"].dt.hour.isin([8, 9])
    assert (int(morning.sum()), int(lost[morning].sum()), share(lost[morning])) == (480, 149, 31.0)
    assert share(lost[~morning]) == 6.0
    for way in ("web_booking", "booking_desk"):
        booked = files.log[files.log["point_de_contact"] == way]
        assert share(booked["last"] == way) < 6


def test_only_the_young_without_a_reminder_stay_away(files):
    absent = files.book.groupby(["type", "rappel_sms"])["absent"].mean().mul(100).round(1)
    assert (absent["young", "non"], absent["young", "oui"]) == (39.3, 6.5)
    assert absent.drop(("young", "non")).max() <= 10
    unreminded = files.book[(files.book["type"] == "young") & (files.book["rappel_sms"] == "non")]
    assert (len(files.book), int(files.book["absent"].sum()), int(unreminded["absent"].sum())) == (1728, 119, 53)


def test_late_letters_make_detractors(files):
    kept = files.book.dropna(subset=["compte_rendu_le"])
    days = (kept["compte_rendu_le"] - kept["rendez_vous_le"].dt.normalize()).dt.days
    assert share(days > 15) == 40.4
    letter, recommend = files.survey["note_visit_letter"], files.survey["recommandation"]
    assert share(letter[recommend <= 6] <= 2) == 83.8
    assert share(letter[recommend >= 9] <= 2) == 0.0
    assert nps(recommend[letter >= 4]) == 41.9


def test_nps_as_counted_by_hand(files):
    scores = files.survey["recommandation"].dropna()
    assert (len(scores), int((scores >= 9).sum()), int((scores <= 6).sum()), nps(scores)) == (715, 210, 308, -13.7)


def test_remote_visits_hide_opposite_reactions(files):
    ratings = files.survey["note_teleconsultation"]
    assert (ratings.count(), round(ratings.mean(), 2), share(ratings.dropna() >= 4), share(ratings.dropna() <= 2)) == (254, 3.2, 51.6, 42.9)
    connected = files.survey["type"].isin(CONNECTED)
    assert ratings[connected].mean() > 4.4
    assert ratings[~connected].mean() < 1.8


def test_the_admissions_desk_is_not_the_satisfaction_that_the_map_draws(files):
    ratings = files.survey["note_arrival_desk"].dropna()
    assert (len(ratings), round(ratings.mean(), 2)) == (443, 2.23)


def test_those_who_call_for_the_letter_are_sent_on(files):
    sent = files.log[(files.log["point_de_contact"] == "secretariat") & (files.log["next"] == "records_office")]
    assert (sent["dossier"].nunique(), files.log["dossier"].nunique()) == (213, 2000)


def test_before_during_and_after_the_appointment(files):
    minutes = (files.log["horodatage"] - files.log["rendez_vous_le"]).dt.total_seconds() / 60
    of = files.log.assign(minutes=minutes).dropna(subset="minutes").groupby("point_de_contact")["minutes"]
    for before in ("phone_line", "web_booking", "convocation", "pre_admission", "sms_reminder"):
        assert of.max()[before] < -24 * 60, before
    for during in ("arrival_desk", "waiting_room", "consultation", "teleconsultation", "visit_kept"):
        assert of.min()[during] >= -35, during
        assert of.max()[during] < 4 * 60, during
    for after in ("visit_letter", "secretariat", "records_office"):
        assert of.min()[after] > 24 * 60, after


def test_a_kiosk_appears_after_the_map(files):
    kiosk = files.log[files.log["point_de_contact"] == "arrival_kiosk"]
    assert kiosk["horodatage"].min() >= pd.Timestamp("2026-03-02")
    assert share(files.log.loc[files.log["horodatage"] >= "2026-02-12", "point_de_contact"] == "arrival_kiosk") > 2


def test_used_without_being_deployed_and_deployed_without_being_used(files):
    used = set(files.log["point_de_contact"])
    assert {"gp_letter", "review_page", "private_platform"} <= used
    assert not {"health_app", "education_tablet"} & used


def test_a_reminder_with_a_link_keeps_slots():
    test = pd.read_csv(EVIDENCE / "reminder-test.csv").groupby("variante")["honore_ou_annule"].agg(["size", "sum"])
    assert (test.loc["A"].tolist(), test.loc["B"].tolist()) == ([1806, 1553], [1794, 1651])


@pytest.fixture(scope="module")
def kit() -> SimpleNamespace:
    return computed("hopital-vallombre", "personas", "voice", "touchpoints", "journey", "moments", "quality", "actions", "target", "review")


def test_the_kit_reads_the_scores_and_finds_the_leak():
    study = computed("hopital-vallombre", "touchpoints", "voice")
    nps = next(estimate for estimate in study.voice.unweighted if estimate.metric == "nps")
    assert nps.counts == {"promoters": 210, "passives": 197, "detractors": 308}
    assert study.voice.drivers[0].touchpoint == "visit_letter"
    assert [view.id for view in study.touchpoints.touchpoints if view.exit and view.exit.leaking] == ["phone_line"]


@pytest.mark.slow
def test_the_data_carry_the_five_types():
    study = computed("hopital-vallombre")
    drawn = personas.compute(Given(study.folder, study.evidence, {}), personas.Parameters(source="data"))
    assigned, index = agreement(drawn.assignments, hidden_types("hopital-vallombre", study.folder))
    assert (drawn.segmentation.carried, assigned) == (5, 1600)
    assert index > 0.9
    assert {one.kind for one in drawn.personas if one.origin == "data"} == {"public"}


@pytest.mark.slow
def test_declared_personas_follow_the_hidden_types(kit):
    assigned, index = agreement(kit.personas.assignments, hidden_types("hopital-vallombre", kit.folder))
    assert assigned > 0.8 * 1600
    assert index > 0.8


@pytest.mark.slow
def test_the_letter_leads_the_drivers_of_detractors(kit):
    assert kit.voice.drivers[0].touchpoint == "visit_letter"
    assert kit.voice.drivers[0].q < 0.001


@pytest.mark.slow
def test_only_the_phone_leaks(kit):
    assert [view.id for view in kit.touchpoints.touchpoints if view.exit and view.exit.leaking] == ["phone_line"]
    assert {one.touchpoint for one in kit.moments.engagements if one.verdict == "below"} == {"phone_line"}
    assert kit.moments.pains[0].touchpoint == "phone_line"
    assert kit.actions.actions[0].id == "call-back"


@pytest.mark.slow
def test_the_inventory(kit):
    status = {view.id: view.status for view in kit.touchpoints.touchpoints}
    assert {name for name, value in status.items() if value == "used_undeployed"} == {"gp_letter", "review_page", "private_platform"}
    assert {name for name, value in status.items() if value == "deployed_unused"} == {"health_app", "education_tablet"}


@pytest.mark.slow
def test_the_test_is_read_as_planted(kit):
    reading = kit.target.test.reading
    assert (reading.decision, reading.winner) == ("adopt", "B")
    assert reading.variants[0].difference.value == pytest.approx(1651 / 1794 - 1553 / 1806)


@pytest.mark.slow
def test_the_review_finds_the_planted_flaws(kit):
    assert by_severity(kit.review, "error") == {"I2", "I5", "H2", "C1", "F1", "Q1", "Q3"}
    assert by_severity(kit.review, "warning") >= {"T1", "T4", "H3", "H4", "C2", "C4", "F3", "F5", "Q4", "Q5", "Q6", "Q7", "Q8"}
    assert places(kit.review, "I5") == {"arrival_desk"}
    assert places(kit.review, "Q1") == {"records_office"}
    assert places(kit.review, "I2") == {"health_app"}
    assert places(kit.review, "F5") == {"arrival_kiosk"}
    assert places(kit.review, "Q8") == {"phone_line"}
    assert "teleconsultation" in places(kit.review, "H4")
    assert "records_office" in places(kit.review, "Q5")
