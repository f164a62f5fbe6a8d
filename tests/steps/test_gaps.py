"""Whatever a step could not conclude has a sentence in every language."""

import ast

import pytest

from cxkit import method
from cxkit.paths import resources
from cxkit.words.catalog import Words, languages

NAMED = sorted({(path.stem, word.value.value) for path in sorted((resources() / "cxkit" / "steps").glob("*.py"))
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Gap"
                for word in node.keywords if word.arg == "key" and isinstance(word.value, ast.Constant)})


def section(module: str) -> str:
    """The catalogs' section of the gaps of a module: lived paths have their own, the others that of their step."""
    if module.startswith("journey_paths"):
        return "paths"
    return next(step.id for step in method.steps() if step.id.startswith(module.split("_")[0]))


@pytest.mark.parametrize("language", languages())
def test_every_gap_has_a_sentence(language):
    words = Words(language)
    assert len(NAMED) > 40
    assert [(module, key) for module, key in NAMED if not words.has(f"{section(module)}.gaps.{key}")] == []
