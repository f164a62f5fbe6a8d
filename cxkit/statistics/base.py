"""Base sizes: what may be shown for a number of answers."""

from collections.abc import Sequence
from typing import Literal

BaseClass = Literal["suppressed", "counts_only", "weak", "full"]
CLASSES: tuple[BaseClass, ...] = ("suppressed", "counts_only", "weak", "full")


def base_class(n: float, limits: Sequence[float] = (10, 30, 100)) -> BaseClass:
    """Class of a base of ``n`` answers.

    Parameters
    ----------
    n : float
        Number of answers, >= 0 (an unweighted count, or an effective one).
    limits : three increasing numbers
        Below the first the value is suppressed, below the second only counts are shown, below the third the base
        is marked weak.

    Raises
    ------
    ValueError
        When ``n`` is negative or the limits are not three increasing numbers.
    """
    if len(limits) != 3 or not limits[0] <= limits[1] <= limits[2]:
        raise ValueError("limits: three increasing numbers expected")
    if n < 0:
        raise ValueError("n: a base cannot be negative")
    return CLASSES[sum(n >= limit for limit in limits)]
