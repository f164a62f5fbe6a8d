"""Working copies of the notebooks for one client: an analyst edits them without touching the kit."""

from pathlib import Path

import nbformat

from cxkit import method
from cxkit.model.folder import read_folder
from cxkit.paths import notebook
from cxkit.study.files import write_whole

START = "00_start_here.ipynb"


def prepare(client: Path, out: Path) -> Path:
    """Copy the notebooks to ``<out>/lab/<client>`` with the client in their parameters; copies that exist are left alone."""
    study = read_folder(client).client
    folder = out / "lab" / study.id
    given = {"client": str(client), "out": str(out), "language": study.language}
    for name in (START, *(step.notebook for step in method.steps())):
        if not (folder / name).exists():
            write_whole(folder / name, _filled(name, given).encode("utf-8"))
    return folder


def _filled(name: str, given: dict[str, str]) -> str:
    copy = nbformat.read(notebook(name), as_version=4)
    cell = next(cell for cell in copy.cells if "parameters" in cell.metadata.get("tags", ()))
    cell.source = "\n".join(_line(line, given) for line in cell.source.splitlines())
    return nbformat.writes(copy) + "\n"


def _line(line: str, given: dict[str, str]) -> str:
    name = line.partition(" = ")[0]
    return f"{name} = {given[name]!r}  #{line.partition('#')[2]}" if name in given else line
