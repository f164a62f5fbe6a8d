"""What the evidence tables say of a persona: touchpoints, irritants and delights, what its texts voice, quotes, scores, emotion curve."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from cxkit import method
from cxkit.mining.motives import MOTIVES, motives
from cxkit.steps.base import Estimate, Given, base_of
from cxkit.steps.persona_base import mark_of, share
from cxkit.steps.persona_view import Line, StagePoint, TouchpointUse
from cxkit.steps.reactions import customer_point, reactions
from cxkit.steps.scoring import estimates
from cxkit.steps.voice_quotes import Quote, central, typical_quotes


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


def told(given: Given, assignments: dict[str, str], scored: dict[str, str]) -> Told:
    """Split the evidence by persona; people placed by the classifier lend their contacts and texts, not their scores."""
    def split(table: str, key: str, known: dict[str, str]) -> pd.DataFrame:
        rows = given.evidence[table]
        assigned = rows[key].map(known)
        return rows.assign(persona=assigned.where(assigned.notna(), rows["persona"]))

    placed = scored | assignments
    scores, verbatims = split("scores", "respondent", assignments), split("verbatims", "respondent", placed)
    return Told(scores, verbatims, split("interactions", "customer", placed), reactions(scores, verbatims), dict(Counter(assignments.values())))


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


def voiced_lines(given: Given, split: Told, persona: str) -> dict[str, tuple[Line, ...]]:
    """Needs, motivations and objections that the persona's texts voice: section → its most central clauses, each with how many texts voice one.

    Nothing under the minimum base of texts; the share of texts stands only where enough of them voice the section.
    """
    rows = split.verbatims[(split.verbatims["persona"] == persona) & split.verbatims["kind"].eq("reported")]
    limits, base = method.data("motives")["limits"], base_of(len(rows))
    if base == "suppressed":
        return {}
    said = pd.DataFrame([(text, motive, clause) for text, words in rows["text"].items() for motive, clause in motives(words)],
                        columns=["text", "motive", "clause"])
    found = {}
    for section in MOTIVES:
        mine = said[said["motive"] == section]
        if mine.empty:
            continue
        telling = rows.index.isin(mine["text"])
        n, clauses = int(telling.sum()), mine["clause"].drop_duplicates().tolist()
        mark = mark_of(given, rows.loc[telling, "source"].iloc[0], n).model_copy(update={"kind": "reported"})
        part = share(telling, np.ones(len(rows))) if n >= limits["least"] else None
        found[section] = tuple(Line(text=clauses[place], verbatim=True, share=part, mark=mark) for place in central(clauses)[: limits["most"]])
    return found


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


def _felt(split: Told, persona: str) -> pd.DataFrame:
    """Reactions at touchpoints. Scores alone where there are some: who writes has more to complain of than who is asked."""
    rows = split.reactions[(split.reactions["persona"] == persona) & split.reactions["touchpoint"].notna()]
    scored = rows[rows["kind"] == "measured"]
    return scored if len(scored) else rows


def _sides(rows: pd.DataFrame) -> tuple[Estimate | None, Estimate | None]:
    if rows.empty:
        return None, None
    heights = rows["reaction"].map(method.valence).to_numpy(dtype=float)
    weights = rows["weight"].fillna(1.0).to_numpy(dtype=float)
    return share(heights < 0, weights), share(heights > 0, weights)
