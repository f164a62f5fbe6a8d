"""The kit's own done-mark, and executed notebooks that repeat to the byte."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from cxkit.runner.normalise import is_done, normalise


def executed(*cells):
    return new_notebook(cells=[new_markdown_cell("# t"), *cells], metadata={"papermill": {"start_time": "2026-01-01", "output_path": "/home/me"}})


def ran(source, number, **metadata):
    cell = new_code_cell(source, execution_count=number, metadata=metadata)
    cell.outputs = [new_output("execute_result", {"text/plain": "1"}, execution_count=number)]
    return cell


def test_done_means_that_every_cell_ran_and_none_failed():
    assert is_done(executed(ran("1", 1), ran("2", 2)))
    assert is_done(executed(ran("1", 1), new_code_cell("  ")))
    # what papermill leaves of a killed kernel: marked completed, no exception, but the cell never ran
    killed = new_code_cell("2", metadata={"papermill": {"status": "completed", "exception": False}})
    assert not is_done(executed(ran("1", 1), killed))
    failed = ran("2", 2)
    failed.outputs = [new_output("error", ename="E", evalue="x", traceback=[])]
    assert not is_done(executed(ran("1", 1), failed))


@pytest.mark.parametrize("moment", ["2026-01-01T00:00:00", "2031-07-09T11:22:33"])
def test_times_paths_and_drawn_ids_go(tmp_path, moment):
    marks = {"tags": ["injected-parameters"], "papermill": {"start_time": moment}}
    injected = new_code_cell('client = "/home/me/acme"', execution_count=1, metadata=marks)
    first = ran("1", 2, execution={"iopub.execute_input": moment})
    notebook = executed(injected, first)
    for number, cell in enumerate(notebook.cells):
        if cell is not injected:
            cell.id = f"cell-{number}"
    path = tmp_path / "a.ipynb"
    path.write_text(nbformat.writes(notebook))
    normalise(path, {"client": "acme", "language": "fr"})
    text = path.read_text()
    assert moment not in text
    assert "/home/me" not in text
    read = nbformat.reads(text, as_version=4)
    assert read.cells[1].id == "injected-parameters"
    assert read.cells[1].source == '# Parameters\nclient = "acme"\nlanguage = "fr"'
    assert read.metadata.cxkit == {"parameters": {"client": "acme", "language": "fr"}, "done": True}
    once = path.read_bytes()
    normalise(path, {"client": "acme", "language": "fr"})
    assert path.read_bytes() == once
