"""Step 02: figures by hand on small tables."""

import pytest

from cxkit.steps import voice
from cxkit.steps.base import Estimate
from cxkit.steps.disclosure import protected
from cxkit.steps.voice_quotes import central


def nps_rows(counts, **extra):
    return [{"metric": "nps", "of": "overall", "value": float(value), "low": 0.0, "high": 10.0, "respondent": f"r{value}-{i}",
             "time": "2025-03-01", **extra} for value, n in counts.items() for i in range(n)]


def test_overall_nps_has_the_golden_interval(make_given):
    result = voice.compute(make_given(scores=nps_rows({10: 50, 8: 30, 2: 20})), voice.Parameters())
    nps = next(e for e in result.overall if e.metric == "nps")
    assert (nps.value, nps.n) == (30.0, 100)
    assert (nps.low, nps.high) == (pytest.approx(14.051, abs=1e-3), pytest.approx(44.201, abs=1e-3))


def test_small_groups_show_counts_or_nothing(make_given):
    rows = nps_rows({10: 20}, channel="web") + nps_rows({9: 9}, channel="phone") + nps_rows({8: 4}, channel="store")
    result = voice.compute(make_given(scores=rows), voice.Parameters())
    by_channel = {b.key: b.estimates[0] for b in result.breakdowns if b.dimension == "channel"}
    assert (by_channel["web"].base, by_channel["web"].value, by_channel["web"].counts["promoters"]) == ("counts_only", None, 20)
    assert (by_channel["phone"].base, by_channel["phone"].value, by_channel["phone"].counts) == ("suppressed", None, {})


def test_what_is_hidden_is_not_found_by_difference(make_given):
    """40 by web and 12 by phone beside 9 in store, of 61: with the store alone hidden, 61 less 52 would tell its figure."""
    rows = nps_rows({10: 40}, channel="web") + nps_rows({9: 12}, channel="phone") + nps_rows({2: 9}, channel="store")
    result = voice.compute(make_given(scores=rows), voice.Parameters())
    found = {b.key: (b.estimates[0].base, b.estimates[0].value, b.estimates[0].counts) for b in result.breakdowns if b.dimension == "channel"}
    assert found == {"web": ("weak", 100.0, {"promoters": 40, "passives": 0, "detractors": 0}), "phone": ("suppressed", None, {}),
                     "store": ("suppressed", None, {})}
    # who names no channel is hidden, too; ten of them, or two hidden groups of ten together, give nobody away
    nowhere = [{**row, "channel": None} for row in nps_rows({2: 9})]
    result = voice.compute(make_given(scores=rows[:52] + nowhere), voice.Parameters())
    assert [b.estimates[0].base for b in result.breakdowns if b.dimension == "channel"] == ["suppressed", "weak"]
    small, large = Estimate(metric="nps", n=5), Estimate(metric="nps", n=20, base="counts_only")
    assert protected([small, small, large]) == (small, small, large)
    assert protected([large], 10) == (large,)
    assert protected([large], 9)[0].base == "suppressed"


def test_driver_is_what_detractors_speak_of_more_than_promoters(make_given):
    def said(touchpoint, score, n):
        return [{"touchpoint": touchpoint, "score": score, "text": "x" * 30, "reaction": None}] * n

    texts = said("delivery", 2.0, 30) + said("shop", 2.0, 10) + said("delivery", 10.0, 5) + said("shop", 10.0, 35)
    result = voice.compute(make_given(verbatims=texts), voice.Parameters())
    assert result.drivers[0].touchpoint == "delivery"
    assert result.drivers[0].difference == pytest.approx(30 / 40 - 5 / 40)
    assert result.drivers[0].q < 0.05
    assert result.tested == 2


def test_complaints_tell_recurrence_and_delay(make_given):
    rows = [{"respondent": "a", "time": "2025-01-01", "solved": "2025-01-11", "cause": "late"},
            {"respondent": "a", "time": "2025-02-01", "solved": "2025-02-03", "cause": "late"},
            {"respondent": "b", "time": "2025-02-01", "cause": "broken"}]
    summary = voice.compute(make_given(complaints=rows), voice.Parameters()).complaints
    assert (summary.n, summary.customers, summary.recurrent_customers, summary.unsolved) == (3, 2, 1, 1)
    assert summary.days_to_solve == 6.0
    assert [(c.cause, c.n, c.cumulative) for c in summary.causes] == [("late", 2, pytest.approx(2 / 3)), ("broken", 1, 1.0)]


def test_conversation_word_share_and_switches(make_given):
    rows = [{"conversation": "c", "turn": 1, "role": "adviser", "text": "Hello how can I help?"},
            {"conversation": "c", "turn": 2, "role": "customer", "text": "My parcel is lost again today, really"},
            {"conversation": "c", "turn": 3, "role": "adviser", "text": "Sorry"}]
    summary = voice.compute(make_given(conversations=rows), voice.Parameters()).conversations
    assert summary.switches_per_conversation == 2
    shares = {r.role: (r.word_share, r.questions) for r in summary.roles}
    assert shares == {"adviser": (pytest.approx(6 / 13), 1), "customer": (pytest.approx(7 / 13), 0)}


def test_the_central_text_shares_most_words_with_the_others():
    texts = ["la livraison est en retard", "livraison en retard encore", "super magasin", "retard de livraison"]
    assert central(texts)[-1] == 2


def test_people_count_not_answers(make_given):
    """Two ratings of one stage by each of 100 people: the base is 100 people, the interval is theirs."""
    rows = [{"metric": "csat", "touchpoint": t, "stage": "need", "value": v, "respondent": f"r{i}"}
            for i in range(100) for t, v in (("web", 5.0), ("app", 4.0 if i < 40 else 1.0))]
    result = voice.compute(make_given(scores=rows), voice.Parameters())
    stage = next(b for b in result.breakdowns if b.dimension == "stage").estimates[0]
    assert (stage.n, stage.value) == (100, 70.0)
    assert (stage.low, stage.high) == (pytest.approx(60.415, abs=1e-3), pytest.approx(78.105, abs=1e-3))


def test_a_coded_answer_is_quoted_once_with_its_count(make_given):
    texts = [{"text": "The restaurants are too dear", "stage": "need", "reaction": "irritant"}] * 3
    quotes = voice.compute(make_given(verbatims=texts), voice.Parameters()).quotes
    assert [(quote.text, quote.times) for quote in quotes] == [("The restaurants are too dear", 3)]
