"""Irritants and ruptures ranked: negative reactions by touchpoint, against those at all others."""

import pandas as pd

from cxkit import method
from cxkit.statistics.multiple import benjamini_hochberg
from cxkit.statistics.shares import two_proportions, wilson
from cxkit.steps.base import base_of
from cxkit.steps.moments_view import Pain

NEGATIVE = frozenset({"irritant", "dissatisfaction", "rupture"})


def pains(told: pd.DataFrame, reach: dict[str, float], stages: dict[str, str | None],
          leaking: frozenset[str] = frozenset()) -> tuple[tuple[Pain, ...], int]:
    """Rank touchpoints by their negative reactions; with how many were tested.

    Parameters
    ----------
    told : customers' reactions (``steps.reactions.reactions``), one row each, unweighted here.
    reach : touchpoint → share of episodes 0..1.
    leaking : touchpoints where more leave than expected: a rupture comes from words or from leaving.

    Notes
    -----
    Under 10 reactions a touchpoint is left out, under 30 it has counts only. The test compares the negative share with that of all other
    touchpoints together; q corrects over all that were tested. Where every reaction is negative only complaints were collected: the share says
    who writes, not who suffers, and nothing is tested. Affected: reach × negative share; without reach, who told out of all who told anything.
    """
    told = told[told["touchpoint"].notna()]
    negative, people = told["reaction"].isin(NEGATIVE), told["respondent"].nunique()
    rows, tests = [], []
    for touchpoint in sorted(told["touchpoint"].unique()):
        mine = told["touchpoint"] == touchpoint
        n, bad = int(mine.sum()), int((mine & negative).sum())
        ruptures = int((mine & (told["reaction"] == "rupture")).sum())
        base = base_of(n)
        if base == "suppressed" or not bad:
            continue
        shown = base in {"weak", "full"}
        told_by = told.loc[mine & negative, "respondent"].nunique()
        rows.append((touchpoint, n, bad, ruptures, base, wilson(bad, n) if shown else None, told_by / people if people else None))
        others, bad_others = int((~mine).sum()), int((~mine & negative).sum())
        tests.append(two_proportions(bad, n, bad_others, others) if shown and bad < n else None)
    q_values = benjamini_hochberg([test.p if test else None for test in tests]).q
    limit = method.data("paths")["leak_q"]
    found = []
    for (touchpoint, n, bad, ruptures, base, interval, told_share), test, q in zip(rows, tests, q_values, strict=True):
        share = bad / n if interval else None
        passing = reach.get(touchpoint)
        affected = told_share if passing is None or share is None or bad == n else share * passing
        found.append(Pain(
            touchpoint=touchpoint, stage=stages.get(touchpoint), n=n, negative=bad, ruptures=ruptures, base=base, share=share,
            low=interval.low if interval else None, high=interval.high if interval else None, q=q,
            worse=q is not None and q < limit and test.value > 0, reach=passing,
            one_sided=bad == n, affected=affected, leaking=touchpoint in leaking,
            kind="rupture" if touchpoint in leaking else _kind(ruptures, n)))
    order = sorted(found, key=lambda p: (p.kind != "rupture", -(p.affected or 0), -(p.share or 0), -p.negative, p.touchpoint))
    return tuple(order[:method.data("moments")["pains"]]), sum(test is not None for test in tests)


def _kind(ruptures: int, n: int) -> str:
    limits = method.data("journey")["rupture"]
    return "rupture" if ruptures >= limits["least"] and ruptures >= limits["share"] * n else "irritant"
