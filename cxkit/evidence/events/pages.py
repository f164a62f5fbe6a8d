"""A Parquet log by the dictionaries that its pages hold: a text is read once a page instead of once a row."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from cxkit.evidence.events.coding import CODED, NONE, Codes
from cxkit.evidence.events.sequence import NEVER, Columns
from cxkit.evidence.events.source import LogColumns, parquet_files

PLAIN = {"customer", "time", *CODED}  # the fields that are read this way
_UNITS = ("us", "ms", "s")  # nanoseconds are rounded by DuckDB


@dataclass(frozen=True, eq=False)
class Pages:
    """A log by column: ``texts``, the distinct ones; ``places`` of each row in them, -1 for none; ``time`` in microseconds, ``NEVER`` for none.

    The customers among the texts are filled and in alphabetical order.
    """

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
        told = [pq.read_metadata(path) for path in files]
        if sum(one.num_rows for one in told) > most or not all(_plain(one.schema.to_arrow_schema(), named) for one in told):
            return None
        opened = [pq.ParquetFile(path, read_dictionary=[named[name] for name in texts]) for path in files]
        table = pa.concat_tables([file.read(list(dict.fromkeys(named.values()))) for file in opened]).unify_dictionaries()
    except (pa.ArrowException, OSError):  # DuckDB reads it or says why not
        return None
    time = table.column(named["time"]).cast(pa.timestamp("us")).to_numpy().view(np.int64)
    found = {name: (_texts(table.column(named[name])), _places(table.column(named[name]))) for name in texts}
    found["customer"] = _in_order(*found["customer"])
    return Pages({name: own for name, (own, _) in found.items()}, {name: places for name, (_, places) in found.items()}, time)


def coded_rows(pages: Pages, codes: Codes) -> Columns:
    """Run, time and codes of the rows that have a customer, a touchpoint and a time, as they stand in the log."""
    rows: Columns = {"run": pages.places["customer"], "time": pages.time}
    for name in (name for name in CODED if name in pages.places):
        rows[name] = _looked_up(codes.names[name].get_indexer(pages.texts[name].to_pandas()).astype(codes.kind(name)), pages.places[name])
    kept = (rows["run"] != NONE) & (rows["touchpoint"] != NONE) & (rows["time"] != NEVER)
    return rows if kept.all() else {name: values[kept] for name, values in rows.items()}


def _plain(schema: pa.Schema, named: dict[str, str]) -> bool:
    if any(schema.get_field_index(column) < 0 for column in named.values()):  # only another file of the folder has it, or one has it twice
        return False
    kinds = {name: schema.field(column).type for name, column in named.items()}
    time = kinds.pop("time")
    texts = (kind.value_type if pa.types.is_dictionary(kind) else kind for kind in kinds.values())
    return pa.types.is_timestamp(time) and time.unit in _UNITS and all(pa.types.is_string(kind) or pa.types.is_large_string(kind) for kind in texts)


def _texts(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0).dictionary.cast(pa.string()) if column.num_chunks else pa.array([], pa.string())


def _places(column: pa.ChunkedArray) -> np.ndarray:
    chunks = (chunk.indices.fill_null(NONE) if chunk.null_count else chunk.indices for chunk in column.chunks)
    return np.concatenate([np.zeros(0, dtype=np.int32), *(chunk.to_numpy() for chunk in chunks)])


def _in_order(texts: pa.Array, places: np.ndarray) -> tuple[pa.Array, np.ndarray]:
    """The filled texts in order, and the places of the rows among them."""
    order = _alphabetical(texts)
    ordered = texts.take(order)
    filled = pc.not_equal(pc.utf8_trim(ordered, " "), "")
    if not pc.all(filled).as_py():
        order, ordered = order[filled.to_numpy(zero_copy_only=False)], ordered.filter(filled)
    rank = np.full(len(texts), NONE, dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return ordered, _looked_up(rank, places)


def _alphabetical(texts: pa.Array) -> np.ndarray:
    """Order of distinct texts by their bytes; those of one length that differ in 8 bytes at most, as numbers of customers do, as one integer."""
    width = len(texts[0].as_buffer()) if len(texts) else 0
    if width and pc.all(pc.equal(pc.binary_length(texts), width)).as_py():
        first = np.frombuffer(texts.buffers()[1], dtype=np.int32)[texts.offset]
        data = np.frombuffer(texts.buffers()[2], dtype=np.uint8, count=width * len(texts), offset=first).reshape(-1, width)
        differing = data[:, (data != data[0]).any(axis=0)]
        if differing.shape[1] <= 8:
            packed = np.zeros((len(texts), 8), dtype=np.uint8)
            packed[:, 8 - differing.shape[1]:] = differing
            return packed.view(">u8")[:, 0].astype(np.uint64).argsort()
    return pc.sort_indices(texts).to_numpy()


def _looked_up(codes: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Code of each row; a row without text is at place -1, the last one of the table."""
    return np.append(codes, codes.dtype.type(NONE))[places]
