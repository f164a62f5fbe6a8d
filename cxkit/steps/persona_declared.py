"""Declared personas as profiles, each statement confronted with the data where it can be judged."""

from collections.abc import Sequence

import numpy as np

from cxkit import method
from cxkit.model.persona import Persona, Statement
from cxkit.model.touchpoint import Touchpoint
from cxkit.steps.base import Estimate, Given, Mark
from cxkit.steps.persona_base import People, Question, mark_of, share
from cxkit.steps.persona_view import SECTIONS, ChannelUse, Choice, Fact, Judgement, Line, TouchpointUse, TraitLevel
from cxkit.words.text import Text


def declared_facts(given: Given, persona: Persona, base: People, mine: np.ndarray, show: tuple[str, ...] = ()) -> tuple[Fact, ...]:
    """Declared identity, in the client's order; a fact named as a mapped attribute is judged by the share of that answer."""
    found = []
    rank = {name: i for i, name in enumerate(show)}
    for key, value in sorted(persona.identity.items(), key=lambda pair: rank.get(pair[0], len(rank))):
        item = next((one for one in base.questions if one.attribute.id == key), None)
        choice, estimate, verdict = _answer(item, value, base, mine)
        judged = verdict != "not_judged"
        found.append(Fact(id=key, name=item.attribute.name if item else None, value=value, choice=choice,
                          share=estimate if judged else None, judgement=verdict,
                          mark=mark_of(given, item.source, estimate.n) if judged else Mark(kind="hypothesis")))
    return tuple(found)


def declared_lines(persona: Persona, inventory: tuple[Touchpoint, ...], uses: Sequence[TouchpointUse]) -> dict[str, tuple[Line, ...]]:
    """Declared statements by section; pains and delights are judged where they name a touchpoint of the inventory."""
    by_id = {use.touchpoint: use for use in uses}
    sections = {section: getattr(persona, section) for section in SECTIONS if hasattr(persona, section)}
    return {section: tuple(_line(statement, section, inventory, by_id) for statement in statements)
            for section, statements in sections.items() if statements}


def with_answers(stated: Sequence[Line], answers: Sequence[Line]) -> tuple[Line, ...]:
    """Declared statements, then the frequent answers; a statement in the very words of an answer takes its share, and is supported."""
    by_words = {word: answer for answer in answers for word in _strings(answer.choice.label)}
    same = [next((by_words[word] for word in sorted(_strings(line.text)) if word in by_words), None) for line in stated]
    merged = tuple(line if answer is None else answer.model_copy(update={"text": line.text, "judgement": "supported"})
                   for line, answer in zip(stated, same, strict=True))
    return (*merged, *(answer for answer in answers if answer not in same))


def declared_channels(persona: Persona, measured: Sequence[ChannelUse]) -> tuple[ChannelUse, ...]:
    """Declared channel habits with the measured share beside them.

    A declared share is supported when it lies within the measured interval or five points of it; a habit without share is
    supported when the channel is used more than the mean of the channels.
    """
    by_channel = {use.channel: use for use in measured if use.channel}
    mean = float(np.mean([use.share.value for use in measured])) if measured else 0.0
    found = []
    for habit in persona.channels:
        use = by_channel.get(habit.channel)
        verdict: Judgement = "not_judged"
        if use is not None or by_channel:
            shown = use.share.value if use else 0.0
            near = abs(shown - 100 * habit.share) <= 5 if habit.share is not None else shown >= mean
            verdict = "supported" if near else "contradicted"
        found.append(ChannelUse(channel=habit.channel, share=use.share if use else None, declared=habit.share, cadence=habit.cadence,
                                per_month=use.per_month if use else None, judgement=verdict,
                                mark=use.mark if use else Mark(kind=habit.evidence)))
    named = {habit.channel for habit in persona.channels}
    return (*found, *(use for use in measured if use.channel not in named))


def declared_traits(persona: Persona) -> tuple[TraitLevel, ...]:
    """Declared traits with their marks."""
    return tuple(TraitLevel(name=trait.name, level=trait.level, mark=Mark(kind=trait.evidence)) for trait in persona.traits)


def same_name(one: TraitLevel, other: TraitLevel) -> bool:
    """Whether two traits bear the same name in some language: then the measured one stands."""
    return bool(_strings(one.name) & _strings(other.name))


def named_touchpoint(text: object, inventory: tuple[Touchpoint, ...]) -> str | None:
    """The touchpoint whose name (in any language) a declared text contains, the longest first."""
    said = " ".join(text.values() if isinstance(text, dict) else [str(text)]).casefold()
    names = [(name, one.id) for one in inventory for name in (one.name.values() if isinstance(one.name, dict) else [one.name])]
    return next((id_ for name, id_ in sorted(names, key=lambda item: (-len(item[0]), item)) if name and name.casefold() in said), None)


def _answer(item: Question | None, value: Text, base: People, mine: np.ndarray) -> tuple[Choice | None, Estimate | None, Judgement]:
    """The answer that a declared value names; supported when no other answer is more frequent, within the interval."""
    said = _strings(value)
    index = next((j for j, choice in enumerate(item.choices) if _strings(choice.label) & said), None) if item else None
    if index is None:
        return None, None, "not_judged"
    asked = mine & item.asked
    shares = [share(item.chosen[asked, j], base.weights[asked]) for j in range(len(item.choices))]
    own = shares[index]
    if own.value is None:
        return None, None, "not_judged"
    top = max(one.value for one in shares)
    return item.choices[index], own, "supported" if own.high >= top else "contradicted"


def _line(statement: Statement, section: str, inventory: tuple[Touchpoint, ...], uses: dict[str, TouchpointUse]) -> Line:
    plain = Mark(kind=statement.evidence, sources=(statement.source,) if statement.source else ())
    touchpoint = named_touchpoint(statement.text, inventory) if section in {"pains", "delights"} else None
    use = uses.get(touchpoint) if touchpoint else None
    felt = use and (use.negative if section == "pains" else use.positive)
    if felt is None or felt.value is None:
        return Line(text=statement.text, mark=plain, judgement="not_judged")
    least = method.data("personas")[section]["share"]
    verdict = "supported" if felt.low >= least else "contradicted" if felt.high < least else "not_judged"
    mark = plain if verdict == "not_judged" else use.mark.model_copy(update={"n": felt.n})
    return Line(text=statement.text, touchpoint=touchpoint, share=felt, mark=mark, judgement=verdict)


def _strings(value: Text | None) -> set[str]:
    texts = value.values() if isinstance(value, dict) else [value] if value else []
    return {text.casefold().strip() for text in texts}
