"""pyproject.toml, constraints.txt and environment.yml say the same; the wheel carries notebooks and templates."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NAMED_BY_CONDA = {"jupyterlab", "ipywidgets", "pandas", "altair", "papermill", "nbval"}
# Imported by their name in a string, or needed beside what imports them.
INDIRECT = {"pyarrow", "ipykernel", "vl-convert-python", "anywidget"}


def names(requirements):
    return {canonicalize_name(Requirement(text).name) for text in requirements}


def pins():
    lines = [line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {canonicalize_name(Requirement(line).name): Requirement(line) for line in lines}


def declared():
    return [*PROJECT["dependencies"], *(item for extra in PROJECT["optional-dependencies"].values() for item in extra)]


def test_every_constraint_is_one_exact_version():
    for name, pin in pins().items():
        assert re.fullmatch(r"==[^=,*]+", str(pin.specifier)), name
        assert pin.url is None


@pytest.mark.parametrize("requirement", declared())
def test_a_declared_package_is_pinned_inside_its_range(requirement):
    wanted = Requirement(requirement)
    pin = pins()[canonicalize_name(wanted.name)]
    version = str(pin.specifier).removeprefix("==")
    assert wanted.specifier.contains(version, prereleases=True)


def test_environment_yml_names_the_same_versions():
    environment = YAML(typ="safe").load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert environment["channels"] == ["conda-forge", "nodefaults"]
    plain = [item for item in environment["dependencies"] if isinstance(item, str)]
    conda = dict(item.split("=", 1) for item in plain)
    assert set(conda) == NAMED_BY_CONDA | {"python", "pip"}
    for name in NAMED_BY_CONDA:
        assert f"=={conda[name]}" == str(pins()[name].specifier), name
    pip = next(item["pip"] for item in environment["dependencies"] if isinstance(item, dict))
    assert "--constraint constraints.txt" in pip
    assert "--editable .[lab,test]" in pip


def test_the_base_stays_lean():
    heavy = {"jupyterlab", "notebook", "jupyter-server", "nbconvert", "jupyter"}
    assert not names(PROJECT["dependencies"]) & heavy


def test_the_base_is_what_the_package_imports():
    imported = set()
    for path in (ROOT / "cxkit").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                imported.add(node.module.split(".")[0])
    known = packages_distributions()
    needed = {canonicalize_name(name) for module in imported - {"cxkit", *sys.stdlib_module_names} for name in known.get(module, [module])}
    base = names(PROJECT["dependencies"])
    optional = {name for extra in ("cluster", "database") for name in names(PROJECT["optional-dependencies"][extra])}
    assert needed - base - optional == set(), "imported but not declared"
    assert base - needed - INDIRECT == set(), "declared but not imported"


def test_the_wheel_carries_notebooks_templates_and_the_demonstration_client(tmp_path):
    pytest.importorskip("hatchling", reason="hatchling builds the wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)], cwd=ROOT, check=True,
                   capture_output=True)
    inside = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    for folder, pattern in [("notebooks", "*.ipynb"), ("templates", "**/*.yaml"), ("templates", "**/*.typ"), ("templates", "**/*.html"),
                            ("templates", "**/*.ttf")]:
        for path in (ROOT / folder).glob(pattern):
            assert f"cxkit/_resources/{path.relative_to(ROOT).as_posix()}" in inside
    assert "cxkit/_resources/data/maison-verdier/client.yaml" in inside
    assert not [name for name in inside if name.startswith(("tests/", "data/", "notebooks/"))]
