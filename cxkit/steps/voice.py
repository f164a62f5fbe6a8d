"""Step 02, voice of the customer: scores with their intervals, reactions, drivers, typical words, complaints, conversations."""

from typing import Literal

import pandas as pd
from pydantic import Field

from cxkit import method
from cxkit.mining.embedding import engine
from cxkit.mining.polarity import seed_model
from cxkit.mining.themes import Taxonomy
from cxkit.model.record import Record
from cxkit.statistics.multiple import benjamini_hochberg
from cxkit.statistics.shares import two_proportions
from cxkit.steps.base import Estimate, Gap, Given, Mark, StepParameters, StepResult, base_of
from cxkit.steps.disclosure import protected
from cxkit.steps.journey_view import CurvePoint
from cxkit.steps.reactions import customer_point, reactions
from cxkit.steps.scoring import estimates
from cxkit.steps.voice_complaints import ComplaintSummary, complaint_summary
from cxkit.steps.voice_conversations import ConversationSummary, conversation_summary
from cxkit.steps.voice_impact import Impact, impact
from cxkit.steps.voice_quotes import Quote, typical_quotes
from cxkit.steps.voice_reading import Reading, ReadingSummary, client_taxonomy, read_texts
from cxkit.steps.voice_survey import KanoFeature, TxrScore, WaveChange, kano_features, txr, waves
from cxkit.steps.voice_themes import Cluster, Theme, ThemeGap, clusters, gaps, themes

DIMENSIONS = ("stage", "touchpoint", "channel", "persona", "month")


class Parameters(StepParameters):
    """Choices of step 02."""

    quotes: int = 0
    """Typical verbatims per stage; 0 takes the method's number."""
    engine: Literal["auto", "e5", "use", "words"] = "auto"
    """Embeddings that read the texts: auto (the best installed), e5, use or words."""
    since: str = Field("", pattern=r"^(\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8]))?$")
    """First day of the later period when themes and scores are compared over time (ISO, up to the 28th); empty: the middle."""
    weighted: bool = True
    """False leaves survey weights out of the figures by group."""


class Breakdown(Record):
    """Scores of one group: dimension (stage, touchpoint, channel, persona, month), key and estimates."""

    dimension: str
    key: str
    estimates: tuple[Estimate, ...]


class Driver(Record):
    """How much more often detractors than promoters speak of a touchpoint: shares 0..1, difference with interval, q."""

    touchpoint: str
    detractors: int
    promoters: int
    difference: float
    low: float
    high: float
    q: float


class StageReaction(Record):
    """Reactions of customers in a stage."""

    stage: str
    point: CurvePoint


class Result(StepResult):
    """What customers say and score."""

    overall: tuple[Estimate, ...]
    unweighted: tuple[Estimate, ...]
    breakdowns: tuple[Breakdown, ...]
    stage_reactions: tuple[StageReaction, ...]
    drivers: tuple[Driver, ...]
    tested: int
    quotes: tuple[Quote, ...]
    verbatim_counts: dict[str, int]
    reading: ReadingSummary | None
    readings: tuple[Reading, ...]
    themes: tuple[Theme, ...]
    clusters: tuple[Cluster, ...]
    theme_gaps: tuple[ThemeGap, ...]
    impact: Impact
    waves: tuple[WaveChange, ...]
    txr: TxrScore | None
    kano: tuple[KanoFeature, ...]
    complaints: ComplaintSummary | None
    conversations: ConversationSummary | None
    marks: tuple[Mark, ...]


def compute(given: Given, parameters: Parameters) -> Result:
    """Read scores and words of the evidence; small bases are suppressed by ``steps.scoring``."""
    evidence = given.evidence
    scores = _with_personas(given, evidence["scores"])
    verbatims = _with_personas(given, evidence["verbatims"])
    overall_rows = _overall(scores)
    drivers, tested = _drivers(verbatims)
    stages = given.folder.client.stage_ids() or tuple(method.data("stages"))
    per_stage = parameters.quotes or method.data("voice")["quotes_per_stage"]
    quotes = typical_quotes(verbatims, per_stage, stages)
    told = read_texts(given.folder, verbatims, parameters.engine)
    found = themes(told) if told else ()
    return Result(
        reading=told.summary if told else None, readings=told.readings if told else (), themes=found, theme_gaps=gaps(found),
        clusters=clusters(told) if told else (), impact=impact(told, parameters.since) if told else Impact(),
        overall=estimates(overall_rows), unweighted=estimates(overall_rows, weighted=False),
        breakdowns=tuple(_breakdowns(scores, stages, weighted=parameters.weighted)), stage_reactions=tuple(_stages(given, stages)),
        drivers=drivers, tested=tested, quotes=quotes,
        verbatim_counts={kind: int(n) for kind, n in verbatims["kind"].value_counts().sort_index().items()},
        waves=waves(overall_rows, parameters.since), txr=txr(scores), kano=kano_features(evidence["kano"]),
        complaints=complaint_summary(evidence["complaints"], given.folder, _taxonomy(given, "complaints")),
        conversations=_conversations(given, parameters.engine),
        marks=tuple(Mark(kind=m.evidence, n=m.n, start=m.start, end=m.end, sources=(m.source,)) for m in evidence.sources),
        gaps=tuple(_gaps(scores, verbatims)))


def _taxonomy(given: Given, table: str) -> Taxonomy | None:
    """The client's taxonomy where there is something to read; it takes a second to learn."""
    return client_taxonomy(given.folder) if given.evidence.has(table) else None


def _conversations(given: Given, wanted: str) -> ConversationSummary | None:
    turns = given.evidence["conversations"]
    expected = {source.id: source.expected for source in given.folder.client.sources if source.expected}
    model = seed_model(engine(wanted)) if len(turns) else None
    return conversation_summary(turns, model, _taxonomy(given, "conversations"), expected)


def _with_personas(given: Given, table: pd.DataFrame) -> pd.DataFrame:
    assigned = table["respondent"].map(dict(given.assignments))
    return table.assign(persona=assigned.where(assigned.notna(), table["persona"]))


def _overall(scores: pd.DataFrame) -> pd.DataFrame:
    """Overall questions; a metric that was never asked overall is told over all its places."""
    overall = scores[scores["of"] == "overall"]
    return overall if len(overall) else scores


def _order(key: str, dimension: str, stages: tuple[str, ...]) -> tuple[int, str]:
    """Stages stand in the order of the journey, other groups by name."""
    return (stages.index(key), key) if dimension == "stage" and key in stages else (len(stages), key)


def _breakdowns(scores: pd.DataFrame, stages: tuple[str, ...], *, weighted: bool):
    scores = scores.assign(month=scores["time"].dt.strftime("%Y-%m"))
    overall = _overall(scores)
    for dimension in DIMENSIONS:
        rows = scores[scores["of"] != "overall"] if dimension in {"stage", "touchpoint"} else overall
        groups = sorted(rows[rows[dimension].notna()].groupby(dimension, sort=True), key=lambda group: _order(group[0], dimension, stages))
        found = {str(key): estimates(mine, weighted=weighted) for key, mine in groups}
        if rows is overall:
            found = _protected(found, estimates(rows[rows[dimension].isna()]))
        yield from (Breakdown(dimension=dimension, key=key, estimates=told) for key, told in found.items() if told)


def _protected(found: dict[str, tuple[Estimate, ...]], nowhere: tuple[Estimate, ...]) -> dict[str, tuple[Estimate, ...]]:
    """Groups of the overall answers, of which the total is published, metric by metric."""
    told = [(key, cell) for key, cells in found.items() for cell in cells]
    safe: dict[str, dict[str, Estimate]] = {key: {} for key in found}
    for metric in dict.fromkeys(cell.metric for _, cell in told):
        keys = [key for key, cell in told if cell.metric == metric]
        cells = protected([cell for _, cell in told if cell.metric == metric], sum(cell.n for cell in nowhere if cell.metric == metric))
        for key, cell in zip(keys, cells, strict=True):
            safe[key][metric] = cell
    return {key: tuple(cells.values()) for key, cells in safe.items()}


def _stages(given: Given, stages: tuple[str, ...]):
    rows = reactions(given.evidence["scores"], given.evidence["verbatims"])
    for stage in stages:
        point = customer_point(rows[rows["stage"] == stage])
        if point is not None:
            yield StageReaction(stage=stage, point=point)


def _drivers(verbatims: pd.DataFrame) -> tuple[tuple[Driver, ...], int]:
    """Touchpoints in the words of detractors (0–6) against promoters (9–10), corrected for all that were tested."""
    told = verbatims[verbatims["kind"].eq("reported") & verbatims["score"].notna() & verbatims["touchpoint"].notna()]
    against, for_ = told[told["score"] <= 6], told[told["score"] >= 9]
    if base_of(len(against)) in {"suppressed", "counts_only"} or base_of(len(for_)) in {"suppressed", "counts_only"}:
        return (), 0
    tests = []
    for touchpoint in sorted(told["touchpoint"].unique()):
        a, b = int((against["touchpoint"] == touchpoint).sum()), int((for_["touchpoint"] == touchpoint).sum())
        tests.append((touchpoint, a, b, two_proportions(a, len(against), b, len(for_))))
    q_values = benjamini_hochberg([test[3].p for test in tests]).q
    drivers = [Driver(touchpoint=name, detractors=a, promoters=b, difference=d.value, low=d.low, high=d.high, q=q)
               for (name, a, b, d), q in zip(tests, q_values, strict=True)]
    return tuple(sorted(drivers, key=lambda one: -one.difference)), len(tests)


def _gaps(scores: pd.DataFrame, verbatims: pd.DataFrame):
    present = set(scores["metric"])
    for metric in ("nps", "csat", "ces"):
        if not present & ({"csat", "rating"} if metric == "csat" else {metric}):
            yield Gap(key="no_metric", facts={"metric": metric})
    if not (verbatims["kind"] == "reported").any():
        yield Gap(key="no_verbatims")
