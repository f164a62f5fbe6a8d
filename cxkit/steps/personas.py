"""Step 03, personas: who are the customer types, from declared personas, from the data, or from both confronted."""

from collections import Counter
from typing import Literal

import numpy as np
from sklearn.metrics import adjusted_rand_score
from threadpoolctl import threadpool_limits

from cxkit.model.client import Client
from cxkit.model.persona import Persona, Wave, WavePersona
from cxkit.steps.base import Gap, Given, Mark, StepParameters, StepResult, base_of
from cxkit.steps.persona_answers import distinctions
from cxkit.steps.persona_assign import assign
from cxkit.steps.persona_base import People, people
from cxkit.steps.persona_build import Bench, declared, drawn
from cxkit.steps.persona_names import names
from cxkit.steps.persona_scoring import Scorer, SourceScoring, score_others, scorer
from cxkit.steps.persona_segments import Segments, segment
from cxkit.steps.persona_told import told
from cxkit.steps.persona_verdict import Coverage, PreviousWave, Segmentation
from cxkit.steps.persona_view import PersonaProfile
from cxkit.steps.persona_waves import Match, against, answers, colours, free_ids, match


class Parameters(StepParameters):
    """Choices of step 03."""

    n_personas: int = 0
    """Segments to draw; 0 lets the data decide between 5 and 8, or say that they carry fewer."""
    source: Literal["auto", "declared", "data"] = "auto"
    """Where personas come from; auto takes the client's policy, then declared ones that the data can be split by."""


class Result(StepResult):
    """The personas, largest first, and who belongs to which: pseudonym → persona id.

    ``scored``: people whose answers leave it open, placed by the classifier of their source. ``wave``: what the next wave needs to
    know these personas again. ``tests``: how many comparisons were corrected together.
    """

    personas: tuple[PersonaProfile, ...]
    assignments: dict[str, str]
    scored: dict[str, str] = {}
    segmentation: Segmentation
    coverage: Coverage | None = None
    scorer: Scorer | None = None
    others: tuple[SourceScoring, ...] = ()
    previous: PreviousWave | None = None
    wave: Wave | None = None
    base: int = 0
    """People in the base: respondents and customers, one row each."""
    tests: int = 0
    marks: tuple[Mark, ...] = ()

    def persona(self, id_: str) -> PersonaProfile:
        """The persona with this id."""
        return next(one for one in self.personas if one.id == id_)


@threadpool_limits.wrap(limits=1)  # many small fits: threads cost more than they give, and would change the order of sums
def compute(given: Given, parameters: Parameters) -> Result:
    """Draw or confront the personas of a client."""
    client, workshop, before = given.folder.client, given.folder.personas, given.folder.previous_wave
    base = people(given)
    segments = segment(base, client.personas.attributes, parameters.n_personas or client.personas.number)
    rules = assign(workshop, base, given.evidence)
    by_rules = _takes_declared(_source(parameters, client), workshop, bool(rules.assignments))
    found = Match((), ()) if by_rules else match(before, base, _members(segments))
    ids = free_ids(found, before)
    assignments = rules.assignments if by_rules else _data_assignments(base, segments, ids)
    labels = {id_: np.array([assignments.get(name) == id_ for name in base.table.index], dtype=bool)
              for id_ in [*ids, *(one.id for one in workshop)]}
    present = {id_: mine for id_, mine in labels.items() if mine.any()}
    others = score_others(base, present, rules.left_open if by_rules else segments.labels < 0)
    apart, tests = distinctions(base, present, segments.verdict.attributes if ids else ())
    bench = Bench(given, base, told(given, assignments, others.scored), labels, apart, Counter(others.scored.values()))
    profiles = [drawn(bench, id_, name) for id_, name in _named(given, base, ids, labels, found)]
    if by_rules or _source(parameters, client) == "auto":
        profiles += [declared(bench, persona) for persona in workshop]
    ordered = _continued(sorted(profiles, key=lambda one: (-one.n, one.origin != "data")), before, dict(zip(ids, found.distances, strict=True)))
    return Result(
        personas=ordered, assignments=assignments, scored=others.scored, segmentation=_compared(segments, base, rules.assignments),
        coverage=_judged(rules.coverage, ordered) if by_rules else None, scorer=scorer(base, labels), others=others.accounts,
        previous=against(before, ordered), wave=_wave(given, base, labels, ordered), base=len(base), tests=tests,
        marks=tuple(Mark(kind=m.evidence, n=m.n, start=m.start, end=m.end, sources=(m.source,))
                    for m in given.evidence.marks("survey", "customers", "verbatims", "interactions")),
        gaps=tuple(_gaps(given, base, segments, ordered, bool(ids))))


def _source(parameters: Parameters, client: Client) -> str:
    return client.personas.source if parameters.source == "auto" else parameters.source


def _takes_declared(source: str, workshop: tuple[Persona, ...], split_by_data: bool) -> bool:
    return source == "declared" or (source == "auto" and bool(workshop) and split_by_data)


def _members(segments: Segments) -> list[np.ndarray]:
    return [segments.labels == label for label in range(segments.labels.max(initial=-1) + 1)]


def _data_assignments(base: People, segments: Segments, ids: tuple[str, ...]) -> dict[str, str]:
    return {str(name): ids[label] for name, label in zip(base.table.index, segments.labels, strict=True) if label >= 0}


def _named(given: Given, base: People, ids: tuple[str, ...], labels: dict[str, np.ndarray], found: Match):
    texts = "\n".join(given.evidence["verbatims"]["text"].dropna()).casefold() if ids else ""
    kept = tuple(before.name if before else None for before in found.before)
    return zip(ids, names(given.folder.client, base, [labels[id_] for id_ in ids], texts, kept), strict=True)


def _continued(profiles: list[PersonaProfile], before: Wave | None, distances: dict[str, float | None]) -> tuple[PersonaProfile, ...]:
    """Profiles with their colour, and whether the previous wave had them."""
    known = {one.id for one in before.personas} if before else set()
    given = colours([one.id for one in profiles], before)
    return tuple(one.model_copy(update={"colour": given[one.id], "moved": distances.get(one.id),
                                        "since": None if before is None else "kept" if one.id in known else "new"}) for one in profiles)


def _wave(given: Given, base: People, labels: dict[str, np.ndarray], profiles: tuple[PersonaProfile, ...]) -> Wave:
    return Wave(as_of=given.folder.client.as_of, personas=tuple(
        WavePersona(id=one.id, name=one.name, colour=one.colour, origin=one.origin,
                    share=round(one.share.value, 1) if one.share and one.share.value is not None else None,
                    answers=answers(base, labels[one.id])) for one in profiles))


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
