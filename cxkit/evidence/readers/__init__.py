"""One module a file format: each gives the same raw table of text."""

from collections.abc import Collection
from pathlib import Path

from cxkit.errors import CxError, fault
from cxkit.evidence.limits import check_size
from cxkit.evidence.readers.database import read_database
from cxkit.evidence.readers.delimited import read_delimited
from cxkit.evidence.readers.raw import RawTable
from cxkit.evidence.readers.records import read_json, read_json_lines, read_parquet
from cxkit.evidence.readers.subtitles import read_subtitles
from cxkit.evidence.readers.workbook import read_workbook
from cxkit.evidence.readers.xes import read_xes_log
from cxkit.model.source import Dialect, Source
from cxkit.paths import inside

_READERS = {".csv": read_delimited, ".tsv": read_delimited, ".txt": read_delimited, ".xlsx": read_workbook, ".xlsm": read_workbook,
            ".json": read_json, ".jsonl": read_json_lines, ".ndjson": read_json_lines, ".parquet": read_parquet, ".vtt": read_subtitles,
            ".srt": read_subtitles, ".xes": read_xes_log, ".xes.gz": read_xes_log}


def read_source(source: Source, root: Path, wanted: Collection[str] | None) -> RawTable:
    """Read the file or the database table of a source as text."""
    if source.table:
        return read_database(source, root, wanted)
    path = inside(root, source.file)
    if path is None:
        raise CxError(fault("CX-E004", "client.yaml", name=source.file))
    return read_raw(path, source.dialect, wanted, source.file)


def read_raw(path: Path, dialect: Dialect, wanted: Collection[str] | None, where: str) -> RawTable:
    """Read a file as text by its ending."""
    check_size(path, where)
    name = path.name.lower()
    reader = _READERS.get(".xes.gz" if name.endswith(".xes.gz") else path.suffix.lower())
    if reader is None:
        raise CxError(fault("CX-E213", where, known=", ".join(sorted(_READERS))))
    return reader(path, dialect, wanted, where)
