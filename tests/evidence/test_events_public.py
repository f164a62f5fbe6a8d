"""The bars on a public log of an online shop: skipped where it is absent."""

import os
from pathlib import Path

import pytest

from cxkit.evidence.events import LogColumns, LogOptions, prepare
from cxkit.evidence.events.inventory import outcome_by, outcome_of_visitors

FOLDER = Path(os.environ.get("CXKIT_PUBLIC_DATA", Path(__file__).parents[2].parent / "shared" / "data"))
LOG = FOLDER / "ecom" / "ecom.csv"
pytestmark = pytest.mark.skipif(not LOG.exists(), reason="public data absent: set CXKIT_PUBLIC_DATA to the folder that holds ecom/ecom.csv")


def prepared(**columns):
    return prepare(LOG, LogOptions(outcome="purchase"),
                   LogColumns(customer="user_id", time="timestamp", touchpoint="event", episode="session_id", **columns))


def test_counts_and_conversion():
    counts = prepared().counts()
    assert (counts["events"], counts["episodes"], counts["outcome"], counts["open"]) == (31106, 3605, 470, 0)
    assert round(100 * counts["outcome"] / counts["episodes"], 2) == 13.04


def test_conversion_by_acquisition_channel_and_by_platform():
    shares = outcome_by(prepared(channel="acquisition_channel"), "channel").set_index("value")["share"]
    assert (100 * shares).round(2).to_dict() == {"paid_search": 15.74, "email": 12.86, "organic": 12.49, "direct": 11.54, "social": 9.93}
    shares = outcome_by(prepared(channel="platform"), "channel").set_index("value")["share"]
    assert (100 * shares).round(2).to_dict() == {"desktop": 14.66, "mobile": 9.73, "tablet": 15.95}


def test_conversion_of_those_who_pass_by():
    shares = outcome_of_visitors(prepared()).set_index("touchpoint")["share"]
    assert round(100 * shares["payment_error"], 1) == 11.6
    assert round(100 * shares["payment_details"], 1) == 74.4
