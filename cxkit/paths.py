"""Where the kit's own resources stand, and which paths a user's input may name."""

import re
from functools import cache
from pathlib import Path

HOUSE = ".cxkit"
"""Folder beside the clients' outputs that holds locks, stages, logs, failed notebooks and kept evidence."""

_PACKAGE = Path(__file__).resolve().parent
_ID = re.compile(r"^[a-z0-9][a-z0-9_-]{0,40}$")
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"com{i}" for i in range(1, 10)), *(f"lpt{i}" for i in range(1, 10))})


@cache
def resources() -> Path:
    """Folder that holds ``templates/`` and ``notebooks/``: the clone, or the copy inside the installed wheel."""
    installed = _PACKAGE / "_resources"
    return installed if installed.is_dir() else _PACKAGE.parent


def template(*parts: str) -> Path:
    """Path of a file or folder under ``templates/``."""
    return resources().joinpath("templates", *parts)


def notebook(name: str) -> Path:
    """Path of a notebook of the kit, by its file name."""
    return resources() / "notebooks" / name


def is_safe_id(value: str) -> bool:
    """True where the value can name a folder on every system and cannot leave its parent."""
    return bool(_ID.match(value)) and value not in _RESERVED


def find_folder(given: str | Path) -> Path:
    """Resolve a folder from where the command runs, then from the repository root (JupyterLab starts in notebooks/)."""
    path = Path(given).expanduser()
    if path.is_absolute() or path.exists():
        return path.resolve()
    beside = resources() / path
    return beside.resolve() if beside.exists() else path.resolve()


def inside(root: Path, relative: str) -> Path | None:
    """Resolve ``relative`` under ``root``; None where it leaves it (absolute path, ``..`` or a symbolic link out)."""
    root = root.resolve()
    target = (root / relative).resolve()
    return target if target.is_relative_to(root) else None
