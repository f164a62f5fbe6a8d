"""Open the study of a client from a notebook, a script or the command line."""

from pathlib import Path

from cxkit.errors import CxError
from cxkit.model.folder import read_folder
from cxkit.paths import find_folder, resources
from cxkit.study.study import Study
from cxkit.words import Words


def open_study(client: str, out: str = "out", language: str = "") -> Study:
    """Open the study of a client.

    Parameters
    ----------
    client : the client folder, from the current folder or from the repository root.
    out : the folder that receives results and deliverables, found the same way.
    language : ``fr``, ``en``…; the client's own language when empty.

    Raises
    ------
    CxError : every fault of the client's files, with positions.
    """
    if language:
        Words(language)
    try:
        folder = read_folder(find_folder(client))
    except CxError as error:
        raise CxError(error.faults, language or error.language) from None
    return Study(folder, out_folder(out), Words(language or folder.client.language, folder.client.customer_kind))


def out_folder(out: str) -> Path:
    """The output folder; from notebooks/, where JupyterLab starts, a relative one stands beside the notebooks folder."""
    path = Path(out).expanduser()
    home = resources()
    if not path.is_absolute() and Path.cwd() == home / "notebooks":
        path = home / path
    return path.resolve()
