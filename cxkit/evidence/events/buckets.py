"""A log that outgrows one machine: customers dealt to buckets by hash, the same SQL on each by Dask workers, sums on return.

The folder of the buckets must be one that the workers and the caller share. Every contact of a customer falls into one bucket, so that
counts of episodes and of customers add up; medians do not: they are found in two passes (``quantiles``).
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from cxkit import method
from cxkit.errors import CxError, fault
from cxkit.evidence.events.log import LogOptions, PreparedLog, connect, counts, open_stored
from cxkit.evidence.events.prepare import prepare
from cxkit.evidence.events.quantiles import bins_sql, picked, quantiles_of, ranks, values_sql
from cxkit.evidence.events.source import COMPLETE, LogColumns, load_raw

if TYPE_CHECKING:
    from distributed import Client

Condition = tuple[str, tuple[Any, ...]]
_OPEN = threading.local()  # a connection of DuckDB belongs to one thread


@dataclass(frozen=True, eq=False)
class BucketLog:
    """A prepared log in buckets, with the questions of ``PreparedLog`` that add up."""

    client: "Client"
    folders: tuple[Path, ...]
    options: LogOptions
    left_out: int = 0
    conditions: tuple[Condition, ...] = ()
    memory_limit: str | None = None

    @property
    def whole(self) -> bool:
        """True for a log in one piece, False for one in buckets."""
        return False

    @property
    def end(self) -> Any:
        """End of the data."""
        return self.options.end

    def gather(self, sql: str, keys: Sequence[str], parameters: Sequence[Any] = ()) -> pd.DataFrame:
        """Run SQL that counts by ``keys`` on every bucket and add the counts up; in the order of the keys."""
        table, keys = self.collect(sql, parameters), list(keys)
        if not keys:
            return table.sum().to_frame().T
        return table.groupby(keys, as_index=False, dropna=False).sum().sort_values(keys, ignore_index=True, na_position="first")

    def collect(self, sql: str, parameters: Sequence[Any] = ()) -> pd.DataFrame:
        """Run SQL whose rows stand for themselves on every bucket; the rows of the first bucket first."""
        return pd.concat(self._on_each(_asked, sql, tuple(parameters)), ignore_index=True)

    def quantiles(self, sql: str, keys: Sequence[str], shares: Sequence[float]) -> pd.DataFrame:
        """Quantiles (linear between neighbours) of the whole number ``value`` by ``keys``, exactly, in two passes.

        The first counts the values in bins of equal ratio; the second fetches the few values of the bins that hold the wanted ranks.
        """
        bins = self.gather(bins_sql(sql, keys), (*keys, "bin"))
        wanted = picked(bins, keys, ranks(bins, keys, shares))
        values = pd.concat(self._on_each(_asked_of, values_sql(sql, keys), wanted), ignore_index=True)
        return quantiles_of(bins, values, keys, shares)

    def counts(self) -> dict[str, int]:
        """Events, episodes, customers, and episodes by end state."""
        return counts(self)

    def only(self, condition: str, parameters: Sequence[Any] = ()) -> "BucketLog":
        """The same log, of the episodes that meet a condition on the table ``episodes``."""
        return replace(self, conditions=(*self.conditions, (condition, tuple(parameters))))

    def _on_each(self, question: Callable[..., pd.DataFrame], *arguments: Any) -> list[pd.DataFrame]:
        asked = [self.client.submit(_opened, question, folder, self.options, self.conditions, self.memory_limit, *arguments, pure=False, retries=2)
                 for folder in self.folders]
        return self.client.gather(asked)


def prepare_buckets(client: "Client", log: Path, options: LogOptions, columns: LogColumns, folder: Path, *,
                    complete: tuple[str, ...] = COMPLETE, buckets: int | None = None, memory_limit: str | None = None) -> BucketLog:
    """Deal the customers of a log to buckets and prepare each on the workers.

    Parameters
    ----------
    log : a file or a folder of Parquet files.
    folder : receives the buckets; shared by the workers.
    buckets : how many; by default by the rows of the log, at least one a worker.
    """
    least = len(client.scheduler_info()["workers"])
    dealt = client.submit(_deal, log, columns, complete, folder, buckets, least, memory_limit, pure=False).result()
    options = replace(options, end=options.end or dealt.end)
    prepared = [client.submit(_prepared, folder / f"bucket={i}", options, dealt.columns, memory_limit, pure=False, retries=2)
                for i in range(dealt.buckets) if (folder / f"bucket={i}").is_dir()]
    folders, left_out = zip(*client.gather(prepared), strict=True)
    return BucketLog(client, folders, options, sum(left_out) + dealt.left_out, memory_limit=memory_limit)


def connected(scheduler: str) -> "Client":
    """A client of the Dask scheduler at an address.

    Raises
    ------
    CxError
        CX-E250 without the packages of the extra ``cluster``, CX-E251 where nothing answers or no worker is there.
    """
    try:
        from distributed import Client
    except ImportError:
        raise CxError(fault("CX-E250")) from None
    try:
        client = Client(scheduler, timeout="10s")
    except (OSError, ValueError) as error:
        raise CxError(fault("CX-E251", name=scheduler)) from error
    if not client.scheduler_info()["workers"]:
        client.close()
        raise CxError(fault("CX-E251", name=scheduler))
    return client


@dataclass(frozen=True)
class _Dealt:
    columns: LogColumns
    end: Any
    left_out: int
    buckets: int


def _deal(log: Path, columns: LogColumns, complete: tuple[str, ...], folder: Path, buckets: int | None, least: int,
          memory_limit: str | None) -> _Dealt:
    """Write the rows of each bucket, typed and with their place in the file; rows without customer can be in none."""
    with connect(memory_limit) as connection:
        held = load_raw(connection, log, columns, complete)
        folder.mkdir(parents=True, exist_ok=True)
        rows = connection.execute("SELECT count(*) FROM raw").fetchall()[0][0]
        buckets = buckets or max(least, -(-rows // method.data("paths")["engine"]["bucket_rows"]))
        connection.execute(f"COPY (SELECT *, (hash(customer) % {int(buckets)})::INTEGER AS bucket FROM raw WHERE customer IS NOT NULL) "
                           f"TO '{folder}' (FORMAT parquet, PARTITION_BY (bucket), OVERWRITE)")
        end, left_out = connection.execute("""SELECT max(time) FILTER (customer IS NOT NULL AND touchpoint IS NOT NULL),
                                                     count(*) FILTER (customer IS NULL) FROM raw""").fetchall()[0]
    return _Dealt(LogColumns(**{name: name if name in held else None for name in LogColumns.__dataclass_fields__}), end, left_out, buckets)


def _prepared(folder: Path, options: LogOptions, columns: LogColumns, memory_limit: str | None) -> tuple[Path, int]:
    log = prepare(folder, options, columns, memory_limit=memory_limit)
    target = folder.parent / "prepared" / folder.name
    log.store(target)
    log.connection.close()
    return target, log.left_out


def _opened(question: Callable[..., pd.DataFrame], folder: Path, options: LogOptions, conditions: tuple[Condition, ...],
            memory_limit: str | None, *arguments: Any) -> pd.DataFrame:
    """Ask a bucket; a worker's thread keeps the buckets that it opened."""
    kept: dict[str, PreparedLog] = _OPEN.__dict__
    key = str((folder, conditions))
    if key not in kept:
        log = open_stored(folder, options, memory_limit)
        for condition, parameters in conditions:
            log = log.only(condition, parameters)
        kept[key] = log
    return question(kept[key], *arguments)


def _asked(log: PreparedLog, sql: str, parameters: tuple[Any, ...]) -> pd.DataFrame:
    return log.query(sql, parameters)


def _asked_of(log: PreparedLog, sql: str, wanted: pd.DataFrame) -> pd.DataFrame:
    log.connection.register("wanted", wanted)
    return log.query(sql)
