"""Every human word comes from the catalogs: no bare sentence in Python (templates: tests/test_contract.py), no word that nothing shows."""

import ast
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from cxkit.paths import resources

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(path for floor in ("charts", "sheets", "widgets") for path in (ROOT / "cxkit" / floor).glob("*.py"))
SHAPES = {"shape", "line", "group", "picture", "text", "new_slide"}
"""Methods whose first argument names a shape for the selection pane: for who edits, like the id of an element."""
ALLOWED = {"Arial", "Inter", "Regular", "SemiBold", "Bold", "Italic"}
"""Faces of fonts."""
_WORDS = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}|[À-ÖØ-öø-ÿ]|^[A-Z][a-z]{2,}(?: |$)")
_DRAWING = re.compile(r'<|="|^ ?[a-z-]+ [a-z-]+$|datum')
"""Markup of drawings, classes of a page, expressions of a chart."""


def bare(source: str) -> list[str]:
    """Literals that read like words and are no name of a shape, no docstring, no message to a programmer, no annotation."""
    tree = ast.parse(source)
    silent = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    silent += [node for node in ast.walk(tree) if isinstance(node, ast.Raise)]
    silent += [part for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AnnAssign | ast.arg)
               for part in (getattr(node, "returns", None), getattr(node, "annotation", None)) if part is not None]  # fmt: skip
    silent += [node.args[0] for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
               and node.func.attr in SHAPES and node.args]  # fmt: skip
    silent += [target.value for target in ast.walk(tree) if isinstance(target, ast.Assign)
               and any(isinstance(one, ast.Attribute) and one.attr == "name" for one in target.targets)]  # fmt: skip
    known = {id(part) for node in silent for part in ast.walk(node) if not isinstance(node, ast.Call)} | {id(node) for node in silent}
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in known
            and node.value not in ALLOWED and _WORDS.search(node.value) and not _DRAWING.search(node.value)]  # fmt: skip


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_bare_word_in_a_module(path):
    assert bare(path.read_text(encoding="utf-8")) == []


def test_a_bare_word_would_be_found():
    assert bare('def f(deck):\n    "Said by nobody."\n    deck.text("Shape name", 1)\n    return "Trop tard pour"') == ["Trop tard pour"]
    assert bare('title = f"Résultat {n}"') == ["Résultat "]
    assert bare('raise ValueError("no such step")\nfont: "Some Type" = x') == []


def keys(node: object, path: str = "") -> list[str]:
    if isinstance(node, dict) and "other" not in node:
        return [key for name, value in node.items() for key in keys(value, f"{path}.{name}" if path else str(name))]
    return [path]


MACHINERY = ("typography", "format.", "organisation_kinds.", "errors_page.")
"""Read by the words themselves and by the pages of the error codes."""


def used(key: str, kit: str, names: set[str]) -> bool:
    """Somewhere the key stands whole, or its beginning before a name put in, or a part that a template is given and its next name."""
    parts = key.split(".")
    beginnings = [(".".join(parts[:at]), parts[at]) for at in range(len(parts) - 1, 0, -1)]
    return key in kit or any(f"{start}.{{" in kit or (f'"{start}"' in kit and following in names) for start, following in beginnings)


def test_every_word_is_used():
    places = [*(ROOT / "cxkit").rglob("*.py"), *(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "templates").rglob("*.*")]
    kit = "\n".join(path.read_text(encoding="utf-8") for path in places
                    if path.suffix in (".py", ".ipynb", ".html", ".typ", ".yaml") and path.parent.name != "words")  # fmt: skip
    names = set(re.findall(r"\w+", kit))
    catalog = YAML(typ="safe").load((resources() / "templates" / "words" / "en.yaml").read_text(encoding="utf-8"))
    assert not used("no.such_word_anywhere", kit, names)
    assert [key for key in keys(catalog) if not key.startswith(MACHINERY) and not used(key, kit, names)] == []
