"""How often maps that agree with their data are accused by a statistical rule."""

import numpy as np
import pytest

from cxkit import method
from cxkit.steps.rules.base import rule_ids, spec
from tests.steps.rules.worlds import reviewed, world

STATISTICAL = ",".join(rule for rule in rule_ids() if spec(rule).get("statistical"))


def agreeing(seed: int) -> dict:
    """A world whose answers and paths are drawn anew from the laws that its map says, the same before and since the revision."""
    rng, made = np.random.default_rng(seed), world()
    for touchpoint in made["scores"]:
        counts = rng.multinomial(200, [0.2, 0.6, 0.2])
        made["scores"][touchpoint] = dict(zip((5, 4, 3), map(int, counts), strict=True))
    made["scores_order"] = made["paths_order"] = seed
    made["more_paths"] = [{"path": ["ad", "site", "forum", "store", "purchase", "phone"], "n": int(rng.binomial(60, 0.85))},
                          {"path": ["ad", "site", "forum"], "n": int(rng.binomial(60, 0.1))}]
    return made


def accused(seeds: range) -> int:
    return sum(bool(reviewed(agreeing(seed), STATISTICAL).active) for seed in seeds)


@pytest.fixture(autouse=True)
def _fewer_permutations(monkeypatch):
    # 499 keep the smallest p under the level of a lone test of the family, at a quarter of the time
    monkeypatch.setitem(method.data("rules"), "draws", 499)


def test_few_maps_that_agree_are_accused():
    # under a rate of 5 %, more than 4 of 12 has a probability of 0.0002
    assert accused(range(12)) <= 4


@pytest.mark.slow
def test_at_most_one_map_in_twenty_is_accused():
    # five in a hundred, as the method promises; 2 of these 200 were accused when it was measured
    assert accused(range(1000, 1200)) <= 10
