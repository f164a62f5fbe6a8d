"""Cells of the journey map: order of lanes, shortening, overflow to notes."""

import pytest

from cxkit.sheets.map_lanes import MAX_STATEMENT, lanes, shortened
from cxkit.steps.journey_view import IrritantView
from cxkit.words import Words

from .sample_map import SOLID, activity, sample_map

EN = Words("en")


def _lane(view, name):
    rows, notes = lanes(view, EN)
    return next(row for row in rows if row["id"] == name), notes


def test_lanes_stand_customer_first_company_last():
    rows, _ = lanes(sample_map(), EN)
    assert [row["id"] for row in rows] == [
        "goals", "thoughts", "actions", "touchpoints", "channels", "emotion", "moments", "irritants", "opportunities", "owners",
    ]  # fmt: skip


def test_client_chooses_and_orders_lanes_and_empty_ones_stay():
    rows, _ = lanes(sample_map(lanes=("emotion", "needs", "actions")), EN)
    assert [row["id"] for row in rows] == ["emotion", "needs", "actions"]


def test_actions_carry_number_and_evidence():
    lane, _ = _lane(sample_map(), "actions")
    first, second = lane["cells"][1]["items"]
    assert (first["lead"], first["text"], first["kind"]) == ("2.1", "Action a1", "reported")
    assert second["lead"] == "2.2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("short", "short"), ("x" * MAX_STATEMENT, "x" * MAX_STATEMENT), ("word " * 30, "word " * 20 + "word word…"), ("y" * 200, "y" * 109 + "…")],
)
def test_shortened_keeps_whole_words(text, expected):
    assert shortened(text.strip()) == expected
    assert len(shortened(text.strip())) <= MAX_STATEMENT


def test_a_long_statement_goes_whole_to_a_note():
    text = "A sentence that says more than a cell can hold. " * 4
    lane, notes = _lane(sample_map(1, text.strip()), "actions")
    item = lane["cells"][0]["items"][0]
    assert item["text"].endswith("…")
    assert notes[item["note"] - 1]["texts"] == [text.strip()]
    assert notes[item["note"] - 1]["stage"] == "Stage 0"


def test_a_fourth_bullet_goes_to_a_note_not_away():
    view = sample_map(1)
    stage = view.stages[0].model_copy(update={"activities": tuple(activity(f"x{at}", SOLID) for at in range(5))})
    lane, notes = _lane(view.model_copy(update={"stages": (stage,)}), "actions")
    cell = lane["cells"][0]
    assert [len(cell["items"]), cell["more"]] == [3, 2]
    assert notes[cell["note"] - 1]["texts"] == ["1.4 Action x3", "1.5 Action x4"]


def test_the_gravest_irritant_comes_first():
    irritants = tuple(IrritantView(text=f"severity {level}", severity=level, kind="reported") for level in (1, 3, 2))
    view = sample_map(1)
    stage = view.stages[0].model_copy(update={"activities": (activity("a", SOLID, irritants=irritants),)})
    lane, _ = _lane(view.model_copy(update={"stages": (stage,)}), "irritants")
    assert [item["severity"] for item in lane["cells"][0]["items"]] == [3, 2, 1]


def test_a_rupture_without_customer_evidence_is_hollow():
    lane, _ = _lane(sample_map(4), "irritants")
    assert lane["cells"][3]["items"][0]["icon"] == "rupture-hollow"


def test_thoughts_take_the_quotation_marks_of_the_language():
    rows, _ = lanes(sample_map(1), Words("fr"))
    thoughts = next(row for row in rows if row["id"] == "thoughts")
    assert thoughts["cells"][0]["items"][0]["text"] == "«\u00a0Thought a0\u00a0»"
