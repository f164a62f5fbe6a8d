"""The profile of a persona from the evidence of those who belong to it."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from cxkit import method
from cxkit.model.touchpoint import Touchpoint
from cxkit.statistics.multiple import benjamini_hochberg
from cxkit.statistics.shares import effective_n, two_proportions
from cxkit.steps.base import Estimate, Given, base_of
from cxkit.steps.persona_base import People, Question, mark_of, share
from cxkit.steps.persona_view import ChannelUse, Distinction, Fact, Line, StagePoint, TouchpointUse, TraitLevel
from cxkit.steps.reactions import customer_point, reactions
from cxkit.steps.scoring import estimates
from cxkit.steps.voice_quotes import Quote, typical_quotes


@dataclass(frozen=True)
class Told:
    """The evidence tables with each row's persona by assignment; what a source states stands where nobody is assigned."""

    scores: pd.DataFrame
    verbatims: pd.DataFrame
    interactions: pd.DataFrame
    reactions: pd.DataFrame
    sizes: dict[str, int]
    """Persona → how many people are assigned to it."""
    quoted: set[str] = field(default_factory=set)
    """Verbatims that a sheet shows already."""


def told(given: Given, assignments: dict[str, str]) -> Told:
    """Split the evidence by persona."""
    def split(table: str, key: str) -> pd.DataFrame:
        rows = given.evidence[table]
        assigned = rows[key].map(assignments)
        return rows.assign(persona=assigned.where(assigned.notna(), rows["persona"]))

    scores, verbatims = split("scores", "respondent"), split("verbatims", "respondent")
    return Told(scores, verbatims, split("interactions", "customer"), reactions(scores, verbatims), dict(Counter(assignments.values())))


def facts(given: Given, base: People, mine: np.ndarray, show: tuple[str, ...]) -> tuple[Fact, ...]:
    """The most frequent answer of each identity attribute with its share, in the client's order."""
    found = []
    for item in in_order(base, show):
        if item.attribute.role != "identity" or is_scale(item) or (show and item.attribute.id not in show):
            continue
        ranked = _ranked(item, base, mine)
        if ranked and ranked[0][1].value is not None:
            choice, estimate = ranked[0]
            found.append(Fact(id=item.attribute.id, name=item.attribute.name, choice=choice, share=estimate,
                              mark=mark_of(given, item.source, estimate.n)))
    return tuple(found)


def in_order(base: People, show: tuple[str, ...]) -> list[Question]:
    """All questions, those that the client shows first and in the client's order."""
    rank = {name: i for i, name in enumerate(show)}
    return sorted(base.questions, key=lambda item: rank.get(item.attribute.id, len(rank)))


def attribute_lines(given: Given, base: People, mine: np.ndarray, show: tuple[str, ...]) -> dict[str, tuple[Line, ...]]:
    """The frequent answers of attributes that have a role (goals, needs, habits …), most frequent first."""
    settings = method.data("personas")
    lines: dict[str, list[Line]] = {}
    for item in in_order(base, show):
        section = settings["roles"].get(item.attribute.role)
        if section is None or is_scale(item):
            continue
        most = 1 if section == "habits" and item.attribute.type != "multi" else settings["listed"]["most"]
        for choice, estimate in _ranked(item, base, mine)[:most]:
            if estimate.value is not None and estimate.value >= settings["listed"]["share"]:
                lines.setdefault(section, []).append(Line(attribute=item.attribute.name, choice=choice, share=estimate,
                                                          mark=mark_of(given, item.source, estimate.n)))
    return {section: tuple(found) for section, found in lines.items()}


def is_scale(item: Question) -> bool:
    """True for ordered answers that are bare numbers (1, 2, 3 …): a scale of which the mean is told, as a trait."""
    labels = [label if isinstance(label, str) else next(iter(label.values())) for label in item.attribute.labels.values()]
    codes = list(item.attribute.labels)
    return (item.attribute.type == "ordered" and len(codes) >= 3 and all(code.isdigit() for code in codes)
            and sum(code == label for code, label in zip(codes, labels, strict=True)) >= len(codes) - 2)


def scale_traits(given: Given, base: People, mine: np.ndarray) -> tuple[TraitLevel, ...]:
    """The mean answer on each numbered scale."""
    found = []
    for item in filter(is_scale, base.questions):
        asked = mine & item.asked & item.chosen.any(axis=1)
        if base_of(int(asked.sum())) in {"weak", "full"}:
            levels = np.array([float(choice.code) for choice in item.choices])[item.chosen[asked].argmax(axis=1)]
            mean = float(np.average(levels, weights=base.weights[asked]))
            found.append(TraitLevel(name=item.attribute.name, level=mean, most=int(max(item.attribute.labels, key=int)),
                                    n=int(asked.sum()), mark=mark_of(given, item.source, int(asked.sum()))))
    return tuple(found)


def channels(given: Given, base: People, mine: np.ndarray, split: Told, persona: str) -> tuple[tuple[ChannelUse, ...], str | None]:
    """Channels by contacts of the interaction log, else by the answers of a channel attribute; and which of the two."""
    most = method.data("personas")["channels"]
    rows = split.interactions[(split.interactions["persona"] == persona) & split.interactions["channel"].notna()]
    if base_of(rows["customer"].nunique()) in {"weak", "full"}:
        counts = rows["channel"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
        customers = rows["customer"].nunique()
        months = max(1.0, (split.interactions["time"].max() - split.interactions["time"].min()).days / 30.44)
        source = rows["source"].iloc[0]
        return tuple(ChannelUse(channel=str(name), share=_contacts(int(n), len(rows)), mark=mark_of(given, source, len(rows)),
                                per_month=float(n / rows.loc[rows["channel"] == name, "customer"].nunique() / months))
                     for name, n in counts.head(most).items()), "contacts" if customers else None
    found = []
    for item in (item for item in base.questions if item.attribute.role == "channel"):
        found += [ChannelUse(choice=choice, share=estimate, mark=mark_of(given, item.source, estimate.n))
                  for choice, estimate in _ranked(item, base, mine) if estimate.value is not None and estimate.value >= 1]
    ranked = sorted(found, key=lambda use: -use.share.value)[:most]
    return tuple(ranked), "answers" if ranked else None


def touchpoints(given: Given, base_size: set[str], split: Told, persona: str) -> tuple[TouchpointUse, ...]:
    """Touchpoints by reach: share of the persona's customers with a contact, else of its respondents with a rating."""
    log = split.interactions[split.interactions["persona"] == persona].rename(columns={"customer": "respondent"})
    rows = log if len(log) else split.scores[(split.scores["persona"] == persona) & (split.scores["of"] == "touchpoint")]
    outcome = given.folder.client.outcome
    rows = rows[rows["touchpoint"].notna() & rows["respondent"].notna() & (rows["touchpoint"] != (outcome.event if outcome else ""))]
    everyone = sorted((set(log["respondent"]) if len(log) else base_size) - {None})
    if base_of(len(everyone)) in {"suppressed", "counts_only"}:
        return ()
    position = {name: i for i, name in enumerate(everyone)}
    felt = _felt(split, persona)
    found = []
    for name, contacts in rows.groupby("touchpoint", sort=True):
        met = np.zeros(len(everyone), dtype=bool)
        met[[position[one] for one in contacts["respondent"].unique() if one in position]] = True
        negative, positive = _sides(felt[felt["touchpoint"] == name])
        reach = share(met, np.ones(len(everyone)))
        found.append(TouchpointUse(touchpoint=str(name), reach=reach, negative=negative, positive=positive,
                                   mark=mark_of(given, contacts["source"].iloc[0], reach.n)))
    return tuple(sorted(found, key=lambda use: (-(use.reach.value or 0), use.touchpoint)))


def felt_lines(given: Given, split: Told, persona: str, side: str) -> tuple[Line, ...]:
    """Pains or delights: touchpoints by share of negative or positive reactions, worst or best first."""
    limits = method.data("personas")["pains" if side == "negative" else "delights"]
    felt = _felt(split, persona)
    found = []
    for name, rows in felt.groupby("touchpoint", sort=True):
        estimate = _sides(rows)[0 if side == "negative" else 1]
        if estimate is not None and estimate.value is not None and estimate.value >= limits["share"]:
            found.append(Line(touchpoint=str(name), share=estimate, mark=mark_of(given, rows["source"].iloc[0], estimate.n)))
    return tuple(sorted(found, key=lambda line: (-line.share.value, line.touchpoint))[: limits["most"]])


def quotes(split: Told, persona: str) -> tuple[Quote, ...]:
    """Typical pseudonymised verbatims, one of each side first; none under the minimum base.

    Of the most typical, those that stand on another sheet already come last.
    """
    rows = split.verbatims[(split.verbatims["persona"] == persona) & split.verbatims["kind"].isin(["reported", "observed"])]
    if base_of(len(rows)) == "suppressed":
        return ()
    settings = method.data("personas")["quotes"]
    found = sorted(typical_quotes(rows, settings["looked_at"], (persona,), by="persona"), key=lambda quote: quote.text in split.quoted)
    order = {"negative": 0, "positive": 1, "neutral": 2}
    rank: dict[str, int] = {}
    ranked = []
    for quote in found:
        rank[quote.side] = rank.get(quote.side, -1) + 1
        ranked.append((rank[quote.side], order[quote.side], quote))
    chosen = tuple(quote for *_, quote in sorted(ranked, key=lambda item: item[:2]))[: settings["most"]]
    split.quoted.update(quote.text for quote in chosen)
    return chosen


def scores(split: Told, persona: str) -> tuple[Estimate, ...]:
    """Overall scores of the persona."""
    rows = split.scores[(split.scores["persona"] == persona) & (split.scores["of"] == "overall")]
    return estimates(rows)


def curve(given: Given, split: Told, persona: str) -> tuple[StagePoint, ...]:
    """The emotion curve: one point a stage that has customers' reactions."""
    mine = split.reactions[split.reactions["persona"] == persona]
    stages = given.folder.client.stage_ids() or tuple(method.data("stages"))
    points = ((stage, customer_point(mine[mine["stage"] == stage])) for stage in stages)
    return tuple(StagePoint(stage=stage, point=point) for stage, point in points if point is not None)


def distinctions(base: People, labels: dict[str, np.ndarray], formed: tuple[str, ...]) -> dict[str, tuple[Distinction, ...]]:
    """Each persona's answers against the rest of the base, one family of tests for Benjamini–Hochberg; largest first."""
    limits = method.data("personas")["distinctive"]
    tests = []
    for persona, mine in labels.items():
        for item in base.questions:
            for j, choice in enumerate(item.choices):
                if not choice.other:
                    tests.append((persona, item, choice, *_against(item, j, base, mine)))
    run = [test for test in tests if test[3] is not None]
    q_values = benjamini_hochberg([test[4].p for test in run]).q
    found: dict[str, list[Distinction]] = {persona: [] for persona in labels}
    for (persona, item, choice, estimate, test, others), q in zip(run, q_values, strict=True):
        if q is not None and q < limits["level"] and abs(test.value) * 100 >= limits["points"]:
            found[persona].append(Distinction(
                attribute=item.attribute.id, name=item.attribute.name, choice=choice, share=estimate, others=100 * others,
                difference=100 * test.value, p=test.p, q=q, formed=item.attribute.id in formed))
    return {persona: tuple(sorted(mine, key=lambda one: (-abs(one.difference), one.attribute, one.choice.code)))
            for persona, mine in found.items()}


def named_touchpoint(text: object, inventory: tuple[Touchpoint, ...]) -> str | None:
    """The touchpoint whose name (in any language) a declared text contains, the longest first."""
    said = " ".join(text.values() if isinstance(text, dict) else [str(text)]).casefold()
    names = [(name, one.id) for one in inventory for name in (one.name.values() if isinstance(one.name, dict) else [one.name])]
    return next((id_ for name, id_ in sorted(names, key=lambda item: (-len(item[0]), item)) if name and name.casefold() in said), None)


def _ranked(item: Question, base: People, mine: np.ndarray) -> list[tuple]:
    """Answers of the persona with their shares, most frequent first; answers taken together are left out."""
    asked = mine & item.asked
    found = [(choice, share(item.chosen[asked, j], base.weights[asked])) for j, choice in enumerate(item.choices) if not choice.other]
    return sorted(found, key=lambda pair: (-(pair[1].value or 0), pair[0].code))


def _against(item: Question, j: int, base: People, mine: np.ndarray):
    inside, outside = mine & item.asked, ~mine & item.asked
    if {base_of(int(inside.sum())), base_of(int(outside.sum()))} & {"suppressed", "counts_only"}:
        return None, None, 0.0
    estimate = share(item.chosen[inside, j], base.weights[inside])
    n_in, n_out = effective_n(base.weights[inside]), effective_n(base.weights[outside])
    rest = float(base.weights[outside & item.chosen[:, j]].sum() / base.weights[outside].sum())
    return estimate, two_proportions(estimate.value / 100 * n_in, n_in, rest * n_out, n_out), rest


def _felt(split: Told, persona: str) -> pd.DataFrame:
    """Reactions at touchpoints. Scores alone where there are some: who writes has more to complain of than who is asked."""
    rows = split.reactions[(split.reactions["persona"] == persona) & split.reactions["touchpoint"].notna()]
    scored = rows[rows["kind"] == "measured"]
    return scored if len(scored) else rows


def _contacts(n: int, total: int) -> Estimate:
    """Share of contacts; contacts of one customer hang together, so no interval is claimed."""
    return Estimate(metric="share", value=100 * n / total, n=total, base=base_of(total))


def _sides(rows: pd.DataFrame) -> tuple[Estimate | None, Estimate | None]:
    if rows.empty:
        return None, None
    heights = rows["reaction"].map(method.valence).to_numpy(dtype=float)
    weights = rows["weight"].fillna(1.0).to_numpy(dtype=float)
    return share(heights < 0, weights), share(heights > 0, weights)
