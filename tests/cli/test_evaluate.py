"""`cxkit evaluate polarity`: four figures, and refusals that say what to do."""

import json
import sys

import pytest

from cxkit.cli import main


def call(monkeypatch, capsys, *arguments):
    monkeypatch.setenv("CXKIT_LANGUAGE", "en")
    monkeypatch.setattr(sys, "argv", ["cxkit", *arguments])
    try:
        main()
        code = 0
    except SystemExit as stopped:
        code = stopped.code or 0
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.fixture
def labelled(tmp_path):
    rows = [("Service parfait, merci à toute l'équipe.", "positif"), ("Accueil chaleureux et délai tenu.", "positif"),
            ("Une honte, aucun remboursement.", "négatif"), ("Personne ne répond, très déçu.", "négatif"), ("Sans avis.", "neutre")]
    path = tmp_path / "labelled.csv"
    path.write_text("avis;sens\n" + "".join(f"{text};{label}\n" for text, label in rows), encoding="utf-8")
    return path


def test_the_figures_for_scripts(labelled, monkeypatch, capsys):
    code, out, _ = call(monkeypatch, capsys, "evaluate", "polarity", str(labelled), "--text", "avis", "--label", "sens", "--engine", "words",
                        "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert {"macro_f1", "accuracy_80", "ece", "docs_per_s"} <= set(found)
    assert (found["macro_f1"], found["accuracy_80"], found["n"]) == (1.0, 1.0, 4)


@pytest.mark.parametrize(("options", "told"), [(["--text", "avi", "--label", "sens"], "CX-E190"), (["--text", "sens", "--label", "avis"], "CX-E191"),
                                               (["--text", "avis", "--label", "sens", "--client-labels", "3"], "CX-E192")])
def test_refusals(labelled, monkeypatch, capsys, options, told):
    code, _, err = call(monkeypatch, capsys, "evaluate", "polarity", str(labelled), *options)
    assert code == 2
    assert err.startswith(told)
