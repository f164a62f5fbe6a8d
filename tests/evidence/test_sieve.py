"""The sieve lets through every text that a rule can match: each expression of the method data is drawn from and must be noticed."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxkit import method
from cxkit.evidence.personal.sieve import sift

DATA = method.data("personal")
ALPHABET = st.characters(codec="utf-8", categories=["Ll", "Lu", "Nd"], max_codepoint=0x17F) | st.sampled_from(" '’-:?,./#")


def expressions() -> list[tuple[str, str]]:
    triggers = DATA["triggers"]
    groups = [("trigger", [*triggers["sure"], *triggers["any_case"]]), ("capital", triggers["capital"]),
              ("closing", [*triggers["closing"], *triggers["thanks"]]), ("role", DATA["roles"]), ("people", [DATA["people"]]),
              ("living", [DATA["streets"]["living"]]), ("street", [DATA["streets"][part] for part in ("before", "plain", "after")]),
              ("reference", [DATA["references"]]), ("special", DATA["special"].values())]
    return [(family, re.sub(r"\\b|\(\?![^)]*\)", "", "".join(part.strip() for part in text.splitlines()).replace("| ", "|")))
            for family, texts in groups for text in texts]


@pytest.mark.parametrize(("family", "pattern"), expressions())
def test_every_rule_is_let_through(family, pattern):
    # an apostrophe or a blank stands after the match, as in a sentence
    @settings(max_examples=15, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(re.compile(pattern), fullmatch=True, alphabet=ALPHABET))
    def passes(text):
        assert family in sift(f" {text} ")

    passes()
