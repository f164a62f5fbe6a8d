"""Step 03, personas: who are the customer types, from declared personas, from the data, or from both confronted."""

from typing import Literal

import numpy as np
from sklearn.metrics import adjusted_rand_score

from cxkit.model.client import Client
from cxkit.model.persona import Persona, PersonaKind
from cxkit.steps.base import Gap, Given, Mark, StepParameters, StepResult, base_of
from cxkit.steps.persona_assign import assign
from cxkit.steps.persona_base import People, mark_of, people, share
from cxkit.steps.persona_declared import declared_channels, declared_facts, declared_lines, declared_traits, same_name
from cxkit.steps.persona_names import names
from cxkit.steps.persona_profile import (
    Told,
    attribute_lines,
    channels,
    curve,
    distinctions,
    facts,
    felt_lines,
    quotes,
    scale_traits,
    scores,
    told,
    touchpoints,
)
from cxkit.steps.persona_segments import Segments, segment
from cxkit.steps.persona_view import Coverage, Distinction, PersonaProfile, Segmentation

_KINDS: dict[str, PersonaKind] = {"patient": "public", "user": "public", "citizen": "public", "contact": "b2b", "prospect": "prospect"}


class Parameters(StepParameters):
    """Choices of step 03."""

    n_personas: int = 0
    """Segments to draw; 0 lets the data decide between 5 and 8, or say that they carry fewer."""
    source: Literal["auto", "declared", "data"] = "auto"
    """Where personas come from; auto takes the client's policy, then declared ones that the data can be split by."""


class Result(StepResult):
    """The personas, largest first, and who belongs to which: pseudonym → persona id."""

    personas: tuple[PersonaProfile, ...]
    assignments: dict[str, str]
    segmentation: Segmentation
    coverage: Coverage | None = None
    base: int = 0
    """People in the base: respondents and customers, one row each."""
    marks: tuple[Mark, ...] = ()

    def persona(self, id_: str) -> PersonaProfile:
        """The persona with this id."""
        return next(one for one in self.personas if one.id == id_)


def compute(given: Given, parameters: Parameters) -> Result:
    """Draw or confront the personas of a client."""
    client, declared = given.folder.client, given.folder.personas
    base = people(given)
    segments = segment(base, client.personas.attributes, parameters.n_personas or client.personas.number)
    rules = assign(declared, base, given.evidence)
    if _takes_declared(_source(parameters, client), declared, bool(rules.assignments)):
        assignments, drawn, coverage = rules.assignments, (), rules.coverage
    else:
        assignments, drawn, coverage = _data_assignments(base, segments), _segment_ids(segments), None
    split = told(given, assignments)
    labels = {id_: np.array([assignments.get(name) == id_ for name in base.table.index], dtype=bool)
              for id_ in [*drawn, *(one.id for one in declared)]}
    apart = distinctions(base, {id_: mine for id_, mine in labels.items() if mine.any()}, segments.verdict.attributes if drawn else ())
    profiles = [_drawn(given, base, split, id_, name, labels[id_], apart) for id_, name in _named(given, base, drawn, labels)]
    kept = declared if coverage is not None or _source(parameters, client) == "auto" else ()
    profiles += [_declared(given, base, split, persona, labels[persona.id], apart) for persona in kept]
    ordered = tuple(sorted(profiles, key=lambda one: (-one.n, one.origin != "data")))
    return Result(
        personas=ordered, assignments=assignments, segmentation=_compared(segments, base, rules.assignments),
        coverage=_judged(coverage, ordered) if coverage else None, base=len(base),
        marks=tuple(Mark(kind=m.evidence, n=m.n, start=m.start, end=m.end, sources=(m.source,))
                    for m in given.evidence.marks("survey", "customers", "verbatims", "interactions")),
        gaps=tuple(_gaps(given, base, segments, ordered, bool(drawn))))


def _source(parameters: Parameters, client: Client) -> str:
    return client.personas.source if parameters.source == "auto" else parameters.source


def _takes_declared(source: str, declared: tuple[Persona, ...], split_by_data: bool) -> bool:
    return source == "declared" or (source == "auto" and bool(declared) and split_by_data)


def _segment_ids(segments: Segments) -> tuple[str, ...]:
    return tuple(f"segment-{label + 1}" for label in range(segments.labels.max(initial=-1) + 1))


def _data_assignments(base: People, segments: Segments) -> dict[str, str]:
    return {str(name): f"segment-{label + 1}" for name, label in zip(base.table.index, segments.labels, strict=True) if label >= 0}


def _named(given: Given, base: People, drawn: tuple[str, ...], labels: dict[str, np.ndarray]):
    texts = "\n".join(given.evidence["verbatims"]["text"].dropna()).casefold() if drawn else ""
    return zip(drawn, names(given.folder.client, base, [labels[id_] for id_ in drawn], texts), strict=True)


def _kind(client: Client) -> PersonaKind:
    return _KINDS.get(client.customer_kind, "b2c")


def _drawn(given: Given, base: People, split: Told, id_: str, name: str, mine: np.ndarray, apart: dict) -> PersonaProfile:
    """The profile of a segment."""
    uses, basis = channels(given, base, mine, split, id_)
    lines = attribute_lines(given, base, mine, given.folder.client.personas.show)
    for section, side in (("pains", "negative"), ("delights", "positive")):
        if felt := felt_lines(given, split, id_, side):
            lines[section] = (*lines.get(section, ()), *felt)
    return PersonaProfile(id=id_, name=name, kind=_kind(given.folder.client), origin="data",
                          facts=facts(given, base, mine, given.folder.client.personas.show), lines=lines, channels=uses,
                          channel_basis=basis, traits=scale_traits(given, base, mine),
                          **_common(given, base, split, id_, mine, apart))


def _declared(given: Given, base: People, split: Told, persona: Persona, mine: np.ndarray, apart: dict) -> PersonaProfile:
    """The profile of a declared persona: its statements judged, what the data add beside them."""
    measured, basis = channels(given, base, mine, split, persona.id)
    common = _common(given, base, split, persona.id, mine, apart)
    lines = declared_lines(persona, given.folder.touchpoints, common["touchpoints"])
    for section, found in attribute_lines(given, base, mine, given.folder.client.personas.show).items():
        lines[section] = (*lines.get(section, ()), *found)
    for section, side in (("pains", "negative"), ("delights", "positive")):
        named = {line.touchpoint for line in lines.get(section, ())}
        felt = tuple(line for line in felt_lines(given, split, persona.id, side) if line.touchpoint not in named)
        if felt:
            lines[section] = (*lines.get(section, ()), *felt)
    own = declared_facts(given, persona, base, mine)
    added = [fact for fact in facts(given, base, mine, given.folder.client.personas.show) if fact.id not in persona.identity]
    uses = declared_channels(persona, measured)
    scales = scale_traits(given, base, mine)
    traits = (*(one for one in declared_traits(persona) if not any(same_name(one, scale) for scale in scales)), *scales)
    return PersonaProfile(
        id=persona.id, name=persona.name, kind=persona.kind, anti=persona.anti, origin="declared", tagline=persona.tagline,
        story=persona.story, quote=persona.quote, picture=persona.picture, facts=(*own, *added), traits=traits,
        lines=lines, channels=uses, channel_basis=basis or ("declared" if uses else None), notes=persona.notes, **common)


def _common(given: Given, base: People, split: Told, id_: str, mine: np.ndarray, apart: dict[str, tuple[Distinction, ...]]) -> dict:
    """What data say of every persona alike."""
    n = split.sizes.get(id_, 0)
    found = apart.get(id_, ())
    source = base.table["source"].iloc[0] if len(base) else None
    return {
        "n": n, "share": share(mine, base.weights) if len(base) and base_of(int(mine.sum())) not in {"suppressed", "counts_only"} else None,
        "mark": mark_of(given, source, n) if n else Mark(kind="hypothesis"), "without_data": n == 0,
        "over": tuple(one for one in found if one.difference > 0), "under": tuple(one for one in found if one.difference < 0),
        "scores": scores(split, id_), "touchpoints": touchpoints(given, set(base.table.index[mine]), split, id_),
        "quotes": quotes(split, id_), "curve": curve(given, split, id_)}


def _compared(segments: Segments, base: People, declared: dict[str, str]) -> Segmentation:
    """The verdict with the agreement of the segments with the declared personas, where both are known."""
    pairs = [(label, declared[name]) for name, label in zip(base.table.index, segments.labels, strict=True)
             if label >= 0 and name in declared]
    if base_of(len(pairs)) in {"suppressed", "counts_only"}:
        return segments.verdict
    drawn, stated = zip(*pairs, strict=True)
    return segments.verdict.model_copy(update={"agreement": float(adjusted_rand_score(stated, drawn))})


def _judged(coverage: Coverage, profiles: tuple[PersonaProfile, ...]) -> Coverage:
    counts = {"supported": 0, "contradicted": 0, "not_judged": 0}
    for profile in profiles:
        lines = [line for section in profile.lines.values() for line in section]
        for item in (*profile.facts, *lines, *profile.channels):
            if item.judgement:
                counts[item.judgement] += 1
    return coverage.model_copy(update={"statements": counts})


def _gaps(given: Given, base: People, segments: Segments, profiles: tuple[PersonaProfile, ...], drawn: bool):
    if not len(base):
        yield Gap(key="no_respondents")
    elif segments.verdict.verdict in {"no_data", "none", "unstable"}:
        yield Gap(key=segments.verdict.verdict, facts={"n": str(segments.verdict.n)})
    if not profiles:
        yield Gap(key="no_personas")
    for profile in profiles:
        if profile.without_data:
            yield Gap(key="without_data", facts={"persona": profile.name})
    if drawn and not given.evidence.has("verbatims"):
        yield Gap(key="no_quotes")
    if not given.evidence.has("interactions"):
        yield Gap(key="no_log")
