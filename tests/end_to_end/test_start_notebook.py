"""The notebook that no run executes runs too, on the skeleton client."""

import nbformat
import papermill

from cxkit import method
from cxkit.paths import notebook
from cxkit.runner.normalise import is_done


def test_start_here_lists_the_ten_notebooks(work, tmp_path):
    target = tmp_path / "start.ipynb"
    given = {"client": str(work / "clients" / "acme"), "out": str(tmp_path), "language": "fr"}
    papermill.execute_notebook(notebook("00_start_here.ipynb"), target, given, progress_bar=False, kernel_name="python3")
    ran = nbformat.read(target, as_version=4)
    assert is_done(ran)
    shown = "".join(output["data"]["text/plain"] for cell in ran.cells for output in cell.get("outputs", ()) if "data" in output)
    assert [step.notebook for step in method.steps() if step.notebook not in shown] == []
