"""Conversations: who speaks how much, mood over the call, topics, questions, commitments, decided actions, hand-overs, expected sequence."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

import numpy as np
import pandas as pd

from cxkit import method
from cxkit.mining.clauses import clauses
from cxkit.mining.polarity import PolarityModel
from cxkit.mining.promises import commitments, hands_over, questions
from cxkit.mining.themes import Taxonomy, fold
from cxkit.model.record import Record


class RoleShare(Record):
    """Share of the words (0..1), turns, questions and longest monologue (words of turns in a row) of one role.

    ``time_share``: share of the speaking time, where turns carry times.
    """

    role: str
    word_share: float
    time_share: float | None = None
    turns: int
    questions: int
    longest: int


class Promise(Record):
    """A commitment or a decided action: who (role), when if it was said, and the words."""

    conversation: str
    turn: int
    kind: str
    """``commitment``: somebody said it; ``action``: the program wrote that it was done."""
    role: str
    when: str | None = None
    text: str


class Deviation(Record):
    """A conversation against the expected sequence: actions missing, not expected, and out of order."""

    conversation: str
    done: tuple[str, ...]
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    out_of_order: tuple[str, ...] = ()


class Talk(Record):
    """One conversation. ``mood``: probability that the customer's words are positive in its beginning, middle and end; None where silent."""

    conversation: str
    turns: int
    switches: int
    minutes: float | None = None
    customer_share: float | None = None
    mood: tuple[float | None, ...]
    topics: tuple[str, ...] = ()
    hand_overs: int = 0
    asked: tuple[str, ...] = ()
    """What the customer asked."""


class ConversationSummary(Record):
    """All conversations of the evidence. ``interruptions``: turns that begin before the turn before has ended."""

    n: int
    turns: int
    roles: tuple[RoleShare, ...]
    switches_per_conversation: float
    minutes: float | None = None
    """Median length, where the turns carry times."""
    mood: tuple[float | None, ...] = ()
    topics: dict[str, int] = {}
    """Cause → conversations in which the customer speaks of it."""
    talks: tuple[Talk, ...] = ()
    promises: tuple[Promise, ...] = ()
    hand_overs: int = 0
    interruptions: int | None = None
    deviations: tuple[Deviation, ...] = ()


def conversation_summary(turns: pd.DataFrame, model: PolarityModel | None = None, themes: Taxonomy | None = None,
                         expected: Mapping[str, Mapping[str, Sequence[str]]] | None = None) -> ConversationSummary | None:
    """Summarise the ``conversations`` table; None where there is none.

    Parameters
    ----------
    model, themes : read mood and topics; without them both are empty.
    expected : source id → the expected sequence: action id → words by which a turn shows it, in order.
    """
    if turns.empty:
        return None
    turns = turns.assign(role=_roles(turns), words=turns["text"].fillna("").str.split().str.len(), text=turns["text"].fillna(""))
    turns["part"] = _parts(turns)
    turns["felt"] = _felt(turns, model)
    total, length = max(int(turns["words"].sum()), 1), (turns["end"] - turns["start"]).clip(lower=0)
    longest = _monologues(turns)
    roles = tuple(RoleShare(role=str(role), word_share=float(mine["words"].sum() / total), turns=len(mine),
                            time_share=float(length[mine.index].sum() / length.sum()) if length.sum() > 0 else None,
                            questions=sum(len(questions(text)) for text in mine["text"]), longest=int(longest[role]))
                  for role, mine in turns.groupby("role", sort=True))
    talks = tuple(_talk(str(name), mine, themes) for name, mine in turns.groupby("conversation", sort=False))
    minutes = [talk.minutes for talk in talks if talk.minutes is not None]
    topics = pd.Series([topic for talk in talks for topic in talk.topics], dtype="object").value_counts()
    return ConversationSummary(
        n=len(talks), turns=len(turns), roles=roles, switches_per_conversation=sum(talk.switches for talk in talks) / len(talks),
        minutes=float(np.median(minutes)) if minutes else None, mood=_mood(turns), talks=talks, promises=tuple(_promises(turns)),
        topics={str(topic): int(n) for topic, n in sorted(topics.items(), key=lambda item: (-item[1], item[0]))},
        hand_overs=sum(talk.hand_overs for talk in talks), interruptions=_interruptions(turns), deviations=tuple(_deviations(turns, expected or {})))


def _roles(turns: pd.DataFrame) -> pd.Series:
    names = method.data("conversations")["roles"]["names"]
    role = turns["role"].fillna(turns["speaker"]).fillna("")
    return role.map(lambda name: names.get(name, name))


def is_customer(role: str) -> bool:
    """True for who does not work for the client."""
    return role not in method.data("conversations")["roles"]["staff"]


def _parts(turns: pd.DataFrame) -> pd.Series:
    """Beginning, middle or end: 0, 1, 2 by the place of the turn in its conversation."""
    number = method.data("conversations")["closing"]
    place, size = turns.groupby("conversation").cumcount(), turns.groupby("conversation")["role"].transform("size")
    return (place * number // size).astype(int)


def _felt(turns: pd.DataFrame, model: PolarityModel | None) -> pd.Series:
    """Probability of the positive side of customers' turns of three words or more; others have none."""
    felt = pd.Series(np.nan, index=turns.index)
    told = turns["role"].map(is_customer) & (turns["words"] >= 3)
    if model is not None and told.any():
        felt[told] = model.probability(turns.loc[told, "text"].tolist())
    return felt


def _mood(turns: pd.DataFrame) -> tuple[float | None, ...]:
    means = turns.groupby("part")["felt"].mean()
    return tuple(round(float(means[part]), 4) if part in means and means[part] == means[part] else None
                 for part in range(method.data("conversations")["closing"]))


def _talk(name: str, turns: pd.DataFrame, themes: Taxonomy | None) -> Talk:
    spoken = turns[~turns["role"].isin(method.data("conversations")["roles"]["acts"])]
    changed = (spoken["role"] != spoken["role"].shift()) & spoken["role"].shift().notna()
    customer = turns[turns["role"].map(is_customer)]
    parts = [clause for text in customer["text"] for clause in clauses(text)]
    topics = [] if themes is None else [cause for cause in themes.causes(parts) if cause]
    seconds = turns["end"].max() - turns["start"].min()
    return Talk(conversation=name, turns=len(turns), switches=int(changed.sum()), minutes=float(seconds / 60) if seconds == seconds else None,
                customer_share=float(customer["words"].sum() / max(spoken["words"].sum(), 1)), mood=_mood(turns),
                topics=tuple(dict.fromkeys(sorted(topics, key=lambda topic: (-topics.count(topic), topic)))), hand_overs=_hand_overs(spoken),
                asked=tuple(question for text in customer["text"] for question in questions(text)))


def _hand_overs(spoken: pd.DataFrame) -> int:
    """Another person of the staff takes over: the staff's speaker or role changes, or somebody says so."""
    staff = spoken[~spoken["role"].map(is_customer)]
    who = staff["role"] + "/" + staff["speaker"].fillna("")
    changes = int(((who != who.shift()) & who.shift().notna()).sum())
    return max(changes, sum(hands_over(text) for text in staff["text"]))


def _promises(turns: pd.DataFrame):
    acts = method.data("conversations")["roles"]["acts"]
    for row in turns.itertuples():
        if row.role in acts:
            yield Promise(conversation=str(row.conversation), turn=int(row.turn), kind="action", role=row.role, text=row.text)
        elif not is_customer(row.role):
            for found in commitments(row.text):
                yield Promise(conversation=str(row.conversation), turn=int(row.turn), kind="commitment", role=row.role, when=found.when,
                              text=found.text)


def _monologues(turns: pd.DataFrame) -> pd.Series:
    """Longest stretch of words by one role without another speaking, by role."""
    new = (turns["role"] != turns["role"].shift()) | (turns["conversation"] != turns["conversation"].shift())
    stretches = turns.groupby(new.cumsum()).agg(role=("role", "first"), words=("words", "sum"))
    return stretches.groupby("role")["words"].max()


def _interruptions(turns: pd.DataFrame) -> int | None:
    if turns["start"].isna().all() or turns["end"].isna().all():
        return None
    before = turns.groupby("conversation")[["end", "role"]].shift()
    return int(((turns["start"] < before["end"]) & (turns["role"] != before["role"])).sum())


def _deviations(turns: pd.DataFrame, expected: Mapping[str, Mapping[str, Sequence[str]]]):
    for (source, name), mine in turns.groupby(["source", "conversation"], sort=False):
        if source not in expected:
            continue
        planned = list(expected[source])
        done = _done(mine[~mine["role"].map(is_customer)]["text"], expected[source])
        common = {done[i] for block in SequenceMatcher(None, planned, done, autojunk=False).get_matching_blocks()
                  for i in range(block.b, block.b + block.size)}
        yield Deviation(conversation=str(name), done=tuple(done), missing=tuple(step for step in planned if step not in done),
                        out_of_order=tuple(step for step in done if step in planned and step not in common),
                        extra=tuple(_unexpected(mine, expected[source])))


def _unexpected(turns: pd.DataFrame, actions: Mapping[str, Sequence[str]]) -> list[str]:
    """Actions that the program wrote and the process does not foresee, in their own words."""
    written = turns[turns["role"].isin(method.data("conversations")["roles"]["acts"])]["text"]
    return [text for text in written if not any(fold(word) in fold(text) for words in actions.values() for word in words)]


def _done(texts: pd.Series, actions: Mapping[str, Sequence[str]]) -> list[str]:
    """Actions in the order in which turns of the staff show them first."""
    found: list[str] = []
    for text in texts.map(fold):
        found += [name for name, words in actions.items() if name not in found and any(fold(word) in text for word in words)]
    return found
