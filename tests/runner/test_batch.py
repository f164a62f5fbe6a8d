"""Batches: parameters of several places, workers that die or are late, the tables at the end."""

from cxkit.runner.batch import run_batch, steps_summary
from cxkit.runner.changes import reasons
from cxkit.runner.records import StepRecord
from cxkit.runner.request import RunRequest, chosen_parameters, chosen_steps
from cxkit.runner.worker import Worker


def broken(folder, name):
    """A client whose files are refused."""
    (folder / name).mkdir(parents=True)
    (folder / name / "client.yaml").write_text("client: [\n", encoding="utf-8")
    return RunRequest(folder / name, folder / "out", ("en",))


def test_parameters_of_the_client_win_over_common_ones_and_the_command_over_both(tmp_path):
    (tmp_path / "parameters.yaml").write_text("n_personas: 6\npower: 0.7\n", encoding="utf-8")
    request = RunRequest(tmp_path, tmp_path, (), chosen_steps("03,09"), {"power": "0.9"}, {"n_personas": 5, "effect": 1, "weighted": False})
    assert chosen_parameters(request) == {"personas": {"n_personas": 6}, "target": {"effect": 1.0, "power": 0.9}}
    said = RunRequest(tmp_path, tmp_path, (), chosen_steps("03"), {}, {"n_personas": 5}, {"personas": {"n_personas": 8}})
    assert chosen_parameters(said) == {"personas": {"n_personas": 8}}


def test_a_refused_client_stops_no_other_and_speaks_in_codes(tmp_path):
    told = run_batch([broken(tmp_path, name) for name in ("a", "b", "c")], jobs=1, limit=600)
    assert [(one["client"], one["done"], one["cause"].split()[0]) for one in told] == [
        ("a", False, "CX-E107"), ("b", False, "CX-E107"), ("c", False, "CX-E107")]


def test_a_worker_that_is_late_or_dies_loses_its_client_only(tmp_path):
    first, second = broken(tmp_path, "a"), broken(tmp_path, "b")
    worker = Worker("fr")
    late = worker.run(first, 0.001, lambda *event: None)
    assert late["cause"].startswith("CX-E282 a — le client a pris plus de 0.001 s")
    assert worker.run(second, 600, lambda *event: None)["cause"].startswith("CX-E107")
    worker._process.kill()
    worker._process.wait()
    assert worker.run(first, 600, lambda *event: None)["cause"].startswith("CX-E107")
    worker.close()
    assert worker._process.returncode == 0


def test_the_table_of_steps():
    def step(name, state, seconds, **more):
        return {"step": name, "language": "fr", "state": state, "seconds": seconds, **more}

    results = [{"steps": [step("voice", "run", 2.0, peak_mb=300.0), step("journey", "kept", 0.0)]},
               {"steps": [step("voice", "run", 4.0, peak_mb=310.5), step("journey", "failed", 1.5)]}, {"steps": []}]
    assert steps_summary(results) == [
        {"step": "voice", "run": 2, "kept": 0, "failed": 0, "seconds": 3.0, "longest": 4.0, "peak_mb": 310.5},
        {"step": "journey", "run": 0, "kept": 1, "failed": 1, "seconds": 1.5, "longest": 1.5, "peak_mb": 0.0}]


def test_the_reasons_of_a_step():
    before = StepRecord("voice", "fr", {"file a": "1", "code": "2", "parameter n": "3"}, {}, (), (), {})
    assert reasons(None, {"file a": "1"}, []) == ("new",)
    assert reasons(before, before.parts, []) == ()
    assert reasons(before, {"file a": "9", "code": "2"}, ["fr/x.pdf"]) == ("file a", "parameter n", "output fr/x.pdf")
