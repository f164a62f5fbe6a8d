"""The skeleton client, run once through all ten notebooks in both languages; every test looks at what it left."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

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
def work(tmp_path_factory, cxkit, request):
    """A folder with the skeleton client ``acme`` and its complete run under ``out``; parallel test processes share one run."""
    shared = hasattr(request.config, "workerinput")
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if shared else base) / "study"
    with FileLock(f"{folder}.lock"):
        if not (folder / "out" / "acme" / "manifest.json").is_file():
            made = cxkit("new", "acme", "--into", "clients", cwd=_made(folder))
            assert made.returncode == 0, made.stderr
            ran = cxkit("run", "clients/acme", "--out", "out", "--language", "fr,en", cwd=folder)
            assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def output(work) -> Path:
    return work / "out" / "acme"
