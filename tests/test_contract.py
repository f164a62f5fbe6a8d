"""One id, five places; one word, two languages; thin notebooks; no bare word in a template."""

import ast
import importlib
import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from ruamel.yaml import YAML

from cxkit import method
from cxkit.model.schemas import RECORDS, export
from cxkit.runner.request import PLACES, notebook_parameters
from cxkit.words import languages

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
STEPS = [step.id for step in method.steps()]
TEMPLATES = sorted(path for ending in ("*.typ", "*.html") for path in (ROOT / "templates" / "sheets").rglob(ending))


def leaves(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from leaves(value, f"{path}.{key}" if path else str(key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from leaves(value, f"{path}[{number}]")
    else:
        yield path, str(node)


def catalog(name: str) -> dict[str, str]:
    return dict(leaves(YAML(typ="safe").load((ROOT / "templates" / "words" / name).read_text(encoding="utf-8"))))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("step", STEPS)
def test_a_step_stands_in_five_places(step):
    row = method.step(step)
    places = [ROOT / "cxkit" / "steps" / f"{step}.py", ROOT / "notebooks" / row.notebook, ROOT / "cxkit" / "sheets" / f"{step}.py",
              ROOT / "templates" / "sheets" / step, ROOT / "tests" / "steps" / f"test_{step}.py"]
    # the sheets of step 05 are the maps and the lived paths: their templates bear those names
    if step == "journey":
        places[3] = ROOT / "templates" / "sheets" / "journey_map"
    assert [path.relative_to(ROOT).as_posix() for path in places if not path.exists()] == []
    module = importlib.import_module(f"cxkit.steps.{step}")
    assert callable(module.compute)
    assert module.Result.model_config["frozen"]
    assert module.Parameters.model_config["extra"] == "forbid"


def test_steps_need_only_earlier_or_named_steps():
    for step in method.steps():
        assert set(step.needs) <= set(STEPS) - {step.id}


def test_the_catalogs_hold_the_same_keys_and_placeholders():
    assert languages() == ("en", "fr")
    for english, french in [("en.yaml", "fr.yaml"), ("errors.en.yaml", "errors.fr.yaml")]:
        one, other = catalog(english), catalog(french)
        assert set(one) ^ set(other) == set()
        assert {key for key in one if placeholders(one[key]) != placeholders(other[key])} == set()


def test_no_word_is_empty_and_none_was_left_in_the_other_language():
    english, french = catalog("en.yaml"), catalog("fr.yaml")
    assert [key for key in english if not english[key].strip() and not key.endswith("._")] == []
    long_and_same = [key for key in english if len(english[key].split()) > 3 and english[key] == french[key] and "{" not in english[key]]
    assert long_and_same == []


def test_every_code_raised_has_its_texts():
    codes = {code for path in (ROOT / "cxkit").rglob("*.py") for code in re.findall(r"CX-E\d{3}", path.read_text(encoding="utf-8"))}
    known = {key.split(".")[0] for key in catalog("errors.en.yaml")}
    assert codes - known == set()


@pytest.mark.parametrize("step", STEPS)
def test_a_notebook_offers_the_parameters_of_its_step_in_words(step):
    row = method.step(step)
    fields = importlib.import_module(f"cxkit.steps.{step}").Parameters().model_dump()
    offered = notebook_parameters(row.notebook)
    assert list(offered)[:3] == list(PLACES)
    assert {name: value for name, value in offered.items() if name not in PLACES} == fields
    for language in ("en.yaml", "fr.yaml"):
        words = catalog(language)
        assert [name for name in fields if f"notebook.{step}.parameters.{name}" not in words] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_thin_and_without_outputs(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", cell_id) for cell_id in ids), "ids are names, not drawn"
    assert [cell.id for cell in code if cell.outputs or cell.execution_count is not None] == []
    assert sum(len(cell.source.splitlines()) for cell in code) <= 60
    assert [cell.id for cell in code if len(cell.source.splitlines()) > 6 and "parameters" not in cell.metadata.get("tags", [])] == []
    for cell in code:
        assert not re.search(r"^\s*[!%]", cell.source, re.MULTILINE), "no shell, no magics"
        assert not re.search(r"""["'](/|[A-Za-z]:\\|~)""", cell.source), "no absolute path"
        forbidden = (ast.FunctionDef, ast.ClassDef, ast.Try, ast.AsyncFunctionDef)
        assert not [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, forbidden)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_parameters_cell_is_flat_literals_with_help(path):
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    assert len(cells) == 1
    for line in cells[0].source.splitlines():
        code, _, explanation = line.partition("#")
        assert explanation.strip(), line
        assert line.count("=") == 1, "a second = hides the parameter from inspection, in the help too"
        assert type(ast.literal_eval(code.split("=")[1].strip())) in (str, int, float, bool)


def test_notebooks_are_the_ten_steps_and_the_start():
    assert [path.name for path in NOTEBOOKS] == ["00_start_here.ipynb", *(step.notebook for step in method.steps())]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates" / "sheets").as_posix())
def test_no_bare_word_in_a_template(path):
    text = path.read_text(encoding="utf-8")
    bare = _bare_html(text) if path.suffix == ".html" else _bare_typst(text)
    assert bare == []


def _bare_html(text: str) -> list[str]:
    """Words between tags, and in attributes that people read or hear, that no catalog gave."""
    text = re.sub(r"(?s)\{%-? (?:block (?:style|kind)|set \w+) -?%\}.*?\{%-? end(?:block|set) -?%\}", "", text)
    text = re.sub(r"(?s)\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<style.*?</style>|<script.*?</script>|<!--.*?-->|<!DOCTYPE[^>]*>", "\0", text)
    spoken = re.findall(r'(?:aria-label|alt|title|placeholder)="([^"]*)"', text)
    between = re.sub(r"(?s)<[^>]*>", "\0", text).split("\0")
    return [piece.strip() for piece in [*spoken, *between] if re.search(r"[^\W\d_]{3,}", re.sub(r"&\w+;", "", piece)) and piece.strip() != "SHA-256"]


def _bare_typst(text: str) -> list[str]:
    """Words in content brackets that are markup, not code: ``[Some words]``."""
    text = re.sub(r"(?m)//.*$", "", text)
    text = re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)
    found = re.findall(r"\[([^\[\]]*)\]", text)
    return [piece for piece in found if re.match(r"\s*[A-ZÀ-Ý]?[a-zà-ÿ]{2,}(?: [a-zà-ÿ]{2,})+\s*$", piece)]


def test_schemas_are_those_of_the_records(tmp_path):
    for path in export(tmp_path):
        assert (ROOT / "templates" / "schemas" / path.name).read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), "make schemas"
    assert {path.stem for path in (ROOT / "templates" / "schemas").glob("*.json")} == set(RECORDS)
