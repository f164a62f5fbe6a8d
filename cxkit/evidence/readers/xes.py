"""XES event logs as text: one row an event, with the attributes of its trace under ``case:``."""

import gzip
from collections.abc import Collection
from pathlib import Path

from cxkit.errors import CxError, fault
from cxkit.evidence.events.xes import read_xes
from cxkit.evidence.limits import limit
from cxkit.evidence.readers.raw import RawTable, assemble
from cxkit.model.source import Dialect

_PIECE = 1 << 20


def read_xes_log(path: Path, dialect: Dialect, wanted: Collection[str] | None, where: str) -> RawTable:
    """Read a log; events are numbered from 1 in the order of the file."""
    if path.suffix.lower() == ".gz":
        _check_gzip(path, where)
    try:
        table = read_xes(path)
    except CxError as error:
        raise CxError([fault(one.code, where) for one in error.faults]) from None
    table = table.fillna("").astype(str)
    return assemble(list(table.columns), wanted, enumerate(table.itertuples(index=False, name=None), 1), where)


def _check_gzip(path: Path, where: str) -> None:
    """Refuse what unpacks beyond the limits; it is unpacked piece by piece and never kept."""
    packed, unpacked = path.stat().st_size, 0
    try:
        with gzip.open(path, "rb") as file:
            while piece := file.read(_PIECE):
                unpacked += len(piece)
                if unpacked > limit("max_bytes"):
                    raise CxError(fault("CX-E201", where, limit=limit("max_bytes")))
                if unpacked > 20 * _PIECE and unpacked > packed * limit("max_ratio"):
                    raise CxError(fault("CX-E202", where, limit=limit("max_ratio")))
    except (OSError, EOFError):
        raise CxError(fault("CX-E206", where)) from None
