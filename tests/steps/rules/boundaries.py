"""The boundary of every rule: two worlds one unit apart, of which the rule accuses only the second.

Worlds are small: the sound map, and no evidence but what the case needs. Limits are those of templates/method.
"""

from typing import Any, NamedTuple

NEED, DECISION, SERVICE = (f"map.stages.{stage}.activities" for stage in ("need", "decision", "service"))
QUIET = {"scores": {}, "paths": [], "persona_map": None}
KIOSK = {"id": "kiosk-search", "action": "Uses the kiosk", "touchpoint": "kiosk"}
BEFORE, AFTER = {"end": "2025-09-30"}, {"start": "2025-10-01"}

# five activities of which three rest on no customer
BARE = {f"{NEED}.compare": {"id": "compare", "action": "Compares", "reaction": "none", "evidence": {"kind": "hypothesis"}},
        f"{NEED}.look-up.evidence.kind": "internal", f"{SERVICE}.call.evidence.kind": "internal"}


class Boundary(NamedTuple):
    """What stays on the right side of a limit, what does not, and what both share.

    ``of`` is a rule, or a threshold of it (rule.name); with ``severity`` the limit parts findings of that severity from milder ones.
    """

    of: str
    limit: str
    silent: dict[str, Any]
    speaks: dict[str, Any]
    both: dict[str, Any] = {}
    severity: str | None = None

    @property
    def rule(self) -> str:
        """Id of the rule."""
        return self.of.partition(".")[0]

    def __str__(self) -> str:
        return f"{self.of}-{self.limit}".replace(" ", "-")


def walks(n: int, *path: str, **more: Any) -> dict[str, Any]:
    """``n`` customers who take a path."""
    return {"path": list(path), "n": n, **more}


def logs(*walked: dict[str, Any]) -> dict[str, Any]:
    """A log in which these customers walk."""
    return {"paths": list(walked)}


def irritant(severity: int) -> dict[str, Any]:
    """A declared irritant in the store."""
    return {f"{DECISION}.try-it.irritants": [{"text": "A wait", "severity": severity, "evidence": "reported"}]}


def told(subject: str, web: str, store: str) -> dict[str, Any]:
    """What the website and the store say on a subject."""
    return {f"{NEED}.look-up.information": {"transmitted": [f"{subject}: {web}"]},
            f"{DECISION}.try-it.information": {"transmitted": [f"{subject}: {store}"]}}


def types(n: int) -> dict[str, Any]:
    """``n`` declared customer types."""
    return {"personas": [f"p{i}" for i in range(n)]}


def people(**counts: int) -> dict[str, Any]:
    """Contributors by function."""
    return {"client.contributors": [{"function": function, "count": n} for function, n in counts.items()]}


def benefits(customer: int, client: int, front_line: int) -> dict[str, Any]:
    """Who gains from the one improvement."""
    gains = {"customer": customer, "client": client, "front_line": front_line}
    return {f"improvements.call-back.benefit_{who}": gain for who, gain in gains.items()}


def pair(ben: list[dict], cleo: list[dict]) -> dict[str, Any]:
    """Two customer types and their paths."""
    return {"personas": ["ben", "cleo"],
            "paths": [walk | {"personas": [who]} for who, walked in (("ben", ben), ("cleo", cleo)) for walk in walked]}


def since(*walked: dict[str, Any]) -> dict[str, Any]:
    """Forty customers at the website before the revision, and these since."""
    return logs(walks(40, "site", **BEFORE), *(walk | AFTER for walk in walked))


BOUNDARIES = (
    Boundary("T1.least", "10 pieces of evidence", logs(walks(9, "forum")), logs(walks(10, "forum"))),
    # those who leave do so months before the log ends, so that none of them may still come back
    Boundary("T2.least", "30 episodes", {"more_paths": [walks(29, "ad", "forum", **BEFORE)]}, {"more_paths": [walks(30, "ad", "forum", **BEFORE)]},
             logs(walks(100, "ad", "site", "purchase"))),
    Boundary("T3", "a single contact", logs(walks(1, "ad", "site", "store", "phone", "kiosk")), logs(walks(1, "ad", "site", "store", "phone")),
             {f"{DECISION}.kiosk-search": KIOSK}),
    Boundary("T4", "deployed", {"touchpoints.kiosk": {"id": "kiosk", "name": "Kiosk", "deployed": False}},
             {"touchpoints.kiosk": {"id": "kiosk", "name": "Kiosk", "deployed": True}}),
    Boundary("T4", "on the map", {f"{DECISION}.kiosk-search": KIOSK}, {f"{DECISION}.kiosk-search": KIOSK | {"touchpoint": None}},
             {"touchpoints.kiosk": {"id": "kiosk", "name": "Kiosk"}}),
    Boundary("T5", "one activity with a touchpoint", {}, {f"{NEED}.look-up.touchpoint": None}, {f"{NEED}.see-ad.touchpoint": None}),
    Boundary("T5", "every stage drawn", {}, {"client.stages.loyalty": {"id": "loyalty"}}),
    Boundary("I1.share", "half of the activities", {}, {f"{SERVICE}.call.evidence.kind": "internal"},
             {f"{NEED}.see-ad.evidence.kind": "hypothesis", f"{NEED}.look-up.evidence.kind": "internal"}),
    Boundary("I1.error", "an error from 4 of 5 on", {f"{NEED}.see-ad.evidence.kind": "measured"}, {f"{NEED}.see-ad.evidence.kind": "internal"},
             BARE, severity="error"),
    Boundary("I2", "10 answers are evidence", {"scores.store": {4: 10}}, {"scores.store": {4: 9}}, {f"{DECISION}.try-it.evidence.kind": "internal"}),
    Boundary("I2", "observed is not internal", {f"{DECISION}.try-it.evidence.kind": "observed"}, {f"{DECISION}.try-it.evidence.kind": "internal"}),
    Boundary("I3.least", "30 answers", {"scores.store": {4: 30}}, {"scores.store": {4: 29}}),
    Boundary("I3", "under 10 there is no point", {"scores.store": {4: 9}}, {"scores.store": {4: 10}}),
    Boundary("I4", "one person", logs(walks(1, "ad", personas=["ana"])), logs(walks(1, "ad", personas=["somebody"])), {"personas": ["ana"]}),
    Boundary("I4", "a prospect is only noted", {"kinds": {"ana": "prospect"}}, {"kinds": {"ana": "b2c"}}, {"personas": ["ana"]}, severity="error"),
    Boundary("I5.least", "30 answers", {"scores.store": {2: 29}}, {"scores.store": {2: 30}}),
    # a mean of exactly zero is on no side
    Boundary("I5", "the interval excludes the drawn side", {"scores.store": {4: 15, 2: 15}}, {"scores.store": {4: 15, 2: 45}}),
    Boundary("H1", "two customer types", types(1), types(2)),
    Boundary("H1", "one map of a persona", {"persona_map": "p0"}, {"persona_map": None}, types(2)),
    Boundary("H2.least", "30 customers of each", pair([walks(40, "ad", "site")], [walks(29, "site", "ad")]),
             pair([walks(40, "ad", "site")], [walks(30, "site", "ad")])),
    Boundary("H2.distance", "distance 0.1 beyond chance", pair([walks(400, "ad", "site")], [walks(392, "ad", "site"), walks(8, "ad", "store")]),
             pair([walks(400, "ad", "site")], [walks(391, "ad", "site"), walks(9, "ad", "store")])),
    Boundary("H3.share", "30 percent of episodes", logs(walks(70, "ad", "site"), walks(30, "ad", "store", "ad")),
             logs(walks(69, "ad", "site"), walks(31, "ad", "store", "ad"))),
    Boundary("H3.least", "30 episodes", logs(walks(29, "ad", "store", "ad")), logs(walks(30, "ad", "store", "ad"))),
    Boundary("H4.share", "30 percent on both sides", {"scores.site": {4: 29, 3: 41, 2: 30}}, {"scores.site": {4: 30, 3: 40, 2: 30}}),
    Boundary("H4.least", "30 answers", {"scores.site": {4: 15, 2: 14}}, {"scores.site": {4: 15, 2: 15}}),
    Boundary("H5.least", "at least 5", types(5), types(4)),
    Boundary("H5.most", "at most 8", types(8), types(9)),
    Boundary("C1", "one from the front line", {"client.contributors.sales.front_line": True}, {"client.contributors.sales.front_line": False},
             {"client.owners.store.front_line": False}),
    Boundary("C1", "one for a team of the front line", {"client.owners.store.front_line": True}, {"client.owners.store.front_line": False},
             {"client.contributors.sales.front_line": False}),
    Boundary("C2", "one customer", {"client.contributors.customer.customer": True}, {"client.contributors.customer.customer": False}),
    Boundary("C3.people", "4 people", people(a=1, b=1, c=1, d=1), people(a=1, b=1, c=1)),
    Boundary("C3.share", "60 percent of one function", people(a=3, b=1, c=1), people(a=4, b=1, c=1)),
    Boundary("C4", "one mapped touchpoint of the team", {"touchpoints.site.owner": None}, {"touchpoints.site.owner": "web"},
             {"client.contributors.marketing.owner": None, "touchpoints.ad.owner": None}),
    Boundary("F1", "the day itself", {"map.review_by": "2026-01-31"}, {"map.review_by": "2026-01-30"}),
    Boundary("F1.months", "12 months without a day named", {"map.date": "2025-01-31"}, {"map.date": "2025-01-30"}, {"map.review_by": None}),
    # the evidence ends on 31 December 2025: 182 days are 5.98 months, 183 are 6.01
    Boundary("F2.months", "6 months", {"map.evidence_until": "2025-07-02"}, {"map.evidence_until": "2025-07-01"}),
    Boundary("F3.least", "30 customers on each side", since(walks(29, "store")), since(walks(30, "store"))),
    Boundary("F3.distance", "distance 0.1 beyond chance", logs(walks(400, "site", **BEFORE), walks(392, "site", **AFTER), walks(8, "store", **AFTER)),
             logs(walks(400, "site", **BEFORE), walks(391, "site", **AFTER), walks(9, "store", **AFTER))),
    # of 200 answers spread over the year 150 come before the revision, all satisfied. k of 100 dissatisfied since: t = sqrt(99k / (100 - k)),
    # 1.75 (p = .083) for three, 2.03 (p = .045) for four
    Boundary("F4", "p under 0.05", {"scores_after.store": {4: 47, 3: 3}}, {"scores_after.store": {4: 46, 3: 4}}, {"scores.store": {4: 200}}),
    # 10 of 40 answers spread over the year come since the revision
    Boundary("F4.least", "30 answers since", {"scores_after.store": {3: 19}}, {"scores_after.store": {3: 20}}, {"scores.store": {4: 40}}),
    # 29 of 38 and 30 of 39 answers come before
    Boundary("F4.least", "30 answers before", {"scores.store": {4: 38}}, {"scores.store": {4: 39}}, {"scores_after.store": {3: 40}}),
    Boundary("F5.share", "2 percent of contacts", logs(walks(981, "site", **BEFORE), walks(20, "store", **BEFORE), walks(900, "site", **AFTER)),
             logs(walks(980, "site", **BEFORE), walks(20, "store", **BEFORE), walks(900, "site", **AFTER))),
    Boundary("F5.expected", "10 contacts expected", logs(walks(49, "site", **BEFORE), walks(1, "store", **BEFORE), walks(499, "site", **AFTER)),
             logs(walks(49, "site", **BEFORE), walks(1, "store", **BEFORE), walks(500, "site", **AFTER))),
    Boundary("F5", "not one contact",
             logs(walks(50, "site", **BEFORE), walks(50, "store", **BEFORE), walks(99, "site", **AFTER), walks(1, "store", **AFTER)),
             logs(walks(50, "site", **BEFORE), walks(50, "store", **BEFORE), walks(100, "site", **AFTER))),
    Boundary("F6.rows", "10 rows in the season", {"paths": [walks(10, "ad", start="2025-01-01", end="2025-02-28")]},
             {"paths": [walks(9, "ad", start="2025-01-01", end="2025-02-28")]},
             {"more_paths": [walks(60, "ad", start="2025-03-01", end="2025-11-30")]}),
    Boundary("Q1", "severity 3", irritant(2), irritant(3)),
    Boundary("Q1", "3 ruptures told", {"told": {"store": {"rupture": 2}}}, {"told": {"store": {"rupture": 3}}}, {"scores.store": {4: 20}}),
    Boundary("Q1", "5 percent of reactions", {"scores.store": {4: 58}}, {"scores.store": {4: 57}}, {"told": {"store": {"rupture": 3}}}),
    Boundary("Q2", "severity 1", {}, irritant(1)),
    Boundary("Q2", "a rupture is not an irritant", irritant(3), irritant(2)),
    # a mean of exactly -0.5 is as near to none as to irritant, and counts as none
    Boundary("Q2", "a mean under -0.5", {"scores.store": {3: 50, 2: 50}}, {"scores.store": {3: 49, 2: 51}}),
    Boundary("Q3", "an owner", {"improvements.call-back.owner": "store"}, {"improvements.call-back.owner": None}),
    Boundary("Q3", "an activity of the map", {"improvements.call-back.repairs": "call"}, {"improvements.call-back.repairs": "calls"}),
    Boundary("Q3", "a touchpoint of the map", {"improvements.call-back.touchpoint": "phone"}, {"improvements.call-back.touchpoint": None},
             {"improvements.call-back.repairs": None}),
    Boundary("Q4", "the activity names an owner", {f"{DECISION}.try-it.owner": "store"}, {f"{DECISION}.try-it.owner": None},
             {"touchpoints.store.owner": None}),
    Boundary("Q4", "a moment of truth", {f"{DECISION}.try-it.moment_of_truth": False}, {f"{DECISION}.try-it.moment_of_truth": True},
             {"touchpoints.store.owner": None}),
    Boundary("Q5.share", "5 percent of episodes", logs(walks(30, "site", "store"), walks(571, "site")),
             logs(walks(30, "site", "store"), walks(570, "site")),
             {"scores.store": {2: 10}}),
    Boundary("Q5.least", "30 episodes", logs(walks(29, "site", "store")), logs(walks(30, "site", "store")), {"scores.store": {2: 10}}),
    Boundary("Q5", "a mean under zero", {"scores.store": {4: 15, 2: 15}}, {"scores.store": {4: 15, 2: 16}}, logs(walks(30, "site", "store"))),
    Boundary("Q6", "another value", told("Delay", "2 days", "2  Days"), told("Delay", "2 days", "3 days")),
    Boundary("Q6", "another channel", {f"{DECISION}.try-it.channel": "web"}, {f"{DECISION}.try-it.channel": "store"},
             told("Delay", "2 days", "3 days")),
    # the store agrees with what the website says first, not with what it says next
    Boundary("Q6", "any two of three", {f"{NEED}.look-up.information": {"transmitted": ["Delay: 2 days"]}},
             {f"{NEED}.look-up.information": {"transmitted": ["Delay: 2 days", "Delay: 3 days"]}},
             {f"{DECISION}.try-it.information": {"transmitted": ["Delay: 2 days"]}}),
    Boundary("Q7", "a gain of 1 for somebody", benefits(0, 0, 1), benefits(0, 0, 0)),
    Boundary("Q7", "a loss is no gain", benefits(-3, 1, -3), benefits(-3, -1, 0)),
    Boundary("Q8", "a word on who measures", {"client.engagement_moments.site.measured_by": "?"},
             {"client.engagement_moments.site.measured_by": " "}),
)
