"""Fenmoor Systems: the planted stories of data/README.md in the raw files, and what the kit makes of them."""

from types import SimpleNamespace

import pandas as pd
import pytest

from cxkit.steps import personas
from cxkit.steps.base import Given
from tests.data.conftest import DATA
from tests.data.kit import agreement, by_severity, computed, hidden_types, places

EVIDENCE = DATA / "fenmoor-systems" / "evidence"
USERS = ["operations", "engineer"]
FUNNEL = ("demo_request", "discovery_call", "demo", "pilot", "proposal", "negotiation")


def share(condition) -> float:
    return round(100 * float(condition.mean()), 1)


def nps(scores) -> float:
    scores = scores.dropna()
    return round(100 * float((scores >= 9).mean() - (scores <= 6).mean()), 1)


@pytest.fixture(scope="module")
def files() -> SimpleNamespace:
    """The survey with codes as nulls, the deal log by deal and time, deals closed for 120 days or signed, accounts and tickets."""
    truth = pd.read_csv(DATA / "generator" / "truth" / "fenmoor-systems" / "people.csv", sep=";").set_index("person")["type"]
    survey = pd.read_csv(EVIDENCE / "survey.csv")
    survey["recommend"] = survey["recommend"].where(survey["recommend"] <= 10)
    for column in [name for name in survey if name.startswith("rate_")]:
        survey[column] = survey[column].where(survey[column].between(1, 5))
    survey["type"] = survey["contact"].map(truth)
    log = pd.read_csv(EVIDENCE / "deals.csv", parse_dates=["timestamp"]).sort_values(["deal", "timestamp"], kind="stable")
    deals = log.groupby("deal").agg(
        start=("timestamp", "min"), end=("timestamp", "max"), last=("touchpoint", "last"), people=("contact", "nunique"),
        rounds=("touchpoint", lambda names: int((names == "security_questionnaire").sum())),
        signed=("touchpoint", lambda names: "contract_signed" in set(names)))
    closed = deals[deals["signed"] | (deals["end"] < pd.Timestamp("2026-05-01") - pd.Timedelta(days=120))]
    accounts = pd.read_csv(EVIDENCE / "accounts.csv")
    accounts["slow"] = accounts["median_first_answer_hours"] > 24
    accounts["regulated"] = accounts["sector"].isin(["Pharmaceuticals", "Food and drink"])
    tickets = pd.read_csv(EVIDENCE / "tickets.csv", parse_dates=["opened", "first_answer"])
    return SimpleNamespace(truth=truth, survey=survey, log=log, deals=deals, closed=closed, accounts=accounts, tickets=tickets)


def test_five_roles_of_the_buying_centre_in_few_accounts(files):
    assert files.truth.value_counts().to_dict() == {"operations": 210, "engineer": 195, "buyer": 133, "security": 125, "executive": 117}
    assert (len(files.accounts), files.accounts["contacts"].min(), files.accounts["contacts"].median()) == (96, 4, 7)


def test_deals_last_months_and_pass_through_several_hands(files):
    signed = files.log[files.log["touchpoint"] == "contract_signed"].set_index("deal")["timestamp"]
    days = (signed - files.deals.loc[signed.index, "start"]).dt.days
    assert (len(files.deals), len(signed), days.median()) == (360, 170, 142.5)
    assert files.deals["people"].median() == 5


def test_the_security_questionnaire_stalls_deals_from_the_third_round(files):
    asked = files.closed[files.closed["rounds"] > 0]
    stalled = (asked["last"] == "security_questionnaire") & ~asked["signed"]
    long = asked["rounds"] >= 3
    assert (int(long.sum()), int(stalled[long].sum()), share(stalled[long])) == (97, 57, 58.8)
    assert share(stalled[~long]) == 4.0
    for step in FUNNEL:
        met = files.closed.loc[files.closed.index.isin(files.log.loc[files.log["touchpoint"] == step, "deal"])]
        assert share((met["last"] == step) & ~met["signed"]) < 6, step


def test_onboarding_pleases_users_and_not_those_who_pay(files):
    ratings, users = files.survey["rate_onboarding"], files.survey["type"].isin(USERS)
    assert (ratings.count(), round(ratings.mean(), 2), share(ratings.dropna() >= 4), share(ratings.dropna() <= 2)) == (340, 3.16, 47.1, 40.6)
    assert (round(ratings[users].mean(), 2), round(ratings[~users].mean(), 2)) == (4.38, 2.21)


def test_renewal_follows_support_in_regulated_sectors_only(files):
    renewed = (files.accounts["renewal_2026"] == "renewed").groupby([files.accounts["regulated"], files.accounts["slow"]]).agg(["size", "sum"])
    assert renewed.loc[(True, False)].tolist() == [20, 18]
    assert renewed.loc[(True, True)].tolist() == [19, 7]
    assert renewed.loc[(False, False)].tolist() == [30, 24]
    assert renewed.loc[(False, True)].tolist() == [27, 21]


def test_the_tickets_say_which_accounts_wait(files):
    hours = (files.tickets["first_answer"] - files.tickets["opened"]).dt.total_seconds() / 3600
    median = hours.groupby(files.tickets["account"]).median()
    assert len(files.tickets) == 900
    assert ((median > 24) == files.accounts.set_index("account")["slow"]).all()


def test_slow_support_makes_detractors(files):
    slow = files.survey["account"].map(files.accounts.set_index("account")["slow"])
    recommend, support = files.survey["recommend"], files.survey["rate_support_desk"]
    assert (nps(recommend), nps(recommend[slow]), nps(recommend[~slow])) == (-24.8, -55.2, 12.8)
    assert share(support[recommend <= 6] <= 2) == 51.9
    assert share(support[recommend >= 9] <= 2) == 0.0


def test_support_is_not_the_satisfaction_that_the_map_draws(files):
    ratings = files.survey["rate_support_desk"].dropna()
    assert (len(ratings), round(ratings.mean(), 2)) == (222, 2.62)


def test_an_assistant_appears_after_the_map(files):
    assistant = files.log[files.log["touchpoint"] == "support_assistant"]
    assert assistant["timestamp"].min() >= pd.Timestamp("2026-02-23")
    assert share(files.log.loc[files.log["timestamp"] >= "2026-02-17", "touchpoint"] == "support_assistant") > 2


def test_used_without_being_deployed_and_deployed_without_being_used(files):
    used = set(files.log["touchpoint"])
    assert {"peer_reviews", "analyst_report", "user_group"} <= used
    assert not {"roi_calculator", "partner_portal"} & used


def test_a_short_form_brings_more_requests():
    test = pd.read_csv(EVIDENCE / "form-test.csv").groupby("variant")["requested"].agg(["size", "sum"])
    assert (test.loc["A"].tolist(), test.loc["B"].tolist()) == ([2604, 83], [2596, 130])


@pytest.fixture(scope="module")
def kit() -> SimpleNamespace:
    return computed("fenmoor-systems", "personas", "voice", "touchpoints", "journey", "moments", "quality", "actions", "target", "review")


def test_the_kit_reads_the_scores_and_finds_the_leak():
    study = computed("fenmoor-systems", "touchpoints", "voice")
    nps = next(estimate for estimate in study.voice.unweighted if estimate.metric == "nps")
    assert nps.counts == {"promoters": 93, "passives": 156, "detractors": 206}
    assert study.voice.drivers[0].touchpoint == "support_desk"
    assert [view.id for view in study.touchpoints.touchpoints if view.exit and view.exit.leaking] == ["security_questionnaire"]


@pytest.mark.slow
def test_the_data_carry_the_five_roles():
    study = computed("fenmoor-systems")
    drawn = personas.compute(Given(study.folder, study.evidence, {}), personas.Parameters(source="data"))
    assigned, index = agreement(drawn.assignments, hidden_types("fenmoor-systems", study.folder))
    assert (drawn.segmentation.carried, assigned) == (5, 780)
    assert index > 0.9
    assert {one.kind for one in drawn.personas if one.origin == "data"} == {"b2b"}


@pytest.mark.slow
def test_declared_personas_follow_the_hidden_roles(kit):
    assigned, index = agreement(kit.personas.assignments, hidden_types("fenmoor-systems", kit.folder))
    assert assigned > 0.8 * 780
    assert index > 0.8


@pytest.mark.slow
def test_support_leads_the_drivers_of_detractors(kit):
    assert kit.voice.drivers[0].touchpoint == "support_desk"
    assert kit.voice.drivers[0].q < 0.001
    assert kit.moments.moments[0].touchpoint == "support_desk"


@pytest.mark.slow
def test_only_the_security_questionnaire_leaks(kit):
    assert [view.id for view in kit.touchpoints.touchpoints if view.exit and view.exit.leaking] == ["security_questionnaire"]
    assert kit.moments.pains[0].touchpoint == "security_questionnaire"
    assert kit.actions.actions[0].id == "answer-library"


@pytest.mark.slow
def test_the_inventory(kit):
    status = {view.id: view.status for view in kit.touchpoints.touchpoints}
    assert {name for name, value in status.items() if value == "used_undeployed"} == {"analyst_report", "peer_reviews", "user_group"}
    assert {name for name, value in status.items() if value == "deployed_unused"} == {"roi_calculator", "partner_portal"}


@pytest.mark.slow
def test_the_test_is_read_as_planted(kit):
    reading = kit.target.test.reading
    assert (reading.decision, reading.winner) == ("adopt", "B")
    assert reading.variants[0].difference.value == pytest.approx(130 / 2596 - 83 / 2604)


@pytest.mark.slow
def test_the_review_finds_the_planted_flaws(kit):
    assert by_severity(kit.review, "error") == {"T2", "I2", "I5", "C1", "F1", "Q3"}
    assert by_severity(kit.review, "warning") >= {"T1", "T4", "H3", "H4", "C2", "C4", "F3", "F5", "Q5", "Q6", "Q7", "Q8"}
    assert places(kit.review, "T2") == {"security_questionnaire"}
    assert places(kit.review, "I5") == {"support_desk"}
    assert places(kit.review, "I2") == {"roi_calculator"}
    assert places(kit.review, "F5") == {"support_assistant"}
    assert places(kit.review, "Q8") == {"security_questionnaire"}
    assert places(kit.review, "T3") == {"roi_calculator", "partner_portal"}
    assert "onboarding" in places(kit.review, "H4")


@pytest.mark.slow
def test_a_log_of_accounts_says_nothing_of_roles(kit):
    assert "no_personas_in_log" in {gap.key for gap in kit.review.gaps}
