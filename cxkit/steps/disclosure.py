"""Secondary suppression: where a total is published, no hidden group can be found again by taking the shown ones away from it."""

from collections.abc import Sequence

from cxkit import method
from cxkit.steps.base import Estimate


def protected(cells: Sequence[Estimate], unseen: int = 0) -> tuple[Estimate, ...]:
    """The cells of one partition, so many of the smallest hidden that all hidden ones together reach the minimum base.

    Parameters
    ----------
    cells : estimates of one metric by group, of which the total is published.
    unseen : people of the total who belong to no group.
    """
    least = method.data("thresholds")["base"]["suppressed"]
    hidden = unseen + sum(cell.n for cell in cells if cell.base == "suppressed")
    kept = list(cells)
    for place in sorted((place for place, cell in enumerate(cells) if cell.base != "suppressed"), key=lambda place: cells[place].n):
        if not 0 < hidden < least:
            break
        kept[place] = Estimate(metric=cells[place].metric, n=cells[place].n, n_eff=cells[place].n_eff)
        hidden += cells[place].n
    return tuple(kept)
