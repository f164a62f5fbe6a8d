"""JSON, JSON lines and Parquet as text; nested records become columns named ``a.b``."""

import json
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cxkit.errors import CxError, fault
from cxkit.evidence.dialect import decode
from cxkit.evidence.limits import check_columns, check_rows, limit
from cxkit.evidence.readers.raw import RawTable, assemble
from cxkit.model.source import Dialect

_FILLED = "\0filled"


def read_json(path: Path, dialect: Dialect, wanted: Collection[str] | None, where: str) -> RawTable:
    """Read a JSON file: a list of records, at ``dialect.records`` where that is declared. Records are numbered from 1.

    A list inside the path opens every item (``conversations.turns``); a record that is itself a list has columns ``0``, ``1``, …;
    the fields of the records around it come as ``^field``.
    """
    text, encoding = decode(path, dialect.encoding, where)
    records = list(_at(_parsed(text, where, 1), (dialect.records or "").split(".") if dialect.records else [], {}))
    if not records or not all(isinstance(record, dict) for record in records):
        raise CxError(fault("CX-E230", where, records=dialect.records or "."))
    return _table(enumerate(records, 1), wanted, where, (("encoding", encoding),))


def records_of(path: Path) -> str | None:
    """Path of the records of a JSON file: where the longest list of records or of rows stands; None where the file is that list.

    Only the first record of a list is looked into, three levels deep.
    """
    try:
        node = json.loads(decode(path, None, path.name)[0])
    except (ValueError, RecursionError):
        return None
    found = [(length, -len(place), ".".join(place)) for place, length in _lists(node, (), 0) if length > 1]
    return max(found)[2] or None if found else None


def _lists(node: Any, place: tuple[str, ...], depth: int) -> Iterator[tuple[tuple[str, ...], int]]:
    if isinstance(node, list) and node and all(isinstance(item, dict | list) for item in node):
        if all(isinstance(item, list) and all(isinstance(part, str) for part in item) for item in node) or isinstance(node[0], dict):
            yield place, len(node)
        node = node[0]
    if isinstance(node, dict) and depth < 3:
        for key, value in node.items():
            if "." not in key:
                yield from _lists(value, (*place, key), depth + 1)


def read_json_lines(path: Path, dialect: Dialect, wanted: Collection[str] | None, where: str) -> RawTable:
    """Read one JSON record a line."""
    text, encoding = decode(path, dialect.encoding, where)
    records = [(number, _parsed(line, where, number)) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    for number, record in records:
        if not isinstance(record, dict):
            raise CxError(fault("CX-E230", f"{where}:{number}", records="."))
    return _table(records, wanted, where, (("encoding", encoding),))


def read_parquet(path: Path, dialect: Dialect, wanted: Collection[str] | None, where: str) -> RawTable:
    """Read a Parquet file; its metadata are checked against the limits before any column is read."""
    try:
        metadata = pq.read_metadata(path)
        check_rows(metadata.num_rows, where)
        check_columns(metadata.num_columns, where)
        _check_unpacked(sum(metadata.row_group(group).total_byte_size for group in range(metadata.num_row_groups)), where)
        # values that the file holds once stay so until their size is known
        file = pq.ParquetFile(path, read_dictionary=_dictionaries(metadata))
        names = [field.name for field in file.schema_arrow]
        table = file.read([name for name in names if wanted is None or name in wanted])
        _check_unpacked(sum(_unpacked(chunk) for column in table.columns for chunk in column.chunks), where)
        columns = [_texts(table[name]) for name in table.column_names]
    except (pa.ArrowException, OSError, MemoryError):
        raise CxError(fault("CX-E206", where)) from None
    rows = zip(*columns, strict=True) if columns else ()
    raw = assemble(table.column_names, wanted, enumerate(rows, 1), where)
    return RawTable(raw.frame, tuple(names), raw.rows_read, raw.rejected, raw.notes)


def _check_unpacked(size: int, where: str) -> None:
    if size > limit("max_bytes") * 4:
        raise CxError(fault("CX-E201", where, limit=limit("max_bytes") * 4))


def _dictionaries(metadata: pq.FileMetaData) -> list[str]:
    """Paths of the text columns that are stored as codes of a dictionary."""
    chunks = [metadata.row_group(group).column(place) for group in range(metadata.num_row_groups) for place in range(metadata.num_columns)]
    return sorted({chunk.path_in_schema for chunk in chunks
                   if chunk.physical_type == "BYTE_ARRAY" and any("DICTIONARY" in encoding for encoding in chunk.encodings)})


def _unpacked(array: pa.Array) -> int:
    """Bytes of an array once each value stands for itself."""
    if pa.types.is_dictionary(array.type):
        values = array.dictionary
        if not (pa.types.is_binary(values.type) or pa.types.is_string(values.type)):
            return array.nbytes
        return pc.sum(pc.cast(pc.take(pc.binary_length(values), array.indices), pa.int64())).as_py() or 0
    if pa.types.is_struct(array.type):
        return sum(_unpacked(part) for part in array.flatten())
    return _unpacked(array.flatten()) if pa.types.is_list(array.type) else array.nbytes


def _parsed(text: str, where: str, line: int) -> Any:
    try:
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise CxError(fault("CX-E235", f"{where}:{line + error.lineno - 1}:{error.colno}")) from None
    except RecursionError:
        raise CxError(fault("CX-E111", where, limit=limit("max_depth"))) from None


def _at(node: Any, path: list[str], around: dict[str, str]) -> Iterator[Any]:
    """Records at a path, each with the plain fields of the records around it."""
    if isinstance(node, list) and (path or all(isinstance(item, dict | list) for item in node)):
        for item in node:
            if not path and isinstance(item, list):
                yield {str(place): value for place, value in enumerate(item)} | around
            else:
                yield from _at(item, path, around)
    elif path and isinstance(node, dict) and path[0] in node:
        plain = {f"^{key}": value for key, value in node.items() if not isinstance(value, dict | list)}
        yield from _at(node[path[0]], path[1:], around | plain)
    elif not path and isinstance(node, dict):
        yield node | around


def _flat(record: dict[str, Any], stem: str = "", depth: int = 0) -> dict[str, str]:
    cells: dict[str, str] = {}
    for key, value in record.items():
        if isinstance(value, dict) and depth < limit("max_depth"):
            cells |= _flat(value, f"{stem}{key}.", depth + 1)
        else:
            cells[f"{stem}{key}"] = _cell(value)
    return cells


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "|".join(_cell(item) for item in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _table(records: Iterable[tuple[int, dict]], wanted: Collection[str] | None, where: str, notes: tuple) -> RawTable:
    flat = [(number, _flat(record)) for number, record in records]
    if not flat:
        raise CxError(fault("CX-E214", where))
    names = list(dict.fromkeys(name for _, cells in flat for name in cells))
    kept = [name for name in names if wanted is None or name in wanted]
    check_columns(len(names), where)
    check_columns(len(kept), where, len(flat))
    # a record that is empty in the columns kept alone is still a row
    rows = ((number, [*(cells.get(name, "") for name in kept), "·" if any(cells.values()) else ""]) for number, cells in flat)
    raw = assemble([*kept, _FILLED], None, rows, where, notes)
    return RawTable(raw.frame[kept], tuple(names), raw.rows_read, raw.rejected, raw.notes)


def _texts(column: pa.ChunkedArray) -> list[str]:
    """A Parquet column as the text that a CSV of it would hold."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _texts(column.cast(kind.value_type))
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return ["" if value is None or value != value else str(int(value)) if value == int(value) else str(value)
                for value in column.to_pylist()]
    if pa.types.is_temporal(kind) or pa.types.is_boolean(kind):
        return ["" if value is None else _cell(value) if isinstance(value, bool) else str(value) for value in column.to_pylist()]
    if pa.types.is_nested(kind):
        return [_cell(value) for value in column.to_pylist()]
    return pc.fill_null(column.cast(pa.string()), "").to_pylist()
