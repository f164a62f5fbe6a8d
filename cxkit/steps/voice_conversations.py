"""Conversations at first depth: who speaks how much, how often the turn changes, how many questions are asked."""

import pandas as pd

from cxkit.model.record import Record


class RoleShare(Record):
    """Share of the words (0..1), turns, questions and longest monologue (words) of one role."""

    role: str
    word_share: float
    turns: int
    questions: int
    longest: int


class ConversationSummary(Record):
    """All conversations of the evidence."""

    n: int
    turns: int
    roles: tuple[RoleShare, ...]
    switches_per_conversation: float
    minutes: float | None = None
    """Median length, where the turns carry times."""


def conversation_summary(turns: pd.DataFrame) -> ConversationSummary | None:
    """Summarise the ``conversations`` table; None where there is none."""
    if turns.empty:
        return None
    turns = turns.assign(role=turns["role"].fillna(turns["speaker"]).fillna(""), words=turns["text"].fillna("").str.split().str.len())
    before = turns.groupby("conversation")["role"].shift()
    changed = before.notna() & (turns["role"] != before)
    spans = turns.groupby("conversation").agg(start=("start", "min"), end=("end", "max"))
    lengths = ((spans["end"] - spans["start"]) / 60).dropna()
    total = max(int(turns["words"].sum()), 1)
    roles = tuple(RoleShare(role=str(role), word_share=float(mine["words"].sum() / total), turns=len(mine),
                            questions=int(mine["text"].fillna("").str.contains(r"\?", regex=True).sum()), longest=int(mine["words"].max()))
                  for role, mine in turns.groupby("role", sort=True))
    n = turns["conversation"].nunique()
    return ConversationSummary(n=n, turns=len(turns), roles=roles, switches_per_conversation=float(changed.sum() / n),
                               minutes=float(lengths.median()) if len(lengths) else None)
