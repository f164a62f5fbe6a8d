"""Two map files compared: inside a client folder with the client's names and colour, elsewhere by their own words."""

from collections.abc import Callable
from pathlib import Path

from cxkit.errors import CxError, fault
from cxkit.model.client import Identity as Look
from cxkit.model.folder import ClientFolder, read_folder
from cxkit.model.journey_map import JourneyMap
from cxkit.model.yaml_file import read_record
from cxkit.paths import inside
from cxkit.sheets import map_diff as sheet
from cxkit.sheets.identity import identity
from cxkit.sheets.map_diff import Comparison
from cxkit.steps.map_diff import diff, diff_text
from cxkit.steps.review import names
from cxkit.study.files import canonical, write_whole
from cxkit.words import Words

_RENDERERS: dict[str, Callable[[Comparison, Words], bytes]] = {
    ".html": lambda comparison, words: sheet.page(comparison, words).encode("utf-8"),
    ".pdf": sheet.pdf, ".png": sheet.png, ".svg": lambda comparison, words: sheet.svg(comparison, words).encode("utf-8"),
    ".json": lambda comparison, words: canonical(comparison.found.model_dump(mode="json")),
    ".txt": lambda comparison, words: (diff_text(comparison.found, words) + "\n").encode("utf-8"),
}
FOLDER = (".html", ".pdf", ".png", ".svg")
"""What a folder receives."""


def compared(old: Path, new: Path, words: Words) -> Comparison:
    """Compare two maps.

    Raises
    ------
    CxError : a file that is no map, with the place of each fault.
    """
    maps = [read_record(path, JourneyMap, path.name) for path in (old, new)]
    client = _client(new) or _client(old)
    found = diff(*maps, names(client) if client else None)
    look = client.client.identity if client else Look()
    logo = inside(client.root, look.logo) if client and look.logo else None
    return Comparison(found, words.text(maps[1].title), client.client.name if client else new.name, identity(look.colour, logo),
                      words.text(look.confidentiality))


def write_comparison(comparison: Comparison, words: Words, out: Path) -> tuple[Path, ...]:
    """Write the comparison to a file, whose ending says how, or as page, print and pictures into a folder.

    Parameters
    ----------
    out : ``….html``, ``.pdf``, ``.png``, ``.svg``, ``.json``, ``.txt``, or a folder.

    Raises
    ------
    CxError : CX-E260 for an ending that is none of these.
    """
    if out.is_dir() or not out.suffix:
        paths = [out / f"map-diff{ending}" for ending in FOLDER]
    elif out.suffix.lower() in _RENDERERS:
        paths = [out]
    else:
        raise CxError(fault("CX-E260", out.name, ending=out.suffix, known=", ".join(_RENDERERS)))
    for path in paths:
        write_whole(path, _RENDERERS[path.suffix.lower()](comparison, words))
    return tuple(paths)


def _client(path: Path) -> ClientFolder | None:
    """The client that a map belongs to; None for a map elsewhere, or where the client's files have faults of their own."""
    root = path.resolve().parent.parent
    if not (root / "client.yaml").is_file():
        return None
    try:
        return read_folder(root)
    except CxError:
        return None
