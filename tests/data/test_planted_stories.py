"""Each planted story of data/README.md, read from the raw files with pandas: the truth that the kit must recover."""

import pandas as pd
import pytest

from data.generator.retailer.calendar import NEW_CARRIER, SELF_CHECKOUT

MAP_DATE = pd.Timestamp("2026-02-15")


def share(condition) -> float:
    return round(100 * float(condition.mean()), 1)


def nps(scores) -> float:
    scores = scores.dropna()
    return round(100 * float((scores >= 9).mean() - (scores <= 6).mean()), 1)


def lost(raw) -> pd.DataFrame:
    """Episodes with their last touchpoint and whether they ended in a purchase."""
    return raw.log.groupby("episode").agg(
        last=("point_de_contact", "last"), bought=("point_de_contact", lambda names: "purchase" in set(names)),
        type=("type", "first"), first=("canal", "first"))


def test_nps_as_counted_by_hand(raw):
    scores = raw.survey["recommandation"].dropna()
    assert (len(scores), int((scores >= 9).sum()), int((scores <= 6).sum())) == (786, 292, 214)
    assert nps(scores) == 9.9


def test_delivery_slot_loses_prospects_and_no_other_page_does(raw):
    episodes = lost(raw)
    before = ["product_page", "cart", "delivery_slot", "payment", "store_adviser", "store_aisle", "till", "review_site"]
    exits = {}
    for name in before:
        met = raw.log.loc[raw.log["point_de_contact"] == name, "episode"].unique()
        mine = episodes.loc[met]
        exits[name] = share((mine["last"] == name) & ~mine["bought"])
    assert exits["delivery_slot"] == 37.7
    assert max(value for name, value in exits.items() if name != "delivery_slot") < 19


def test_missed_deliveries_drive_detractors(raw):
    detractors = raw.survey[raw.survey["recommandation"] <= 6]
    promoters = raw.survey[raw.survey["recommandation"] >= 9]
    assert share(detractors["note_home_delivery"] <= 2) == 68.7
    assert share(promoters["note_home_delivery"] <= 2) == 1.7
    words = raw.texts[raw.texts["note"] <= 6]
    assert words["point_de_contact"].value_counts().index[0] == "home_delivery"
    assert raw.complaints["point_de_contact"].value_counts().index[0] == "home_delivery"
    assert int((raw.complaints["cause"] == "missed").sum()) == 22


def test_gardeners_take_another_path(raw):
    early = raw.log[raw.log.groupby("episode").cumcount() < 2]
    store = (early["canal"] == "store").groupby(early["episode"]).any()
    by_type = store.groupby(raw.log.groupby("episode")["type"].first()).mean().mul(100).round(1)
    assert by_type["gardener"] == 77.7
    assert by_type.drop("gardener").max() < 24
    assert by_type.drop("gardener").min() > 15


def test_gardeners_are_the_promoters(raw):
    by_type = raw.survey.groupby("type")["recommandation"].apply(nps)
    assert by_type["gardener"] == 51.7
    assert by_type.drop("gardener").max() < 25


def test_pick_up_hides_opposite_reactions(raw):
    ratings = raw.survey["note_click_collect"].dropna()
    assert share(ratings >= 4) == 51.1
    assert share(ratings <= 2) == 44.3
    assert round(ratings.mean(), 2) == 3.15
    bulky = raw.survey["type"].isin(["new-owner", "decor"])
    assert raw.survey.loc[bulky, "note_click_collect"].mean() < 2.3
    assert raw.survey.loc[~bulky, "note_click_collect"].mean() > 4


def test_the_phone_is_not_the_satisfaction_that_the_map_draws(raw):
    ratings = raw.survey["note_phone_service"].dropna()
    assert (len(ratings), round(ratings.mean(), 2)) == (149, 2.26)
    assert share(ratings <= 2) > 60


def test_web_to_phone_silo_break_on_a_frequent_path(raw):
    broken = raw.log[(raw.log["point_de_contact"] == "help_form") & (raw.log["next"] == "phone_service")]
    assert round(100 * broken["episode"].nunique() / raw.log["episode"].nunique(), 1) == 7.5


def test_home_delivery_got_worse_with_the_new_carrier(raw):
    after = raw.survey["date"] >= NEW_CARRIER
    means = raw.survey.groupby(after)["note_home_delivery"].mean().round(2)
    assert (means[False], means[True]) == (3.01, 1.89)


def test_self_checkout_appears_after_the_map(raw):
    tills = raw.log[raw.log["point_de_contact"] == "self_checkout"]
    assert tills["horodatage"].min() >= SELF_CHECKOUT > MAP_DATE
    since = raw.log[raw.log["horodatage"] >= MAP_DATE]
    assert len(tills) / len(since) > 0.02


def test_used_without_being_deployed_and_deployed_without_being_used(raw):
    used = set(raw.log["point_de_contact"])
    assert {"review_site", "forum", "price_comparator"} <= used
    assert not {"garden_app", "kiosk"} & used


def test_the_log_has_ties_and_loops(raw):
    assert raw.log.duplicated(["client", "horodatage"]).sum() > 2000
    repeated = raw.log.groupby("episode")["point_de_contact"].agg(lambda names: names.duplicated().any())
    assert repeated.mean() > 0.3


def test_slots_on_the_product_page_sell_more(raw):
    test = pd.read_csv(raw.evidence / "experiment.csv").groupby("variante")["achat"].agg(["size", "sum"])
    assert test.loc["A"].tolist() == [3012, 911]
    assert test.loc["B"].tolist() == [2988, 1068]


def test_kano_counts(raw):
    answers = pd.read_csv(raw.evidence / "kano.csv", sep=";", encoding="utf-8-sig")
    reminder = answers[answers["fonctionnalite"] == "rappel_30_minutes_avant"]
    must_be = (reminder["si_present"] == "neutre") & (reminder["si_absent"] == "deplait")
    assert (len(reminder), int(must_be.sum())) == (120, 58)


def test_every_phone_number_and_address_is_from_the_fictional_ranges(raw):
    texts = " ".join(raw.texts["texte"]) + " ".join(raw.complaints["texte"])
    numbers = pd.Series(texts).str.extractall(r"(\b0\d(?: \d\d){4})")[0]
    assert len(numbers) >= 8
    assert numbers.str.match(r"06 39 98|01 99 00").all()
    assert pd.Series(texts).str.extractall(r"@([\w.-]+\w)")[0].isin(["example.fr"]).all()


@pytest.mark.parametrize("threat", ["concurrence", "FUYEZ", "dernière"])
def test_some_threaten_to_leave_or_warn_others(raw, threat):
    assert raw.texts["texte"].str.contains(threat).any()
