"""The skeleton client, run once through all ten notebooks in both languages; every test looks at what it left."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "from cxkit.cli import main; main()"]


@pytest.fixture(scope="session")
def cxkit():
    """Run the command line in a process of its own, from a given folder."""
    def call(*arguments, cwd, **environment):
        inherited = {**os.environ, "CXKIT_LANGUAGE": "en", "PYTHONPATH": str(ROOT), **environment}
        return subprocess.run([*COMMAND, *arguments], cwd=cwd, env=inherited, capture_output=True, text=True, check=False)
    return call


@pytest.fixture(scope="session")
def work(tmp_path_factory, cxkit):
    """A folder with the skeleton client ``acme`` and its complete run under ``out``."""
    folder = tmp_path_factory.mktemp("study")
    made = cxkit("new", "acme", "--into", "clients", cwd=folder)
    assert made.returncode == 0, made.stderr
    ran = cxkit("run", "clients/acme", "--out", "out", "--language", "fr,en", cwd=folder)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder


@pytest.fixture(scope="session")
def output(work) -> Path:
    return work / "out" / "acme"
