"""What the words say: polarity, reaction, rupture and themes of every text, and of every clause where themes need it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxkit import method
from cxkit.method import Reaction
from cxkit.mining.clauses import clauses
from cxkit.mining.embedding import engine
from cxkit.mining.polarity import Labels, PolarityModel, client_model
from cxkit.mining.reaction import reaction, side
from cxkit.mining.rupture import rupture
from cxkit.mining.themes import Taxonomy, taxonomy, words_of
from cxkit.model.folder import ClientFolder
from cxkit.model.record import Record
from cxkit.words.text import resolve

_SIDES = {"delight": 1, "satisfaction": 1, "irritant": 0, "dissatisfaction": 0, "rupture": 0}


class Mention(Record):
    """A theme in a text: cause, touchpoint where one is named or known, and how it is felt."""

    cause: str
    touchpoint: str | None = None
    side: str


class Reading(Record):
    """What was read in one text.

    ``probability`` of the positive side, 0..1, calibrated; ``mixed`` where sure clauses of both sides stand in it;
    ``departure`` and ``advice``: the writer leaves; tells others to keep away.
    """

    source: str
    row: int
    probability: float
    side: str
    mixed: bool
    reaction: Reaction
    departure: bool
    advice: bool
    mentions: tuple[Mention, ...] = ()


class ReadingSummary(Record):
    """How the texts were read and how good that is.

    ``held_out_f1``, ``held_out_accuracy_80``, ``held_out_ece``: on the client's own scored texts that each fold had kept aside;
    None without enough of them. ``texts``: texts of customers, employees and observers.
    """

    engine: str
    texts: int
    labels: int
    held_out_f1: float | None = None
    held_out_accuracy_80: float | None = None
    held_out_ece: float | None = None
    sides: dict[str, int] = {}
    reactions: dict[str, int] = {}
    mixed: int = 0
    unclear: int = 0
    departures: int = 0
    advice: int = 0
    sampled: int = 0
    """Texts whose clauses were read, where a file is too large to read them all; 0 where all were."""


@dataclass(frozen=True)
class Told:
    """The texts with their readings: ``texts`` one row a text, ``mentions`` one row a text and theme (``text``: row of ``texts``)."""

    texts: pd.DataFrame
    mentions: pd.DataFrame
    rest: pd.DataFrame
    summary: ReadingSummary
    readings: tuple[Reading, ...]


def read_texts(folder: ClientFolder, verbatims: pd.DataFrame, wanted: str = "auto") -> Told | None:
    """Read all texts of the ``verbatims`` table; None where there is none."""
    texts = verbatims[verbatims["text"].notna()].reset_index(drop=True)
    if texts.empty:
        return None
    model = client_model(_labels(texts), wanted)
    probability = model.probability(texts["text"].tolist())
    texts = texts.assign(probability=probability, told=[side(value) for value in probability])
    found = {text: rupture(text) for text in texts["text"].unique()}
    texts["departure"] = texts["text"].map(lambda text: found[text].departure)
    texts["advice"] = texts["text"].map(lambda text: found[text].advice)
    texts["said"] = [reaction(text, value, found[text]) for text, value in zip(texts["text"], probability, strict=True)]
    parts = _clauses(model, texts, client_taxonomy(folder))
    sure = parts[parts["side"] != "neutral"].groupby("text")["side"].nunique()
    texts["mixed"] = sure.reindex(texts.index).fillna(0).eq(2)
    mentions = _mentions(parts, texts)
    return Told(texts, mentions, parts[parts["cause"].isna()], _summary(model, texts, parts), _readings(texts, mentions))


def client_taxonomy(folder: ClientFolder) -> Taxonomy:
    """The method's taxonomy with what client.yaml adds; a touchpoint of the inventory is also named by its own name."""
    themes = folder.client.themes
    causes: dict[str, tuple[str, ...]] = {}
    for cause in themes.causes:
        causes[cause.id] = causes.get(cause.id, ()) + cause.phrases
    named = {}
    for item in folder.touchpoints:
        own = tuple(name for language in ("fr", "en") if len(name := resolve(item.name, language)) > 3)
        named[item.id] = (*themes.touchpoints.get(item.id, ()), *dict.fromkeys(own), *words_of(item.id))
    return taxonomy(causes, named | {name: words for name, words in themes.touchpoints.items() if name not in named})


def _labels(texts: pd.DataFrame) -> Labels:
    """The client's own scored texts as weak labels: the side of the reaction that the score stands for."""
    scored = texts[texts["score"].notna() & texts["reaction"].isin(list(_SIDES))].drop_duplicates("text")
    return Labels(tuple(scored["text"]), scored["reaction"].map(_SIDES).to_numpy(dtype=int))


def _clauses(model: PolarityModel, texts: pd.DataFrame, themes: Taxonomy) -> pd.DataFrame:
    """One row a clause of a text: its words, side, cause and named touchpoint. Of very many texts a drawn sample is read."""
    most = method.data("mining")["large"]["clause_texts"]
    rows: Sequence[int] = range(len(texts))
    if len(texts) > most:
        rows = np.sort(np.random.default_rng(method.data("mining")["seed"]).permutation(len(texts))[:most])
    found = [(row, clause) for row in rows for clause in clauses(texts.at[row, "text"])]
    frame = pd.DataFrame(found, columns=["text", "clause"])
    distinct = frame["clause"].unique().tolist()
    whole = dict(zip(texts["text"], texts["probability"], strict=True))
    unknown = [clause for clause in distinct if clause not in whole]
    felt = whole | dict(zip(unknown, model.beside(unknown, whole), strict=True))
    cause, named = dict(zip(distinct, themes.causes(distinct), strict=True)), {clause: themes.named(clause) for clause in distinct}
    frame["probability"] = frame["clause"].map(felt)
    return frame.assign(side=frame["probability"].map(side), cause=frame["clause"].map(cause), named=frame["clause"].map(named))


def _mentions(parts: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """Themes of each text: the touchpoint that the clause names, else that of the row; clauses of one theme count once, by their mean."""
    told = parts[parts["cause"].notna()]
    told = told.assign(touchpoint=told["named"].where(told["named"].notna(), told["text"].map(texts["touchpoint"])))
    grouped = told.assign(touchpoint=told["touchpoint"].fillna("")).groupby(["text", "cause", "touchpoint"], sort=True)
    mentions = grouped["probability"].mean().reset_index()
    mentions["side"] = mentions["probability"].map(side)
    mentions["touchpoint"] = mentions["touchpoint"].mask(mentions["touchpoint"] == "")
    return mentions


def _summary(model: PolarityModel, texts: pd.DataFrame, parts: pd.DataFrame) -> ReadingSummary:
    unsure = method.data("mining")["polarity"]["unsure"]
    held, read = model.held_out, parts["text"].nunique()
    return ReadingSummary(
        engine=engine(model.engine), texts=len(texts), labels=model.labels, held_out_f1=held.macro_f1 if held else None,
        held_out_accuracy_80=held.accuracy_80 if held else None, held_out_ece=held.ece if held else None,
        sides=_counts(texts["told"]), reactions=_counts(texts["said"]), mixed=int(texts["mixed"].sum()),
        unclear=int((np.maximum(texts["probability"], 1 - texts["probability"]) < unsure).sum()), departures=int(texts["departure"].sum()),
        advice=int(texts["advice"].sum()), sampled=int(read) if read < len(texts) else 0)


def _counts(values: pd.Series) -> dict[str, int]:
    return {str(name): int(n) for name, n in values.value_counts().sort_index().items()}


def _readings(texts: pd.DataFrame, mentions: pd.DataFrame) -> tuple[Reading, ...]:
    """One record a text, up to the method's number: results are files that people open."""
    kept = texts.iloc[: method.data("voice")["readings_kept"]]
    by_text = dict(list(mentions[mentions["text"] < len(kept)].groupby("text")))
    found = []
    for row in kept.itertuples():
        mine = by_text.get(row.Index)
        themes = () if mine is None else tuple(
            Mention(cause=one.cause, touchpoint=one.touchpoint if isinstance(one.touchpoint, str) else None, side=one.side)
            for one in mine.itertuples())
        found.append(Reading(source=row.source, row=int(row.row), probability=row.probability, side=row.told, mixed=bool(row.mixed),
                             reaction=row.said, departure=bool(row.departure), advice=bool(row.advice), mentions=themes))
    return tuple(found)
