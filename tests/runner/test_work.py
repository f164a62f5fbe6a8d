"""What a run takes up from one that was interrupted: with a step come the results that it computed on the way."""

from cxkit.cli.folders import new
from cxkit.model.folder import read_folder
from cxkit.runner.execute import OnDemand
from cxkit.runner.records import Records, StepRecord
from cxkit.runner.request import RunRequest, chosen_steps
from cxkit.runner.staging import Stage
from cxkit.runner.work import Version, Work
from cxkit.study.files import sha256


def written(folder, **contents):
    for name, content in contents.items():
        path = folder / "results" / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


def results(folder):
    return {path.relative_to(folder / "results").as_posix(): path.read_text() for path in sorted((folder / "results").rglob("*")) if path.is_file()}


def test_results_on_the_way_and_the_prepared_log_come_with_a_step(tmp_path, monkeypatch):
    """Step 07 was done on the new inputs before a kill, step 01 was not; the version that is shown has results of the old inputs."""
    new("acme", tmp_path)
    request = RunRequest(tmp_path / "acme", tmp_path / "out", ("en",), chosen_steps("01,07"))
    stage = Stage(request.out, "acme")
    written(stage.out / "acme", **{"quality.json": "new", "personas.json": "new", "log-2__facts.json": "new"})
    stage.records.mkdir()
    (stage.records / "quality.en.json").write_text("{}")
    stage.open()
    written(stage.folder, **{"quality.json": "old", "personas.json": "old", "framing.json": "old", "log-1__facts.json": "old"})
    record = StepRecord("quality", "en", {}, {"results/quality.json": sha256(b"new")}, (), (), {})
    left: Records = {("quality", "en"): record}
    work = Work(request, stage, read_folder(request.client), {"framing": {}, "quality": {}}, (Version(stage.final, {}), Version(stage.left, left)),
                OnDemand(), lambda *event: None)
    monkeypatch.setattr(Work, "_parts", lambda self, task, before: {})
    monkeypatch.setattr(Work, "_execute", lambda self, task, why: why)
    assert work.all([("framing", "en"), ("quality", "en")], "en")[0] == ("new",)
    assert results(stage.folder) == {"quality.json": "new", "personas.json": "new", "framing.json": "old", "log-2/facts.json": "new",
                                     "sheets.en.json": '{\n "quality": []\n}\n', "reads.en.json": '{\n "quality": []\n}\n'}
