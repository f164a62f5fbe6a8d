"""One module a file format: each gives the same raw table of text."""

from collections.abc import Collection
from pathlib import Path

from cxkit.errors import CxError, fault
from cxkit.evidence.limits import check_size
from cxkit.evidence.readers.delimited import read_delimited
from cxkit.evidence.readers.raw import RawTable
from cxkit.evidence.readers.records import read_json, read_json_lines, read_parquet
from cxkit.evidence.readers.subtitles import read_subtitles
from cxkit.evidence.readers.workbook import read_workbook
from cxkit.model.source import Dialect

_READERS = {".csv": read_delimited, ".tsv": read_delimited, ".txt": read_delimited, ".xlsx": read_workbook, ".xlsm": read_workbook,
            ".json": read_json, ".jsonl": read_json_lines, ".ndjson": read_json_lines, ".parquet": read_parquet, ".vtt": read_subtitles,
            ".srt": read_subtitles}


def read_raw(path: Path, dialect: Dialect, wanted: Collection[str] | None, where: str) -> RawTable:
    """Read a file as text by its ending."""
    check_size(path, where)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise CxError(fault("CX-E213", where, known=", ".join(sorted(_READERS))))
    return reader(path, dialect, wanted, where)
