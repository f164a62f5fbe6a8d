"""A table of a database as text, by SQLAlchemy. User and password come from the environment, never from client.yaml."""

import os
import re
from collections.abc import Collection
from pathlib import Path

from cxkit.errors import CxError, fault
from cxkit.evidence.events.database import read_table
from cxkit.evidence.readers.raw import RawTable
from cxkit.evidence.readers.records import read_parquet
from cxkit.model.source import Source
from cxkit.paths import inside
from cxkit.scratch import scratch

_SQLITE = re.compile(r"sqlite(?:\+\w+)?:///(?P<path>[^?]*)$")
_SECRET = re.compile(r"://[^/?#]*@|[?&;](?:password|passwd|pwd|user|uid|token)=", re.IGNORECASE)


def read_database(source: Source, root: Path, wanted: Collection[str] | None) -> RawTable:
    """Read the table of a source; its rows are numbered from 1 as the database gives them.

    Raises
    ------
    CxError : CX-E170 for a user or password in client.yaml, CX-E171 for an environment variable that is not set, and those of ``read_table``.
    """
    with scratch() as folder:
        return read_parquet(unloaded(source, root, folder / "table.parquet"), source.dialect, wanted, source.place)


def unloaded(source: Source, root: Path, target: Path) -> Path:
    """The table of a source as a Parquet file of text. Faults name the table, never the address."""
    address = _address(source, root)
    try:
        return read_table(address, source.table, target)
    except CxError as error:
        raise CxError([fault(one.code, source.place, **dict(one.facts)) for one in error.faults]) from None


def database_file(source: Source, root: Path) -> Path | None:
    """The SQLite file that a source reads; None where it reads another database."""
    found = _SQLITE.match(_given(source))
    return None if found is None else inside(root, found["path"])


def _given(source: Source) -> str:
    if source.url_from is None:
        if _SECRET.search(source.url or ""):
            raise CxError(fault("CX-E170", "client.yaml", source=source.id))
        return source.url or ""
    if source.url_from not in os.environ:
        raise CxError(fault("CX-E171", "client.yaml", name=source.url_from))
    return os.environ[source.url_from]


def _address(source: Source, root: Path) -> str:
    """The address; a SQLite file stands inside the client folder and is opened for reading only."""
    given = _given(source)
    found = _SQLITE.match(given)
    if found is None:
        return given
    path = inside(root, found["path"])
    if path is None:
        raise CxError(fault("CX-E004", "client.yaml", name=source.table))
    if not path.is_file():
        raise CxError(fault("CX-E200", source.place))
    return f"sqlite:///file:{path}?mode=ro&uri=true"
