"""The documentation page of a review rule, in Markdown: what it looks at, an example that fails, the same repaired."""

import copy
import io
from typing import Any

from ruamel.yaml import YAML

from cxkit import plain_yaml
from cxkit.paths import template
from cxkit.steps.rules.base import spec
from cxkit.words import Words

EVIDENCE = frozenset({"paths", "more_paths", "scores", "scores_after", "period", "personas", "persona_map"})
"""Parts of a teaching world that stand for evidence, not for a client's file."""


def rule_page(rule: str, words: Words) -> str:
    """The page of a rule, from the catalogs and its teaching map."""
    case, sound = _teaching()["rules"][rule], _teaching()["world"]
    flawed = with_changes(sound, case["set"])
    limits = " · ".join(f"{words(f'rules.thresholds.{name}')}: `{rule}.{name}` = {value}" for name, value in spec(rule).get("thresholds", {}).items())
    limits = f"**{words('review.rules_head.thresholds')}** · {limits}" if limits else ""
    said, severity = words.section("rules.page"), words(f"review.severities.{spec(rule)['severity']}")
    is_evidence = case["shown"].split(".")[0] in EVIDENCE
    parts = [
        f"# {rule} · {words(f'rules.{rule}.title')}", f"*{words(f'review.families.{rule[0]}')} · {severity}*", f"## {said['why']}",
        words(f"rules.{rule}.why"), f"## {said['looks_at']}", words(f"rules.{rule}.looks_at"), limits,
        said["statistical"] if spec(rule).get("statistical") else "",
        f"## {said['fails']}", said["world"] if is_evidence else "", _block(part(flawed, case["shown"]), words),
        f"## {said['repaired']}", _block(part(sound, case["shown"]), words),
        f"## {said['fix']}", words(f"rules.{rule}.fix"),
        f"## {said['ignore']}", said["ignore_text"], f"```yaml\nreview:\n  ignore:\n    - rule: {rule}\n      where: {said['where']}\n"
        f"      reason: {said['reason']}\n```"]
    return "\n\n".join(text for text in parts if text) + "\n"


def with_changes(world: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """A teaching world with some values set; a list item is named by its id, stage, function or touchpoint."""
    made = copy.deepcopy(world)
    for path, value in changes.items():
        *parents, last = path.split(".")
        node = made
        for name in parents:
            node = node[_key(node, name)]
        key = _key(node, last)
        value = copy.deepcopy(value)
        if key is None:
            node.append(value)
        else:
            node[key] = value
    return made


def part(world: dict[str, Any], path: str) -> dict[str, Any]:
    """The part of a world at ``path`` under its own name."""
    node: Any = world
    names = path.split(".")
    for name in names:
        node = node[_key(node, name)]
    return {names[-1]: node}


def _teaching() -> dict[str, Any]:
    return plain_yaml.load(template("teaching", "rules.yaml").read_text(encoding="utf-8"))


def _key(node: Any, name: str) -> Any:
    if isinstance(node, dict):
        return name
    return next((i for i, item in enumerate(node) if name in {item.get(k) for k in ("id", "stage", "function", "touchpoint")}), None)


def _block(content: dict[str, Any], words: Words) -> str:
    yaml, text = YAML(typ="safe", pure=True), io.StringIO()
    yaml.default_flow_style = None
    yaml.width, yaml.allow_unicode, yaml.sort_base_mapping_type_on_output = 110, True, False
    yaml.dump(_in(content, words.language), text)
    return f"```yaml\n{text.getvalue()}```"


def _in(node: Any, language: str) -> Any:
    """The example in one language."""
    if isinstance(node, dict):
        return node[language] if set(node) == {"fr", "en"} else {key: _in(value, language) for key, value in node.items()}
    return [_in(item, language) for item in node] if isinstance(node, list) else node
