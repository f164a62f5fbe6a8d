"""A count out of a base as a share with its interval, or as the mark of a base that is too small."""

from cxkit.model.record import Record
from cxkit.statistics.shares import wilson
from cxkit.steps.base import BaseClass, base_of


class Share(Record):
    """``n`` out of ``of``, as a share 0..1 with its Wilson interval; None where the base is too small."""

    n: int
    of: int
    base: BaseClass
    value: float | None = None
    low: float | None = None
    high: float | None = None


def share_of(n: int, base: int) -> Share:
    """``n`` out of ``base``: no percentage under the weak base, no count under the least."""
    size = base_of(base)
    if size not in {"weak", "full"}:
        return Share(n=n if size == "counts_only" else 0, of=base, base=size)
    interval = wilson(n, base)
    return Share(n=n, of=base, base=size, value=n / base, low=interval.low, high=interval.high)
