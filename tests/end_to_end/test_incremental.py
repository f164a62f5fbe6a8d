"""A step runs again only when something that it depends on has changed: tables of one changed byte a kind of input."""

import json
import shutil

import pytest

from cxkit import method
from cxkit.runner import changes
from cxkit.runner.plan import plan_client
from cxkit.runner.request import RunRequest, chosen_steps
from cxkit.study.depends import missing_declarations

ALL = {step.id for step in method.steps()}
DIRECT = {
    "client.yaml": ALL,
    "pseudonym.key": ALL,
    "evidence/survey.csv": ALL,
    "evidence/interactions.csv": ALL - {"voice"},
    "personas.yaml": {"framing", "voice", "personas", "touchpoints", "journey", "moments", "review"},
    "touchpoints.csv": ALL,
    "improvements.csv": {"actions", "target", "review"},
    "maps/2026-02-01.as-is.global.yaml": {"voice", "touchpoints", "journey", "target", "review"},
}
"""File of the skeleton client → the steps that read it."""


@pytest.fixture
def copy(work, tmp_path):
    """A copy of the client and of its outputs, and what a run would do in French."""
    shutil.copytree(work / "clients", tmp_path / "clients")
    shutil.copytree(work / "out", tmp_path / "out")

    def plan(steps="", **more):
        request = RunRequest(tmp_path / "clients" / "acme", tmp_path / "out", ("fr",), chosen_steps(steps), **more)
        return {row.step: row.why for row in plan_client(request)}

    return tmp_path / "clients" / "acme", plan


def change(path):
    """Change one byte at the end that says nothing; in a key, one that counts."""
    content = path.read_bytes()
    path.write_bytes(bytes([content[0] ^ 1]) + content[1:] if path.suffix == ".key" else content + b"\n")


def direct(plan, kind):
    """The steps that run for a reason of this kind, by its name."""
    found = {}
    for step, why in plan.items():
        for name in why:
            if name.startswith(f"{kind} "):
                found.setdefault(name.removeprefix(f"{kind} "), set()).add(step)
    return found


def test_nothing_has_changed_nothing_runs(copy):
    _, plan = copy
    assert plan() == dict.fromkeys(plan(), ())


@pytest.mark.parametrize("name", DIRECT)
def test_one_byte_of_an_input_runs_the_steps_that_read_it(copy, name):
    client, plan = copy
    change(client / name)
    planned = plan()
    assert direct(planned, "file") == {name: DIRECT[name]}
    assert {step for step, why in planned.items() if why} == closure(DIRECT[name])


@pytest.mark.parametrize(("name", "content"), [
    ("quality.yaml", "grades: []\n"), ("diagnostic.yaml", "waves: []\n"),
])
def test_a_new_file_runs_the_steps_that_read_it(copy, name, content):
    client, plan = copy
    (client / name).write_text(content, encoding="utf-8")
    planned = plan()
    assert direct(planned, "file") == {name: {"quality"}}
    assert {step for step, why in planned.items() if why} == {"quality"}


def closure(steps):
    """These steps and all that need their results, near or far: their result may change."""
    found = set(steps)
    for step in method.steps():
        if found & set(step.needs):
            found.add(step.id)
    return found


@pytest.mark.parametrize(("part", "steps", "kind"), [
    ("code", ALL, "code"), ("method", ALL, "method"), ("templates", ALL, "templates"), ("words fr", ALL, "words"), ("words en", set(), "words"),
    ("words errors.fr", ALL, "words"), ("version pandas", ALL, "version"),
])
def test_a_changed_part_of_the_kit_runs_what_it_is_part_of(copy, monkeypatch, part, steps, kind):
    _, plan = copy
    known = changes.kit_parts()
    assert part in known
    monkeypatch.setattr(changes, "kit_parts", lambda: {**known, part: "other"})
    assert {step for step, why in plan().items() if any(name.split(" ")[0] == kind for name in why)} == steps


def test_a_changed_notebook_parameter_or_output_runs_its_step(copy, monkeypatch, tmp_path):
    client, plan = copy
    assert {step: why for step, why in plan(parameters={"n_personas": "6"}).items() if "parameter n_personas" in why} == {
        "personas": ("parameter n_personas",)}
    report = client.parents[1] / "out" / "acme" / "fr" / "reports" / "quality.pdf"
    report.write_bytes(report.read_bytes()[:-1])
    assert {step: why for step, why in plan().items() if why} == {"quality": ("output fr/reports/quality.pdf",)}
    own = tmp_path / "07_quality.ipynb"
    own.write_text("{}", encoding="utf-8")
    before = changes.notebook
    monkeypatch.setattr(changes, "notebook", lambda name: own if name == own.name else before(name))
    assert plan()["quality"] == ("notebook", "output fr/reports/quality.pdf")


def test_every_notebook_declares_what_it_reads(output):
    """Add what is missing to templates/method/steps.yaml: `evidence` where the step shows the table, `reads` otherwise."""
    manifest = json.loads((output / "manifest.json").read_text())
    missing = {record["step"]: missing_declarations(method.step(record["step"]), record["read"]) for record in manifest["steps"]}
    assert {step: names for step, names in missing.items() if names} == {}
    assert len(manifest["steps"]) == 2 * len(ALL)
    assert [warning for warning in manifest["warnings"] if warning["kind"] == "undeclared_input"] == []


def test_what_has_not_changed_is_taken_over_to_the_byte(copy, cxkit, tmp_path):
    """A changed list of improvements: three steps run, the others are taken over; a clean run gives the same folder."""
    client, _ = copy
    rows = (client / "improvements.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (client / "improvements.csv").write_text("".join(rows[:-1]), encoding="utf-8")
    told = cxkit("run", "clients/acme", "--out", "out", "--language", "fr", "--format", "json", cwd=tmp_path)
    assert told.returncode == 0, told.stdout + told.stderr
    states = {(step["step"], step["language"]): step["state"] for step in json.loads(told.stdout)["steps"]}
    assert {step for (step, language), state in states.items() if state == "run" and language == "fr"} == {"actions", "target", "review"}
    assert cxkit("verify", "out/acme", cwd=tmp_path).returncode == 0
    again = cxkit("run", "clients/acme", "--out", "out", "--language", "fr", "--format", "json", "--only-changed", cwd=tmp_path)
    assert {step["state"] for step in json.loads(again.stdout)["steps"]} == {"kept"}
