"""Executed notebooks that repeat to the byte: no times, no machine paths, no drawn ids."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from papermill.translators import PythonTranslator

_CODE = re.compile(r"CX-E\d{3}")
_CELL = ("tags", "collapsed", "jupyter")


def normalise(path: Path, parameters: Mapping[str, Any], cause: str = "") -> NotebookNode:
    """Rewrite an executed notebook in place.

    Parameters
    ----------
    path : the notebook that papermill wrote.
    parameters : what its parameters cell says, with names instead of the paths of this machine.
    cause : why it did not run to its end, in one line.
    """
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata = NotebookNode(
        kernelspec={"display_name": "Python 3", "language": "python", "name": "python3"}, language_info={"name": "python"},
        cxkit={"parameters": dict(parameters), "done": is_done(notebook) and not cause, **({"cause": cause} if cause else {})})
    for cell in notebook.cells:
        _normalise_cell(cell, parameters)
    path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    return notebook


def is_done(notebook: NotebookNode) -> bool:
    """True where every code cell has run and none failed; papermill's own marks are not asked."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return all(cell.execution_count is not None or not cell.source.strip() for cell in code) and not any(
        output.output_type == "error" for cell in code for output in cell.outputs)


def is_coded(message: str) -> bool:
    """True for a message of the kit, which carries a code and no personal value."""
    return bool(_CODE.match(message or ""))


def _without_values(output: NotebookNode) -> None:
    """The message of a library may quote a cell of the evidence: its kind and the lines of code stay."""
    output.evalue = ""
    output.traceback = [*output.traceback[:-1], output.ename]


def _normalise_cell(cell: NotebookNode, parameters: Mapping[str, Any]) -> None:
    cell.metadata = NotebookNode({key: value for key, value in cell.metadata.items() if key in _CELL and value})
    if "injected-parameters" in cell.metadata.get("tags", ()):
        cell.id = "injected-parameters"
        cell.source = PythonTranslator.codify(dict(parameters), comment="Parameters").rstrip("\n")
    for output in cell.get("outputs", ()):
        output.pop("transient", None)
        if output.output_type == "error" and not is_coded(output.evalue):
            _without_values(output)
        if "metadata" in output:
            output.metadata = NotebookNode()
