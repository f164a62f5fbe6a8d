"""A client's study as the notebooks see it: brief, check, compute, chart, publish, footer."""

import importlib
import inspect
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from cxkit.charts.svg import to_svg
from cxkit.errors import CxError
from cxkit.evidence.read import read_evidence
from cxkit.evidence.tables import Evidence
from cxkit.model.folder import ClientFolder
from cxkit.sheets.context import SheetContext
from cxkit.steps.base import Given, StepParameters, StepResult
from cxkit.study import placing, views
from cxkit.study.depends import files_of, input_parts
from cxkit.study.door import Figure, Shown
from cxkit.study.inputs import input_hashes, reading_digest
from cxkit.study.kept import KeptEvidence
from cxkit.study.naming import chart_arguments, chart_function
from cxkit.study.noted import WHOLE, Noted
from cxkit.study.reads import watched_evidence, watched_folder
from cxkit.study.results import Results
from cxkit.study.steps import known_step, parameters_of
from cxkit.study.store import ResultStore
from cxkit.words import Words


class Study:
    """A client, a language and an output folder; results are computed once and kept in the output folder.

    Attributes
    ----------
    folder : the client's records.
    words : the words of the study's language.
    out : ``<out>/<client>``.
    """

    def __init__(self, folder: ClientFolder, out: Path, words: Words):
        self._read: set[str] = set()
        self._plain, self.folder = folder, watched_folder(folder, self._read)
        self.words, self.out = words, out / folder.client.id
        self._store = ResultStore(self.out / "results")
        self._noted = Noted(self._store.folder, words.language, lambda: self._kept.locked("records"))
        self._results = Results(self._store, self.depends, self._given)

    def __repr__(self) -> str:
        return f"{self.folder.client.name} · {self.words.text(self.folder.client.journey)}"

    @cached_property
    def evidence(self) -> Evidence:
        """The client's evidence, read and pseudonymised at first use, then kept beside the outputs until an input changes."""
        return watched_evidence(self._found, self._read)

    @cached_property
    def _found(self) -> Evidence:
        with self._telling():
            return self._kept.get(reading_digest(self.inputs), lambda: read_evidence(self._plain))

    @cached_property
    def _kept(self) -> KeptEvidence:
        return KeptEvidence(self.out.parent, self.folder.client.id)

    @cached_property
    def tables(self) -> dict[str, str]:
        """Hash of each evidence table, and of what is known of the sources as ``sources``; empty where the evidence cannot be kept."""
        digest = reading_digest(self.inputs)
        if not (kept := self._kept.hashes(digest)):
            self._kept.get(digest, lambda: read_evidence(self._plain))
            kept = self._kept.hashes(digest)
        return kept

    @cached_property
    def inputs(self) -> dict[str, str]:
        """SHA-256 of each file that the study reads."""
        return input_hashes(self._plain)

    @property
    def accounting(self) -> list[dict[str, Any]]:
        """What became of the rows of each source, as data; empty where the evidence cannot be kept."""
        return self._kept.reading(reading_digest(self.inputs))

    def note(self, step: str, sheets: Iterable[str], read: Iterable[str]) -> None:
        """Take a step's deliverables over from another version of the output folder."""
        self._noted.note("sheets", step, sheets)
        self._noted.note("reads", step, read)

    def depends(self, step: str, also: Collection[str] = ()) -> dict[str, str]:
        """Name of each input of a step → its hash: its declared files and tables, the results it needs, and what else is named."""
        row = known_step(step)
        parts = input_parts(row, self._plain, self.inputs, self.tables, also)
        return {**parts, **{f"result {need}": self._store.content(need) for need in row.needs}}

    def read_by(self, step: str, through: Collection[str] = ()) -> list[str]:
        """Records and tables that the notebook of a step was last seen to read, and those that stored results of other steps were made from."""
        others = [stored.read for other in through if (stored := self._store.read(other)) is not None]
        return sorted({*self._noted.all("reads").get(step, ()), *(name for read in others for name in read)})

    def _given(self, upstream: dict[str, StepResult], read: set[str]) -> Given:
        return Given(watched_folder(self._plain, read), watched_evidence(self._found, read), upstream, self._store.folder)

    def overview(self) -> Shown:
        """The study in one page: who, which sources, and the ten notebooks in order."""
        with self._telling():
            return views.overview(self.folder, self.evidence, self.words)

    def brief(self, step: str) -> Shown:
        """The question of a step, what it needs and gives, how it works."""
        with self._telling():
            return views.brief(known_step(step), self.words)

    def check(self, step: str) -> Shown:
        """Which evidence the step can use, and what is missing."""
        with self._telling():
            return views.check(known_step(step), self.evidence, self.words)

    def reading(self, step: str) -> Shown:
        """How to read the results of a step, and the usual misreading."""
        with self._telling():
            return views.reading(known_step(step), self.words)

    def gaps(self, step: str) -> Shown:
        """What the step could not conclude, and why."""
        with self._telling():
            return views.gaps(known_step(step), self.result(step), self.words)

    def scoring(self) -> Shown:
        """How new respondents are placed into the personas: rules, classifier, errors, and the call that does it."""
        with self._telling():
            return placing.scoring_shown(self.result("personas"), self.context)

    def score(self, answers: Mapping[str, object] | pd.DataFrame) -> placing.Placement | pd.DataFrame:
        """Place one respondent by its answers, or each row of a table, into a persona; see :func:`cxkit.study.placing.placed`."""
        with self._telling():
            return placing.placed(self.result("personas"), answers, self.context)

    def compute(self, step: str, **parameters: Any) -> StepResult:
        """Compute a step with these parameters and keep its result; an up-to-date result is read back.

        Results of the steps that it needs are read from the output folder and, when absent or outdated, computed.
        """
        with self._telling():
            return self._results.compute(known_step(step).id, parameters_of(step, parameters))

    def result(self, step: str) -> StepResult:
        """The result of a step with the parameters it was last computed with; its defaults the first time."""
        with self._telling():
            return self._results.compute(known_step(step).id)

    def parameters(self, step: str) -> StepParameters:
        """The parameters that the step was last computed with; its defaults the first time."""
        with self._telling():
            return self._results.parameters(known_step(step).id)

    def choices(self, step: str) -> Shown:
        """The parameters of a step and their values, in words."""
        return views.choices(known_step(step), self.parameters(step), self.words)

    def results(self, step: str) -> dict[str, StepResult]:
        """The results of a step and of the steps that it needs, by id."""
        return {name: self.result(name) for name in (*known_step(step).needs, step)}

    def chart(self, name: str, **options: Any) -> Figure | Shown:
        """Draw a chart by name: ``personas.sizes`` is the function ``sizes`` of ``cxkit.charts.personas``."""
        step, draw = chart_function(name)
        with self._telling():
            picture = draw(self.result(step), self.words, **chart_arguments(draw, self.context, self.results(step), options), **options)
        return views.no_picture(self.words) if picture is None else Figure(to_svg(picture.chart, self.words), picture.description)

    def takes(self, name: str, option: str) -> bool:
        """True where the chart can be drawn with this option."""
        return option in inspect.signature(chart_function(name)[1]).parameters

    @cached_property
    def context(self) -> SheetContext:
        """What deliverables are given besides results."""
        return SheetContext(self.folder, self.evidence, self.words, self.out / self.words.language)

    def publish(self, step: str) -> Shown:
        """Write the deliverables of a step in the study's language and list them."""
        sheets = importlib.import_module(f"cxkit.sheets.{known_step(step).id}")
        with self._telling():
            written = sorted(sheets.publish(self.results(step), self.context))
        names = [path.relative_to(self.context.out).as_posix() for path in written]
        for name in set(self.published().get(step, [])) - set(names):
            (self.context.out / name).unlink(missing_ok=True)
        self._noted.note("sheets", step, names)
        return views.links(names, self.words)

    def publish_study(self) -> Shown:
        """Write the whole study, as one report and one deck, from the results that are up to date; the report says what it lacks."""
        with self._telling():
            names = importlib.import_module("cxkit.study.whole").publish(self._results.up_to_date(), self.context, self.inputs)
        self._noted.note("sheets", WHOLE, names)
        return views.links(names, self.words)

    def published(self) -> dict[str, list[str]]:
        """Step id → its deliverables, relative to the folder of the language; ``study`` → those of the whole study."""
        return self._noted.all("sheets")

    def footer(self, step: str) -> Shown:
        """Versions, hashes of the step's inputs and the next notebook."""
        row = known_step(step)
        stored = self._store.read(step)
        read = sorted({*self._read, *(stored.read if stored else ())})
        self._noted.note("reads", step, read)
        names = files_of(row, self._plain, read)
        return views.footer(row, self.folder, {name: digest for name, digest in self.inputs.items() if name in names}, self.words)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Faults speak the study's language."""
        try:
            yield
        except CxError as error:
            raise CxError(error.faults, self.words.language) from None
