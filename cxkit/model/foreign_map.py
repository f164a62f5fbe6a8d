"""A journey map that others wrote: the YAML of kind ``cjm`` with phases and actions, its blueprint and its outcomes beside it.

The tables of what becomes what stand in templates/method/foreign.yaml and in docs/import.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from cxkit import method
from cxkit.method import Reaction
from cxkit.paths import is_safe_id

Path = tuple[str | int, ...]


@dataclass
class Document:
    """One document of the file; what is taken from it is remembered, so that what is left can be told."""

    kind: str
    tree: CommentedMap
    taken: set[Path] = field(default_factory=set)

    def take(self, *path: str | int) -> Any:
        """The value at a path, or None; it counts as carried over."""
        node: Any = self.tree
        for part in path:
            try:
                node = node[part]
            except (KeyError, IndexError, TypeError):
                return None
        self.taken.add(path)
        return node

    def items(self, key: str) -> range:
        """Indices of a list of the document."""
        found = self.tree.get(key)
        return range(len(found)) if isinstance(found, CommentedSeq) else range(0)

    def left(self) -> Iterator[tuple[Path, int]]:
        """Each value that was not taken, with its line from 1."""
        for path, line in _leaves(self.tree, (), 1):
            if not any(path[: len(taken)] == taken for taken in self.taken):
                yield path, line


@dataclass(frozen=True)
class ForeignAction:
    """What the customer does, in the other tool's words."""

    id: str
    name: str
    stage: str
    touchpoints: tuple[str, ...]
    thoughts: tuple[str, ...]
    reaction: Reaction | None
    back_stage: tuple[str, ...] = ()


@dataclass(frozen=True)
class ForeignMap:
    """What the file says in the kit's terms: ids are safe, names are untouched."""

    title: str
    version: str
    persona: str
    persona_story: str
    stages: dict[str, str]
    actions: tuple[ForeignAction, ...]
    teams: dict[str, str]
    objectives: tuple[str, ...]


def is_foreign(tree: Mapping[str, Any]) -> bool:
    """True for a journey map of the other schema."""
    return tree.get("kind") == "cjm" and isinstance(tree.get("phases"), list) and isinstance(tree.get("actions"), list)


def read_foreign(documents: list[Document]) -> ForeignMap:
    """The first journey map of the file, with the blueprint and the outcome that stand beside it."""
    journey = next(one for one in documents if one.kind == "cjm" and is_foreign(one.tree))
    blueprint = next((one for one in documents if one.kind == "sbp"), Document("sbp", CommentedMap()))
    outcome = next((one for one in documents if one.kind == "outcome"), Document("outcome", CommentedMap()))
    ids = _Ids()
    phases = [(journey.take("phases", at, "id"), journey.take("phases", at, "name")) for at in journey.items("phases")]
    stages = {str(id_): (ids.of(id_, "stage"), str(name or "")) for id_, name in phases}
    lanes, behind = _back_stage(blueprint)
    actions = tuple(_action(journey, at, ids, stages, behind) for at in journey.items("actions"))
    for one in documents:
        one.take("kind")
    persona = str(journey.take("persona", "name") or "")
    return ForeignMap(
        title=str(journey.take("name") or journey.take("title") or persona or journey.tree.get("id") or ""),
        version=str(journey.take("version") or "1.0"), persona=persona, persona_story=str(journey.take("persona", "description") or "").strip(),
        stages=dict(stages.values()), actions=actions, teams={ids.of(key, "team"): name for key, name in lanes.items()},
        objectives=tuple(_objectives(outcome)))


def _action(journey: Document, at: int, ids: "_Ids", stages: Mapping[str, tuple[str, str]], behind: Mapping[str, tuple[str, ...]]) -> ForeignAction:
    own = str(journey.take("actions", at, "id"))
    stage = stages.get(str(journey.take("actions", at, "phase")))
    touchpoints = journey.tree["actions"][at].get("touchpoints") or []
    thoughts = journey.take("actions", at, "thoughts_feelings") or []
    for place in range(len(touchpoints)):
        journey.take("actions", at, "touchpoints", place)
    return ForeignAction(
        id=ids.of(own, "activity"), name=str(journey.take("actions", at, "name") or own), stage=stage[0] if stage else "",
        touchpoints=tuple(str(one) for one in touchpoints), thoughts=tuple(str(one) for one in thoughts),
        reaction=_reaction(journey.take("actions", at, "emotion_score")), back_stage=behind.get(own, ()))


def _reaction(score: Any) -> Reaction | None:
    """The reaction that an emotion score stands for; a rupture is never read from a number."""
    if not isinstance(score, int | float) or isinstance(score, bool):
        return None
    table = method.data("foreign")["reaction_of_score"]
    nearest = int(score + (0.5 if score >= 0 else -0.5))
    return table[min(max(nearest, min(table)), max(table))]


def _back_stage(blueprint: Document) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Teams by id, and what they do behind each action: tasks that name it, else tasks drawn to it."""
    teams = {str(blueprint.tree["lanes"][at].get("id")): str(blueprint.take("lanes", at, "name")) for at in blueprint.items("lanes")
             if blueprint.tree["lanes"][at].get("kind") == "team"}
    drawn = _connections(blueprint)
    behind: dict[str, list[str]] = {}
    for at in blueprint.items("tasks"):
        task = blueprint.tree["tasks"][at]
        if str(task.get("lane")) not in teams:
            continue
        sources = [str(task["source_id"])] if task.get("source_id") else drawn.get(str(task.get("id")), [])
        if not sources:
            continue
        for key in ("id", "lane", "name", "description", "source_id"):
            blueprint.take("tasks", at, key)
        told = ": ".join(part for part in (teams[str(task.get("lane"))], str(task.get("name") or "")) if part)
        for source in sources:
            behind.setdefault(source, []).append(" — ".join(part for part in (told, str(task.get("description") or "").strip()) if part))
    return teams, {key: tuple(dict.fromkeys(texts)) for key, texts in behind.items()}


def _connections(blueprint: Document) -> dict[str, list[str]]:
    """Task → the actions that a line joins it to."""
    found: dict[str, list[str]] = {}
    for at in blueprint.items("connections"):
        ends = [str(blueprint.tree["connections"][at].get(key)) for key in ("source", "target")]
        for task, action in (ends, ends[::-1]):
            if action.startswith("cjm:") and not task.startswith("cjm:"):
                found.setdefault(task, []).append(action)
    return found


def _objectives(outcome: Document) -> Iterator[str]:
    if goal := outcome.take("kgi", "name"):
        yield str(goal)
    if name := outcome.take("primary_kpi", "name"):
        definition, target, unit = (outcome.take("primary_kpi", key) for key in ("definition", "target", "unit"))
        aim = f"{target} {unit or ''}".strip() if target is not None else ""
        yield " — ".join(str(part) for part in (name, definition, aim) if part)


class _Ids:
    """Safe ids for foreign ones: the last part where it is safe, else a numbered word; no two the same."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, str], str] = {}

    def of(self, foreign: Any, word: str) -> str:
        key = (word, str(foreign))
        if key not in self._given:
            last = re.sub(r"[^a-z0-9_-]+", "-", str(foreign).rsplit(":", 1)[-1].lower()).strip("-")[:41]
            count = sum(kind == word for kind, _ in self._given) + 1
            safe = last if last and is_safe_id(last) and re.search(r"[a-z0-9]", last) else f"{word}-{count}"
            self._given[key] = safe if safe not in self._given.values() else f"{word}-{count}"
        return self._given[key]


def _leaves(node: Any, path: Path, line: int) -> Iterator[tuple[Path, int]]:
    if isinstance(node, CommentedMap) and node:
        for key, value in node.items():
            yield from _leaves(value, (*path, str(key)), node.lc.key(key)[0] + 1)
    elif isinstance(node, CommentedSeq) and node:
        for at, value in enumerate(node):
            yield from _leaves(value, (*path, at), node.lc.item(at)[0] + 1)
    else:
        yield path, line
