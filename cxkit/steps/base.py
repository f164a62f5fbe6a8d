"""What the ten steps share: what they are given and the small records of their results."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cxkit import method
from cxkit.evidence.tables import Evidence
from cxkit.method import EvidenceKind
from cxkit.model.folder import ClientFolder
from cxkit.model.record import Record, Text
from cxkit.statistics.base import BaseClass, base_class


class Mark(Record):
    """An evidence mark: what supports a statement."""

    kind: EvidenceKind
    n: int | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    sources: tuple[str, ...] = ()

    @property
    def is_customer(self) -> bool:
        """True for measured, reported and observed evidence."""
        return self.kind in method.CUSTOMER_EVIDENCE


class Estimate(Record):
    """A figure with its interval and base. ``value`` is None where the base is too small to show it.

    ``value``, ``low``, ``high``: NPS and TxR −100..100; CSAT, CES and other shares in % 0..100; a mean on its own scale.
    ``mean``: the other convention, on the scale of the answers. ``counts``: unweighted answers by class.
    """

    metric: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    mean: float | None = None
    mean_low: float | None = None
    mean_high: float | None = None
    n: int = 0
    n_eff: float | None = None
    base: BaseClass = "suppressed"
    counts: dict[str, int] = {}


class Gap(Record):
    """What a step could not conclude: a key of the word catalogs under ``<step>.gaps`` and its facts.

    A fact that begins with ``@`` is itself a key of the catalogs, so that what is written is a word and not an id.
    """

    key: str
    facts: dict[str, str] = {}


class StepResult(Record):
    """A step's result; ``gaps`` says what could not be concluded and why."""

    gaps: tuple[Gap, ...] = ()


class StepParameters(Record):
    """What an analyst may choose in a step; closed, validated before a kernel starts."""


@dataclass(frozen=True)
class Given:
    """What a step is given: the client's records, the evidence tables and the results of the steps it needs.

    ``kept``: the folder where the prepared log stands; None prepares it anew.
    """

    folder: ClientFolder
    evidence: Evidence
    upstream: Mapping[str, Any] = field(default_factory=dict)
    kept: Path | None = None

    @property
    def assignments(self) -> Mapping[str, str]:
        """Respondent or customer pseudonym → persona id, from step personas: by their answers or by the classifier; empty without it."""
        personas = self.upstream.get("personas")
        return {**personas.scored, **personas.assignments} if personas is not None else {}


def base_of(n: float) -> BaseClass:
    """Class of a base size by the method's limits."""
    limits = method.data("thresholds")["base"]
    return base_class(n, (limits["suppressed"], limits["counts_only"], limits["weak"]))


def stage_text(given_folder: ClientFolder, stage: str) -> Text:
    """The client's name of a stage, else the stage id (a renderer looks default stages up in the catalog)."""
    for item in given_folder.client.stages:
        if item.id == stage:
            return item.name or stage
    return stage
