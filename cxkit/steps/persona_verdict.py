"""What the data say of the number of types, of the declared ones and of those of the previous wave."""

import datetime as dt
from typing import Literal

from cxkit.model.record import Record


class SegmentTrial(Record):
    """Fit and stability of one number of segments; ``stability`` is a mean adjusted Rand index."""

    k: int
    bic: float
    aic: float
    certainty: float
    stability: float | None
    smallest: int


class SecondTrial(Record):
    """The same for factor analysis with k-means: mean silhouette −1..1, stability, least respondents."""

    k: int
    silhouette: float
    stability: float
    smallest: int


class Segmentation(Record):
    """What the data say of the number of customer types.

    ``verdict`` is a key of the catalogs under ``personas.verdicts``; ``carried`` how many types the data carry (1: none to
    tell apart), ``drawn`` how many were drawn; ``agreement`` the adjusted Rand index with the declared personas.
    """

    verdict: Literal["carried", "fewer", "none", "unstable", "asked_same", "asked_other", "no_data"]
    carried: int = 0
    drawn: int = 0
    n: int = 0
    n_eff: float = 0
    attributes: tuple[str, ...] = ()
    trials: tuple[SegmentTrial, ...] = ()
    agreement: float | None = None
    second: tuple[SecondTrial, ...] = ()
    second_carried: int = 0
    second_axes: int = 0
    methods_agreement: float | None = None
    """Adjusted Rand index of the two methods at the number drawn."""

    @property
    def second_verdict(self) -> str:
        """Key of the catalogs under ``personas.second_verdicts``."""
        if self.verdict == "no_data":
            return ""
        if self.methods_agreement is None:
            return "none" if self.second_carried <= 1 else "sees_more"
        if self.methods_agreement < 0.5:
            return "other_types"
        return "same" if self.second_carried == self.drawn else "other_number"


class PreviousWave(Record):
    """What became of the personas of the previous wave: names of those found again, of new ones, of those gone."""

    as_of: dt.date
    kept: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


class Coverage(Record):
    """How declared rules cover the respondents: counts. ``unknown`` could not be judged for missing answers."""

    respondents: int
    one: int
    several: int
    none: int
    unknown: int
    stated: int = 0
    """Respondents whose persona the evidence itself names."""
    statements: dict[str, int] = {}
    """How many declared statements are supported, contradicted, not judged."""
