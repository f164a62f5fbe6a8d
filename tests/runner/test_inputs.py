"""Which steps one changed byte of each kind of evidence runs again, on a client that has every kind, by the declarations of the steps."""

from types import SimpleNamespace

import pytest

from cxkit import method
from cxkit.cli.folders import new
from cxkit.model.folder import read_folder
from cxkit.runner import manifest
from cxkit.runner.changes import parts_of
from cxkit.runner.plan import plan_client
from cxkit.runner.records import StepRecord, as_data, records_of
from cxkit.runner.request import RunRequest
from cxkit.runner.staging import Stage
from cxkit.study import Study
from cxkit.study.files import canonical
from cxkit.words import Words

ALL = {step.id for step in method.steps()}
TEXTS = {"framing", "voice", "personas", "touchpoints", "journey", "moments", "target", "review"}
EXPECTED = {
    "evidence/verbatims.csv": TEXTS,
    "evidence/employees.csv": TEXTS,
    "evidence/observations.csv": TEXTS,
    "evidence/complaints.csv": TEXTS,
    "evidence/customers.csv": {"framing", "personas", "journey", "review"},
    "evidence/conversations.csv": {"framing", "voice", "review"},
    "evidence/experiment.csv": {"framing", "target", "review"},
    "evidence/kano.csv": {"framing", "voice", "review"},
    "documents/contract.md": {"framing"},
    "books/ages.csv": ALL,
    "logo.svg": ALL,
    "wave.json": {"personas"},
    "quality.yaml": {"quality"},
    "diagnostic.yaml": {"quality"},
}
"""File → the steps that read it. Not those whose upstream results may change for it."""

FILES = {
    "evidence/verbatims.csv": "who,day,text\nC1,2026-01-10,Delivery came late\n",
    "evidence/employees.csv": "day,text\n2026-01-11,We have no time to call back\n",
    "evidence/observations.csv": "day,touchpoint,text\n2026-01-12,website,Looks for the slot\n",
    "evidence/complaints.csv": "who,day,text\nC2,2026-01-13,Nobody answers\n",
    "evidence/customers.csv": "who,age\nC1,a\nC2,b\n",
    "evidence/conversations.csv": "call,role,text\nA,adviser,Hello\nA,customer,I wait for my parcel\n",
    "evidence/experiment.csv": "who,variant,bought\nX1,A,0\nX2,B,1\n",
    "evidence/kano.csv": "who,feature,with,without\nR1,slots,like,dislike\n",
    "documents/contract.md": "Deliveries arrive in a slot of two hours.\n",
    "books/ages.csv": "code,label\na,Young\nb,Old\n",
    "logo.svg": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><path d='M0 0h1v1z'/></svg>\n",
    "wave.json": '{"as_of": "2025-03-31", "personas": []}\n',
    "quality.yaml": "grades: []\n", "diagnostic.yaml": "waves: []\n",
}
SOURCES = """
  - {id: words, kind: verbatims, file: evidence/verbatims.csv, columns: {respondent: who, time: day, text: text}}
  - {id: staff, kind: employees, file: evidence/employees.csv, columns: {time: day, text: text}}
  - {id: seen, kind: observations, file: evidence/observations.csv, columns: {time: day, touchpoint: touchpoint, text: text}}
  - {id: claims, kind: complaints, file: evidence/complaints.csv, columns: {respondent: who, time: day, text: text}}
  - {id: crm, kind: customers, file: evidence/customers.csv, columns: {respondent: who},
     attributes: [{id: age_group, name: Age, column: age, labels: books/ages.csv}]}
  - {id: calls, kind: conversations, file: evidence/conversations.csv, columns: {conversation: call, role: role, text: text}}
  - {id: test, kind: experiment, file: evidence/experiment.csv, columns: {respondent: who, variant: variant, converted: bought}}
  - {id: wishes, kind: kano, file: evidence/kano.csv, columns: {respondent: who, feature: feature, functional: with, dysfunctional: without}}
  - {id: contract, kind: documents, file: documents/contract.md}

personas: {previous: wave.json}
# Personal"""


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """A client with every kind of evidence, and records that say that all its steps are up to date."""
    folder = tmp_path_factory.mktemp("inputs")
    new("acme", folder)
    root = folder / "acme"
    for name, content in FILES.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")
    client = (root / "client.yaml").read_text(encoding="utf-8")
    client = client.replace("\n# Personal", SOURCES, 1).replace("identity: {", "identity: {logo: logo.svg, ", 1)
    (root / "client.yaml").write_text(client, encoding="utf-8")
    request = RunRequest(root, folder / "out", ("en",))
    read = read_folder(root)
    study = Study(read, request.out, Words("en"))
    records = {(step.id, "en"): StepRecord(step.id, "en", parts_of(step, study, {}, None), {}, (), (), {}) for step in method.steps()}
    (request.out / "acme").mkdir(parents=True, exist_ok=True)
    (request.out / "acme" / manifest.NAME).write_bytes(canonical({"steps": as_data(records)}))
    assert {row.step for row in plan_client(request) if row.why} == set()
    return SimpleNamespace(request=request, tables=study.tables)


@pytest.mark.parametrize("name", EXPECTED)
def test_one_byte_runs_the_steps_that_read_it(ready, monkeypatch, name):
    monkeypatch.setattr(Study, "tables", ready.tables)  # the hash of the file decides, before anything is read
    path = ready.request.client / name
    content = path.read_bytes()
    path.write_bytes(content + b"\n")
    try:
        planned = {row.step: row.why for row in plan_client(ready.request)}
    finally:
        path.write_bytes(content)
    assert {step for step, why in planned.items() if f"file {name}" in why} == EXPECTED[name]


def test_what_an_interrupted_run_has_done_is_not_planned_again(ready):
    """The records of the last version gone, one step of them under the stage of a run that was killed."""
    request = ready.request
    shown = request.out / "acme" / manifest.NAME
    content = shown.read_bytes()
    stage = Stage(request.out, "acme")
    record = next(one for key, one in records_of(manifest.read(stage.final)).items() if key[0] == "quality")
    record.write(stage.records)
    shown.unlink()
    try:
        planned = {row.step: row.why for row in plan_client(request)}
        assert (planned["quality"], planned["framing"]) == (("upstream personas",), ("new",))
    finally:
        shown.write_bytes(content)
        stage.clear()
