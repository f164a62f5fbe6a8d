"""What the outcome passes through: removal effects, adjusted odds, and what less exit would change."""

from cxkit import method
from cxkit.evidence.events.adjusted import adjusted_odds
from cxkit.evidence.events.chain import counted_paths, removal_effects
from cxkit.evidence.events.exits import exits
from cxkit.evidence.events.inventory import conversion_after
from cxkit.statistics import markov_bootstrap
from cxkit.steps.base import base_of
from cxkit.steps.lived import Lived
from cxkit.steps.moments_view import Chain, Odds, Removal, WhatIf

SHOWN = frozenset({"weak", "full"})


def removals(lived: Lived | None, draws: int) -> tuple[tuple[Removal, ...], Chain | None]:
    """Removal effects of the touchpoints that enough episodes pass, by falling effect, and the chain behind them; ``draws`` 0: the method's."""
    if lived is None or not lived.outcomes:
        return (), None
    settings = method.data("paths")["removal"]
    first, second = draws or settings["draws"], min(draws or settings["second_draws"], settings["second_draws"])
    passing = conversion_after(lived.log).set_index("touchpoint")["episodes"]
    seconds = removal_effects(lived.log, seed=settings["seed"], draws=second, order=2)
    found = []
    for name, effect in removal_effects(lived.log, seed=settings["seed"], draws=first).items():
        n, other = int(passing.get(name, 0)), seconds[name]
        if base_of(n) in SHOWN and effect.value is not None:
            found.append(Removal(touchpoint=name, effect=effect.value, low=effect.low, high=effect.high, second=other.value,
                                 second_low=other.low, second_high=other.high, episodes=n))
    chain = Chain(episodes=len(lived.paths), outcomes=lived.outcomes, censored=len(lived.paths) - lived.closed, draws=first)
    return tuple(sorted(found, key=lambda r: (-r.effect, r.touchpoint))), chain


def odds(lived: Lived | None) -> tuple[Odds, ...]:
    """Adjusted odds of the outcome by touchpoint; empty without outcome."""
    if lived is None or not lived.outcomes:
        return ()
    least = method.data("thresholds")["base"]["counts_only"]
    return tuple(Odds(touchpoint=o.touchpoint, episodes=o.episodes, outcomes=o.outcomes, ratio=o.ratio, low=o.low, high=o.high, q=o.q)
                 for o in adjusted_odds(lived.log, least=least))


def what_ifs(lived: Lived | None, leaking: frozenset[str], draws: int) -> tuple[WhatIf, ...]:
    """Less exit at the touchpoints that lose more than expected, then at those that lose most; the largest gain first.

    The chain is that of the closed episodes, so that its outcome is their observed share.
    """
    if lived is None or not lived.outcomes:
        return ()
    settings = method.data("paths")["what_if"]
    table = exits(lived.log)
    table = table[[base_of(n) in SHOWN and lost > 0 for n, lost in zip(table["episodes"], table["exits"], strict=True)]]
    ranked = sorted(table.itertuples(), key=lambda row: (row.touchpoint not in leaking, -row.exits, row.touchpoint))[:settings["most"]]
    paths, ends, counts = zip(*((p, e, n) for p, e, n in zip(*counted_paths(lived.log), strict=True) if e is not None), strict=True)
    reduction = settings["reduction"]
    scenarios = markov_bootstrap.bootstrap_scenarios(paths, ends, {row.touchpoint: {row.touchpoint: reduction} for row in ranked}, counts=counts,
                                           seed=settings["seed"], draws=draws or settings["draws"])
    found = [_what_if(name, reduction, effect, sum(counts)) for name, effect in scenarios.items()]
    return tuple(sorted(found, key=lambda item: (-item.gain, item.touchpoint)))


def _what_if(name: str, reduction: float, effect: dict[str, markov_bootstrap.Estimate], episodes: int) -> WhatIf:
    gain = effect["outcome_gain"]
    more = [None if value is None else value * episodes for value in (gain.value, gain.low, gain.high)]
    return WhatIf(touchpoint=name, reduction=reduction, outcome=effect["outcome"].value, outcome_target=effect["outcome_target"].value,
                  gain=gain.value, gain_low=gain.low, gain_high=gain.high, more=more[0], more_low=more[1], more_high=more[2],
                  length=effect["length"].value, length_target=effect["length_target"].value,
                  length_gain_low=effect["length_gain"].low, length_gain_high=effect["length_gain"].high)
