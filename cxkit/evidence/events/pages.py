"""A Parquet log by the dictionaries that its pages hold: a text is read once a page instead of once a row."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from cxkit.evidence.events.coding import CODED, NONE, Codes
from cxkit.evidence.events.sequence import NEVER, Columns
from cxkit.evidence.events.source import LogColumns, parquet_files

PLAIN = {"customer", "time", *CODED}  # the fields that are read this way
_UNITS = ("us", "ms", "s")  # nanoseconds are rounded by DuckDB


@dataclass(frozen=True, eq=False)
class Pages:
    """A log by column: ``texts``, the distinct ones; ``places`` of each row in them, -1 for none; ``time`` in microseconds, ``NEVER`` for none."""

    texts: dict[str, pa.Array]
    places: dict[str, np.ndarray]
    time: np.ndarray


def read_pages(log: Path, columns: LogColumns, most: int) -> Pages | None:
    """The columns of a Parquet file or folder; None where it is another log, where it has more than ``most`` rows, where a column is no text or
    its times are texts, or where it has a lifecycle, an episode or a position.
    """
    named, files = columns.named(), parquet_files(log)
    if not files or "time" not in named or not PLAIN.issuperset(named):
        return None
    texts = [name for name in named if name != "time"]
    try:
        opened = [pq.ParquetFile(path, read_dictionary=[named[name] for name in texts]) for path in files]
        if sum(file.metadata.num_rows for file in opened) > most or not all(_plain(file.schema_arrow, named) for file in opened):
            return None
        table = pa.concat_tables([file.read(list(dict.fromkeys(named.values()))) for file in opened]).unify_dictionaries()
    except (pa.ArrowException, OSError):  # DuckDB reads it or says why not
        return None
    found = {name: table.column(named[name]) for name in texts}
    time = table.column(named["time"]).cast(pa.timestamp("us")).to_numpy().view(np.int64)
    return Pages({name: _texts(column) for name, column in found.items()}, {name: _places(column) for name, column in found.items()}, time)


def coded_rows(pages: Pages, codes: Codes, people: np.ndarray) -> Columns:
    """Run, time and codes of the rows that have a customer, a touchpoint and a time, as they stand in the log.

    ``people``: number of the customer, from 1, of each text; 0 for none.
    """
    rows: Columns = {"run": _looked_up(people - 1, pages.places["customer"]), "time": pages.time}
    for name in (name for name in CODED if name in pages.places):
        rows[name] = _looked_up(codes.names[name].get_indexer(pages.texts[name].to_pandas()).astype(codes.kind(name)), pages.places[name])
    kept = (rows["run"] != NONE) & (rows["touchpoint"] != NONE) & (rows["time"] != NEVER)
    return rows if kept.all() else {name: values[kept] for name, values in rows.items()}


def _plain(schema: pa.Schema, named: dict[str, str]) -> bool:
    kinds = {name: schema.field(column).type for name, column in named.items()}
    time = kinds.pop("time")
    texts = (kind.value_type if pa.types.is_dictionary(kind) else kind for kind in kinds.values())
    return pa.types.is_timestamp(time) and time.unit in _UNITS and all(pa.types.is_string(kind) or pa.types.is_large_string(kind) for kind in texts)


def _texts(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0).dictionary.cast(pa.string()) if column.num_chunks else pa.array([], pa.string())


def _places(column: pa.ChunkedArray) -> np.ndarray:
    chunks = (chunk.indices.fill_null(NONE) if chunk.null_count else chunk.indices for chunk in column.chunks)
    return np.concatenate([np.zeros(0, dtype=np.int32), *(chunk.to_numpy() for chunk in chunks)])


def _looked_up(codes: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Code of each row; a row without text is at place -1, the last one of the table."""
    return np.append(codes, codes.dtype.type(NONE))[places]
