"""Step 02 on words: polarity, themes, impact, complaints, conversations, Kano and waves, by hand on small tables."""

import json

import pytest

from cxkit.mining.themes import taxonomy
from cxkit.steps import voice
from cxkit.steps.voice_conversations import conversation_summary
from tests.evidence.public import public
from tests.steps.conftest import table

GOOD, BAD = "Accueil parfait, la vendeuse est très aimable.", "Le livreur n'est jamais venu, une honte."


@pytest.fixture
def compute(make_given):
    def run(client=None, folder=None, **rows):
        return voice.compute(make_given(client=client, folder=folder, **rows), voice.Parameters(engine="words"))
    return run


def said(text, n, **more):
    return [{"text": text, "language": "fr", "time": "2025-03-01", **more}] * n


def test_texts_are_read_with_side_reaction_and_rupture(compute):
    result = compute(verbatims=said(GOOD, 1) + said(BAD, 1) + said("Je ne reviendrai plus jamais, à fuir !", 1))
    sides = [(one.side, one.reaction, one.departure, one.advice) for one in result.readings]
    assert [side for side, *_ in sides[:2]] == ["positive", "negative"]
    assert sides[2][1:] == ("rupture", True, True)
    assert (result.reading.texts, result.reading.labels, result.reading.held_out_f1) == (3, 0, None)
    assert result.reading.departures == result.reading.advice == 1


def test_the_clients_scores_are_weak_labels_and_the_held_out_score_is_told(compute):
    rows = said(GOOD, 1)
    rows += [{"text": f"{GOOD} Numéro {i}.", "score": 10.0, "reaction": "delight"} for i in range(30)]
    rows += [{"text": f"{BAD} Numéro {i}.", "score": 2.0, "reaction": "dissatisfaction"} for i in range(30)]
    reading = compute(verbatims=rows).reading
    assert reading.labels == 60
    assert reading.held_out_f1 == 1.0


def test_a_text_may_be_mixed_and_carry_two_themes_each_with_its_side(compute):
    result = compute(verbatims=said("Accueil parfait, la vendeuse est très aimable, mais le livreur n'est jamais venu au rendez-vous, une honte.", 1))
    reading = result.readings[0]
    assert reading.mixed
    assert {(one.cause, one.side) for one in reading.mentions} == {("staff", "positive"), ("missed_appointment", "negative")}


def test_themes_count_texts_and_show_the_verbatims_behind_the_bar(compute):
    texts = [f"Le livreur n'est jamais venu au rendez-vous, une honte {i}." for i in range(40)]
    result = compute(verbatims=[{"text": text, "touchpoint": "home_delivery"} for text in texts])
    theme = next(one for one in result.themes if one.cause == "missed_appointment" and one.touchpoint is None)
    assert (theme.n, theme.negative, theme.net) == (40, 40, -1.0)
    assert [quote.side for quote in theme.quotes] == ["negative", "negative"]
    assert all(quote.text in texts for quote in theme.quotes)


def test_a_clients_cause_is_matched_by_its_phrases_and_its_touchpoints_by_their_words(compute):
    client = {"themes": {"causes": [{"id": "parking", "phrases": ["parking plein", "aucune place de stationnement", "facile de se garer"]}],
                         "touchpoints": {"car_park": ["parking*"]}}}
    result = compute(client=client, verbatims=said("Le parking était plein, aucune place.", 1))
    assert [(one.cause, one.touchpoint) for one in result.readings[0].mentions] == [("parking", "car_park")]


def test_contribution_is_share_times_difference(compute):
    rows = [{"text": f"Le livreur n'est jamais venu au rendez-vous {i}.", "score": 2.0} for i in range(30)]
    rows += [{"text": f"Bonjour {i}.", "score": 9.0} for i in range(30)]
    impact = compute(verbatims=rows).impact
    split = next(one for one in impact.scores if one.cause == "missed_appointment")
    assert (split.with_theme, split.without, split.share, split.contribution) == (-100, 100, 0.5, -100)
    assert impact.overall == 0
    assert impact.tested >= 1
    assert compute(verbatims=rows[1:]).impact.scores == ()


def test_employees_against_customers_shows_nets_only_on_bases_that_carry_them(compute):
    def rows(kind, good, bad):
        texts = [GOOD] * good + ["Une vendeuse désagréable, impolie, une honte."] * bad
        return [{"text": text, "kind": kind} for text in texts]

    wide = next(one for one in compute(verbatims=rows("reported", 10, 30) + rows("internal", 30, 10)).theme_gaps if one.cause == "staff")
    # nets −.5 and +.5 of 40 texts each: difference −1, standard error √(2 · (1 − .25)/40) = .1936
    assert (wide.customer_sides, wide.employee_sides, wide.difference) == ((10, 30), (30, 10), -1)
    assert (wide.low, wide.high) == (pytest.approx(-1.3795, abs=1e-3), pytest.approx(-0.6205, abs=1e-3))
    small = next(one for one in compute(verbatims=rows("reported", 10, 30) + rows("internal", 10, 0)).theme_gaps if one.cause == "staff")
    assert (small.employees, small.employee_sides, small.employee_net, small.difference) == (10, (10, 0), None, None)


def test_complaints_tell_delays_recurrence_cost_and_the_activity_behind(compute):
    rows = [{"respondent": "a", "time": "2025-01-01", "answered": "2025-01-03", "solved": "2025-01-11", "cause": "late", "cost": 10.0,
             "asked": "refund", "given": "refund", "touchpoint": "home_delivery", "stage": "use"},
            {"respondent": "a", "time": "2025-02-01", "answered": "2025-02-07", "cause": "late", "cost": 30.0, "asked": "refund", "given": "none"},
            {"respondent": "b", "time": "2025-03-01", "text": "Le livreur n'est jamais venu au rendez-vous."}]
    summary = compute(complaints=rows).complaints
    late, read = summary.causes
    assert (late.cause, late.n, late.recurrent, late.unsolved, late.total_cost) == ("late", 2, 1, 1, 40)
    assert (late.days_to_answer, late.days_to_solve) == (4, 10)
    assert [(origin.touchpoint, origin.n, origin.activities) for origin in late.origins] == [("home_delivery", 1, ())]
    assert (read.cause, read.read) == ("missed_appointment", True)
    assert (summary.days_between, summary.vital) == (31, 2)
    assert summary.exchanges == (("refund", "none", 1), ("refund", "refund", 1))


def test_conversations_tell_promises_hand_overs_and_the_expected_sequence():
    rows = [("agent", "Hello, how can I help?"), ("customer", "My parcel never came. Where is it?"),
            ("action", "Account has been pulled up."), ("agent", "I will call you tomorrow morning."),
            ("agent", "I'll transfer you to my manager."), ("supervisor", "Your refund will be processed within two days."),
            ("action", "A voucher has been sent.")]
    turns = table("conversations", [{"conversation": "c", "turn": i, "role": role, "text": text, "start": 10.0 * i, "end": 10.0 * i + 12}
                                    for i, (role, text) in enumerate(rows)])
    summary = conversation_summary(turns, expected={"s": {"pull-up": ("pulled up",), "verify": ("identity has been verified",)}})
    assert [(one.kind, one.role, one.when) for one in summary.promises] == [
        ("action", "machine", None), ("commitment", "adviser", "tomorrow morning"), ("commitment", "adviser", None),
        ("commitment", "supervisor", "within two days"), ("action", "machine", None)]
    assert summary.talks[0].hand_overs == 1
    assert summary.talks[0].asked == ("Where is it?",)
    assert summary.interruptions == 5
    deviation = summary.deviations[0]
    assert (deviation.done, deviation.missing, deviation.extra) == (("pull-up",), ("verify",), ("A voucher has been sent.",))


def test_kano_gives_category_and_coefficients(compute):
    pairs = {("like", "neutral"): 20, ("like", "dislike"): 30, ("neutral", "dislike"): 35, ("neutral", "neutral"): 10}
    rows = [{"feature": "slots", "functional": first, "dysfunctional": second, "respondent": f"{first}{second}{i}"}
            for (first, second), n in pairs.items() for i in range(n)]
    found = compute(kano=rows).kano[0]
    assert (found.feature, found.category, found.n) == ("slots", "M", 95)
    assert (found.better, found.worse) == (pytest.approx(0.5263, abs=1e-4), pytest.approx(-0.6842, abs=1e-4))


def test_waves_are_survey_files_in_time(compute):
    def wave(source, year, promoters, detractors):
        rows = [{"metric": "nps", "of": "overall", "value": 10.0 if i < promoters else 0.0, "low": 0.0, "high": 10.0, "time": f"{year}-03-01"}
                for i in range(promoters + detractors)]
        return [row | {"source": source, "respondent": f"{source}{i}"} for i, row in enumerate(rows)]

    change = compute(scores=wave("w1", 2024, 60, 40) + wave("w2", 2025, 80, 20)).waves[0]
    assert (change.first, change.second) == ("w1", "w2")
    assert (change.before.value, change.after.value, change.change) == (pytest.approx(20), pytest.approx(60), pytest.approx(40))
    # standard error of the difference of two nets: √((1 − .2²)/100 + (1 − .6²)/100) = .12649
    assert (change.low, change.high) == (pytest.approx(40 - 1.96 * 12.649, abs=0.01), pytest.approx(40 + 1.96 * 12.649, abs=0.01))


def test_sample_chats_of_others_are_read_right():
    chats = json.loads(public("abcd", "abcd_sample.json").read_text(encoding="utf-8"))
    turns = table("conversations", [{"conversation": str(chat["convo_id"]), "turn": place, "role": role, "text": text}
                                    for chat in chats for place, (role, text) in enumerate(chat["original"], 1)])
    summary = conversation_summary(turns, None, taxonomy())
    assert {role.role: role.turns for role in summary.roles} == {"adviser": 32, "customer": 31, "machine": 9}
    topics = {talk.conversation: set(talk.topics) for talk in summary.talks}
    assert "returns" in topics["3592"]
    assert "refund" in topics["9489"]
    actions = [(one.conversation, one.text) for one in summary.promises if one.kind == "action"]
    assert len(actions) == 9
    assert ("3592", "The manager has been notified.") in actions
    promised = [(one.conversation, one.role, one.text) for one in summary.promises if one.kind == "commitment"]
    assert promised == [("3592", "adviser", "OK, I have let my manager know, they will give you a call."),
                        ("9489", "adviser", "everything in order, soon I will indicate the status of your refund."),
                        ("3695", "adviser", "Ok, sorry for the doubt and I will answer your question.")]
    assert summary.talks[0].asked == ("I need to return an item, can you help me with that?", "What if I ask really, really nicely?")
    assert "how much long till it is refunded" in summary.talks[1].asked
