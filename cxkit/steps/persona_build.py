"""One persona's profile put together: drawn from data, or declared with its statements judged and the data beside them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cxkit.model.client import Client
from cxkit.model.persona import Persona, PersonaKind
from cxkit.steps.base import Given, Mark, base_of
from cxkit.steps.persona_answers import attribute_lines, facts, scale_traits
from cxkit.steps.persona_base import People, mark_of, share
from cxkit.steps.persona_channels import channels
from cxkit.steps.persona_declared import declared_channels, declared_facts, declared_lines, declared_traits, same_name, with_answers
from cxkit.steps.persona_names import declared_look, drawn_look
from cxkit.steps.persona_outcomes import buying, outcomes
from cxkit.steps.persona_privacy import headline, shared
from cxkit.steps.persona_told import Told, curve, felt_lines, quotes, scores, touchpoints, voiced_lines
from cxkit.steps.persona_view import Distinction, Line, PersonaProfile

_KINDS: dict[str, PersonaKind] = {"patient": "public", "user": "public", "citizen": "public", "contact": "b2b", "prospect": "prospect"}
_FELT = (("pains", "negative"), ("delights", "positive"))


@dataclass(frozen=True)
class Bench:
    """What all profiles of a study are built from; ``labels``: persona → its people, boolean (n,); ``apart``: what sets it apart."""

    given: Given
    base: People
    split: Told
    labels: Mapping[str, np.ndarray]
    apart: Mapping[str, tuple[Distinction, ...]]
    scored: Mapping[str, int]

    @property
    def client(self) -> Client:
        """The client."""
        return self.given.folder.client


def drawn(bench: Bench, id_: str, name: str) -> PersonaProfile:
    """The profile of a segment."""
    client, mine = bench.client, bench.labels[id_]
    uses, basis = channels(bench.given, bench.base, mine, bench.split, id_)
    common = _common(bench, id_)
    lines = attribute_lines(bench.given, bench.base, mine, client.personas.show)
    named = headline(bench.base, common["over"])
    kept = shared(bench.base, named, facts(bench.given, bench.base, mine, client.personas.show))
    return PersonaProfile(
        id=id_, name=name, kind=_kind(client), origin="data", headline=named, facts=kept.facts, withheld=kept.withheld,
        shared_by=kept.shared_by, lines=_with_felt(bench, id_, lines), channels=uses, channel_basis=basis,
        traits=scale_traits(bench.given, bench.base, mine), portrait=drawn_look(bench.base, mine, client.personas.portraits),
        buying=buying(bench.given, bench.base, mine, ()), **common)


def declared(bench: Bench, persona: Persona) -> PersonaProfile:
    """The profile of a declared persona: its statements judged, what the data add beside them."""
    given, base, mine, show = bench.given, bench.base, bench.labels[persona.id], bench.client.personas.show
    measured, basis = channels(given, base, mine, bench.split, persona.id)
    common = _common(bench, persona.id)
    lines = declared_lines(persona, given.folder.touchpoints, common["touchpoints"])
    for section, found in attribute_lines(given, base, mine, show).items():
        lines[section] = with_answers(lines.get(section, ()), found)
    own = declared_facts(given, persona, base, mine, show)
    added = [fact for fact in facts(given, base, mine, show) if fact.id not in persona.identity]
    kept = shared(base, (), (*own, *added))
    uses = declared_channels(persona, measured)
    scales = scale_traits(given, base, mine)
    traits = (*(one for one in declared_traits(persona) if not any(same_name(one, scale) for scale in scales)), *scales)
    return PersonaProfile(
        id=persona.id, name=persona.name, kind=persona.kind, anti=persona.anti, origin="declared", tagline=persona.tagline,
        story=persona.story, quote=persona.quote, picture=persona.picture, facts=kept.facts, withheld=kept.withheld,
        shared_by=kept.shared_by, traits=traits, lines=_with_felt(bench, persona.id, lines), channels=uses,
        channel_basis=basis or ("declared" if uses else None), notes=persona.notes,
        portrait=declared_look(persona, bench.client.personas.portraits), buying=buying(given, base, mine, persona.buying), **common)


def _kind(client: Client) -> PersonaKind:
    return client.personas.kind or _KINDS.get(client.customer_kind, "b2c")


def _with_felt(bench: Bench, id_: str, lines: dict[str, tuple[Line, ...]]) -> dict[str, tuple[Line, ...]]:
    """Irritants and delights by touchpoint, beside those that the lines name already; then what the persona's own texts voice."""
    for section, side in _FELT:
        named = {line.touchpoint for line in lines.get(section, ()) if line.touchpoint}
        felt = tuple(line for line in felt_lines(bench.given, bench.split, id_, side) if line.touchpoint not in named)
        if felt:
            lines = {**lines, section: (*lines.get(section, ()), *felt)}
    for section, voiced in voiced_lines(bench.given, bench.split, id_).items():
        lines = {**lines, section: (*lines.get(section, ()), *voiced)}
    return lines


def _common(bench: Bench, id_: str) -> dict:
    """What data say of every persona alike."""
    base, split, mine = bench.base, bench.split, bench.labels[id_]
    n = split.sizes.get(id_, 0)
    found = bench.apart.get(id_, ())
    source = base.table["source"].iloc[0] if len(base) else None
    return {
        "n": n, "share": share(mine, base.weights) if len(base) and base_of(int(mine.sum())) not in {"suppressed", "counts_only"} else None,
        "mark": mark_of(bench.given, source, n) if n else Mark(kind="hypothesis"), "without_data": n == 0,
        "over": tuple(one for one in found if one.difference > 0), "under": tuple(one for one in found if one.difference < 0),
        "scores": scores(split, id_), "touchpoints": touchpoints(bench.given, set(base.table.index[mine]), split, id_),
        "quotes": quotes(split, id_), "curve": curve(bench.given, split, id_),
        "outcomes": outcomes(bench.given, base, mine, found), "scored": bench.scored.get(id_, 0)}
