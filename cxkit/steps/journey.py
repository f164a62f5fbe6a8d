"""Step 05, journey: the global map and one per persona, with the customers' reactions as the emotion curve."""

import pandas as pd
from pydantic import Field

from cxkit import method
from cxkit.model.folder import DatedMap
from cxkit.model.record import Text
from cxkit.steps.base import Gap, Given, Mark, StepParameters, StepResult
from cxkit.steps.journey_draft import draft_map
from cxkit.steps.journey_fill import Filling, fill_stage
from cxkit.steps.journey_paths import lived_paths
from cxkit.steps.journey_paths_view import PathsResult
from cxkit.steps.journey_view import JourneyMapView, PersonaCard
from cxkit.steps.persona_view import PersonaProfile
from cxkit.steps.reactions import reactions, with_read

_BESIDE_THE_MAP = frozenset({"customers", "experiment", "documents"})


class Parameters(StepParameters):
    """Choices of step 05."""

    lanes: str = ""
    """Lane ids in order, separated by commas; the client's order when empty."""
    persona_maps: bool = True
    """Draw one map per persona beside the global one."""
    change_day: str = Field("", pattern=r"^(\d{4}-\d{2}-\d{2})?$")
    """A day (ISO) that parts the lived paths in two; the date of the current map when empty."""


class Result(StepResult):
    """The maps, global first; then as-is maps of the personas in the order of step 03. Beside them the lived paths."""

    maps: tuple[JourneyMapView, ...]
    paths: PathsResult = PathsResult()


def compute(given: Given, parameters: Parameters) -> Result:
    """Draw the as-is maps.

    Notes
    -----
    An activity's reactions are those of its touchpoint in its stage; under the least base the declared reaction is drawn
    instead, hollow unless customer evidence is declared. Without a declared map the kit drafts one from the evidence.
    """
    lanes = _lanes(given, parameters)
    all_reactions = _reactions(given)
    all_reactions["persona"] = _personas_of(given, all_reactions)
    declared = given.folder.current_map()
    base = declared or draft_map(given)
    gaps = [] if declared else [Gap(key="drafted")]
    maps = [_view(given, base, None, Filling(given, all_reactions), lanes, drafted=declared is None)]
    for card in _cards(given) if parameters.persona_maps else ():
        mine = all_reactions[all_reactions["persona"] == card.id]
        # without any declared map a persona's draft is that of its own evidence
        own = given.folder.current_map(card.id) or (_draft_of(given, card.id) if declared is None else None)
        filling = Filling(given, mine, persona=card.id, borrowed=own is None)
        maps.append(_view(given, own or base, card, filling, lanes, drafted=declared is None and not (own and own.file)))
        if mine.empty:
            gaps.append(Gap(key="persona_without_reactions", facts={"persona": card.name}))
    if all_reactions.empty:
        gaps.append(Gap(key="no_reactions"))
    return Result(maps=tuple(maps), paths=lived_paths(given, parameters.change_day), gaps=tuple(gaps))


def _reactions(given: Given) -> pd.DataFrame:
    """Customers' reactions; where nobody scored, those that step 02 read in the texts."""
    verbatims, voice = given.evidence["verbatims"], given.upstream.get("voice")
    read = {(one.source, one.row): one.reaction for one in voice.readings} if voice is not None else {}
    return with_read(reactions(given.evidence["scores"], verbatims), verbatims, read)


def _draft_of(given: Given, persona: str) -> DatedMap | None:
    drafted = draft_map(given, persona)
    return drafted if any(stage.activities for stage in drafted.map.stages) else None


def to_be_maps(given: Given, lanes: tuple[str, ...] = ()) -> tuple[JourneyMapView, ...]:
    """The declared to-be maps as views: intentions, so without customers' reactions."""
    named = [None, *(card.id for card in _cards(given))]
    cards = {card.id: card for card in _cards(given)}
    nobody = reactions(given.evidence["scores"].iloc[:0], given.evidence["verbatims"].iloc[:0]).assign(inferred=False)
    dated = [(name, given.folder.current_map(name, "to-be")) for name in named]
    return tuple(_view(given, one, cards.get(name), Filling(given, nobody, name), lanes or _lanes(given, Parameters()), drafted=False)
                 for name, one in dated if one is not None)


def _view(given: Given, dated: DatedMap, card: PersonaCard | None, filling: Filling, lanes: tuple[str, ...],
          *, drafted: bool) -> JourneyMapView:
    evidence = given.evidence
    previous_owner, stages = None, []
    for stage in dated.map.stages:
        view, previous_owner = fill_stage(filling, stage, previous_owner)
        stages.append(view)
    title: Text = dated.map.title
    return JourneyMapView(
        title=title, client=given.folder.client.name, kind=dated.map.kind, persona=card, file=dated.file or None,
        version=dated.map.version, date=dated.map.date, drafted=drafted, sample=_sample(given), start=evidence.start, end=evidence.end,
        stages=tuple(stages), lanes=lanes)


def _sample(given: Given) -> tuple[Mark, ...]:
    """One mark for each kind of evidence that fills a map, largest first."""
    marks = [mark for mark in given.evidence.sources if mark.kind not in _BESIDE_THE_MAP and mark.n]
    total: dict[str, int] = {}
    for mark in marks:
        total[mark.evidence] = total.get(mark.evidence, 0) + mark.n
    return tuple(Mark(kind=kind, n=n, sources=tuple(mark.source for mark in marks if mark.evidence == kind))
                 for kind, n in sorted(total.items(), key=lambda item: (-item[1], item[0])))


def _cards(given: Given) -> tuple[PersonaCard, ...]:
    result = given.upstream.get("personas")
    if result is None:
        return tuple(PersonaCard(id=p.id, name=p.name, tagline=p.tagline, quote=p.quote) for p in given.folder.personas if not p.anti)
    return tuple(_card(profile) for profile in result.personas if not profile.anti)


def _card(profile: PersonaProfile) -> PersonaCard:
    quote = profile.quote or next((quote.text for quote in profile.quotes), None)
    share = profile.share.value / 100 if profile.share and profile.share.value is not None else None
    return PersonaCard(id=profile.id, name=profile.name, tagline=profile.tagline, quote=quote, share=share, n=profile.n)


def _personas_of(given: Given, rows):
    assigned = rows["respondent"].map(dict(given.assignments))
    return assigned.where(assigned.notna(), rows["persona"])


def _lanes(given: Given, parameters: Parameters) -> tuple[str, ...]:
    chosen = tuple(part.strip() for part in parameters.lanes.split(",") if part.strip())
    return chosen or given.folder.client.map.lanes or tuple(lane["id"] for lane in method.data("lanes"))
