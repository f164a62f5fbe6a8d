"""The matcher of themes on public utterances that nobody here wrote, from phrases written for their intents."""

import json
from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML

from cxkit.mining.matcher import learn_matcher
from cxkit.mining.themes import GENERAL, taxonomy
from tests.evidence.public import public

PHRASES = Path(__file__).with_name("insurance_intents.yaml")


def test_insurance_utterances_find_their_intent(capsys):
    lines = public("abcd", "dstc11_insurance_dev_utterances.jsonl").read_text(encoding="utf-8").splitlines()
    said = [json.loads(line) for line in lines]
    intents = np.array([one["intent"] for one in said])
    matcher = learn_matcher(YAML(typ="safe").load(PHRASES.read_text(encoding="utf-8")), "use")
    right = float(np.mean(np.array(matcher.best([one["utterance"] for one in said])) == intents))
    guess = max(np.unique(intents, return_counts=True)[1]) / len(intents)
    with capsys.disabled():
        print(f"\n{len(said)} utterances, {len(set(intents))} intents: {right:.1%} right (majority guess {guess:.1%})")
    assert len(said) == 913
    assert right >= 0.60


def test_causes_are_found_in_clauses_written_blind(capsys):
    lines = Path(__file__).with_name("causes_blind.txt").read_text(encoding="utf-8").splitlines()
    wanted, clauses = zip(*(line.split(" | ", 1) for line in lines if not line.startswith("#")), strict=True)
    found = [cause or GENERAL for cause in taxonomy().causes(clauses)]
    recall = float(np.mean([a == b for a, b in zip(wanted, found, strict=True) if a != GENERAL]))
    precision = float(np.mean([a == b for a, b in zip(wanted, found, strict=True) if b != GENERAL]))
    with capsys.disabled():
        print(f"\ncauses, blind set: recall {recall:.2f}, precision {precision:.2f}")
    assert recall >= 0.45
    assert precision >= 0.55


@pytest.mark.parametrize("engine", ["words", "use"])
def test_a_phrase_finds_its_node(engine):
    phrases = {"wait": ["the queue was endless", "waited for hours"], "price": ["far too expensive", "a good price"]}
    matcher = learn_matcher(phrases, engine)
    assert matcher.best(["an endless queue", "too expensive for me"]) == ["wait", "price"]
    assert matcher.shares([]).shape == (0, 2)
    assert matcher.shares(["a queue"]).sum() == pytest.approx(1, abs=1e-3)
