"""What a result depends on besides its parameters: the client's files, the kit's code and method, the libraries."""

import importlib.metadata
import platform
from functools import cache
from pathlib import Path

from cxkit import __version__
from cxkit.evidence.readers.database import database_file, unloaded
from cxkit.model.folder import ClientFolder
from cxkit.model.source import Source
from cxkit.paths import inside, template
from cxkit.scratch import scratch
from cxkit.study.depends import common_files
from cxkit.study.files import canonical, sha256, sha256_of

_RECORDS = ("client.yaml", "personas.yaml", "touchpoints.csv", "improvements.csv", "quality.yaml", "diagnostic.yaml")
_NOT_EVIDENCE = frozenset({"improvements.csv", "quality.yaml", "diagnostic.yaml"})
_READING = ("mining", "model", "evidence")
_COMPUTING = (*_READING, "statistics", "steps")
_LIBRARIES = ("duckdb", "numpy", "pandas", "pyarrow", "scipy", "scikit-learn", "statsmodels")
_DRAWING = ("altair", "typst", "vl-convert-python")


def input_hashes(folder: ClientFolder) -> dict[str, str]:
    """Name of each file that the study reads → its SHA-256, sorted by name; names are relative to the client folder."""
    names = [*_RECORDS, *(dated.file for dated in folder.maps), *(source.file for source in folder.client.sources if source.file)]
    names += [*common_files(folder), *([folder.client.personas.previous] if folder.client.personas.previous else [])]
    found = {name: inside(folder.root, name) for name in names}
    hashes = {name: sha256_of(path) for name, path in found.items() if path is not None and path.is_file()}
    hashes |= {source.place: _database_hash(source, folder) for source in folder.client.sources if source.table}
    return dict(sorted(hashes.items()))


def _database_hash(source: Source, folder: ClientFolder) -> str:
    """Hash of a SQLite file, else of the table as it is now."""
    path = database_file(source, folder.root)
    if path is not None:
        return sha256_of(path) if path.is_file() else ""
    with scratch() as place:
        return sha256_of(unloaded(source, folder.root, place / "table.parquet"))


def versions() -> dict[str, str]:
    """Versions of the kit, of Python and of the libraries that figures and drawings depend on."""
    return {"cxkit": __version__, "python": platform.python_version(), **_installed((*_LIBRARIES, *_DRAWING))}


def reading_digest(inputs: dict[str, str]) -> str:
    """One hash of all that the evidence depends on: the client's files, the code that reads them, the libraries."""
    read = {name: digest for name, digest in inputs.items() if name not in _NOT_EVIDENCE}
    return sha256(canonical({"inputs": read, "code": code_digest(_READING)}))


@cache
def kit_parts() -> dict[str, str]:
    """Name of each part of the kit that a notebook's outputs depend on → its hash; catalogs of words are told apart by language."""
    package = Path(__file__).resolve().parents[1]
    code = [path for path in sorted(package.rglob("*.py")) if "cli" not in path.relative_to(package).parts]
    words = {f"words {path.stem}": sha256_of(path) for path in sorted(template("words").glob("*.yaml"))}
    return {"code": _digest(code), "method": _digest(sorted(template("method").rglob("*.yaml"))),
            "templates": _digest([path for path in sorted(template("sheets").rglob("*")) if path.is_file()]),
            **words, **{f"version {name}": version for name, version in versions().items()}}


def _digest(paths: list[Path]) -> str:
    return sha256(canonical([[path.name, sha256_of(path)] for path in paths]))


@cache
def code_digest(floors: tuple[str, ...] = _COMPUTING) -> str:
    """One hash of the code of these floors, the method data and the libraries that compute results."""
    package = Path(__file__).resolve().parents[1]
    files = [path for name in floors for path in sorted((package / name).rglob("*.py"))]
    files += sorted(template("method").glob("*.yaml"))
    return sha256(canonical([platform.python_version(), _installed(_LIBRARIES), [sha256_of(path) for path in files]]))


@cache
def _installed(names: tuple[str, ...]) -> dict[str, str]:
    return {name: importlib.metadata.version(name) for name in names}
